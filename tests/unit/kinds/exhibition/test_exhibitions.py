"""Exhibitions: the route through the halls, the stops of the tour, and the calendar that carries them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import icalendar
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.kinds.exhibition.model import Exhibition, Stop
from generator.kinds.exhibition.tour import Stop as Event
from generator.kinds.exhibition.tour import calendar
from tests.helpers.driver import SiteDriver

EXHIBITION = "content/exhibitions/xiaocheng-2024/exhibition.yml"
ADDRESS = "exhibitions/xiaocheng-2024/"
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
TEXTS = st.text(max_size=120) | st.text(
    st.sampled_from(
        ["\r", "\n", "\x0b", "\x85", "\u2028", "\x00", ",", ";", ":", "\\", '"', "展", "👩", "\u200d", " ", "N", "n"]
    ),
    max_size=120,
)
Site = Callable[[str], SiteDriver]


# -- route -----------------------------------------------------------------------------------------


def _ways(page: str) -> dict[str, str]:
    return {rel: href for href, rel in re.findall(r'<a href="([^"]*)" rel="(prev|next)"', page)}


def test_the_stands_lead_from_the_first_to_the_closing_page(site: Site) -> None:
    driver = site("good/exhibition").build()
    up = f"../../../{ADDRESS}"
    assert _ways(driver.main(f"{ADDRESS}01/")) == {"prev": up, "next": f"{up}02/"}
    assert _ways(driver.main(f"{ADDRESS}02/")) == {"prev": f"{up}01/", "next": f"{up}03/"}
    assert _ways(driver.main(f"{ADDRESS}03/")) == {"prev": f"{up}02/", "next": f"{up}closing/"}
    assert _ways(driver.main(f"{ADDRESS}closing/")) == {"prev": f"{up}03/"}
    assert f'<a class="button" href="../../{ADDRESS}01/">' in driver.main(ADDRESS)
    assert "第 3 件 / 3</span> · 第三展厅 窗口" in driver.main(f"{ADDRESS}03/")


def test_the_cards_of_an_exhibition_lead_to_its_stands_and_the_list_for_printing_to_the_records(site: Site) -> None:
    driver = site("good/exhibition").build()
    cards = re.findall(r'<a class="card" href="([^"]*)"', driver.main(ADDRESS))
    assert cards == [f"../../{ADDRESS}{number:02d}/" for number in (1, 2, 3)]
    assert '<a href="../../../projects/jiexiang/">' in driver.main(f"{ADDRESS}tour/")


def test_what_is_not_public_leaves_the_route_and_the_halls_keep_their_numbers(site: Site) -> None:
    driver = site("good/exhibition")
    driver.edit("content/projects/2024/zhengzai/project.yml", "status: published", "status: withdrawn")
    driver.edit("brands/muzi/brand.yml", "status: published", "status: review").remove(
        "content/projects/2024/jiexiang/story.md"
    )
    driver.write("content/exhibitions/xiaocheng-2024/intro.md", "## 前言\n\n没有链接。\n").build()
    main, files = driver.main(ADDRESS), driver.files()
    assert "校门口的十分钟" not in main and 'id="hall-1"' not in main
    assert 'id="hall-3"' in main and "第三展厅" in main
    assert "立案一次办好" in driver.main(f"{ADDRESS}01/") and "第 1 件 / 1" in driver.main(f"{ADDRESS}01/")
    assert f"{ADDRESS}02/index.html" not in files
    assert "exhibitions/wangshang/closing/index.html" not in files, "nothing hangs there any more"


def test_an_exhibition_is_named_on_the_pages_of_what_it_hangs(site: Site) -> None:
    shown = site("good/exhibition").build().shown()
    project, brand = shown.catalog.get("project", "jiexiang"), shown.catalog.get("brand", "muzi")
    assert project and brand
    (named,) = shown.mentions(project)["exhibition"]
    assert (named.title, named.address, named.note) == ("小城一年", f"{ADDRESS}03/", "2024年 · 第三展厅 窗口 · 第 3 件")
    assert [each.address for each in shown.mentions(brand)["exhibition"]] == [
        f"{ADDRESS}02/",
        "exhibitions/wangshang/01/",
    ]


def test_a_record_leads_back_to_its_stand_in_every_exhibition(site: Site) -> None:
    driver = site("good/exhibition")
    third = (driver.root / "content/exhibitions/wangshang/exhibition.yml").read_text("utf-8")
    third = third.replace("id: wangshang", "id: disan").replace("网上小展", "第三个展").replace("网上的展", "第三展")
    driver.write("content/exhibitions/disan/exhibition.yml", third.replace("- brand: muzi", "- project: jiexiang\n      - brand: muzi"))
    driver.build()
    found = re.findall(r'<li id="in-([a-z0-9-]+)"><a href="../../([^"]*)"><span class="ways__here">第 (\d+) 件', driver.main("brands/muzi/"))
    assert found == [
        ("xiaocheng-2024", f"{ADDRESS}02/", "2"),
        ("disan", "exhibitions/disan/02/", "2"),
        ("wangshang", "exhibitions/wangshang/01/", "1"),
    ]
    for id, address, _ in found:
        assert f'href="../../../brands/muzi/#in-{id}"' in driver.main(address)


def test_every_anchor_of_the_halls_is_there(site: Site) -> None:
    driver = site("good/exhibition").build()
    main = driver.main(ADDRESS)
    assert set(re.findall(r'href="#([^"]+)"', main)) <= set(re.findall(r' id="([^"]+)"', main))


# -- stops -----------------------------------------------------------------------------------------


STATUSES = ("计划", "进行中", "已结束", "取消")


@given(start=DAYS, length=st.integers(0, 30), status=st.sampled_from(STATUSES), day=DAYS)
def test_no_stop_has_begun_or_ended_before_its_time(start: date, length: int, status: str, day: date) -> None:
    stop = Stop(venue="大厅", start=start, end=start + timedelta(days=length), status=status)
    seen = stop.seen_on(day)
    assert seen.seen_on(day) == seen
    if status in ("计划", "取消"):
        assert seen == stop
    assert not (seen.status == "进行中" and day < stop.start)
    assert not (seen.status == "已结束" and day < stop.end)
    if stop.fits(day):
        assert seen == stop


@given(start=DAYS, length=st.integers(0, 30), offset=st.integers(-40, 70))
def test_the_status_that_the_dates_say_always_fits(start: date, length: int, offset: int) -> None:
    stop = Stop(venue="大厅", start=start, end=start + timedelta(days=length), status="计划")
    day = start + timedelta(days=offset)
    assert stop.model_copy(update={"status": stop.status_on(day)}).fits(day)


def test_a_stop_that_ends_later_was_still_open(site: Site) -> None:
    public = site("good/exhibition").public(date(2025, 1, 8))
    record = public.catalog.get("exhibition", "xiaocheng-2024")
    assert record is not None
    data: Exhibition = record.data
    assert [each.status for each in data.stops] == ["进行中", "取消", "计划", "计划", "计划"]


# -- calendar --------------------------------------------------------------------------------------


def _events(content: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def test_the_calendar_holds_the_stops_of_the_record(site: Site) -> None:
    driver = site("good/exhibition").build()
    stops = driver.public().catalog.all("exhibition")[0].data.stops
    events = _events(driver.files()[f"{ADDRESS}tour.ics"])
    assert [each["dtstart"].dt for each in events] == [each.start for each in stops]
    assert [each["dtend"].dt - timedelta(days=1) if "dtend" in each else "长期" for each in events] == [
        each.end for each in stops
    ]
    assert [str(each["status"]) for each in events] == ["CONFIRMED", "CANCELLED", "CONFIRMED", "CONFIRMED", "TENTATIVE"]
    assert [str(each["summary"]) for each in events] == [f"小城一年 · {each.venue}" for each in stops]
    assert str(events[0]["location"]) == "市民中心, 一楼（小城大道1号; 东门）"
    assert str(events[0]["description"]) == "9:00–17:00，周一不开放\n不用预约。\n东门有坡道。"
    uids = [str(each["uid"]) for each in events]
    assert len(set(uids)) == 5 and all(str(UUID(each)) == each for each in uids)
    assert {each["dtstamp"].dt.date() for each in events} == {date(2026, 5, 25)}, "the last stop that began"


def test_the_calendar_does_not_follow_the_clock_and_grows_with_the_record(site: Site) -> None:
    driver = site("good/exhibition")
    first = driver.build(as_of=date(2026, 6, 1)).files()[f"{ADDRESS}tour.ics"]
    assert driver.build(as_of=date(2027, 6, 1)).files()[f"{ADDRESS}tour.ics"] == first
    older = driver.build(as_of=date(2025, 1, 1)).files()[f"{ADDRESS}tour.ics"]
    assert int(_events(older)[0]["sequence"]) < int(_events(first)[0]["sequence"])


def test_an_exhibition_without_stops_has_no_calendar(site: Site) -> None:
    files = site("good/exhibition").build().files()
    assert "exhibitions/wangshang/tour.ics" not in files
    assert "exhibitions/wangshang/tour/index.html" in files


def test_a_site_with_an_address_links_back_from_the_calendar_and_prints_it(site: Site) -> None:
    driver = site("good/exhibition")
    config = (driver.root / "site_config.yml").read_text("utf-8")
    driver.write("site_config.yml", f"address: https://example.gov.cn/zhan/\n{config}").build()
    (first, *_) = _events(driver.files()[f"{ADDRESS}tour.ics"])
    assert str(first["url"]) == f"https://example.gov.cn/zhan/{ADDRESS}"
    assert "https://example.gov.cn/zhan/projects/jiexiang/" in driver.main(f"{ADDRESS}tour/")


KNOWN_LINES = re.compile(
    rb"(BEGIN|END|VERSION|PRODID|CALSCALE|METHOD|X-WR-CALNAME|UID|DTSTAMP|LAST-MODIFIED|SEQUENCE|DTSTART|DTEND|SUMMARY"
    rb"|LOCATION|DESCRIPTION|URL|STATUS|TRANSP)[;:]| "
)


def _plain(text: str) -> str:
    """What of a text must come through: everything but control characters and the kind of line break."""
    text = re.sub("\r\n|[\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]", "\n", text)
    text = re.sub("[\x00-\x09\x0b-\x1f\x7f-\x9f\ufeff]", "", text)
    return text.replace("\\N", "\n")  # the library takes a backslash with a capital N for an escaped line break


@given(texts=st.tuples(TEXTS, TEXTS, TEXTS, TEXTS), start=DAYS, length=st.integers(0, 400), cancelled=st.booleans())
@example(("a\r\nEND:VEVENT", "b\nBEGIN:VEVENT", "c\rSTATUS:CANCELLED", "d\u2028X:1"), date(2024, 2, 29), 0, False)
@example(("\\N", "\\\\N", "\\\x00N", "\\n"), date(2024, 2, 29), 0, False)
@example(("展" * 200, "\\n\\,", ';:"', "👩‍👧" * 60), date(2024, 2, 29), 0, True)
def test_any_text_survives_and_none_becomes_a_line_of_its_own(
    texts: tuple[str, str, str, str], start: date, length: int, cancelled: bool
) -> None:
    name, summary, location, description = texts
    end = start + timedelta(days=length)
    event = Event("tour-a-1@exhibition", summary, start, end, location, description, is_cancelled=cancelled)
    content = calendar(name, [event, event], date(2024, 5, 1))
    assert content == calendar(name, [event, event], date(2024, 5, 1))
    content.decode()  # valid UTF-8 as a whole and, as folding must not cut characters, line by line
    lines = content.removesuffix(b"\r\n").split(b"\r\n")
    assert b"\r" not in b"".join(lines) and b"\n" not in b"".join(lines)
    assert all(len(each) <= 75 and KNOWN_LINES.match(each) for each in lines), lines
    assert all(each.decode() is not None for each in lines)
    assert lines.count(b"BEGIN:VEVENT") == lines.count(b"END:VEVENT") == 2
    (first, second) = _events(content)
    assert first == second
    assert (first["dtstart"].dt, first["dtend"].dt) == (start, end + timedelta(days=1))
    assert first["status"] == ("CANCELLED" if cancelled else "CONFIRMED")
    for key, text in (("summary", summary), ("location", location), ("description", description)):
        assert _plain(str(first.get(key, ""))) == _plain(text), key


def test_the_name_of_a_calendar_is_escaped_like_a_text() -> None:
    content = calendar("一, 二; 三\n四", [], date(2024, 5, 1))
    assert "X-WR-CALNAME:一\\, 二\\; 三\\n四\r\n".encode() in content
    assert _events(content) == []


@pytest.mark.parametrize("as_of", [date(2024, 12, 28), date(2026, 6, 1)])
def test_every_published_calendar_can_be_read(site: Site, as_of: date) -> None:
    files = site("good/exhibition").build(as_of=as_of).files()
    calendars = {name: content for name, content in files.items() if name.endswith(".ics")}
    assert set(calendars) == {f"{ADDRESS}tour.ics"}
    assert len(_events(calendars[f"{ADDRESS}tour.ics"])) == 5
