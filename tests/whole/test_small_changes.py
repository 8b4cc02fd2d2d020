"""A small edit changes few of the published files, so that few have to be sent and visitors load little anew."""

from __future__ import annotations

import pytest

from benchmarks.corpus import brand_id, write_corpus
from tests.helpers.driver import SiteDriver

pytestmark = pytest.mark.audit  # a season of many brands; what may change by the rules is tried with few for each commit
BRANDS = 300


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory) -> SiteDriver:
    """A season of generated brands, built."""
    root = tmp_path_factory.mktemp("season") / "site"
    write_corpus(root, BRANDS, 1)
    driver = SiteDriver(root).build()
    assert driver.is_published(), driver.lines()
    return driver


def _changed(driver: SiteDriver, before: dict[str, bytes]) -> set[str]:
    after = driver.build().files()
    assert driver.is_published(), driver.lines()
    return {name for name in {*before, *after} if before.get(name) != after.get(name)} - {"manifest.json"}


def _newest(driver: SiteDriver) -> str:
    years = {each.id: each.data.year for each in driver.outcome.survey.public.catalog.all("brand")}  # type: ignore[union-attr]
    return max(years, key=lambda each: (years[each], each))


def test_an_edited_word_of_one_brand_changes_what_holds_it_and_nothing_else(season: SiteDriver) -> None:
    before, id = season.files(), _newest(season)
    file = f"brands/{id}/brand.yml"
    text = (season.root / file).read_text("utf-8")
    line = next(each for each in text.splitlines() if each.startswith("background: "))
    season.write(file, text.replace(line, f"{line}先试再推。"))
    changed = _changed(season, before)
    season.write(file, text)
    search = {each for each in changed if each.startswith("search/")}
    assert f"brands/{id}/index.html" in changed and "search/head.js" in search
    assert len([each for each in search if each.startswith("search/t")]) == 1
    assert len([each for each in search if each.startswith("search/g")]) <= 12, "of six pairs and of their first characters"
    assert not search & {"search/facets.js", "search/table.js", "search/index.html"}
    assert not [each for each in search if each.startswith("search/p")]
    assert len(changed) <= 20, sorted(changed)


def test_one_more_brand_leaves_nearly_all_texts_as_they_are(season: SiteDriver) -> None:
    before, id = season.files(), _newest(season)
    text = (season.root / f"brands/{id}/brand.yml").read_text("utf-8")
    more = brand_id(BRANDS)
    name = next(each for each in text.splitlines() if each.startswith("name: ")).removeprefix("name: ")
    season.write(f"brands/{more}/brand.yml", text.replace(id, more).replace(name, "新来的品牌"))
    changed = _changed(season, before)
    season.remove(f"brands/{more}")
    texts = [each for each in before if each.startswith("search/t") and each != "search/table.js"]
    assert len([each for each in texts if each in changed]) < len(texts) / 3
    assert "search/table.js" not in changed
