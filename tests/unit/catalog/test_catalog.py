"""The catalog: what refers to what, what the public may see on which day, and that one mistake stays one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from generator.catalog.catalog import Catalog, blamed, without
from generator.catalog.edition import Edition
from generator.catalog.gathering import gather
from generator.catalog.inspection import Inspection
from generator.catalog.record import ALL, Reading, Record
from generator.checks import references
from generator.kinds import BY_NAME, KINDS
from generator.problems import Span, problem
from generator.schema.validation import read
from generator.yaml.strict import parse
from tests.helpers.driver import SiteDriver
from tests.helpers.places import SITES

LABELS = {kind.name: kind.label for kind in KINDS}
SHANGHAI = ZoneInfo("Asia/Shanghai")
BRAND = yaml.safe_load((SITES / "good/small/brands/qingfeng/brand.yml").read_text("utf-8"))
UNIT = yaml.safe_load((SITES / "good/small/content/units.yml").read_text("utf-8"))[0]
BASE: dict[str, dict[str, Any]] = {
    "brand": {key: value for key, value in BRAND.items() if key not in ("logo", "gallery", "honours", "sources")},
    "unit": UNIT,
    "page": {"title": "关于", "status": "published", "published_on": "2024-05-01"},
}


def _record(kind: str, id: str, **fields: Any) -> Record:
    """A record as it would be read from ``<kind>/<id>.yml``."""
    values = {**BASE[kind], **({} if kind == "page" else {"id": id}), **fields}
    path = f"{kind}/{id}.yml"
    tree, problems = parse(path, yaml.safe_dump(values, allow_unicode=True, sort_keys=False))
    assert tree is not None and not problems
    data, problems = read(BY_NAME[kind].model, tree, None)
    assert data is not None, [each.text("en") for each in problems]
    at = fields.get("at", ())
    return Record(kind, id, data, path, kind, tree, at)


def _catalog(records: Iterable[Record], broken: Iterable[tuple[str, str]] = ()) -> Catalog:
    return gather(Reading(tuple(records), frozenset(broken), frozenset()), KINDS)


def _inspection(catalog: Catalog) -> Inspection:
    """A brand's checks need neither configuration nor sources."""
    edition = Edition(datetime(2026, 1, 1, tzinfo=UTC), UTC)
    return Inspection(catalog, catalog, edition, None, frozenset(), LABELS, None, None)  # type: ignore[arg-type]


def _references(catalog: Catalog) -> list[tuple[str, str, int]]:
    return [(each.code, each.span.path, each.span.line) for each in references.check(_inspection(catalog))]


def _line(record: Record, key: str) -> int:
    return record.span(key).line


COURT = _record("unit", "court")


# -- order and ways ----------------------------------------------------------------------------------------------------


def test_every_kind_is_in_its_own_order() -> None:
    brands = [_record("brand", id, year=year) for id, year in (("b", 2023), ("c", 2024), ("a", 2023), ("d", 2024))]
    pages = [_record("page", id, order=order) for id, order in (("z", 1), ("a", 2), ("m", 1))]
    catalog = _catalog([*brands, *pages])
    assert [each.id for each in catalog.all("brand")] == ["c", "d", "a", "b"]
    assert [each.id for each in catalog.all("page")] == ["m", "z", "a"]
    assert [(each.kind, each.id) for each in catalog][:4] == [("brand", id) for id in "cdab"]
    assert catalog.all("unit") == catalog.all("unheard-of") == ()


def test_a_record_is_got_by_kind_and_id() -> None:
    brand = _record("brand", "x")
    catalog = _catalog([brand, COURT])
    assert catalog.get("brand", "x") is brand
    assert catalog.get("unit", "court") is COURT
    assert catalog.get("unit", "x") is catalog.get("brand", None) is catalog.get("unheard-of", "x") is None


