"""TimeMaps as somebody else reads them: links as RFC 6690 writes them, in the words of RFC 7089."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ledger.locks import Lock
from generator.ledger.mounted import FrozenRecord, FrozenYear, State, Years
from generator.pages.versions import outputs, timemap, timemap_of, versions_of
from generator.site.context import Public
from generator.text.dates import http_date
from tests.helpers.driver import SiteDriver

HOST = "https://党建.example.cn/品牌/"
_LINK = re.compile(r'<([^<>]*)>((?:;[a-z]+="[^"]*")+)')
_SEGMENT = st.from_regex(r"[a-z0-9](?:[a-z0-9-]{0,10}[a-z0-9])?", fullmatch=True)


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Public:
    driver = SiteDriver.copy("good/small", tmp_path_factory.mktemp("site"))
    return driver.write("site_config.yml", (driver.root / "site_config.yml").read_text("utf-8") + f"address: {HOST}\n").public()


def _read(content: bytes) -> list[tuple[str, dict[str, str]]]:
    """The links of a TimeMap, each with its attributes. Every byte of it has to be one of a link."""
    text = content.decode("ascii")
    parts = text.removesuffix("\n").split(",\n")
    hits = [_LINK.fullmatch(each) for each in parts]
    assert text.endswith("\n") and all(hits), text
    return [(hit[1], dict(re.findall(r';([a-z]+)="([^"]*)"', hit[2]))) for hit in hits if hit]


def _states(address: str, days: list[date]) -> tuple[State, ...]:
    found = []
    for day in sorted(days, reverse=True):
        lock = Lock(year=day.year - 1, title="x", frozen_on=day, generator="0.1.0", digest="0" * 64, files=1, bytes=1)
        found.append(State(lock, FrozenRecord("brand", "x", "x", address, "x", "0" * 64, "")))
    return tuple(found)


@given(
    st.lists(_SEGMENT, min_size=1, max_size=3).map(lambda parts: f"{'/'.join(parts)}/"),
    st.lists(st.dates(date(1950, 1, 1), date(2199, 12, 31)), min_size=1, max_size=12, unique_by=lambda day: day.year),
)
def test_a_timemap_lists_every_state_in_order(public: Public, address: str, days: list[date]) -> None:
    states = _states(address, days)
    original, own, *mementos = _read(timemap(address, states, public))
    root = original[0].removesuffix(address)
    assert root == f"https://{'党建'.encode('idna').decode()}.example.cn/%E5%93%81%E7%89%8C/"
    assert original[1] == {"rel": "original"}
    assert own[0] == f"{root}timemaps/{address.rstrip('/')}.link"
    assert own[1]["rel"] == "self" and own[1]["type"] == "application/link-format"
    assert [each[0] for each in mementos] == [f"{root}{state.address}" for state in reversed(states)]
    read = [parsedate_to_datetime(each[1]["datetime"]) for each in mementos]
    assert read == sorted(read) == [datetime(each.year, each.month, each.day, tzinfo=UTC) for each in sorted(days)]
    rels = [each[1]["rel"].split() for each in mementos]
    assert all("memento" in each for each in rels)
    assert [number for number, each in enumerate(rels) if "first" in each] == [0]
    assert [number for number, each in enumerate(rels) if "last" in each] == [len(days) - 1]
    assert (own[1]["from"], own[1]["until"]) == (mementos[0][1]["datetime"], mementos[-1][1]["datetime"])


def test_a_day_is_said_as_http_says_it() -> None:
    assert http_date(date(2025, 1, 6)) == "Mon, 06 Jan 2025 00:00:00 GMT"


def test_every_page_of_a_record_has_one_and_a_place_on_a_page_of_several_has_none(public: Public) -> None:
    lock = _states("", [date(2025, 1, 6)])[0].lock
    found = [("brand", "a", "brands/a/"), ("unit", "b", "units/#b"), ("page", "index", ""), ("relic", "c", "relics/c/")]
    records = tuple(FrozenRecord(kind, id, id, address, "x", "0" * 64, "") for kind, id, address in found)
    years = Years((FrozenYear(lock, records),))
    made = [each.address for each in outputs(years, public.config)]
    assert made == ["timemaps/index.link", "timemaps/brands/a.link", "timemaps/relics/c.link"]
    assert [*outputs(years, public.config.model_copy(update={"address": None}))] == []
    assert timemap_of("brands/a/") == made[1]
    places = {key: versions_of(states[0]) for key, states in years.states.items()}
    assert places == {
        ("brand", "a"): "versions/brands/#a",
        ("unit", "b"): "versions/units/#b",
        ("page", "index"): "versions/#index",
        ("relic", "c"): "versions/relics/#c",
    }


def test_a_timemap_is_served_as_what_it_is(small: SiteDriver, tmp_path: Path) -> None:
    from generator.outputs.data.formats import PUBLISHED

    assert PUBLISHED["link"] == "application/link-format"
