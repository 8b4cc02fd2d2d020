"""Pointers of Git LFS: the few lines that stand for a large file until it is fetched (git-lfs, docs/spec.md)."""

from __future__ import annotations

import re

LONGEST = 1024  # bytes; the specification allows no more
_POINTER = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*version https://(?:git-lfs|hawser)\.github\.com/spec/\S+\s"
    rb"(?:ext-[^\n]*\n|size [0-9]+\s+)*\s*oid [a-z0-9]+:[0-9a-fA-F]+"
)


def is_pointer(head: bytes) -> bool:
    """Whether a file that begins with ``head`` is a pointer and not what its name says."""
    return _POINTER.match(head[:LONGEST]) is not None