def test_a_referral_says_who_names_whom_in_which_field_and_where() -> None:
    brand = _record(
        "brand",
        "x",
        parent="y",
        branches=["b-1", "b-2"],
        results=[{"text": "一"}, {"text": "二", "indicator": "i-1"}],
    )
    found = {(each.target, each.field, each.span.line) for each in _catalog([brand]).referrals}
    tree = brand.tree
    assert found == {
        (("unit", "court"), "unit", tree.span(("unit",)).line),
        (("brand", "y"), "parent", tree.span(("parent",)).line),
        (("branch", "b-1"), "branches", tree.span(("branches", 0)).line),
        (("branch", "b-2"), "branches", tree.span(("branches", 1)).line),
        (("indicator", "i-1"), "results", tree.span(("results", 1, "indicator")).line),
    }
    assert all(each.source == ("brand", "x") for each in _catalog([brand]).referrals)


def test_a_referral_can_be_followed_both_ways() -> None:
    brand, child = _record("brand", "x"), _record("brand", "y", parent="x", year=2025)
    catalog = _catalog([brand, child, COURT])
    assert catalog.naming("unit", "court", "brand") == (child, brand)
    assert catalog.naming("unit", "court", "brand", "unit") == (child, brand)
    assert catalog.naming("unit", "court", "brand", "parent") == ()
    assert catalog.naming("brand", "x", "brand", "parent") == catalog.naming("brand", "x", "brand") == (child,)
    assert catalog.naming("brand", "y", "brand") == catalog.naming("unit", "court", "unit") == ()
    assert catalog.naming("unit", "nobody", "brand") == ()


def test_a_record_that_names_another_twice_is_found_once() -> None:
    brand = _record("brand", "x", results=[{"text": "一", "indicator": "i"}, {"text": "二", "indicator": "i"}])
    assert _catalog([brand]).naming("indicator", "i", "brand") == (brand,)


@given(
    st.lists(st.tuples(st.integers(2020, 2024), st.integers(0, 3)), max_size=40),
    st.integers(0, 3),
    st.sampled_from((None, "unit", "parent")),
)
@example([(2020 + number % 5, 0 if number == 7 else 1) for number in range(40)], 0, "unit")
@example([(2020 + number % 5, 0) for number in range(40)], 0, None)
def test_naming_keeps_the_order_of_the_kind_however_many_there_are(
    rows: list[tuple[int, int]], wanted: int, field: str | None
) -> None:
    template = _record("brand", "x")
    brands = [
        Record(
            "brand",
            f"b{number:02}",
            template.data.model_copy(update={"year": year, "unit": f"u{unit}"}),
            "p",
            "f",
            template.tree,
        )
        for number, (year, unit) in enumerate(rows)
    ]
    catalog = _catalog(brands)
    found = catalog.naming("unit", f"u{wanted}", "brand", field)
    expected = [] if field == "parent" else [each for each in catalog.all("brand") if each.data.unit == f"u{wanted}"]
    assert list(found) == expected


# -- references that lead nowhere --------------------------------------------------------------------------------------


def test_a_good_catalog_has_no_problem() -> None:
    assert not _references(_catalog([COURT, _record("brand", "x"), _record("brand", "y", parent="x")]))


def test_an_id_that_names_nothing_is_reported_with_the_nearest() -> None:
    brand = _record("brand", "x", unit="cuort")
    (only,) = references.check(_inspection(_catalog([brand, COURT])))
    assert (only.code, only.span) == ("REF-001", brand.span("unit"))
    assert "court（小城法院）" in only.text("zh") and "单位" in only.text("zh")
    assert 'Did you mean "court"?' in only.text("en")


def test_an_id_like_no_other_is_reported_without_a_guess() -> None:
    (only,) = references.check(_inspection(_catalog([_record("brand", "x", unit="zzzzzzzz"), COURT])))
    assert only.code == "REF-001"
    assert "是不是" not in only.text("zh")


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"branches": ["b"]}, "支部"),
        ({"videos": ["v"]}, "视频"),
        ({"results": [{"text": "一", "indicator": "i"}]}, "指标"),
        ({"parent": "nobody"}, "品牌"),
    ],
)
def test_a_record_of_a_kind_that_is_not_there_is_reported_in_words(fields: dict[str, Any], word: str) -> None:
    (only,) = references.check(_inspection(_catalog([COURT, _record("brand", "x", **fields)])))
    assert only.code == "REF-001"
    assert f"的{word}。" in only.text("zh")


