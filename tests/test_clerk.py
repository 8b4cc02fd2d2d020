"""What clerks do wrong, one mistake at a time: the code, the place, and a remedy that says what to type."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clerk import Mistake, site_of
from tests.clerk_mistakes import MISTAKES
from tests.driver import SiteDriver

OURS = ("SCH", "DAT", "REF", "ID", "IMG", "PII", "SEC", "CFG")  # families of which nothing else may be told


@pytest.mark.parametrize("mistake", MISTAKES, ids=[each.name for each in MISTAKES])
def test_a_mistake_is_told_once_at_its_place_with_what_to_type(mistake: Mistake, tmp_path: Path) -> None:
    driver = site_of(SiteDriver.copy("good/small", tmp_path))
    mistake.make(driver)
    driver.check()
    wanted = {each[:4] for each in mistake.told}
    found = {(each.code, *each.span): each for each in driver.problems}
    others = {place for place, each in found.items() if each.code.partition("-")[0] in OURS} - wanted
    assert wanted <= set(found), driver.lines()
    assert not others, driver.lines()
    for *place, remedy in mistake.told:
        told = found[tuple(place)]  # type: ignore[index]
        assert remedy in told.remedy("zh"), told.remedy("zh")
        assert told.text("en") and told.remedy("en")
    assert len(driver.problems) == len(set(driver.problems))
