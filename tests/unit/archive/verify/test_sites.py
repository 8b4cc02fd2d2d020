"""Built sites: what hosts put beside them, frozen years that hang in them, manifests by others and by newer versions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator import __version__
from generator.archive.verify import verify
from generator.publishing.manifest import MANIFEST, written
from tests.helpers import deposits


def _rewritten(folder: Path, **facts: str) -> None:
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    files = manifest.pop("files")
    kept = {name: each for name, each in manifest.items() if name not in ("format", "seal")}
    (folder / MANIFEST).write_bytes(written({**kept, **facts}, files))


def test_what_hosts_put_there_is_a_warning(tmp_path: Path) -> None:
    folder = deposits.site(tmp_path)
    (folder / "CNAME").write_text("a.example")
    report = verify(folder)
    assert [(each.code, each.span.path) for each in report.problems] == [("ARC-210", "CNAME")] and not report.has_failed


def test_a_frozen_year_in_it_is_looked_at_by_its_own_manifest(tmp_path: Path) -> None:
    folder = deposits.site(tmp_path)
    (folder / "2023").mkdir()
    deposits.site(folder / "2023")
    report = verify(folder)
    assert report.problems == () and report.parts == (("2023", "site"),)
    (folder / "2023/404.html").write_text("x")
    (folder / "2023/new.html").write_text("x")
    assert {(each.code, each.span.path) for each in verify(folder).problems} == {
        ("ARC-101", "2023/404.html"),
        ("ARC-202", "2023/new.html"),
    }


def test_one_by_a_newer_version_is_verified_with_a_warning(tmp_path: Path) -> None:
    folder = deposits.site(tmp_path)
    _rewritten(folder, generator="99.0")
    report = verify(folder)
    assert deposits.codes(report) == {"ARC-311"} and not report.has_failed
    _rewritten(folder, generator=__version__)
    assert verify(folder).problems == ()


def test_a_newer_form_of_the_manifest_cannot_be_judged(tmp_path: Path) -> None:
    folder = deposits.site(tmp_path)
    text = (folder / MANIFEST).read_text("utf-8")
    (folder / MANIFEST).write_text(text.replace('"exhibit-site"', '"exhibit-site-2"'), "utf-8")
    assert "ARC-302" in deposits.codes(verify(folder))


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a\\..\\..\\b", "C:/x"])
def test_a_path_that_leads_out_is_told_and_not_followed(name: str, tmp_path: Path) -> None:
    folder = deposits.site(tmp_path)
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    files = {**manifest["files"], name: {"sha256": "0" * 64, "size": 1}}
    (folder / MANIFEST).write_bytes(written({"generator": "0.1.0"}, files))
    assert [(each.code, dict(each.values)["other"]) for each in verify(folder).problems] == [("ARC-401", name)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "ARC-301"),
        ("[]", "ARC-301"),
        ('{"files": []}', "ARC-301"),
        ('{"files": {"a": 1}, "format": "exhibit-site", "seal": ""}', "ARC-110"),
        ("[" * 100_000, "ARC-301"),
    ],
)
def test_a_manifest_that_is_none_is_told(text: str, code: str, tmp_path: Path) -> None:
    folder = deposits.site(tmp_path)
    (folder / MANIFEST).write_text(text)
    assert code in deposits.codes(verify(folder))


def test_a_manifest_laid_out_anew_was_changed(tmp_path: Path) -> None:
    folder = deposits.site(tmp_path)
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    (folder / MANIFEST).write_text(json.dumps(manifest), "utf-8")
    assert deposits.codes(verify(folder)) == {"ARC-110"}


def test_links_are_told_and_not_followed(tmp_path: Path) -> None:
    folder = deposits.site(tmp_path / "site")
    (folder / "img/hall.jpg").rename(tmp_path / "hall.jpg")
    (folder / "img/hall.jpg").symlink_to(tmp_path / "hall.jpg")
    (folder / "elsewhere").symlink_to(tmp_path)
    assert {(each.code, each.span.path) for each in verify(folder).problems} == {
        ("ARC-402", "elsewhere"),
        ("ARC-402", "img/hall.jpg"),
        ("ARC-201", "img/hall.jpg"),
    }
