"""A child process ends with whoever started it, however that ended: by a signal, for lack of memory, by a fault.

On Linux the kernel ends it (``prctl``, PR_SET_PDEATHSIG), whatever it is just doing; elsewhere, and where the kernel
refuses, a thread waits for the end of a pipe that only the parent keeps open. The kernel means the *thread* that
started the child, so that one has to live as long as the child.

Run as a program it puts the same on a tool that knows nothing of us: ``python lifeline.py PARENT SECONDS TOOL ARGUMENT…``.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
from collections.abc import Callable

GONE = 3  # the exit code of a child whose parent is gone
_PR_SET_PDEATHSIG = 1  # prctl(2)


def hold(wait: Callable[[], object], is_gone: Callable[[], bool]) -> None:
    """Tie this process to its parent. ``wait`` returns when the parent is gone, in a thread of its own; ``is_gone`` says
    whether it is already."""
    is_held = _ask_kernel()
    if is_gone():  # it ended before the kernel was asked
        os._exit(GONE)
    if not is_held:
        threading.Thread(target=_end_after, args=(wait,), daemon=True).start()


def hold_by_input() -> None:
    """The same for a child whose standard input is a pipe from its parent."""
    hold(_wait_for_input_to_end, lambda: _is_input_over(0))


def _end_after(wait: Callable[[], object]) -> None:
    wait()
    os._exit(GONE)


def _ask_kernel() -> bool:
    """Whether the kernel will end this process with its parent."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        return ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) == 0
    except (AttributeError, OSError):
        return False


def _wait_for_input_to_end() -> None:
    while not _is_input_over(None):
        pass


def _is_input_over(patience: int | None) -> bool:
    """Whether nobody can write to the standard input any more, once ``patience`` milliseconds are over. What lies in it
    unread does not count."""
    import select

    if not hasattr(select, "poll"):  # Windows: a worker sees it when it reads next
        if patience is None:
            threading.Event().wait()
        return False
    poll = select.poll()
    poll.register(0, 0)  # POLLHUP is told always
    return bool(poll.poll(patience))


def main() -> None:
    """Become a tool that ends with our parent and gets no more than some seconds of a processor."""
    parent, seconds, *command = sys.argv[1:]
    if _ask_kernel() and os.getppid() != int(parent):  # it ended before the kernel was asked
        sys.exit(GONE)
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
