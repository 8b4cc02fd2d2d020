"""Every fixture site: a good one gives the expected pages, a bad one the expected problems, to the letter."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.kinds import BY_NAME, KINDS, PRESENTING
from generator.problems import CATALOGUE, any_errors
from tests.helpers.driver import SiteDriver
from tests.helpers.expected import is_kept, languages_of
from tests.helpers.places import SITES

GOOD = sorted(each.name for each in (SITES / "good").iterdir())
BAD = sorted(each.name for each in (SITES / "bad").iterdir())

Site = Callable[[str], SiteDriver]


@pytest.mark.parametrize("case", GOOD)
def test_a_good_site_gives_the_expected_pages(case: str, site: Site, update_expected: bool) -> None:
    driver = site(f"good/{case}").remove_if_there("expected").build()
    assert driver.is_published(), driver.lines()
    folder = SITES / "good" / case / "expected"
    kept = [each for each in driver.files() if each.endswith(".html") and is_kept(each, case)]
    pages = {each: _without_digests(driver.main(each)) for each in kept}
    if update_expected:
        _rewrite(folder, pages)
    expected = {each.relative_to(folder).as_posix(): each.read_text("utf-8") for each in folder.rglob("*.html")}
    assert sorted(pages) == sorted(expected)
    assert pages or BY_NAME[case].address is None  # a kind that is only named by others has no page of its own
    for name, main in pages.items():
        assert main == expected[name], name


def _without_digests(main: str) -> str:
    """The names of scripts without the digest of their content: a page is not another because a script changed."""
    return re.sub(r"(assets/[a-z]+)\.[0-9a-f]{12}\.js", r"\1.js", main)


def _rewrite(folder: Path, pages: dict[str, str]) -> None:
    for old in folder.rglob("*.html"):
        old.unlink()
    for name, main in pages.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(main, "utf-8")


@pytest.mark.parametrize("case", BAD)
def test_a_bad_site_gives_the_expected_problems(case: str, site: Site, update_expected: bool) -> None:
    driver = site(f"bad/{case}").remove_if_there("problems.txt").build()
    assert any_errors(driver.problems)
    assert not driver.is_published()
    assert not driver.out.exists()
    text = "".join(f"{line}\n" for language in ("zh", "en") for line in driver.lines(language))
    file = SITES / "bad" / case / "problems.txt"
    if update_expected:
        file.write_text(text, "utf-8")
    assert text == file.read_text("utf-8")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_has_a_template_a_good_site_and_a_bad_one(kind: object) -> None:
    from generator.stages.settings import DEFAULT_THEME

    name = kind.name  # type: ignore[attr-defined]
    assert name in GOOD
    assert name in BAD
    templates = {each.stem for each in (DEFAULT_THEME / "exhibits").glob("*.html")}
    has_no_page = kind.address is None and PRESENTING[name].pages is None  # type: ignore[attr-defined]
    assert name in templates or kind.layout.form == "markdown" or has_no_page  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_field_of_a_kind_is_explained_in_chinese(kind: object) -> None:
    from generator.schema.validation import part_of

    seen = set()
    waiting = [kind.model]  # type: ignore[attr-defined]
    while waiting:
        model = waiting.pop()
        seen.add(model)
        for name, field in model.model_fields.items():
            assert field.title and field.description, f"{model.__name__}.{name}"
            assert any("\u4e00" <= each <= "\u9fff" for each in field.title + field.description)
            inner = part_of(field.annotation)
            if inner and inner not in seen:
                waiting.append(inner)


def test_a_bad_site_of_every_error_family_is_there() -> None:
    seen = {
        line.split()[2].partition("-")[0]
        for case in BAD
        for line in (SITES / "bad" / case / "problems.txt").read_text("utf-8").splitlines()
    }
    assert seen >= {"SCH", "REF", "ID", "DAT", "REV", "EMB", "SEC", "LNK", "CDN", "A11", "IMG", "IND"}


FAMILIES = {"REL": "release", "IND": "report", "PRJ": "project", "DAT": "project", "REV": "brand", "EMB": "brand"}


@pytest.mark.parametrize(
    "code", [each for each in CATALOGUE if each.partition("-")[0] in FAMILIES], ids=lambda each: each
)
def test_every_rule_of_the_season_has_a_bad_site_that_breaks_it_and_a_good_one_that_does_not(code: str) -> None:
    broken = [case for case in BAD if languages_of(SITES / "bad" / case, code) >= {"zh", "en"}]
    assert broken, f"no bad site shows {code} in both languages"
    assert FAMILIES[code.partition("-")[0]] in GOOD


@pytest.mark.parametrize(
    ("page", "cases"),
    [
        ("brands/qingfeng/index.html", {"brand"}),
        ("b/qingfeng/index.html", {"brand"}),
        ("brands/by/year/2024/index.html", {"brand"}),
        ("units/index.html", {"unit", "branch"}),
        ("data/index.html", {"data"}),
        ("years/2024/index.html", {"small"}),
        ("404.html", {"small"}),
        ("index.html", {"small", "page"}),
        ("about/index.html", {"ledger", "page", "redirects"}),
    ],
)
def test_a_page_is_kept_by_the_sites_that_are_about_it(page: str, cases: set[str]) -> None:
    assert {case for case in GOOD if is_kept(page, case)} == cases
