"""Work that is spread over processes: the same results in the same order, whatever happens to one of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.system import forks
from generator.system.forks import aside, batches, spread
from tests.helpers.family import family, left_after
from tests.helpers.processes import environment

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="nothing forks there")
ALONE = threading.active_count


def _children() -> set[str]:
    """The children of this process, also those that have ended and were not asked how."""
    return {each for file in Path("/proc/self/task").glob("*/children") for each in file.read_text().split()}


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The threads of the test runner wait for its own messages only."""
    there, before = threading.active_count(), _children()
    monkeypatch.setattr(forks.threading, "active_count", lambda: ALONE() - there + 1)
    yield
    assert _children() <= before, "no child is left"


def _slow(number: int) -> tuple[int, int]:
    time.sleep(0.01)
    return number, os.getpid()


@pytest.mark.parametrize("jobs", [1, 2, 4])
def test_results_come_in_the_order_of_the_tasks_from_as_many_processes(jobs: int) -> None:
    made = list(spread(_slow, range(40), jobs))
    assert [number for number, _ in made] == [*range(40)]
    assert len({process for _, process in made}) == jobs
    assert os.getpid() in {process for _, process in made}


def test_results_larger_than_any_pipe_come_whole() -> None:
    made = list(spread(lambda number: bytes([number]) * 3_000_000, range(12), 3))
    assert [(each[:1], len(each)) for each in made] == [(bytes([number]), 3_000_000) for number in range(12)]


def test_more_tasks_than_can_be_handed_out_are_done_all_the_same() -> None:
    assert list(spread(lambda number: number, range(20_000), 2)) == [*range(20_000)]


@given(st.integers(0, 200_000), st.integers(1, 64))
def test_batches_are_all_tasks_in_their_order_and_can_be_handed_out(count: int, least: int) -> None:
    made = batches(range(count), least)
    assert [number for each in made for number in each] == [*range(count)]
    assert len(made) <= forks._MOST_TASKS
    assert all(len(each) >= least for each in made[:-1])


def test_a_child_that_dies_costs_nothing_but_time() -> None:
    parent = os.getpid()

    def make(number: int) -> int:
        if number % 3 == 2 and os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(0.01)
        return number

    assert list(spread(make, range(30), 3)) == [*range(30)]


def test_what_cannot_be_sent_is_made_here() -> None:
    made = list(spread(lambda number: (lambda: (number, time.sleep(0.01))), range(8), 2))
    assert [each()[0] for each in made] == [*range(8)]


def test_a_fault_is_raised_at_the_turn_of_its_task() -> None:
    def make(number: int) -> int:
        time.sleep(0.01)
        if number in (5, 6):
            raise LookupError(number)
        return number

    given: list[int] = []
    with pytest.raises(LookupError, match="5"):
        given.extend(spread(make, range(20), 2))
    assert given == [0, 1, 2, 3, 4]


def test_whoever_stops_asking_leaves_no_child() -> None:
    results = spread(_slow, range(1000), 2)
    assert [number for number, _ in islice(results, 3)] == [0, 1, 2]
    results.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("jobs", [1, 2])
def test_something_is_made_aside_while_something_else_is(jobs: int) -> None:
    with aside(lambda: _slow(1), jobs) as made:
        number, process = made()
    assert number == 1 and (process != os.getpid()) is (jobs == 2)


def test_what_fails_aside_fails_here_and_a_lost_process_costs_only_time() -> None:
    parent = os.getpid()
    with pytest.raises(ZeroDivisionError), aside(lambda: 1 // 0, 2) as made:
        made()
    with aside(lambda: os.getpid() == parent or os.kill(os.getpid(), signal.SIGKILL), 2) as made:
        assert made() is True


def test_beside_another_thread_nothing_forks(monkeypatch: pytest.MonkeyPatch) -> None:
    held = threading.Event()
    other = threading.Thread(target=held.wait)
    other.start()
    try:
        assert {process for _, process in spread(_slow, range(20), 2)} == {os.getpid()}
    finally:
        held.set()
        other.join()


def test_a_signal_of_the_terminal_is_for_the_parent() -> None:
    parent = os.getpid()

    def make(number: int) -> int:
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGINT)
        return _slow(number)[0]

    assert list(spread(make, range(20), 2)) == [*range(20)]


def test_children_end_with_a_parent_that_is_killed(mark: str) -> None:
    work = (
        "import os, time; from generator.system.forks import spread; parent = os.getpid()\n"
        "def make(number):\n    print('at work', flush=True)\n    time.sleep(600)\n"
        "list(spread(make, range(9), 3))"
    )
    process = subprocess.Popen([sys.executable, "-c", work], env=environment(TEMP=mark), stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert [process.stdout.readline() for _ in range(3)] == ["at work\n"] * 3
    assert len(family(mark)) == 3
    process.kill()
    process.wait()
    assert left_after(mark, 5) == {}
