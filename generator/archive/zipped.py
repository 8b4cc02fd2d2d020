"""A zip that is the same wherever it is written: sorted names, one time, one kind of permissions (APPNOTE 6.3.10).

Nothing in it is deflated. Which bytes come of that differs between implementations of zlib, and some of them nothing
looks at; so every byte of a file is as its digest says, and a damaged one costs one file.
"""

from __future__ import annotations

import shutil
import zipfile
from datetime import date
from pathlib import Path

from generator.archive.sources import BLOCK, Sources, in_order, opened, size_of

PLAIN_FILE = 0o100644  # what unpacks it gives every file these permissions
_UNIX = 3


def write(file: Path, members: Sources, day: date) -> None:
    """Write ``members`` into the new zip ``file``. ``day`` is the time of every member; a zip begins in 1980."""
    with zipfile.ZipFile(file, "x", zipfile.ZIP_STORED) as packed:
        for name in in_order(members):
            about = zipfile.ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            about.create_system = _UNIX
            about.external_attr = PLAIN_FILE << 16
            about.file_size = size_of(members[name])  # so that zip64 is used where it is needed
            with opened(members[name]) as source, packed.open(about, "w") as out:
                shutil.copyfileobj(source, out, BLOCK)
