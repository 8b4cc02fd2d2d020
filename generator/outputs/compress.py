"""Compressed twins of the files of a site, for servers that send them as they are (``gzip_static`` of nginx).

The same content gives the same bytes on every machine: no time, no name and no system stand in them.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from generator.outputs.data.formats import PUBLISHED
from generator.system.sealed import Sealed
from generator.text.media_types import TYPES, is_text

ENDING = ".gz"
LEAST = 1024  # bytes; below them a packet is a packet
MOST = 32 << 20  # bytes of a file that is read whole for its twin
_TEXTS = frozenset(f".{ending}" for ending, kind in {**TYPES, **PUBLISHED}.items() if is_text(kind))
_NO_SYSTEM = b"\xff"  # RFC 1952: unknown


def with_twins(files: Iterable[tuple[str, bytes | Sealed]]) -> Iterator[tuple[str, bytes | Sealed]]:
    """``files`` (address → bytes, or a file to copy), each text of more than 1 KB followed by its compressed twin where
    that is smaller."""
    for name, content in files:
        yield name, content
        if PurePosixPath(name).suffix.lower() in _TEXTS and LEAST < _size(content) <= MOST:
            plain = content if isinstance(content, bytes) else content.read()
            packed = compressed(plain)
            if len(packed) < len(plain):
                yield name + ENDING, packed


def compressed(content: bytes) -> bytes:
    """``content`` in the format of gzip."""
    packed = gzip.compress(content, 9, mtime=0)
    return packed[:9] + _NO_SYSTEM + packed[10:]


def _size(content: bytes | Sealed) -> int:
    return len(content) if isinstance(content, bytes) else content.size
