"""``exhibit verify`` as a shell sees it: what is printed, for people and programs, and its exit code."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from generator.archive import deposit
from tests.helpers import bags, deposits, processes

ASPECTS = ["真实性", "完整性", "可用性", "安全性"]


@pytest.fixture
def year(tmp_path: Path) -> Path:
    return deposits.deposited(tmp_path / "year")


def _run(patch: pytest.MonkeyPatch, folder: Path, *arguments: str) -> tuple[int, str, str]:
    done = processes.here(patch, "verify", *arguments, cwd=folder)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_what_is_as_it_was_passes_in_the_order_of_the_standard(year: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, told, complaints = _run(monkeypatch, year.parent, "year", "--lang", "zh")
    assert (code, complaints) == (0, "")
    assert [line.partition("、")[2] for line in told.splitlines() if line[:2] in ("一、", "二、", "三、", "四、")] == ASPECTS
    assert "不通过" not in told and told.splitlines()[-1].startswith("没有发现问题")


def test_what_only_a_person_can_judge_never_passes(year: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, told, _ = _run(monkeypatch, year.parent, "year", "--lang", "zh")
    for item in ("查过病毒", "载体", "公钥、印章"):
        (line,) = [each for each in told.splitlines() if item in each]
        assert line.strip().startswith("人工")
    _, told, _ = _run(monkeypatch, year.parent, "year", "--lang", "en")
    (line,) = [each for each in told.splitlines() if "viruses" in each]
    assert line.strip().startswith("by a person")


@pytest.mark.parametrize("name", ["", deposits.BAG, deposits.ZIP, deposits.WACZ])
def test_each_part_can_be_verified_alone(name: str, year: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _run(monkeypatch, year.parent, f"year/{name}")[0] == 0


def test_what_changed_is_told_under_its_item_with_what_to_do(year: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (year / "README.txt").write_text("别的")
    code, told, _ = _run(monkeypatch, year.parent, "year", "--lang", "zh")
    lines = told.splitlines()
    at = next(number for number, line in enumerate(lines) if "README.txt ARC-101" in line)
    assert code == 1 and lines[at - 1].strip() == "不通过  文件内容和清单里的摘要一致"
    assert lines[at + 1].strip().startswith("怎么改: 从另一份") and lines[-1] == "共 1 个错误、0 个提醒。"


def test_programs_get_the_same_in_both_languages(year: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (year / "README.txt").unlink()
    code, told, _ = _run(monkeypatch, year.parent, "year", "--format", "json")
    found = json.loads(told)
    assert (code, found["format"], found["version"], found["kind"], found["result"]) == (
        1,
        "exhibit-verification",
        1,
        "year",
        "failed",
    )
    assert [each["title"]["zh"] for each in found["aspects"]] == ASPECTS
    states = {each["item"]: each["state"] for aspect in found["aspects"] for each in aspect["items"]}
    assert (states["files"], states["content"], states["virus"]) == ("failed", "passed", "manual")
    (problem,) = found["problems"]
    assert (problem["code"], problem["path"], problem["line"]) == ("ARC-201", "README.txt", None)
    assert "README.txt" in problem["message"]["zh"] and "README.txt" in problem["message"]["en"]


def test_people_get_a_page_that_needs_nothing_else(year: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (year / "README.txt").unlink()
    code, told, complaints = _run(monkeypatch, year.parent, "year", "--format", "html")
    assert (code, complaints) == (1, "") and told.startswith("<!doctype html>")
    places = [told.index(f"、{each} ") for each in ASPECTS]
    assert places == sorted(places) and "ARC-201" in told and "不通过" in told and "FAILED" in told
    assert not re.search(r"<(script|link|img|iframe)|https?://|\burl\(", told)
    code, nothing, _ = _run(monkeypatch, year.parent, "year", "--format", "html", "--out", "report.html", "--lang", "en")
    assert (code, nothing) == (1, "") and (year.parent / "report.html").read_text("utf-8") == told
    _run(monkeypatch, year.parent, "year", "--format", "json", "--out", "report.json")
    assert json.loads((year.parent / "report.json").read_text("utf-8"))["result"] == "failed"


@pytest.mark.parametrize(
    ("place", "arguments"),
    [("year/report.html", ("--format", "html")), ("year/../year", ("--format", "json")), ("report.txt", ()), ("no/where.html", ("--format", "html"))],
)
def test_no_report_is_written_into_what_is_verified(
    place: str, arguments: tuple[str, ...], year: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(each.relative_to(year.parent) for each in year.parent.rglob("*"))
    code, told, complaints = _run(monkeypatch, year.parent, "year", "--out", place, *arguments, "--lang", "en")
    assert (code, told) == (2, "") and complaints
    assert sorted(each.relative_to(year.parent) for each in year.parent.rglob("*")) == before


def test_warnings_alone_are_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bags.put(tmp_path / "bag", bags.made("0.97"))
    code, told, _ = _run(monkeypatch, tmp_path, "bag", "--lang", "en")
    assert code == 0 and "ARC-310" in told and "1 warnings" in told


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nowhere",), "There is no nowhere"),
        (("empty",), "It cannot be told what empty is"),
        (("note.txt",), "It cannot be told what note.txt is"),
        ((), "PATH"),
        (("year", "--key", "nowhere.pub"), "There is no nowhere.pub"),
        (("year", "--tsa", "nowhere.pem"), "There is no nowhere.pem"),
    ],
)
def test_what_cannot_be_done_is_said(arguments: tuple[str, ...], told: str, year: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (year.parent / "empty").mkdir()
    (year.parent / "note.txt").write_text("x")
    code, out, complaints = _run(monkeypatch, year.parent, *arguments, "--lang", "en")
    assert (code, out) == (2, "") and told in complaints


def _fetched(folder: Path) -> Path:
    return bags.put(folder / "bag", bags.made("1.0", extra={"fetch.txt": b"http://example.org/x - data/x.txt\n"}))


def _leading_out(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "out.zip", "w") as packed:
        packed.writestr("../../out.txt", "x")
        packed.writestr("bag/bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    return folder / "out.zip"


def _swelling(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "large.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("bag/data/zeros", bytes(64 << 20))
    return folder / "large.zip"


@pytest.mark.parametrize(
    ("make", "code", "zh", "en"),
    [
        (_fetched, "ARC-207", "fetch.txt ARC-207 这个包有 fetch.txt：有些内容要从网上取", "fetch.txt ARC-207 This bag has fetch.txt"),
        (_leading_out, "ARC-401", "out.zip ARC-401 out.zip 里有路径“../../out.txt”，会引到存档外面去", 'out.zip ARC-401 out.zip has the path "../../out.txt"'),
        (_swelling, "ARC-403", "large.zip ARC-403 large.zip 解开来是它自己的", "large.zip ARC-403 large.zip would unpack to"),
    ],
)
def test_what_must_not_be_taken_is_refused_in_both_languages(
    make: Callable[[Path], Path], code: str, zh: str, en: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "work").mkdir()
    given = make(tmp_path / "work")
    before = sorted((each, each.stat().st_mtime_ns) for each in tmp_path.rglob("*"))
    for language, words, advice in (("zh", zh, "怎么改: "), ("en", en, "what to do: ")):
        ended, told, complaints = _run(monkeypatch, given.parent, given.name, "--lang", language)
        lines = [line.strip() for line in told.splitlines()]
        (at,) = [number for number, line in enumerate(lines) if code in line]
        assert (ended, complaints) == (1, "") and lines[at].startswith(words) and lines[at + 1].startswith(advice), told
    assert sorted((each, each.stat().st_mtime_ns) for each in tmp_path.rglob("*")) == before


@pytest.mark.parametrize(("language", "words"), [("zh", "是更新的版本 exhibit 99.1 做的"), ("en", "was made by the newer version exhibit 99.1")])
def test_an_archive_of_a_newer_version_is_looked_at_and_that_is_said(language: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deposit.write(deposits.season(tmp_path / "season"), replace(deposits.FACTS, version="99.1"), tmp_path / "year")
    code, told, complaints = _run(monkeypatch, tmp_path, "year", "--lang", language)
    assert (code, complaints) == (0, "") and told.count(words) == 3 and "ARC-311" in told, told


def test_a_key_is_small(year: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (year.parent / "key.pub").write_bytes(bytes(2 << 20))
    code, _, complaints = _run(monkeypatch, year.parent, "year", "--key", "key.pub", "--lang", "en")
    assert code == 2 and "too large" in complaints


def test_names_cannot_command_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = bags.put(tmp_path / "bag", bags.made("1.0", algorithms=("sha512",)))
    (folder / "data/\x1b[2Jevil\n::error::x").write_text("x")
    for form in ("text", "json", "html"):
        code, told, _ = _run(monkeypatch, tmp_path, "bag", "--format", form)
        assert code == 1 and "evil" in told
        assert "\x1b" not in told and "\n::error" not in told
