"""Values kept between builds, found by what they were made from. Deleting the cache changes no byte of any site."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

_DIGEST_SIZE = 32


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of values. A value that was damaged on disk is a miss, never an error."""

    root: Path

    def get_or_make(self, step: str, version: str, inputs: Sequence[str], make: Callable[[], bytes]) -> bytes:
        """Return the value made by ``step`` of ``version`` from ``inputs`` (digests and settings), making it when it
        is not there. ``version`` names everything else the value depends on, such as a library's release."""
        name = key(step, version, inputs)
        value = self.read(step, name)
        if value is None:
            value = make()
            self.write(step, name, value)
        return value

    def read(self, step: str, name: str) -> bytes | None:
        """Return the value, or ``None`` when there is none or it is not what was written."""
        try:
            raw = self._file(step, name).read_bytes()
        except OSError:
            return None
        digest, value = raw[:_DIGEST_SIZE], raw[_DIGEST_SIZE:]
        return value if sha256(value).digest() == digest else None

    def write(self, step: str, name: str, value: bytes) -> None:
        """Keep ``value``. A full or read-only disk costs the next build time, not this one its life."""
        file = self._file(step, name)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=".new-")
            try:
                with os.fdopen(handle, "wb") as out:
                    out.write(sha256(value).digest() + value)
                Path(temporary).replace(file)
            except OSError:
                Path(temporary).unlink(missing_ok=True)
        except OSError:
            return

    def _file(self, step: str, name: str) -> Path:
        return self.root / step / name[:2] / name[2:]


def key(step: str, version: str, inputs: Sequence[str]) -> str:
    """The name of a value: a digest of everything it was made from."""
    return sha256("\0".join((step, version, *inputs)).encode()).hexdigest()
