"""The ledger of addresses as text: what a line is, what is wrong with a bad one, that nothing is lost on the way."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ledger.lines import LEDGER, Entry, fresh, is_address, is_page, parse, written
from generator.text.characters import HIDDEN

GOOD = "/\tpage\t2024-01-02\nbrands/qingfeng/\tbrand:qingfeng\t2024-05-01\ndata/brands.csv\tdata\t2024-05-01\n"
DAY = date(2024, 5, 1)

SEGMENTS = st.from_regex(r"[a-z0-9](?:[a-z0-9-]{0,12}[a-z0-9])?", fullmatch=True)
FOLDERS = st.lists(SEGMENTS, min_size=1, max_size=4).map(lambda parts: "".join(f"{each}/" for each in parts))
FILES = st.tuples(FOLDERS, SEGMENTS, st.sampled_from(("xml", "csv", "html", "ics"))).map(lambda it: f"{it[0]}{it[1]}.{it[2]}")
ADDRESSES = st.one_of(st.just(""), FOLDERS, FILES).filter(lambda each: each == "" or is_address(each))
SUBJECTS = st.one_of(
    st.sampled_from(("page", "feed", "data", "former")), st.tuples(SEGMENTS, SEGMENTS).map(lambda it: f"a{it[0]}:{it[1]}")
)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
ENTRIES = st.lists(st.builds(Entry, ADDRESSES, SUBJECTS, DAYS), max_size=20, unique_by=lambda each: each.address)


def test_a_ledger_says_what_stands_where_and_since_when() -> None:
    entries, problems = parse(GOOD)
    assert problems == ()
    assert entries == (
        Entry("", "page", date(2024, 1, 2), 1),
        Entry("brands/qingfeng/", "brand:qingfeng", DAY, 2),
        Entry("data/brands.csv", "data", DAY, 3),
    )
    assert [each.record for each in entries] == [None, ("brand", "qingfeng"), None]
    assert str(entries[1].span) == f"{LEDGER}:2:1"


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        ("", "URL-011", 1),
        ("brands/x/", "URL-011", 1),
        ("brands/x/ brand:x 2024-05-01", "URL-011", 1),
        ("brands/x/\tbrand:x\t2024-05-01\t", "URL-011", 1),
        ("<<<<<<< HEAD", "URL-011", 1),
        ("\tpage\t2024-05-01", "URL-012", 1),
        ("/brands/\tpage\t2024-05-01", "URL-012", 1),
        ("brands\tpage\t2024-05-01", "URL-012", 1),
        ("brands//\tpage\t2024-05-01", "URL-012", 1),
        ("../x/\tpage\t2024-05-01", "URL-012", 1),
        ("a b/\tpage\t2024-05-01", "URL-012", 1),
        ("con/\tpage\t2024-05-01", "URL-012", 1),
        ("x/#y\tpage\t2024-05-01", "URL-012", 1),
        ("https://a.example/\tpage\t2024-05-01", "URL-012", 1),
        (f"{'a' * 300}/\tpage\t2024-05-01", "URL-012", 1),
        ("x/\tpages\t2024-05-01", "URL-013", 4),
        ("x/\t\t2024-05-01", "URL-013", 4),
        ("x/\tbrand:\t2024-05-01", "URL-013", 4),
        ("x/\tpage\t2024-5-1", "URL-014", 9),
        ("x/\tpage\t2023-02-29", "URL-014", 9),
        ("x/\tpage\t2024-05-01 ", "URL-014", 9),
        ("x/\tpage\t２０２４-05-01", "URL-014", 9),
    ],
)
def test_a_bad_line_is_told_at_its_column_and_the_others_count(line: str, code: str, column: int) -> None:
    entries, problems = parse(f"{GOOD}{line}\nzz/\tpage\t2024-05-01\n")
    assert [(each.code, each.span) for each in problems] == [(code, (LEDGER, 4, column))]
    assert [each.line for each in entries] == [1, 2, 3, 5]


def test_every_mistake_of_a_line_and_of_all_lines_is_told_at_once() -> None:
    _, problems = parse("b/\tpage\t2024-01-01\nA B\t?\tx\na/\tpage\t2024-01-01\nb/\tpage\t2025-01-01\n")
    assert [(each.code, each.span.line) for each in problems] == [
        ("URL-012", 2),
        ("URL-013", 2),
        ("URL-014", 2),
        ("URL-016", 4),
        ("URL-015", 3),
    ]


def test_a_line_that_was_moved_is_one_problem() -> None:
    lines = GOOD.splitlines()
    _, problems = parse("\n".join((lines[1], lines[0], lines[2])) + "\n")
    assert [(each.code, each.span.line) for each in problems] == [("URL-015", 2)]


def test_of_an_address_that_stands_twice_the_first_line_counts() -> None:
    entries, problems = parse(GOOD + "data/brands.csv\tdata\t2025-05-01\n")
    assert [each.code for each in problems] == ["URL-016"]
    assert [each.day for each in entries if each.address == "data/brands.csv"] == [DAY]


@given(ENTRIES)
def test_what_is_written_is_read_again_and_sorted_like_the_tool_does(entries: list[Entry]) -> None:
    text = written(entries)
    found, problems = parse(text) if entries else ((), ())
    assert problems == ()
    assert {each[:3] for each in found} == {each[:3] for each in entries}
    assert text.encode().split(b"\n")[:-1] == sorted(text.encode().split(b"\n")[:-1])
    assert written(found) == text


@given(ENTRIES, ENTRIES)
def test_adding_changes_no_line_and_loses_none(old: list[Entry], new: list[Entry]) -> None:
    before = written(old)
    known = parse(before)[0] if old else ()
    after = written((*known, *fresh(known, new)))
    lines = after.splitlines()
    assert set(before.splitlines()) <= set(lines)
    assert [each for each in lines if each in set(before.splitlines())] == before.splitlines()
    assert {each.address for each in (*old, *new)} == ({each.address for each in parse(after)[0]} if lines else set())
    assert len(lines) == len({each.address for each in (*old, *new)})


@given(st.text(st.sampled_from("ab/.\t\n:-0129 page\u3000é")) | st.text())
def test_any_text_is_read_and_every_line_of_it_is_an_entry_or_a_problem(text: str) -> None:
    entries, problems = parse(text)
    told = {each.line for each in entries} | {each.span.line for each in problems}
    assert told == set(range(1, text.removesuffix("\n").count("\n") + 2))
    for each in problems:
        assert each.text("zh") and each.text("en") and each.remedy("zh") and each.remedy("en")
        assert not HIDDEN.search(each.text("zh"))


@given(DAYS, SUBJECTS)
def test_the_first_of_two_lines_is_added(day: date, subject: str) -> None:
    new = [Entry("x/", subject, day), Entry("x/", "page", day + timedelta(1))]
    assert [*fresh((), new)] == new[:1]


def test_pages_are_told_from_files() -> None:
    assert [each for each in ("", "x/", "a/b.html", "a/b.htm", "a/b.csv", "feeds/a.xml") if is_page(each)] == [
        "",
        "x/",
        "a/b.html",
        "a/b.htm",
    ]
