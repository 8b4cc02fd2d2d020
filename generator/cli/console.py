"""Where the words of a command go: to a terminal, a log, a pipe or a program, whatever these can take.

A console may lack characters and a pipe may close: neither keeps a command from doing its work or changes what its exit
code says of the work. What could not be written is remembered, so that nobody takes silence for an answer.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import IO, TYPE_CHECKING, cast

from generator.privacy.masking import mask
from generator.text.legible import printable, uncommanding, within

if TYPE_CHECKING:
    from rich.console import Console

_HUNG_UP = (errno.EPIPE, errno.EBADF, errno.EINVAL)  # Windows says EINVAL of a closed pipe


class _Stream:
    """A standard stream that never raises. ``loss`` is why something could not be written."""

    def __init__(self, stream: IO[str] | None) -> None:
        self._stream = stream
        self.loss: OSError | None = None if stream else OSError(errno.EBADF, os.strerror(errno.EBADF))
        self.has_lost = False
        self.noted: list[str] | None = None  # while nothing is shown, what would be
        self.encoding: str = getattr(stream, "encoding", None) or "utf-8"

    def write(self, text: str) -> int:
        if self.noted is None:
            self._try("write", within(self.encoding, text))
        else:
            self.noted.append(within(self.encoding, text))
        return len(text)

    def flush(self) -> None:
        self._try("flush")

    def write_bytes(self, content: bytes) -> None:
        """Write ``content`` as it is, with no line end or character changed."""
        self.flush()
        if self.loss is None and self._stream is not None:
            binary = getattr(self._stream, "buffer", None)
            try:
                if binary is None:
                    self._stream.write(content.decode("utf-8"))
                else:
                    binary.write(content)
                    binary.flush()
            except (OSError, ValueError) as error:
                self._lose(error)
        self.has_lost = self.has_lost or self.loss is not None

    def isatty(self) -> bool:
        try:
            return self._stream is not None and self._stream.isatty()
        except ValueError:  # it was closed
            return False

    def fileno(self) -> int:
        if self._stream is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        return self._stream.fileno()

    def _try(self, action: str, *arguments: str) -> None:
        if self.loss is None and self._stream is not None:
            try:
                getattr(self._stream, action)(*arguments)
            except (OSError, ValueError) as error:
                self._lose(error)
        self.has_lost = self.has_lost or (self.loss is not None and bool(arguments))

    def _lose(self, error: OSError | ValueError) -> None:
        self.loss = error if isinstance(error, OSError) else OSError(errno.EBADF, os.strerror(errno.EBADF))
        self.has_lost = True
        self._forget()

    def _forget(self) -> None:
        """Let the system's stream end quietly: what Python still holds of it would fail once more at the very end."""
        try:
            number = os.open(os.devnull, os.O_WRONLY)
            os.dup2(number, self.fileno())
            os.close(number)
        except (OSError, ValueError):
            self._stream = None


class Screen:
    """What a command says. Lines for a person go through ``say`` and ``complain``, what a program reads through
    ``hand_over``."""

    def __init__(self) -> None:
        self._out, self._err = _Stream(sys.stdout), _Stream(sys.stderr)
        self._products = 0

    @property
    def encoding(self) -> str:
        """How the characters of a person's lines are written."""
        return self._out.encoding

    def legible(self, text: str) -> str:
        """``text`` as it can be shown here, character by character; every width is that of what is shown. Nobody's personal
        data is: whatever else masks it, this is the last place where that can be done."""
        return within(self._out.encoding, uncommanding(printable(mask(text))))

    def say(self, text: str, style: str = "") -> None:
        """A line, or several, for a person."""
        self.say_parts((text, style))

    def say_parts(self, *parts: tuple[str, str]) -> None:
        """A line of differently styled parts: text and style, one after the other. Nothing in them is markup."""
        legible = [(self.legible(text), style) for text, style in parts]
        plain = "".join(text for text, _ in legible)
        if self._is_plain and "\t" not in plain:
            self._out.write(f"{plain}\n")
            self._out.flush()
            return
        from rich.text import Text

        self.rich.print(Text.assemble(*legible, end=""), soft_wrap=True, highlight=False)

    @contextmanager
    def noting(self) -> Iterator[list[str]]:
        """While this lasts, lines for a person are written down in the list instead of being shown, as they would look."""
        noted: list[str] = []
        self._out.noted = noted
        try:
            yield noted
        finally:
            self._out.noted = None

    def complain(self, text: str) -> None:
        """A line for a person about what cannot be done."""
        self._err.write(within(self._err.encoding, uncommanding(printable(mask(text)))) + "\n")
        self._err.flush()

    def hand_over(self, text: str) -> None:
        """What was asked for as such: a file or a table. In UTF-8 wherever a program may read it."""
        self._products += 1
        if self._out.isatty():
            self._out.write(self.legible(text))
            self._out.flush()
        else:
            self._out.write_bytes(text.encode("utf-8", "replace"))

    def close(self) -> None:
        """Write what is still held back."""
        self._out.flush()
        self._err.flush()

    @property
    def is_watched(self) -> bool:
        """Whether somebody looks on while lines appear: on a terminal that can take back what it shows, where no machine
        keeps what passes."""
        return self._out.isatty() and not os.environ.get("CI") and not self.rich.is_dumb_terminal

    @property
    def _is_plain(self) -> bool:
        """Whether lines are nothing but their text, for which nobody waits for a library: where no terminal reads them, and
        nobody says that there is one."""
        return not self._out.isatty() and not any(os.environ.get(name) for name in ("FORCE_COLOR", "TTY_COMPATIBLE"))

    @cached_property
    def rich(self) -> Console:
        """The terminal, for what more than lines is drawn on it."""
        from rich.console import Console

        return Console(file=cast("IO[str]", self._out), soft_wrap=True, markup=False, emoji=False, highlight=False)

    @property
    def loss(self) -> OSError | None:
        """Why some of the lines did not arrive; ``None`` when all did."""
        return self._out.loss if self._out.has_lost else None

    @property
    def was_left(self) -> bool:
        """Whether lines were lost because whoever read them went away."""
        return self.loss is not None and self.loss.errno in _HUNG_UP

    @property
    def has_failed(self) -> bool:
        """Whether a loss means that the command did not do what it was asked for: a product did not arrive, or a log
        could not be written. A reader of lines that went away has read what it wanted."""
        return self.loss is not None and (self._products > 0 or not self.was_left)
