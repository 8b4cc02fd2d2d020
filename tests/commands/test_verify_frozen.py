"""``exhibit verify`` of a frozen year: its links, its index, and whether its records make it again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator import __version__
from tests.helpers.deposits import changed
from tests.helpers.freezing import YEAR, city, digests, freeze
from tests.helpers.processes import here

INDEX, PAGE, RECORD = "archive/archive.json", "brands/qingfeng/index.html", "archive/records/brands/qingfeng/brand.yml"
BAG = f"exhibition-{YEAR}/data/{YEAR}"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A site with a frozen year and its deposit."""
    with pytest.MonkeyPatch.context() as patch:
        site = city(tmp_path_factory.mktemp("frozen"))
        code, told = freeze(site, patch)
        assert code == 0, told
    yield site.root


def _run(patch: pytest.MonkeyPatch, root: Path, *arguments: str) -> tuple[int, dict[str, str], list[tuple[str, str]], str]:
    done = here(patch, "verify", *arguments, "--format", "json", cwd=root)
    found = json.loads(done.stdout)
    states = {each["item"]: each["state"] for aspect in found["aspects"] for each in aspect["items"]}
    return done.returncode, states, [(each["code"], each["path"]) for each in found["problems"]], done.stdout.decode()


@pytest.mark.parametrize("path", [f"archives/{YEAR}", f"deposit-{YEAR}", f"deposit-{YEAR}/exhibition-{YEAR}", f"deposit-{YEAR}/exhibition-{YEAR}.zip"])
def test_links_and_origins_pass_wherever_the_year_lies(path: str, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, states, problems, _ = _run(monkeypatch, made, path)
    assert (code, problems) == (0, [])
    assert (states["links"], states["origins"], states["rebuilt"]) == ("passed", "passed", "manual")


@pytest.mark.parametrize("path", [f"archives/{YEAR}", f"deposit-{YEAR}/exhibition-{YEAR}"])
def test_the_records_make_it_again_and_nothing_is_written(path: str, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = digests(made)
    code, states, problems, _ = _run(monkeypatch, made, path, "--rebuild")
    assert (code, problems, states["rebuilt"]) == (0, [], "passed")
    assert digests(made) == before and not any(tmp_path.iterdir())


def test_a_link_without_a_file_and_a_place_that_is_not_there_are_told(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = made / "archives" / YEAR
    text = (folder / PAGE).read_bytes()
    bad = b'<a href="../nobody/index.html">x</a><img src="../../media/none.webp"><a href="../../units/index.html#nowhere">y</a><a href="https://example.invalid/">z</a></main>'
    with changed(folder, {PAGE: text.replace(b"</main>", bad)}):
        code, states, problems, told = _run(monkeypatch, made, f"archives/{YEAR}")
    assert code == 1 and states["links"] == "failed"
    assert [each for each in problems if each[0].startswith("ARC-31")] == [("ARC-312", PAGE), ("ARC-312", PAGE), ("ARC-313", PAGE)]
    assert "units/index.html#nowhere" in told and "../nobody/index.html" in told and "example.invalid" not in told


def test_an_index_that_tells_otherwise_is_told(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = made / "archives" / YEAR
    whole = json.loads((folder / INDEX).read_bytes())
    for key, value in (("sha256", "0" * 64), ("source", "archive/records/nobody.yml"), ("page", "nobody.html")):
        index = json.loads(json.dumps(whole))
        index["records"][0][key] = value
        with changed(folder, {INDEX: json.dumps(index).encode()}):
            code, states, problems, _ = _run(monkeypatch, made, f"archives/{YEAR}")
        assert code == 1 and states["origins"] == "failed" and ("ARC-111", INDEX) in problems
    for raw in (b"{}", b"[", b'{"records": [1]}', b"null"):
        with changed(folder, {INDEX: raw}):
            assert ("ARC-301", INDEX) in _run(monkeypatch, made, f"archives/{YEAR}")[2]


def test_records_that_make_something_else_are_told_with_the_files(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / YEAR
    shutil.copytree(made / "archives" / YEAR, folder)
    record = (folder / RECORD).read_text("utf-8")
    (folder / RECORD).write_text(record.replace("清风徐来", "清风常在"), "utf-8")
    code, states, problems, _ = _run(monkeypatch, tmp_path, YEAR, "--rebuild")
    assert code == 1 and states["rebuilt"] == "failed"
    assert ("ARC-112", PAGE) in problems and ("ARC-101", RECORD) in problems
    (folder / RECORD).write_text(record.replace("unit: court\n", ""), "utf-8")
    assert ("ARC-112", RECORD) in _run(monkeypatch, tmp_path, YEAR, "--rebuild")[2]


def test_what_another_version_made_is_left_to_a_person_who_is_told_which(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / YEAR
    shutil.copytree(made / "archives" / YEAR, folder)
    text = (folder / INDEX).read_text("utf-8")
    (folder / INDEX).write_text(text.replace(f'"generator": "{__version__}"', '"generator": "0.0.7"'), "utf-8")
    _, states, problems, told = _run(monkeypatch, tmp_path, YEAR, "--rebuild")
    assert states["rebuilt"] == "manual" and ("ARC-113", INDEX) in problems and "0.0.7" in told
