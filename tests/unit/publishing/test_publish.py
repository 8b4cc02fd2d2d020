"""Publishing: wholly old or wholly new, never someone else's folder, nothing touched that did not change."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from generator.publishing import exchange
from generator.publishing.publish import Busy, NotOurs, publish
from tests.helpers.places import ROOT

OLD = {"index.html": b"old", "a/index.html": b"same", "gone/index.html": b"gone"}
NEW = {"index.html": b"new", "a/index.html": b"same", "b/c.txt": b"added"}


def _files(folder: Path) -> dict[str, bytes]:
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def _without_manifest(folder: Path) -> dict[str, bytes]:
    return {name: content for name, content in _files(folder).items() if name != "manifest.json"}


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "public" / "site"
    publish(folder, OLD.items(), {"generator": "1"})
    return folder


def test_a_publication_holds_exactly_what_was_given(target: Path) -> None:
    done = publish(target, NEW.items(), {"generator": "1"})
    assert _without_manifest(target) == NEW
    assert (done.files, done.added, done.changed, done.removed, done.size) == (3, 1, 1, 1, 12)
    assert [each.name for each in target.parent.iterdir() if not each.name.startswith(".")] == ["site"]
    assert {each.name for each in target.parent.iterdir()} == {"site"}


def test_the_manifest_names_every_file_with_its_digest(target: Path) -> None:
    manifest = json.loads((target / "manifest.json").read_text("utf-8"))
    assert manifest["generator"] == "1"
    assert {name: (each["sha256"], each["size"]) for name, each in manifest["files"].items()} == {
        name: (sha256(content).hexdigest(), len(content)) for name, content in OLD.items()
    }


def test_what_did_not_change_keeps_its_inode_and_time(target: Path) -> None:
    os.utime(target / "a/index.html", (1_000_000_000, 1_000_000_000))
    before = (target / "a/index.html").stat()
    publish(target, NEW.items(), {"generator": "1"})
    after = (target / "a/index.html").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert (target / "index.html").read_bytes() == b"new"


def test_a_file_that_was_changed_by_hand_is_made_right_again(target: Path) -> None:
    (target / "a/index.html").write_bytes(b"hand")
    publish(target, OLD.items(), {"generator": "1"})
    assert _without_manifest(target) == OLD


def test_a_failure_in_the_middle_leaves_the_old_site(target: Path) -> None:
    before = _files(target)

    def failing() -> Iterator[tuple[str, bytes]]:
        yield "index.html", b"half"
        raise RuntimeError("disk on fire")

    with pytest.raises(RuntimeError):
        publish(target, failing(), {"generator": "1"})
    assert _files(target) == before
    assert [each.name for each in target.parent.iterdir()] == ["site"]


def test_someone_elses_folder_is_never_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "thesis.txt").write_text("years of work")
    with pytest.raises(NotOurs):
        publish(folder, NEW.items(), {})
    assert _files(folder) == {"thesis.txt": b"years of work"}


def test_an_empty_folder_may_be_used(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    publish(tmp_path / "empty", NEW.items(), {})
    assert _without_manifest(tmp_path / "empty") == NEW


def test_a_second_build_hears_who_holds_the_lock(target: Path) -> None:
    def nested() -> Iterator[tuple[str, bytes]]:
        with pytest.raises(Busy, match=str(os.getpid())):
            publish(target, NEW.items(), {})
        yield from OLD.items()

    publish(target, nested(), {})
    assert _without_manifest(target) == OLD


def test_two_outputs_never_share_a_file(target: Path) -> None:
    with pytest.raises(ValueError, match=r"index\.html"):
        publish(target, [("index.html", b"1"), ("index.html", b"2")], {})
    assert _without_manifest(target) == OLD


def test_without_an_exchange_call_two_renames_do(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "exchange", lambda one, other: False)
    publish(target, NEW.items(), {})
    assert _without_manifest(target) == NEW
    assert [each.name for each in target.parent.iterdir()] == ["site"]


def test_a_site_lost_between_two_renames_is_found_again(target: Path) -> None:
    left = target.parent / ".site.building"
    left.mkdir()
    target.rename(left / "old")
    (left / "next").mkdir()
    (left / "holder").write_text("12345")
    with pytest.raises(RuntimeError):
        publish(target, _dying(), {})
    assert _without_manifest(target) == OLD


def _dying() -> Iterator[tuple[str, bytes]]:
    raise RuntimeError
    yield "", b""


KILLED = """
import sys, time
from pathlib import Path
from generator.publishing.publish import publish

def slowly():
    yield "index.html", b"half"
    print("under way", flush=True)
    time.sleep(60)

publish(Path(sys.argv[1]), slowly(), {})
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_killed_build_leaves_the_old_site_and_needs_no_cleaning(target: Path) -> None:
    before = _files(target)
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(target)], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"under way\n"
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    assert _files(target) == before
    publish(target, NEW.items(), {})
    assert _without_manifest(target) == NEW
    assert {each.name for each in target.parent.iterdir()} == {"site"}


WRITER = """
import sys
from pathlib import Path
from generator.publishing.publish import publish
from generator.publishing.staging import Spares

files = ((f"{n}.txt", sys.argv[2].encode() * 2000) for n in range(400))
publish(Path(sys.argv[1]), files, {}, Spares(Path(sys.argv[3]) if sys.argv[3] else None))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize("is_kept", [False, True], ids=["anew", "from the one before"])
def test_killed_at_any_moment_the_site_is_wholly_old_or_wholly_new(is_kept: bool, tmp_path: Path) -> None:
    kept = str(tmp_path / "kept") if is_kept else ""
    target = tmp_path / "site"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    publish(target, ((f"{n}.txt", b"0" * 2000) for n in range(400)), {})
    for round_ in range(8):
        child = subprocess.Popen([sys.executable, "-c", WRITER, str(target), str(round_ + 1), kept], env=environment)
        time.sleep(0.08 + 0.03 * round_)
        child.send_signal(signal.SIGKILL)
        child.wait()
        contents = {content for name, content in _files(target).items() if name != "manifest.json"}
        assert len(contents) == 1, "a mixture of two builds"
        assert len(_files(target)) == 401
