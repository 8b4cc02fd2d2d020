"""What is not public is nowhere: drafts, withdrawn records and those of tomorrow, searched for in every byte."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from generator.catalog.kind import Kind
from tests.helpers.driver import SiteDriver
from tests.helpers.unpublished import MARK, PLAIN, STATES, hide


def _marked(driver: SiteDriver) -> set[str]:
    return {name for name, content in driver.files().items() if MARK.encode() in content}


@pytest.mark.few(4)
@pytest.mark.parametrize("kind", PLAIN, ids=lambda kind: kind.name)
def test_the_name_of_a_public_record_is_found(kind: Kind, site: Callable[[str], SiteDriver]) -> None:
    driver = site(f"good/{kind.name}")
    hide(kind, driver.root, {})
    driver.build()
    assert driver.is_published(), driver.lines()
    assert _marked(driver), "the search would find nothing in any case"


FOUNDED_LATER = {"valid_from": date(2099, 1, 1), "valid_to": None, "successor": None}


def _cases() -> Iterator[Any]:
    for kind in PLAIN:
        for state, changes in STATES.items():
            if state != "tomorrow" or kind.model.is_dated:
                yield pytest.param(kind, changes, id=f"{kind.name}-{state}")
            elif "valid_from" in kind.model.model_fields:
                yield pytest.param(kind, FOUNDED_LATER, id=f"{kind.name}-{state}")


@pytest.mark.few(8)
@pytest.mark.parametrize(("kind", "changes"), list(_cases()))
def test_the_name_of_what_is_not_public_is_nowhere(
    kind: Kind, changes: dict[str, Any], site: Callable[[str], SiteDriver]
) -> None:
    driver = site(f"good/{kind.name}")
    hide(kind, driver.root, changes)
    driver.build()
    assert driver.is_published(), driver.lines()
    assert _marked(driver) == set()