def test_every_wrong_id_of_a_list_is_reported_at_its_own_line() -> None:
    brand = _record("brand", "x", branches=["b-1", "b-2", "b-1"])
    found = _references(_catalog([COURT, brand]))
    assert found == [("REF-001", brand.path, brand.span("branches", at).line) for at in range(3)]


@pytest.mark.parametrize("status", ["draft", "review", "withdrawn"])
def test_naming_what_is_not_public_is_a_warning(status: str) -> None:
    brand = _record("brand", "x", parent="y")
    catalog = _catalog([COURT, brand, _record("brand", "y", status=status)])
    (only,) = references.check(_inspection(catalog))
    assert (only.code, only.level, only.span) == ("REF-002", "warning", brand.span("parent"))


@pytest.mark.parametrize("status", ["draft", "review", "withdrawn"])
def test_what_is_not_public_may_name_what_is_not_public(status: str) -> None:
    brands = [_record("brand", "x", parent="y", status=status), _record("brand", "y", status="draft")]
    assert not _references(_catalog([COURT, *brands]))


def test_a_record_that_names_itself_is_one_problem() -> None:
    brand = _record("brand", "x", parent="x")
    catalog = _catalog([COURT, brand])
    assert _references(catalog) == [("REF-003", brand.path, _line(brand, "parent"))]
    assert not list(BY_NAME["brand"].check(brand, _inspection(catalog)))


def _circles(parents: dict[str, str | None]) -> list[tuple[str, str]]:
    brands = [_record("brand", id, **({"parent": parent} if parent else {})) for id, parent in parents.items()]
    catalog = _catalog([COURT, *brands])
    found = [each for brand in catalog.all("brand") for each in BY_NAME["brand"].check(brand, _inspection(catalog))]
    return [(each.code, each.span.path) for each in found]


@pytest.mark.parametrize(
    ("parents", "blamed_ids"),
    [
        ({"a": "b", "b": None}, ""),
        ({"a": "b", "b": "c", "c": None}, ""),
        ({"a": "b", "b": "a"}, "ab"),
        ({"a": "b", "b": "c", "c": "a"}, "abc"),
        ({"a": "b", "b": "a", "c": "a", "d": "c"}, "ab"),
        ({"a": "a"}, ""),
        ({"a": "nobody"}, ""),
        ({"a": "b", "b": "b"}, ""),
    ],
)
def test_parents_that_lead_in_a_circle_blame_those_on_the_circle(
    parents: dict[str, str | None], blamed_ids: str
) -> None:
    assert _circles(parents) == [("REF-004", f"brand/{id}.yml") for id in blamed_ids]


@given(st.lists(st.integers(-1, 7), min_size=1, max_size=8))
@example([1, 2, 3, 4, 5, 6, 7, 0])
@example([1, 2, 0, 0, 3, -1, 6, 5])
def test_any_parents_end_and_only_circles_are_blamed(parents: list[int]) -> None:
    template = _record("brand", "x")
    brands = [
        Record(
            "brand",
            f"b{at}",
            template.data.model_copy(update={"parent": f"b{up}" if up >= 0 else None}),
            f"b{at}",
            "f",
            template.tree,
        )
        for at, up in enumerate(parents)
    ]
    catalog = _catalog([COURT, *brands])
    found = {brand.id for brand in brands for _ in BY_NAME["brand"].check(brand, _inspection(catalog))}
    expected = set()
    for start in range(len(parents)):
        at, steps = start, 0
        while 0 <= at < len(parents) and steps <= len(parents):
            at, steps = parents[at], steps + 1
            if at == start and parents[start] != start:  # naming oneself is another mistake
                expected.add(f"b{start}")
                break
    assert found == expected


# -- what is broken ----------------------------------------------------------------------------------------------------


def test_a_broken_record_is_not_missing() -> None:
    brand = _record("brand", "x", parent="y", unit="gone")
    assert len(_references(_catalog([brand]))) == 2
    assert [code for code, *_ in _references(_catalog([brand], [("brand", "y")]))] == ["REF-001"]
    assert not _references(_catalog([brand], [("brand", "y"), ("unit", "gone")]))
    assert not _references(_catalog([brand], [("brand", "y"), ("unit", ALL)]))
    assert len(_references(_catalog([brand], [("unit", "y"), ("brand", "gone")]))) == 2


