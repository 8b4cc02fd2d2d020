"""Very many problems are told briefly to people and wholly to programs."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cli.reports import as_github
from generator.preview.panels import panel
from generator.problems import LONGEST, Problem, Span, problem
from generator.problems.abridging import MOST, MOST_OF_A_FILE, abridged, by_file, unshown_files
from tests.helpers.driver import SiteDriver
from tests.helpers.processes import here

MARKS = "brands/qingfeng/brand.yml"


def _warning(path: str, line: int) -> Problem:
    return problem("TXT-002", Span(path, line), cut="#x")


def _error(path: str, line: int) -> Problem:
    return problem("SEC-005", Span(path, line))


def test_of_one_file_fifty_are_shown_and_errors_come_before_warnings() -> None:
    told = abridged([_warning("a", line) for line in range(80)] + [_error("a", line) for line in range(80, 90)])
    assert len(told.shown) == MOST_OF_A_FILE
    assert sum(each.is_error for each in told.shown) == 10
    assert (told.left, told.errors, told.warnings) == ({"a": 40}, 10, 80)
    assert list(told.shown) == sorted(told.shown, key=lambda each: each.span)


def test_of_many_files_each_is_shown_before_any_is_shown_twice() -> None:
    told = abridged(_error(f"f{file:03}", line) for file in range(MOST - 1) for line in range(1, 4))
    assert len(told.shown) == MOST
    assert len({each.span.path for each in told.shown}) == MOST - 1
    assert unshown_files(told) == 0
    assert unshown_files(abridged(_error(f"f{file:04}", 1) for file in range(MOST + 7))) == 7


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 90), st.booleans()), max_size=300, unique=True))
def test_what_is_shown_and_what_is_left_make_the_whole(rows: list[tuple[str, int, bool]]) -> None:
    every = [(_error if is_error else _warning)(path, line) for path, line, is_error in rows]
    told = abridged(every)
    assert len(told.shown) + sum(told.left.values()) == told.total == len(every)
    assert set(told.shown) <= set(every)
    if len(every) <= MOST_OF_A_FILE:
        assert told.is_whole and list(told.shown) == every
    assert sum(len(found) for found, _, _ in by_file(told)) == len(told.shown)


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> SiteDriver:
    site = SiteDriver.copy("good/small", tmp_path_factory.mktemp("crowded") / "site")
    return site.write(MARKS, "a: b #c\n" * 32_750)


def test_text_and_annotations_of_a_crowded_file_are_short_and_say_how_many_more(
    crowded: SiteDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    for form in ("text", "github"):
        done = here(monkeypatch, "check", "--format", form, "--cache", str(crowded.root.parent / "c"), cwd=crowded.root)
        text = done.stdout.decode()
        assert done.returncode == 1
        assert len(done.stdout) < 64_000
        more = re.search(rf"…… {MARKS} 里还有 ([0-9]+) 个问题", text)
        assert more
        shown = len(re.findall(rf"(?:^|file=){MARKS}", text, re.M))
        total = re.search("共 ([0-9]+) 个错误、([0-9]+) 个提醒", text)
        assert total and shown == MOST_OF_A_FILE
        assert shown + int(more[1]) <= int(total[1]) + int(total[2])


@pytest.mark.audit
def test_json_of_a_crowded_file_has_all(crowded: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    done = here(monkeypatch, "check", "--format", "json", "--cache", str(crowded.root.parent / "c"), cwd=crowded.root)
    rows = json.loads(done.stdout)["problems"]
    assert sum(each["path"] == MARKS for each in rows) >= 65_499


def test_annotations_end_with_the_total_only_where_the_platform_shows_less() -> None:
    ten = as_github([_error("a", line) for line in range(1, 11)], 10, (), "en")
    assert "notice" not in ten
    last = as_github([_error("a", line) for line in range(1, 12)], 11, (), "en").splitlines()[-1]
    assert last.startswith("::notice title=exhibit::11 errors, 0 warnings.")


def test_the_panel_of_a_preview_is_bounded_and_counts_all() -> None:
    html = panel(tuple(_error(f"f{file}", line) for file in range(60) for line in range(1, 61)), "en")
    assert html.count("<strong>f") == MOST
    assert "3600" in html
    assert "has 5" in html


def test_a_long_value_is_cut_in_a_message() -> None:
    told = problem("TXT-002", Span("a"), cut="#" + "x" * 9_000)
    assert len(told.text("zh")) < LONGEST + 200
