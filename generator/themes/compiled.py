"""Templates as they were compiled, kept between builds: to compile them takes longer than all else that a small build does.

What is kept is code, and whoever could write it would speak for us. So it comes from the cache alone, where every value has
a seal of this user, under a name that says everything it was made from.
"""

from __future__ import annotations

from hashlib import sha256

from jinja2.bccache import Bucket, BytecodeCache

import generator
from generator import program
from generator.system.cache import Cache, key

STEP = "templates"
_COMPILED_BY = ("jinja2", "mkdocs", "mkdocs-material")


class Compiled(BytecodeCache):
    """Compiled templates in ``cache``. ``setting`` names whatever else an environment puts into them: what a filter makes
    of a constant is compiled, too."""

    def __init__(self, cache: Cache, setting: str) -> None:
        self._cache, self._setting = cache, setting

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Which template it is."""
        return sha256(f"{name}\0{filename}".encode("utf-8", "surrogatepass")).hexdigest()

    def get_source_checksum(self, source: str) -> str:
        """What the template says: two texts with the same SHA-1 can be made, and a theme may come from anybody."""
        return sha256(source.encode("utf-8", "surrogatepass")).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code from the cache where that has it."""
        kept = self._cache.read(STEP, self._name(bucket))
        if kept is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code."""
        self._cache.write(STEP, self._name(bucket), bucket.bytecode_to_string())

    def _name(self, bucket: Bucket) -> str:
        made_by = (program.state(), program.versions(*_COMPILED_BY), self._setting)
        return key(STEP, generator.__version__, (*made_by, bucket.key, bucket.checksum))