BREAKAGES = (
    ("a value", "brands/qingfeng/brand.yml", "year: 2024", "year: 二〇二四", "SCH-003"),
    ("the syntax", "brands/qingfeng/brand.yml", "slogan: 清风徐来", "slogan: '清风徐来", "SCH-026"),
    ("a row of the roster", "content/units.yml", "valid_from: 2019-03-01", "valid_from: 2019-3-1", "DAT-001"),
    ("the whole roster", "content/units.yml", "  short_name: 法院", "\tshort_name: 法院", "SCH-011"),
)


@pytest.mark.parametrize(
    ("path", "old", "new", "code"), [each[1:] for each in BREAKAGES], ids=[each[0] for each in BREAKAGES]
)
def test_one_broken_record_is_one_problem_whoever_names_it(
    path: str, old: str, new: str, code: str, small: SiteDriver
) -> None:
    for name, parent in (("b1", "qingfeng"), ("b2", "qingfeng"), ("b3", "b1")):
        small.copy_folder("brands/qingfeng", f"brands/{name}")
        small.edit(f"brands/{name}/brand.yml", "id: qingfeng", f"id: {name}\nparent: {parent}")
        small.write(
            f"brands/{name}/story.md", "见[它](../qingfeng/brand.yml)和[关于](../../content/about/index.md)。\n"
        )
    assert not small.check().without_copies().problems, small.lines()
    small.edit(path, old, new).check().without_copies()
    assert [each for each, *_ in small.codes()] == [code], small.lines()


def test_problems_of_two_records_are_both_told(small: SiteDriver) -> None:
    small.copy_folder("brands/qingfeng", "brands/b1").edit("brands/b1/brand.yml", "id: qingfeng", "id: b1")
    small.edit("brands/b1/brand.yml", "unit: court", "unit: cuort").edit(
        "brands/qingfeng/brand.yml", "year: 2024", "year: x"
    )
    assert sorted(each for each, *_ in small.check().codes()) == ["REF-001", "SCH-003"]


def test_the_record_in_whose_file_an_error_stands_is_blamed() -> None:
    one, other = _record("brand", "x"), _record("brand", "y")
    catalog = _catalog([COURT, one, other])
    error = problem("SCH-001", Span(one.path, 3), label="x")
    warning = problem("ID-008", Span(other.path), name="x")
    assert blamed(catalog, [error, warning]) == {("brand", "x")}
    assert blamed(catalog, [problem("SCH-001", Span("elsewhere.yml"), label="x")]) == frozenset()


def test_only_the_row_of_a_roster_is_blamed() -> None:
    text = "- id: a\n  name: 甲\n- id: b\n  name: 乙\n\n- id: c\n"
    tree, _ = parse("units.yml", text)
    assert tree is not None
    rows = [Record("unit", id, COURT.data, "units.yml", "", tree, (at,)) for at, id in enumerate("abc")]
    catalog = Catalog({"unit": {each.id: each for each in rows}})
    for line, id in ((1, "a"), (2, "a"), (3, "b"), (4, "b"), (6, "c")):
        assert blamed(catalog, [problem("SCH-001", Span("units.yml", line), label="x")]) == {("unit", id)}


def test_without_takes_records_out_and_counts_them_as_broken() -> None:
    brand, child = _record("brand", "x"), _record("brand", "y", parent="x")
    catalog = _catalog([COURT, brand, child], [("page", "p")])
    rest = without(catalog, frozenset({("brand", "x")}))
    assert rest.get("brand", "x") is None and rest.get("brand", "y") is child
    assert rest.broken == {("page", "p"), ("brand", "x")}
    assert rest.naming("unit", "court", "brand") == (child,)
    assert not _references(rest)  # the child is not blamed for its parent
    assert catalog.get("brand", "x") is brand and catalog.broken == {("page", "p")}


def test_without_nothing_is_the_same_catalog() -> None:
    catalog = _catalog([COURT, _record("brand", "x")])
    assert without(catalog, frozenset()) == catalog


# -- editions ----------------------------------------------------------------------------------------------------------


