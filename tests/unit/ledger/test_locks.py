"""Locks of frozen years: what is read, what is told, what is written, and what may become of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator import __version__
from generator.archive import sums
from generator.ledger.locks import (
    Lock,
    Locked,
    Locks,
    Thaw,
    altered,
    digest_of,
    is_newer,
    read_lock,
    read_locks,
    written,
)
from generator.problems import Problem
from generator.source.files import SourceText, discover
from tests.helpers.driver import put_files

PATH = "content/archives/2024.yml"
ONE, OTHER = "a" * 64, "b" * 64
GOOD = f"""\
year: 2024
title: "党建品牌展 2024 年度"
frozen_on: 2025-01-06
commit: "{"c" * 40}"
generator: "0.1.0"
digest: "{ONE}"
files: 12
bytes: 3456
thawed:
- on: 2025-02-01
  by: "机关工委办公室"
  reason: "一张照片的授权到期"
  digest: "{OTHER}"
"""


def _read(text: str, path: str = PATH) -> tuple[Locked | None, Sequence[Problem]]:
    return read_lock(SourceText(path, text, sha256(text.encode()).hexdigest()))


def _lock(digest: str = ONE, thawed: Sequence[tuple[str, str]] = (), **more: object) -> Lock:
    thaws = tuple(Thaw(on=date(2025, 2, 1), by="办公室", reason=why, digest=which) for which, why in thawed)
    values = {"year": 2024, "title": "2024", "frozen_on": date(2025, 1, 6), "commit": "", "generator": "0.1.0", "files": 1, "bytes": 1}
    return Lock(**{**values, "digest": digest, "thawed": thaws, **more})  # type: ignore[arg-type]


def _locked(lock: Lock) -> Locked:
    found, problems = _read(written(lock))
    assert found is not None and not problems
    return found


def test_a_lock_says_which_content_a_year_has_and_since_when() -> None:
    found, problems = _read(GOOD)
    assert problems == () and found is not None
    lock = found.data
    assert (lock.year, lock.frozen_on, lock.files, lock.bytes) == (2024, date(2025, 1, 6), 12, 3456)
    assert lock.thawed == (Thaw(on=date(2025, 2, 1), by="机关工委办公室", reason="一张照片的授权到期", digest=OTHER),)
    assert not lock.is_open
    assert str(found.span("thawed", 0, "reason")) == f"{PATH}:12:11"


def test_a_lock_whose_content_was_given_up_is_open() -> None:
    found, _ = _read(GOOD.replace(OTHER, ONE))
    assert found is not None and found.data.is_open


@pytest.mark.parametrize("field", ["year", "title", "frozen_on", "generator", "digest", "files", "bytes"])
def test_nothing_but_the_commit_may_be_left_out(field: str) -> None:
    text = "".join(line for line in GOOD.splitlines(keepends=True) if not line.startswith(f"{field}:"))
    found, problems = _read(text)
    assert found is None and [each.code for each in problems] == ["SCH-001"]
    found, problems = _read(GOOD.replace(f'commit: "{"c" * 40}"\n', ""))
    assert found is not None and found.data.commit == ""


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        (ONE, "A" * 64, "SCH-003", 6),
        (ONE, ONE[1:], "SCH-003", 6),
        ("c" * 40, "c" * 39, "SCH-003", 4),
        ("0.1.0", "new", "SCH-003", 5),
        ("files: 12", "files: 0", "SCH-009", 7),
        ("files: 12", "files: twelve", "SCH-003", 7),
        ("2025-01-06", "2025-02-30", "DAT-002", 3),
        ("year: 2024", "year: 2023", "ARC-008", 1),
        ("thawed:", "thaws:", "SCH-002", 9),
        ("授权到期", "联系 13800138000", "PII-002", 12),
    ],
)
def test_what_is_wrong_is_told_at_its_place(old: str, new: str, code: str, line: int) -> None:
    found, problems = _read(GOOD.replace(old, new))
    assert found is None
    assert [(each.code, each.span.line) for each in problems] == [(code, line)]


def test_all_that_is_wrong_is_told_at_once() -> None:
    _, problems = _read(GOOD.replace(ONE, "x").replace("files: 12", "files: -1").replace("2025-02-01", "gestern"))
    assert [each.span.line for each in problems] == [6, 7, 10]


def test_what_a_newer_version_wrote_is_told_alone() -> None:
    text = GOOD.replace("0.1.0", "9.0.0") + "form: sealed\nmore: 1\n"
    found, problems = _read(text)
    assert found is None and [(each.code, each.span.line) for each in problems] == [("ARC-004", 5)]
    found, problems = _read(GOOD.replace("0.1.0", "9.0.0"))
    assert found is not None and not problems, "what can be read is read"


def test_versions_are_compared_by_their_numbers() -> None:
    assert is_newer("999.0") and is_newer("99999999999999999999.1")
    assert not is_newer(__version__) and not is_newer("0.0.9") and not is_newer("none") and not is_newer("0")


@pytest.mark.parametrize("text", ["", "- a\n", "year: [\n", "\t", "year: 2024\nyear: 2024\n", "&a 1", "%"])
def test_what_is_no_lock_is_told(text: str) -> None:
    found, problems = _read(text)
    assert found is None and problems


def test_locks_stand_under_the_name_of_their_year(tmp_path: Path) -> None:
    files = {"2024.yml": GOOD, "2023.yml": "year: x\n", "24.yml": GOOD, "notes.txt": "x", "2022.yaml": GOOD, "3024.yml": GOOD}
    put_files(tmp_path / "content/archives", {name: text.encode() for name, text in files.items()})
    sources, _ = discover(tmp_path)
    found = read_locks(sources)
    assert [*found.sound] == [2024] and found.named == {2023, 2024}
    odd = {each.span.path.rpartition("/")[2] for each in found.problems if each.code == "ARC-008"}
    assert odd == {"24.yml", "notes.txt", "2022.yaml", "3024.yml"}
    assert found.last_change(date(2026, 1, 1)) == date(2025, 2, 1)
    assert found.last_change(date(2025, 1, 31)) == date(2025, 1, 6) and found.last_change(date(2024, 1, 1)) is None


_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z", "So", "Mn", "Sk", "Lm")), min_size=1, max_size=30).map(
    lambda text: f"字{text.replace('<', '')}字"
)
_DIGESTS = st.binary(min_size=32, max_size=32).map(bytes.hex)
_DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
_LOCKS = st.builds(
    Lock,
    year=st.just(2024),
    title=_TEXT,
    frozen_on=_DAYS,
    commit=st.one_of(st.just(""), st.binary(min_size=20, max_size=20).map(bytes.hex)),
    generator=st.sampled_from(["0.1.0", "0.1", "0.0.1rc1"]),
    digest=_DIGESTS,
    files=st.integers(1, 10**9),
    bytes=st.integers(1, 10**12 - 1),
    thawed=st.lists(st.builds(Thaw, on=_DAYS, by=_TEXT, reason=_TEXT, digest=_DIGESTS), max_size=3).map(tuple),
)


@given(_LOCKS)
def test_what_is_written_is_read_again_by_us_and_by_others(lock: Lock) -> None:
    text = written(lock)
    found, _ = read_lock(SourceText(PATH, text, ""))
    by_others = yaml.safe_load(text)
    assert by_others["digest"] == lock.digest and by_others["commit"] == lock.commit and by_others["title"] == lock.title
    assert [each["reason"] for each in by_others.get("thawed", [])] == [each.reason for each in lock.thawed]
    if found is not None:  # a text may hold somebody's number, or look unfinished
        assert found.data == lock and written(found.data) == text


@given(st.text(max_size=300))
def test_any_text_is_survived(text: str) -> None:
    found, problems = _read(text)
    assert found is not None or problems
    for each in problems:
        assert each.text("zh") and each.text("en")


@given(st.dictionaries(st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), min_size=1, max_size=8), _DIGESTS, max_size=6))
def test_the_digest_is_that_of_the_list_that_sha256sum_reads(found: dict[str, str]) -> None:
    assert digest_of(found) == sha256(sums.written(found)).hexdigest()


# -- what may become of a lock -------------------------------------------------------------------------------------------


@dataclass
class _Case:
    name: str
    before: Lock
    after: Lock | None
    is_allowed: bool
    more: dict[str, object] = field(default_factory=dict)


CASES = [
    _Case("nothing", _lock(), _lock(), True),
    _Case("removed", _lock(), None, False),
    _Case("other content", _lock(), _lock(OTHER), False),
    _Case("another title", _lock(), _lock(title="改"), False),
    _Case("thawed", _lock(), _lock(ONE, [(ONE, "错字")]), True),
    _Case("thawed and frozen once more", _lock(), _lock(OTHER, [(ONE, "错字")]), True),
    _Case("frozen once more after a thaw", _lock(ONE, [(ONE, "错字")]), _lock(OTHER, [(ONE, "错字")]), True),
    _Case("another digest given up", _lock(), _lock(OTHER, [(OTHER, "错字")]), False),
    _Case("an old thaw does not count twice", _lock(ONE, [(ONE, "一"), (OTHER, "二")]), _lock("d" * 64, [(ONE, "一"), (OTHER, "二")]), False),
    _Case("a thaw removed", _lock(ONE, [(OTHER, "错字")]), _lock(), False),
    _Case("a thaw worded anew", _lock(ONE, [(OTHER, "错字")]), _lock(ONE, [(OTHER, "别的")]), False),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_only_a_thaw_lets_a_lock_change(case: _Case) -> None:
    now = Locks() if case.after is None else Locks({2024: _locked(case.after)}, frozenset({2024}))
    found = [*altered([case.before], now)]
    assert [each.code for each in found] == ([] if case.is_allowed else ["ARC-001"])
    assert all("2024" in each.text("zh") and "2024" in each.text("en") for each in found)


def test_of_a_lock_that_cannot_be_read_that_is_told_already() -> None:
    assert [*altered([_lock()], Locks({}, frozenset({2024})))] == []
