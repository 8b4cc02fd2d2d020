"""Ten frozen years later: the site has grown by its frozen years and hardly by anything else, and no state is far away."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import PurePosixPath
from urllib.parse import unquote, urldefrag

from generator import __version__
from generator.catalog.edition import Frozen
from generator.publishing.manifest import read_manifest
from tests.helpers.driver import SiteDriver
from tests.helpers.frozen import BRAND, lay, record, seal
from tests.helpers.published import read_page

FIRST, LATE = 2015, 2024  # the brand of the small site is of 2024: that year is a real edition
RECORDS = [BRAND, record("unit", "court", "小城法院", "units/court/")]
STATE = 600  # bytes that one more state may take on a page: a link in its head, one in its list, what programs are told


def _sizes(site: SiteDriver) -> dict[str, int]:
    assert site.build(links="file").is_published(), site.problems
    return {each.relative_to(site.out).as_posix(): each.stat().st_size for each in site.out.rglob("*") if each.is_file()}


def _besides(sizes: dict[str, int], year: int) -> dict[str, int]:
    """What lies in no frozen year up to ``year``, and is no list of all files."""
    return {name: size for name, size in sizes.items() if not name[:4].isdigit() and name != "manifest.json"}


def _growth(site: SiteDriver, year: int) -> tuple[dict[str, int], int, int]:
    """Freeze ``year``; what each file outside of it has gained since, how many bytes that is, and how many the year has."""
    before = _sizes(site)
    lay(site.root, year, RECORDS)
    after = _sizes(site)
    own = {name: size for name, size in after.items() if name.startswith(f"{year}/")}
    assert after.keys() - before.keys() == own.keys() and not before.keys() - after.keys()
    assert all(after[name] == size for name, size in before.items() if name[:4].isdigit())
    assert sum(own.values()) == sum(each.stat().st_size for each in (site.root / f"archives/{year}").rglob("*") if each.is_file())
    outside = _besides(after, year)
    gained = {name: size - before[name] for name, size in outside.items() if size != before[name]}
    return gained, sum(gained.values()), sum(own.values())


def test_the_site_grows_by_the_new_year_and_by_a_line_for_each_of_its_states(small: SiteDriver) -> None:
    lay(small.root, FIRST, RECORDS)
    second, early, _ = _growth(small, FIRST + 1)
    for year in range(FIRST + 2, LATE - 1):
        lay(small.root, year, RECORDS)
    tenth, late, _ = _growth(small, LATE - 1)
    shown = {"brands/qingfeng/index.html", "units/court/index.html"}
    lists = {"versions/index.html", "versions/brands/index.html", "versions/units/index.html", "years/index.html"}
    assert tenth.keys() == second.keys() == shown | lists
    assert all(0 < each < 2 * STATE for each in tenth.values()), tenth
    assert late <= early + 64, "one more year costs the same, however many there are"
    manifest = read_manifest(small.out)
    assert manifest is not None and len(manifest["mounted"]) == LATE - FIRST


def test_of_ten_years_no_state_of_any_record_is_further_than_two_clicks(small: SiteDriver) -> None:
    for year in range(FIRST, LATE):
        lay(small.root, year, RECORDS)
    assert small.build(links="file", year=LATE, frozen=Frozen(date(LATE + 1, 1, 6), "", __version__)).is_published(), small.problems
    seal(small.root, LATE, small.files(), RECORDS)
    shutil.rmtree(small.out)
    assert small.build(links="file").is_published(), small.problems
    for start in ("brands/qingfeng/index.html", "units/court/index.html", f"{LATE}/brands/qingfeng/index.html"):
        near = {start} | _led_to(small, start)
        reached = near.union(*(_led_to(small, each) for each in near))
        path = start.removeprefix(f"{LATE}/")
        assert {f"{year}/{path}" for year in range(FIRST, LATE + 1)} <= reached, start
        assert path in reached, start


def _led_to(site: SiteDriver, file: str) -> set[str]:
    """The pages to which links on the page in ``file`` lead, as a browser finds them in a folder."""
    if not file.endswith(".html"):
        return set()
    found = set()
    for each in read_page(site.out, site.out / file).all("a"):
        address = unquote(urldefrag(each.get("href") or "").url)
        if address and ":" not in address.split("/")[0]:
            target = (site.out / PurePosixPath(file).parent / address).resolve()
            assert target.is_file(), (file, address)
            found.add(target.relative_to(site.out.resolve()).as_posix())
    return found
