"""What programs remember never changes: not with a better name, a new host, new dates or another order."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from datetime import date, timedelta
from xml.etree import ElementTree as Xml

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.kinds.exhibition.model import Stop, keys
from tests.helpers.driver import SiteDriver

Site = Callable[[str], SiteDriver]
ID = "0c5d6a1e-3f0b-4d5e-9a51-6f1b2c3d4e5f"
OTHER = "7d1f0f0a-9a1c-4e0e-8a50-0b9c1d2e3f40"
ATOM = "{http://www.w3.org/2005/Atom}"
RECORD = "content/exhibitions/xiaocheng-2024/exhibition.yml"
TOUR = "exhibitions/xiaocheng-2024/tour.ics"


def _config(driver: SiteDriver, **fields: str) -> SiteDriver:
    text = (driver.root / "site_config.yml").read_text("utf-8")
    for name, value in fields.items():
        text = re.sub(rf"(?m)^{name}: .*\n", "", text) + f"{name}: {value}\n"
    driver.write("site_config.yml", text).build()
    assert driver.is_published(), driver.lines()
    return driver


def _told(driver: SiteDriver, family: str) -> list[tuple[str, str, int]]:
    return [each for each in driver.codes() if each[0].startswith(family)]


def _ids(driver: SiteDriver) -> dict[str, list[str]]:
    """Every id in every feed, by the file."""
    files = driver.files()
    found = {}
    for name in files:
        if name.startswith("feeds/") and name.endswith(".xml"):
            found[name] = sorted(each.text or "" for each in Xml.fromstring(files[name]).iter(f"{ATOM}id"))
        if name.startswith("feeds/") and name.endswith(".json"):
            found[name] = sorted(each["id"] for each in json.loads(files[name])["items"])
    assert found
    return found


def _uids(driver: SiteDriver) -> dict[str, str]:
    """The ids of the events by their place and first day."""
    events = icalendar.Calendar.from_ical(driver.files()[TOUR]).walk("VEVENT")
    return {f"{each['summary']} {each['dtstart'].dt}": str(each["uid"]) for each in events}


@pytest.mark.audit
@pytest.mark.parametrize("case", ["small", "exhibition"])
def test_a_better_name_changes_no_id(case: str, site: Site) -> None:
    driver = site(f"good/{case}").build()
    before = _ids(driver)
    assert _ids(_config(driver, name="更好的名字", description="更好的说明")) == before


@pytest.mark.audit
def test_with_a_permanent_id_a_new_host_changes_none_and_another_city_has_none_of_them(site: Site) -> None:
    driver = _config(site("good/exhibition"), id=ID)
    before, tour = _ids(driver), _uids(driver)
    _config(driver, address="https://one.example.cn/pinpai/")
    assert (_ids(driver), _uids(driver)) == (before, tour)
    _config(driver, address="https://two.example.cn/", name="另一个名字")
    assert (_ids(driver), _uids(driver)) == (before, tour)
    assert _told(driver, "CFG") == []
    _config(driver, id=OTHER)
    assert not {each for ids in _ids(driver).values() for each in ids} & {
        each for ids in before.values() for each in ids
    }
    assert not set(_uids(driver).values()) & set(tour.values())


def test_a_public_site_without_one_is_told_which_to_write_and_nothing_changes_with_it(site: Site) -> None:
    driver = _config(site("good/exhibition"), address="https://one.example.cn/pinpai/")
    ((code, path, _),) = _told(driver, "CFG")
    assert (code, path) == ("CFG-010", "site_config.yml")
    suggested = re.search(r"CFG-010 .*id: ([0-9a-f-]{36}) ", "\n".join(driver.lines()))
    assert suggested
    before, tour = _ids(driver), _uids(driver)
    _config(driver, id=suggested[1])
    assert _told(driver, "CFG") == []
    assert (_ids(driver), _uids(driver)) == (before, tour)


@pytest.mark.parametrize(
    "text", ["pinpai", "0c5d6a1e3f0b4d5e9a516f1b2c3d4e5f", "'{0c5d6a1e-3f0b-4d5e-9a51-6f1b2c3d4e5f}'"]
)
def test_what_is_no_uuid_is_told(text: str, site: Site) -> None:
    driver = site("good/small")
    config = (driver.root / "site_config.yml").read_text("utf-8")
    driver.write("site_config.yml", f"{config}id: {text}\n").check()
    assert [code for code, _, _ in driver.codes()] == ["SCH-003"]
    assert "UUID" in driver.lines()[0]


def test_neither_another_order_nor_new_dates_make_another_event_of_a_stop(site: Site) -> None:
    driver = _config(site("good/exhibition"), id=ID)
    before = _uids(driver)
    text = (driver.root / RECORD).read_text("utf-8")
    head, stops, rest = re.split("stops:\n|sources:\n", text)
    parts = re.findall(r"(?ms)^  - .*?(?=^  - |\Z)", stops)
    assert len(parts) == 5
    driver.write(RECORD, f"{head}stops:\n{''.join(reversed(parts))}sources:\n{rest}").build()
    assert driver.is_published(), driver.lines()
    assert _uids(driver) == before


DAYS = st.dates(date(2024, 1, 1), date(2024, 12, 31))
STOPS = st.lists(
    st.tuples(st.sampled_from(["大厅", "广场", "学校"]), DAYS, st.sampled_from([None, "a", "b"])), max_size=6
)


@given(STOPS, st.randoms(use_true_random=False))
def test_every_stop_has_a_name_of_its_own_in_any_order(
    rows: list[tuple[str, date, str | None]], chance: random.Random
) -> None:
    seen: set[str] = set()
    rows = [row for row in rows if row[2] is None or not (row[2] in seen or seen.add(row[2]))]  # type: ignore[func-returns-value]
    stops = [Stop(venue=venue, start=day, end=day + timedelta(days=1), status="计划", id=id) for venue, day, id in rows]
    names = keys(stops)
    assert len(set(names)) == len(stops)
    order = list(range(len(stops)))
    chance.shuffle(order)
    twins = len({(each.venue, each.start) for each in stops}) < len(stops)
    assert twins or keys([stops[at] for at in order]) == tuple(names[at] for at in order)


def test_an_id_given_twice_is_told_once_at_its_place(site: Site) -> None:
    driver = site("good/exhibition")
    text = (driver.root / RECORD).read_text("utf-8")
    named = re.sub(r"(?m)^  - (\{?)venue: ([^,{}\n]*)", r"  - \1id: dating, venue: \2", text)
    driver.write(RECORD, named.replace("- id: dating, venue", "- id: dating\n    venue")).check()
    lines = [line for _, path, line in _told(driver, "ID-001") if path == RECORD]
    assert len(set(lines)) == len(lines) == 4
