"""The bar of long work, as a terminal gets it: only there, only for what takes long, and gone when it is done."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.cli import bar
from generator.cli.console import Screen
from tests.helpers.driver import SiteDriver
from tests.helpers.processes import environment, run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")

# The program, for which all work is long.
_IMPATIENT = "from generator.cli import bar; bar._PATIENCE = bar._STEP = 0.0; from generator.__main__ import main; main()"
_BAR = re.compile(r"(\S+(?: \S+)*) ━\S* .*?([0-9]+)/([0-9]+)")
_ORDER = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def _bars(text: str) -> list[tuple[str, str, str]]:
    """The bars that ``text`` draws: of what, how many are done, and how many there are."""
    return _BAR.findall(_ORDER.sub("", text.replace("\r", "\n")))


def _on_terminal(site: SiteDriver, code: str, *arguments: str, **more: str) -> str:
    """All that ``exhibit`` sends to a terminal."""
    controller, terminal = os.openpty()
    variables = environment(**{"CI": "", "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30", **more})
    process = subprocess.Popen(
        [sys.executable, "-c", code, *arguments], cwd=site.root, env=variables, stdin=terminal, stdout=terminal, stderr=terminal
    )
    os.close(terminal)
    came, until = b"", time.monotonic() + 120
    while time.monotonic() < until and select.select([controller], [], [], 60)[0]:
        try:
            piece = os.read(controller, 65536)
        except OSError:  # Linux says so of a terminal that nobody holds any more
            break
        if not piece:
            break
        came += piece
    assert process.wait(60) == 0, came.decode("utf-8", "replace")
    os.close(controller)
    return came.decode("utf-8")


def _shown(text: str) -> str:
    """What is left on the screen: lines of which none is longer than it is wide, with what erases them done."""
    lines, at = [""], 0
    for piece in re.findall(r"\x1b\[[0-9;?]*[A-Za-z]|\r|\n|[^\x1b\r\n]+", text):
        if piece == "\n":
            at += 1
            lines += [""] * (at + 1 - len(lines))
        elif piece.endswith("A") and piece.startswith("\x1b["):
            at = max(0, at - int(piece[2:-1] or 1))
        elif piece.endswith("K") and piece.startswith("\x1b["):
            lines[at] = ""
        elif not piece.startswith(("\x1b", "\r")):
            lines[at] += piece
    return "\n".join(lines)


@pytest.mark.parametrize(("language", "label", "left"), [("zh", "生成页面", "约剩"), ("en", "render pages", "left")])
def test_a_terminal_sees_how_far_it_is_and_keeps_nothing_of_it(
    small: SiteDriver, tmp_path: Path, language: str, label: str, left: str
) -> None:
    text = _on_terminal(small, _IMPATIENT, "build", "--lang", language, "--out", str(tmp_path / "out"))
    steps = [(int(done), int(total)) for name, done, total in _bars(text) if name.endswith(label)]
    assert steps and {total for _, total in steps} == {29} and steps == sorted(steps) and left in text
    shown = _shown(text)
    assert "━" not in shown and left not in shown
    assert shown.count("\n") == 6 and ("完成" in shown or "Done" in shown)  # the lines that a pipe gets, too
    assert text.rfind("\x1b[?25h") > text.rfind("\x1b[?25l")  # the cursor is seen again


def test_the_site_is_the_same_and_several_processes_make_it(small: SiteDriver, tmp_path: Path) -> None:
    _on_terminal(small, _IMPATIENT, "build", "--jobs", "3", "--out", str(tmp_path / "one"))
    run("build", "--jobs", "1", "--out", str(tmp_path / "other"), cwd=small.root)
    one, other = ((tmp_path / each / "manifest.json").read_bytes() for each in ("one", "other"))
    assert one == other


def test_reading_many_records_has_one_as_well(small: SiteDriver) -> None:
    for number in range(3):
        small.copy_folder("brands/qingfeng", f"brands/b-{number}")
        small.edit(f"brands/b-{number}/brand.yml", "id: qingfeng", f"id: b-{number}")
    found = _bars(_on_terminal(small, f"import generator.catalog.records as r; r._TOGETHER = 1; {_IMPATIENT}", "check"))
    assert {total for name, _, total in found if name.endswith("读取记录")} == {"4"}


def test_short_work_has_none(small: SiteDriver) -> None:
    assert "━" not in _on_terminal(small, "from generator.__main__ import main; main()", "check")


@pytest.mark.parametrize("more", [{"CI": "true"}, {"TERM": "dumb"}])
def test_no_bar_where_nobody_looks_on(small: SiteDriver, tmp_path: Path, more: dict[str, str]) -> None:
    assert "━" not in _on_terminal(small, _IMPATIENT, "build", "--out", str(tmp_path / "out"), **more)


def test_a_pipe_gets_lines_and_nothing_that_a_terminal_obeys(small: SiteDriver, tmp_path: Path) -> None:
    command = [sys.executable, "-c", _IMPATIENT, "build", "--out", str(tmp_path / "out")]
    for more in ({}, {"FORCE_COLOR": "1"}):
        done = subprocess.run(command, cwd=small.root, env=environment(TERM="xterm", **more), capture_output=True, check=True)
        said = re.sub(rb"\x1b\[[0-9;]*m", b"", done.stdout) if more else done.stdout  # colours, where they are asked for
        assert not re.search(rb"[\x00-\x09\x0b-\x1f\x7f]", said) and not done.stderr and "━".encode() not in said
        assert said.count(b"\n") == 6


# -- when it is worth while --------------------------------------------------------------------------------------------


class _Clock:
    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.now = 0.0
        patch.setattr(bar.time, "monotonic", lambda: self.now)


def _followed(patch: pytest.MonkeyPatch, seconds: float, total: int) -> list[tuple[str, int, int, float]]:
    """What is drawn of work that takes ``seconds`` in ``total`` even steps."""
    clock, drawn = _Clock(patch), []
    watched = bar.Bar(Screen(), "zh")
    patch.setattr(watched, "_is_watched", True)
    patch.setattr(watched, "_draw", lambda *told: drawn.append(told))
    for done in range(1, total + 1):
        clock.now += seconds / total
        watched.reached("render", done, total)
    return drawn


def test_what_is_soon_done_has_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _followed(monkeypatch, 0.9, 100) == [] and _followed(monkeypatch, 1.5, 100) == []


def test_long_work_has_one_with_an_honest_estimate(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = _followed(monkeypatch, 20.0, 1000)
    assert 150 < len(drawn) < 200  # ten times in a second, beginning with the second one
    for _, done, total, left in drawn:
        assert left == pytest.approx(20.0 * (total - done) / total, rel=0.15)