def _shows(record: Record, as_of: datetime, zone: Any = SHANGHAI) -> bool:
    return Edition(as_of, zone).shows(record)


@pytest.mark.parametrize(
    ("as_of", "is_shown"),
    [
        (datetime(2024, 4, 30, 23, 59, 59, 999_999, SHANGHAI), False),
        (datetime(2024, 5, 1, 0, 0, tzinfo=SHANGHAI), True),
        (datetime(2024, 4, 30, 15, 59, 59, tzinfo=UTC), False),
        (datetime(2024, 4, 30, 16, 0, tzinfo=UTC), True),
        (datetime(2024, 4, 30, 11, 59, tzinfo=ZoneInfo("America/New_York")), False),
        (datetime(2024, 4, 30, 12, 0, tzinfo=ZoneInfo("America/New_York")), True),
        (datetime(2024, 5, 1, 5, 59, tzinfo=ZoneInfo("Pacific/Kiritimati")), False),
        (datetime(2024, 5, 1, 6, 0, tzinfo=ZoneInfo("Pacific/Kiritimati")), True),
        (datetime(2024, 5, 1, 0, 0, tzinfo=timezone(timedelta(hours=9))), False),
        (datetime(2030, 1, 1, tzinfo=UTC), True),
        (datetime(1990, 1, 1, tzinfo=UTC), False),
    ],
)
def test_a_day_begins_where_the_site_is(as_of: datetime, is_shown: bool) -> None:
    assert _shows(_record("brand", "x", published_on="2024-05-01"), as_of) is is_shown


@given(
    st.datetimes(
        datetime(1950, 1, 1), datetime(2150, 1, 1), timezones=st.sampled_from((UTC, SHANGHAI, ZoneInfo("America/Lima")))
    ),
    st.dates(date(1950, 1, 1), date(2150, 1, 1)),
    st.sampled_from((SHANGHAI, UTC, ZoneInfo("Pacific/Kiritimati"), ZoneInfo("Etc/GMT+12"), ZoneInfo("Europe/Berlin"))),
)
def test_a_record_is_shown_from_the_day_of_its_publication(moment: datetime, day: date, zone: Any) -> None:
    template = _record("brand", "x")
    record = Record("brand", "x", template.data.model_copy(update={"published_on": day}), "p", "f", template.tree)
    edition = Edition(moment, zone)
    assert edition.shows(record) == (day <= moment.astimezone(zone).date())
    assert edition.today == moment.astimezone(zone).date()
    if edition.shows(record):
        assert Edition(moment + timedelta(days=1), zone).shows(record)  # what was shown once stays


@pytest.mark.parametrize("status", ["draft", "review", "withdrawn"])
@pytest.mark.parametrize("kind", ["brand", "unit", "page"])
def test_only_what_is_published_is_ever_shown(kind: str, status: str) -> None:
    late = datetime(9000, 1, 1, tzinfo=UTC)
    assert not _shows(_record(kind, "x", status=status), late)
    assert _shows(_record(kind, "x", status="published"), late)


def test_a_record_without_its_day_is_not_shown() -> None:
    record = _record("brand", "x", published_on=None)
    assert not _shows(record, datetime(9000, 1, 1, tzinfo=UTC))


def test_a_unit_is_on_the_roster_from_its_founding_on() -> None:
    assert _shows(COURT, datetime(1990, 1, 1, tzinfo=SHANGHAI))
    assert not _shows(COURT, datetime(1989, 12, 31, tzinfo=SHANGHAI))


def test_an_edition_of_the_past_does_not_know_what_came_later() -> None:
    old = _record("unit", "old", valid_to="2024-06-30", successor="court")
    catalog = _catalog([COURT, old])

    def seen(year: int) -> tuple[object, object]:
        edition = Edition(datetime(2026, 1, 1, tzinfo=UTC), SHANGHAI, year)
        found = edition.of(catalog).get("unit", "old")
        assert found is not None
        return found.data.valid_to, found.data.successor

    assert seen(2023) == (None, None)
    assert seen(2024) == (date(2024, 6, 30), "court")


