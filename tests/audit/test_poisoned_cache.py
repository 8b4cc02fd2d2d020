"""Kept values of every step, each replaced by something else, and folders that are named in odd ways: whole sites are built
with them, and every byte is as it was with none."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from generator.system.cache import Cache
from tests.helpers.driver import SiteDriver
from tests.helpers.processes import COMMAND, environment, run
from tests.helpers.trees import tree

SITE = "good/video"
OTHERS = b"another user's secret, 32 bytes."
Values = Mapping[tuple[str, str], bytes]


FFPROBE = """#!/bin/sh
echo '{"format": {"duration": "12.0"}, "streams": [{"codec_type": "video", "codec_name": "h264"}]}'
"""


def _site(to: Path) -> SiteDriver:
    """A site that keeps values of every kind: pictures, drawings, digests of films and what a tool says of them."""
    site = SiteDriver.copy(SITE, to)
    return site.edit("site_config.yml", "share: {posters: false}\n", "")


@pytest.fixture(scope="module")
def ffprobe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What stands for ffprobe."""
    tool = tmp_path_factory.mktemp("tool") / "ffprobe"
    tool.write_text(FFPROBE)
    tool.chmod(0o755)
    return str(tool)


class Proof:
    """What a value would do that is unpickled."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, (f"touch {self.file}",)


def _values(cache: Cache) -> Values:
    found = {}
    for file in sorted(cache.root.glob("*/??/*")):
        step, name = file.parent.parent.name, file.parent.name + file.name
        value = cache.read(step, name)
        assert value is not None
        found[step, name] = value
    return found


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory, ffprobe: str) -> tuple[Cache, Mapping[str, bytes]]:
    """The cache of a build, and what was built."""
    site = _site(tmp_path_factory.mktemp("clean"))
    files = site.build(cache=site.root.parent / "cache", ffprobe=ffprobe).files()
    assert site.is_published()
    return Cache(site.root.parent / "cache"), files


def _others_step(values: Values, at: tuple[str, str], _: Path) -> bytes:
    return next((value for (step, _), value in values.items() if step != at[0]), b"none")


def _pickled(values: Values, at: tuple[str, str], proof: Path) -> bytes:
    return pickle.dumps(Proof(proof))


def _addressed(values: Values, at: tuple[str, str], proof: Path) -> bytes:
    head = {"variants": [["webp", "../../x", 640, 480, 4]], "made": [["../../x", 640, 480, 4]], "tint": "", "seen": None, "blank": False}
    text = json.dumps(head).encode()
    return len(text).to_bytes(4, "big") + text + b"evil"


FORMED = {"pictures", "drawings", "digests", "probes", "records", "search", "standing"}  # values that say themselves whether they are sound
UNFORMED = {"files", "templates"}  # of these the seal alone tells: whoever has the secret may write what is published anyway
Change = Callable[[Values, tuple[str, str], Path], bytes]
# What even the owner's own seal makes nothing of.
SEALED: Mapping[str, Change] = {
    "cut in half": lambda values, at, _: values[at][: len(values[at]) // 2],
    "without its end": lambda values, at, _: values[at][:-1],
    "with more behind": lambda values, at, _: values[at] + b"x",
    "nothing": lambda values, at, _: b"",
    "of another step": _others_step,
    "JSON bomb": lambda values, at, _: b"[" * 100_000,
    "long head": lambda values, at, _: b"\xff\xff\xff\xff{}",
    "pickle": _pickled,
    "addresses": _addressed,
    "huge": lambda values, at, _: bytes(50 << 20),
}


def _poisoned(clean: Cache, folder: Path, change: Change, secret: bytes, steps: set[str]) -> Cache:
    cache = Cache(folder, secret)
    values = _values(clean)
    for step, name in values:
        cache.write(step, name, change(values, (step, name), folder.parent / "proof") if step in steps else values[step, name])
    return cache


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[SiteDriver]:
    """A site in a folder in which nothing else comes up but its cache and what is built."""
    site = _site(tmp_path / "in")
    (tmp_path / "sentinel").write_text("PRECIOUS")
    before = tree(site.root)
    yield site
    assert tree(site.root) == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["in", "sentinel"]
    assert {each.name for each in (tmp_path / "in").iterdir()} <= {"site", "site-out", "cache"}
    assert (tmp_path / "sentinel").read_text() == "PRECIOUS"


def _builds_the_same(site: SiteDriver, cache: Cache, clean: Mapping[str, bytes], ffprobe: str) -> None:
    site.build(cache=cache.root, ffprobe=ffprobe)
    assert site.is_published() and site.files() == clean


@pytest.mark.parametrize("change", SEALED)
def test_a_value_that_is_none_changes_nothing(change: str, clean: tuple[Cache, Mapping[str, bytes]], guarded: SiteDriver, ffprobe: str) -> None:
    own, files = clean
    assert {step for step, _ in _values(own)} == FORMED | UNFORMED
    cache = _poisoned(own, guarded.root.parent / "cache", SEALED[change], own.secret, FORMED)
    _builds_the_same(guarded, cache, files, ffprobe)


def test_values_with_the_seal_of_another_user_are_none(clean: tuple[Cache, Mapping[str, bytes]], guarded: SiteDriver, ffprobe: str) -> None:
    own, files = clean
    folder = guarded.root.parent / "cache"
    _poisoned(own, folder, _addressed, OTHERS, {step for step, _ in _values(own)})
    _builds_the_same(guarded, Cache(folder), files, ffprobe)


@pytest.mark.parametrize("step", sorted(FORMED | UNFORMED))
def test_values_that_changed_places_are_none(step: str, clean: tuple[Cache, Mapping[str, bytes]], guarded: SiteDriver, ffprobe: str) -> None:
    """Each has a right seal, and is what it is, but of another picture."""
    own, files = clean
    folder = guarded.root.parent / "cache"
    shutil.copytree(own.root, folder)
    mine = sorted(folder.glob(f"{step}/??/*"))
    assert mine
    contents = [each.read_bytes() for each in mine]
    for file, content in zip(mine, (*contents[1:], contents[0]), strict=True):
        file.write_bytes(content)
    _builds_the_same(guarded, Cache(folder), files, ffprobe)


# -- folders with odd names --------------------------------------------------------------------------------------------

ODD = (b"[x]", b"a%20b", b"{}", b"{out}", b"new\nline", b"a b", b"~", b"~root", b"-x", b"--", b"\xff\xfe", b"a\x1b[31m", b"*", b"$HOME", "中文".encode(), b"%", b"a'b\"c", b"x" * 255, b"x" * 300, b"a/" * 300, b".", b"..", b"/", b"//", b"/dev/null", b"/dev/null/x", b"/proc/self/mem", b"")  # fmt: skip
COMMANDS = (
    ("check", "--root"), ("check", "--cache"), ("build", "--out"), ("build", "--root"), ("build", "--cache"), ("schema", "--out"),
    ("schema", "--root"), ("headers", "--out"), ("cache", "--root"), ("cache", "--cache"), ("release", "--root"), ("serve", "--root"),
)  # fmt: skip
REST = {"headers": ["--for", "static"], "cache": ["stat"], "release": ["2024", "--explain"], "serve": ["--port", "0"]}
SHARE, IS_FULL = 6, bool(os.environ.get("EXHIBIT_AUDIT_FULL"))  # of each option one name in so many, else all
KEPT_FROM = {("build", "--cache"), ("cache", "--cache"), ("check", "--cache"), ("build", "--out"), ("schema", "--out")}


@pytest.mark.parametrize(("command", "option"), COMMANDS)
def test_any_name_of_a_folder_is_answered(command: str, option: str, tmp_path: Path) -> None:
    """With a folder that can be used or with exit code 2 and words, never with the lines of a program."""
    site = SiteDriver.copy("good/small", tmp_path / "in")
    work = tmp_path / "work"
    work.mkdir()
    before = tree(site.root)
    for number, each in enumerate(ODD):
        if not IS_FULL and (number + COMMANDS.index((command, option))) % SHARE:
            continue
        named = [] if option == "--root" else ["--root", str(site.root)]
        if (command, option) == ("build", "--cache"):
            named += ["--out", str(tmp_path / "out")]
        arguments = [*COMMAND, command, *REST.get(command, []), *named, option + "=" + os.fsdecode(each)]
        done = _run(arguments, work)
        text = done[1] + done[2]
        assert done[0] in ((0, 2) if (command, option) in KEPT_FROM else (2,)), (each, text.decode())
        assert b"Traceback" not in text and b"File \"" not in text and b"\x1b" not in text, (each, text.decode())
        assert done[0] == 0 or done[2].strip(), each
    assert tree(site.root) == before


def _run(arguments: list[str], cwd: Path) -> tuple[int, bytes, bytes]:
    more = environment(HOME=str(cwd), XDG_CACHE_HOME=str(cwd.parent / "own"))
    done = subprocess.run(arguments, cwd=cwd, env=more, capture_output=True, check=False, timeout=120)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("out", ["/", ".", "..", "content", "content/x", "brands/a/b", "theme", ".git", ".git/x", ".GIT/y", "generator/z", "../../..", "site_config.yml", "brands/../brands"])
def test_no_site_is_built_on_what_it_is_made_from(out: str, tmp_path: Path) -> None:
    site = SiteDriver.copy("good/small", tmp_path)
    (site.root / ".git").mkdir()
    before = tree(site.root)
    done = run("build", "--out", out, "--cache", str(tmp_path / "cache"), cwd=site.root)
    assert done.returncode == 2 and done.stderr.strip() and b"Traceback" not in done.stderr
    assert tree(site.root) == before
