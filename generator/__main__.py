"""``python -m generator`` is the same command as ``exhibit``. Whoever ends it at any moment, also while it still loads,
gets the exit code of that and no trace of Python."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

_INTERRUPTED = 130
_FATAL = 128  # and the number of the signal, as shells count


def main() -> None:
    """Run the command line and end with its exit code."""
    try:
        _fill_streams()
        _end_on_signals()
        from generator import cli

        cli.main()
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)


def _end_on_signals() -> None:
    """Let a request to end run everything that tidies up, unless whoever started us wants it ignored."""
    for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _end)


def _end(number: int, frame: FrameType | None) -> None:
    sys.exit(_FATAL + number)


def _fill_streams() -> None:
    """Open what was closed, so that no file of ours ever gets the number of a standard stream."""
    for number, stream in enumerate((sys.stdin, sys.stdout, sys.stderr)):
        if stream is None:
            opened = os.open(os.devnull, os.O_RDWR)
            if opened > number:
                os.close(opened)


if __name__ == "__main__":
    main()
