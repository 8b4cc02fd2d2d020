"""The gates of the browser suite on the exhibition of the tests: every template, width and look. See docs/quality.md."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser

from tests.audit import budgets, lighthouse, links, table, validator
from tests.audit.looks import LOOKS, WIDTHS
from tests.audit.pages import ADDRESS, FOLDER, Exhibition, exhibit, parts, served
from tests.audit.visits import Tour, on_the_way, visits
from tests.helpers.places import CITY

PARTS = 6  # the templates are measured in so many tests, for machines with several processors
SPEED_PAGES = ("home", "wall", "brand")
SPEED_RUNS = 5

Report = Callable[[dict[str, object]], None]


@pytest.fixture(scope="session")
def exhibition(shared: Path) -> Exhibition:
    """The exhibition of the tests as it would be at its address, built once for all processes."""
    with FileLock(shared / "lock"):
        return exhibit(CITY, shared, shared / "cache")


@pytest.fixture(scope="module")
def host(exhibition: Exhibition) -> Iterator[str]:
    """Where the host of the site is served."""
    with served(exhibition.host) as base:
        yield base


@pytest.fixture
def report(record_property: Callable[[str, object], None]) -> Report:
    """Hands on what a test measured to the table at the end, whether the test passes or not."""
    return lambda part: record_property(table.PROPERTY, json.dumps(part))


@pytest.mark.browser
@pytest.mark.node
@pytest.mark.parametrize("part", range(PARTS))
def test_every_template_passes_at_every_width_in_every_look(
    part: int, exhibition: Exhibition, host: str, chromium: Browser, report: Report
) -> None:
    found = list(visits(chromium, Tour(host, exhibition.host), parts(exhibition.samples, part, PARTS)))
    found.sort(key=lambda each: each.template)
    rows = [table.row(list(group)) for _, group in groupby(found, key=lambda each: each.template)]
    report({"rows": [asdict(each) for each in rows]})
    assert found and all(each.looked == len(WIDTHS) * len(LOOKS) for each in rows)
    assert all(seen.rules > 10 for each in found for seen in each.seen)
    assert budgets.all_faults(found) == []


@pytest.mark.browser
@pytest.mark.node
@pytest.mark.parametrize("part", range(2))
def test_lighthouse_gives_full_marks_for_what_does_not_depend_on_speed(
    part: int, exhibition: Exhibition, host: str, report: Report
) -> None:
    samples = parts(exhibition.samples, part, 2)
    found = lighthouse.reports([f"{host}{FOLDER}/{each.address}" for each in samples], lighthouse.GATES)
    pairs = zip(samples, found, strict=True)
    report({"rows": [{**asdict(sample), "scores": dict(each.scores)} for sample, each in pairs]})
    assert [
        fault for sample, each in zip(samples, found, strict=True) for fault in lighthouse.faults(each, sample.template)
    ] == []


@pytest.mark.browser
@pytest.mark.node
def test_the_speed_of_the_main_pages_is_measured_and_printed(exhibition: Exhibition, host: str, report: Report) -> None:
    samples = [each for each in exhibition.samples if each.template in SPEED_PAGES]
    urls = [f"{host}{FOLDER}/{each.address}" for each in samples for _ in range(SPEED_RUNS)]
    runs = lighthouse.reports(urls, [lighthouse.SPEED])
    rows, site = [], []
    for number, sample in enumerate(samples):
        score, times = lighthouse.medians(runs[number * SPEED_RUNS : (number + 1) * SPEED_RUNS])
        rows.append({**asdict(sample), "scores": {lighthouse.SPEED: score}})
        site.append(table.speed(sample.template, SPEED_RUNS, times))
    report({"rows": rows, "site": site})
    assert {each.template for each in samples} == set(SPEED_PAGES)


@pytest.mark.java
@pytest.mark.node
def test_every_page_is_valid_html(exhibition: Exhibition, report: Report) -> None:
    found = validator.validate(exhibition.folder)
    report({"site": table.validity(found)})
    assert found.files > len(exhibition.samples)
    assert found.errors == ()


def test_every_link_and_anchor_leads_somewhere(exhibition: Exhibition, report: Report) -> None:
    found = links.check(exhibition.folder, ADDRESS)
    report({"site": [table.followed("on a server", found)]})
    assert found.checked > 1000
    assert found.broken == ()


def test_every_link_and_anchor_leads_somewhere_without_a_server(city_folder: Path, report: Report) -> None:
    found = links.check(city_folder, has_server=False)
    report({"site": [table.followed("in a folder", found)]})
    assert found.checked > 1000
    assert found.broken == ()


def test_no_page_of_the_site_is_heavier_than_the_budget(exhibition: Exhibition, report: Report) -> None:
    pages = {each: on_the_way(each) for each in exhibition.folder.rglob("*.html")}
    heaviest = max(pages, key=lambda each: pages[each])
    measured = f"{pages[heaviest] / 1000:.1f} kB, {heaviest.relative_to(exhibition.folder).as_posix()}"
    report({"site": [("the heaviest of all pages, HTML", measured, f"{budgets.BUDGET.html / 1000:.0f} kB")]})
    too_heavy = {each.as_posix(): size for each, size in pages.items() if size > budgets.BUDGET.html}
    assert too_heavy == {}
