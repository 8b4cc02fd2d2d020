"""``python -m generator`` is the same command as ``exhibit``. Whoever ends it at any moment, also while it still loads,
gets the exit code of that and no trace of Python."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from types import FrameType

_FATAL = 128  # and the number of the signal, as shells count
_PATIENCE = 10.0  # seconds for tidying up; whoever asks a second time waits no longer


_PROGRAM = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120

_asked: list[int] = []  # the signal that asked for the end: libraries pass every one on as an interruption


def main() -> None:
    """Run the command line and end with its exit code."""
    try:
        _look_nowhere_else()
        _fill_streams()
        _at_signals(_leave)  # while it loads there is nothing to tidy up, and libraries take what is raised for a fault
        from generator.cli import unchanged

        if unchanged.answer(sys.argv[1:]):
            return
        gc.set_threshold(50_000, 20, 100)  # a program that loads, and a build, make many small values and hardly a cycle
        os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # else it asks every package that is installed
        from generator.cli.commands import main as commands

        commands.load(sys.argv[1:])
        _at_signals(_end)
        commands.main()
    except (KeyboardInterrupt, SystemExit) as end:
        interrupted = _FATAL + signal.SIGINT
        code = interrupted if isinstance(end, KeyboardInterrupt) else end.code
        sys.exit(_FATAL + _asked[0] if _asked and code == interrupted else code)
    except Exception:
        if _asked:  # a library has made a fault of the request to end
            sys.exit(_FATAL + _asked[0])
        raise
    finally:
        gc.freeze()  # all of it goes with the process: nobody need look through it for cycles first


def _look_nowhere_else() -> None:
    """``python -m`` also looks for modules in the folder one is in, which may be an entry by somebody else."""
    if sys.path and sys.path[0] in ("", os.getcwd()) and not os.path.samefile(sys.path[0] or ".", _PROGRAM):  # noqa: PTH109, PTH121
        del sys.path[0]


def _at_signals(deed: Callable[[int, FrameType | None], None]) -> None:
    """Let a request to end do ``deed``, unless whoever started us wants it ignored."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler, _leave):
            signal.signal(number, deed)


def _end(number: int, frame: FrameType | None) -> None:
    """Begin to end, with everything that tidies up. An interruption can hit Python while it holds a lock of its own, and
    tidying up then waits for ever; a published site is whole at any moment, so it may be cut short."""
    _asked.append(number)
    signal.signal(number, _leave)
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, partial(_leave_late, number))
        signal.setitimer(signal.ITIMER_REAL, _PATIENCE)
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    sys.exit(_FATAL + number)


def _leave(number: int, frame: FrameType | None) -> None:
    os._exit(_FATAL + number)


def _leave_late(asked: int, number: int, frame: FrameType | None) -> None:
    _leave(asked, frame)


def _fill_streams() -> None:
    """Open what was closed, so that no file of ours ever gets the number of a standard stream."""
    for number, stream in enumerate((sys.stdin, sys.stdout, sys.stderr)):
        if stream is None:
            opened = os.open(os.devnull, os.O_RDWR)
            if opened > number:
                os.close(opened)


if __name__ == "__main__":
    main()
