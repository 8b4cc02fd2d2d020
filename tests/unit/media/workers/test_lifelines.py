"""Every child of a build ends with it, whatever ended it; one that is lost costs what it had in hand."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.media.workers import pools
from generator.media.workers.pools import Died
from generator.system import lifeline
from tests.helpers.driver import SiteDriver
from tests.helpers.family import CODES, MARK, family, left_after, start_build
from tests.helpers.processes import environment

pytestmark = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc to find processes")


def _children(mark: str, process: subprocess.Popen[bytes], least: int, what: str = "") -> list[int]:
    """The processes of a build besides itself, once there are ``least`` of them."""
    while process.poll() is None:
        found = [each for each, command in family(mark).items() if each != process.pid and what in command]
        if len(found) >= least:
            return found
        time.sleep(0.01)
    return []


@pytest.mark.few
@pytest.mark.parametrize("stage", ["generator.media.workers.job", "-m generator build"])
@pytest.mark.parametrize("number", CODES)
def test_no_process_outlives_its_build(number: signal.Signals, stage: str, many: SiteDriver, mark: str) -> None:
    """The one that is asked to end is the parent alone; it has workers for pictures, then others for drawings."""
    process = start_build(many, mark)
    assert len(_children(mark, process, 2, stage)) >= 2, process.communicate()[0].decode()
    process.send_signal(number)
    assert process.wait(20) == CODES[number]
    assert left_after(mark, 20) == {}
    if number != signal.SIGKILL:
        assert not list(Path(mark).iterdir()) and not [*many.root.parent.glob(".*")], "it tidied up"


@pytest.mark.few
@pytest.mark.parametrize("stage", ["generator.media.workers.job", "-m generator build"])
def test_a_worker_that_is_killed_costs_nothing_but_time(stage: str, many: SiteDriver, mark: str) -> None:
    process = start_build(many, mark)
    victims = _children(mark, process, 2, stage)
    assert victims
    os.kill(victims[-1], signal.SIGKILL)
    said = process.communicate(timeout=60)[0].decode()
    assert "内部出错" not in said and "IMG-0" not in said and (many.out / "manifest.json").is_file(), said
    assert len(list(many.out.rglob("share/brands/*/card.png"))) == 31
    assert left_after(mark, 20) == {}


def test_a_tool_ends_with_whoever_asked_it(mark: str, tmp_path: Path) -> None:
    tool = ["10", "/bin/sleep", "60.25"]
    code = f"import os, subprocess, sys; subprocess.run([sys.executable, {lifeline.__file__!r}, str(os.getpid()), *{tool!r}])"
    process = subprocess.Popen([sys.executable, "-c", code], env=environment(**{MARK: mark}))
    assert _children(mark, process, 1, "/bin/sleep")
    process.kill()
    process.wait()
    assert left_after(mark, 20) == {}


@pytest.mark.parametrize("command", ["hold_by_input", "_by_thread"])
def test_a_worker_in_the_middle_of_something_ends_with_its_parent(command: str, mark: str) -> None:
    """Also one that never reads again, and without the kernel's help."""
    without = "lifeline._ask_kernel = lambda: False; " if command == "_by_thread" else ""
    work = f"from generator.system import lifeline; {without}lifeline.hold_by_input(); print('held', flush=True)\nwhile True: pass"
    code = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {work!r}], stdin=subprocess.PIPE).wait()"
    process = subprocess.Popen([sys.executable, "-c", code], env=environment(**{MARK: mark}), stdout=subprocess.PIPE)
    assert process.stdout is not None and process.stdout.readline() == b"held\n"
    process.kill()
    process.wait()
    assert left_after(mark, 20) == {}


def test_a_worker_whose_parent_is_gone_already_ends_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    work = "from generator.system import lifeline; input(); lifeline.hold_by_input(); print('alive')"
    process = subprocess.Popen([sys.executable, "-c", work], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.communicate(b"\n", timeout=20)[0] == b""
    assert process.returncode == lifeline.GONE


def test_processes_of_a_pool_that_had_only_begun_end_with_their_parent(mark: str) -> None:
    """One that was forked before others has the pipe by which it would notice its parent's end in them, too: as long as
    these have not come to look themselves, that pipe says that the parent lives."""
    code = (
        "import time; from generator.media.workers import pools; ask = pools.lifeline._ask_kernel\n"
        "def slow():\n    print('begun', flush=True)\n    time.sleep(1)\n    return ask()\n"
        "pools.lifeline._ask_kernel = slow\n"
        "pools.run(time.sleep, [60.0] * 20, 3)"
    )
    process = subprocess.Popen([sys.executable, "-c", code], env=environment(**{MARK: mark}), stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert [process.stdout.readline() for _ in range(2)] == [b"begun\n"] * 2
    assert len(_children(mark, process, 2)) >= 2
    process.kill()
    process.wait()
    assert left_after(mark, 20) == {}


# -- pools -------------------------------------------------------------------------------------------------------------


def _square(number: int) -> int:
    if number % 25 == 7:
        os._exit(1)
    return number * number


def _once(task: tuple[int, str]) -> int:
    number, folder = task
    if number % 10 == 3:
        try:
            (Path(folder) / str(number)).touch(exist_ok=False)
        except FileExistsError:
            return number
        os.kill(os.getpid(), signal.SIGKILL)
    return number


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_each_task_that_kills_its_process_is_lost_and_no_other(jobs: int) -> None:
    found = pools.run(_square, range(60), jobs)
    assert found == [Died() if each % 25 == 7 else each * each for each in range(60)]


def test_a_task_whose_process_was_killed_is_done_again(tmp_path: Path) -> None:
    assert pools.run(_once, [(each, str(tmp_path)) for each in range(40)], 2) == list(range(40))


def test_nothing_to_do_starts_nothing() -> None:
    assert pools.run(_square, [], 4) == []


def _raise(number: int) -> int:
    raise KeyError(number)


def test_an_error_of_a_task_is_no_lost_process() -> None:
    with pytest.raises(KeyError):
        pools.run(_raise, [1, 2], 2)