@pytest.mark.parametrize(("year", "shown"), [(2023, False), (2024, True), (2025, True)])
def test_the_edition_of_a_year_holds_what_was_public_when_it_ended(year: int, shown: bool) -> None:
    record = _record("brand", "x", published_on="2024-12-31")
    assert Edition(datetime(2026, 1, 1, tzinfo=UTC), SHANGHAI, year).shows(record) is shown


def test_the_edition_of_a_year_that_has_not_ended_shows_nothing_of_the_future() -> None:
    record = _record("brand", "x", published_on="2024-12-31")
    assert not Edition(datetime(2024, 6, 1, tzinfo=UTC), SHANGHAI, 2024).shows(record)


def test_an_edition_has_no_trace_of_what_it_does_not_show() -> None:
    shown, late = _record("brand", "x"), _record("brand", "y", parent="x", published_on="2030-01-01")
    child, draft = _record("brand", "z", parent="y"), _record("brand", "d", status="draft", parent="x")
    catalog = _catalog([COURT, shown, late, child, draft])
    public = Edition(datetime(2026, 1, 1, tzinfo=UTC), SHANGHAI).of(catalog)
    assert [each.id for each in public.all("brand")] == ["x", "z"]
    assert {(each.source[1], each.target[1]) for each in public.referrals} == {("x", "court"), ("z", "court")}
    assert public.naming("brand", "x", "brand") == public.naming("brand", "y", "brand") == ()
    assert public.naming("unit", "court", "brand") == (shown, child)
    later = Edition(datetime(2031, 1, 1, tzinfo=UTC), SHANGHAI).of(catalog)
    assert later.naming("brand", "x", "brand") == (later.get("brand", "y"),)
    assert len(catalog.all("brand")) == 4


def test_an_edition_of_an_edition_is_the_same() -> None:
    edition = Edition(datetime(2026, 1, 1, tzinfo=UTC), SHANGHAI)
    once = edition.of(_catalog([COURT, _record("brand", "x"), _record("brand", "y", status="draft")]))
    assert edition.of(once) == once


DAYS = ("2024-05-01", "2025-01-01", "2027-01-01")


@pytest.mark.parametrize(
    ("as_of", "effective"),
    [
        (date(2024, 4, 30), date(1990, 1, 1)),
        (date(2024, 5, 1), date(2024, 5, 1)),
        (date(2024, 12, 31), date(2024, 5, 1)),
        (date(2025, 1, 1), date(2025, 1, 1)),
        (date(2026, 12, 31), date(2025, 1, 1)),
        (date(2027, 1, 1), date(2027, 1, 1)),
        (date(2099, 1, 1), date(2027, 1, 1)),
    ],
)
def test_the_effective_day_is_that_of_the_last_thing_shown(as_of: date, effective: date | None) -> None:
    records = [_record("brand", f"b{at}", published_on=day) for at, day in enumerate(DAYS)]
    hidden = [_record("brand", "d", status="draft", published_on="2024-06-01"), COURT]
    moment = datetime(as_of.year, as_of.month, as_of.day, tzinfo=SHANGHAI)
    assert Edition(moment, SHANGHAI).effective(_catalog([*records, *hidden])) == effective


def test_a_site_without_dated_records_has_no_effective_day() -> None:
    assert Edition(datetime(2026, 1, 1, tzinfo=UTC), SHANGHAI).effective(_catalog([])) is None


def test_the_clock_alone_changes_no_byte(small: SiteDriver) -> None:
    small.build(date(2026, 6, 1))
    first = small.files()
    small.build(datetime(2029, 12, 31, 23, 59))
    assert small.files() == first


def test_a_record_appears_at_midnight_where_the_site_is(small: SiteDriver) -> None:
    small.copy_folder("brands/qingfeng", "brands/neu").edit("brands/neu/brand.yml", "id: qingfeng", "id: neu")
    small.edit("brands/neu/brand.yml", "published_on: 2024-05-01", "published_on: 2026-07-01")
    small.build(datetime(2026, 6, 30, 15, 59, 59, tzinfo=UTC))
    assert not [each for each in small.files() if "neu" in each]
    assert not [each for each, content in small.files().items() if b"brands/neu" in content]
    small.build(datetime(2026, 6, 30, 16, 0, tzinfo=UTC))
    assert "brands/neu/index.html" in small.files()
