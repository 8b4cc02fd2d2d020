"""Templates that would fill the memory or never end: each of them is ended."""

from __future__ import annotations

import time

import pytest

from generator.stages.settings import DEFAULT_THEME
from generator.themes.sandbox import PATIENCE, Sandbox, TooMuch
from generator.themes.templates import environment
from tests.helpers.templates import ENDLESS, rendered


@pytest.fixture(scope="module")
def sandbox() -> Sandbox:
    return environment(DEFAULT_THEME, "zh")


@pytest.mark.parametrize("template", ENDLESS)
def test_every_template_comes_to_an_end(template: str, sandbox: Sandbox) -> None:
    before = time.process_time()
    with pytest.raises((TooMuch, RecursionError, OverflowError)):
        rendered(sandbox, template)
    assert time.process_time() - before < 2 * PATIENCE
