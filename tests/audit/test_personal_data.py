"""Every way to write a number, with every number, in every place. ``PII_EACH=1`` tries all combinations, which takes a
minute or two; by default every third."""

from __future__ import annotations

import os
import random

import pytest

from generator.privacy.masking import find
from tests.helpers.driver import SiteDriver
from tests.helpers.personal import MARKDOWN, NUMBERS, PLAIN, government_code
from tests.helpers.personal_places import fitting, missed, site_of

EACH = int(os.environ.get("PII_EACH", "3"))
CODES = int(os.environ.get("PII_CODES", "50000"))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> SiteDriver:
    return site_of(tmp_path_factory.mktemp("filled"))


@pytest.mark.parametrize("way", (*PLAIN, *MARKDOWN))
def test_it_is_found_wherever_it_stands_and_shown_nowhere(way: str, filled: SiteDriver) -> None:
    first = [*PLAIN, *MARKDOWN].index(way) % EACH
    for number in NUMBERS[first::EACH]:
        assert missed(filled, number, {**PLAIN, **MARKDOWN}[way](number), fitting(way)) == [], number


@pytest.mark.parametrize("seed", range(4))
def test_at_most_one_code_in_a_thousand_is_a_false_alarm(seed: int) -> None:
    generator = random.Random(seed)
    alarms = [text for text in (government_code(generator) for _ in range(CODES // 4)) if any(find(text))]
    assert len(alarms) * 1000 <= CODES // 4, alarms
