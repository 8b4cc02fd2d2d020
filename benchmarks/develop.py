"""Makes the pictures of a folder with the project's own pipeline, as WebP only: what ``pictures.py`` times.

The site publishes AVIF and a fallback as well; here the workers are held to the one format that all tools can make,
with everything else as it is: discovery, limits, worker processes, recipe, cache, names.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from generator.media import workers
from generator.media.formats.forms import Limits
from generator.media.pictures import Wanted, develop, encoded
from generator.problems import Span
from generator.source.files import discover
from generator.system.cache import Cache

LIMITS = Limits(20 << 20, 40_000_000)


def main() -> None:
    """``develop.py ROOT OUT JOBS all|webp WIDTH…``: write the files into OUT, and there in ``index.json`` which picture
    has which file in which width, and in ``seconds`` how long all this took once Python and its modules were there."""
    started = time.perf_counter()
    root, out, jobs, forms, *widths = sys.argv[1:]
    if forms == "webp":
        workers.MODULE = "only_webp"  # in the folder of this file, which the workers search too
    sources, problems = discover(Path(root))
    wanted = [Wanted(path, Span(path), tuple(map(int, widths)), True) for path in sources.files]
    cache = Cache(Path(root) / ".cache")
    pictures, faults = develop(wanted, sources, cache, LIMITS, int(jobs))
    if problems or faults:
        sys.exit(f"a picture could not be made: {(*problems, *faults)[0].text('en')}")
    for address, content in encoded(pictures.values(), cache):
        file = Path(out, address)
        if not file.is_file() or file.read_bytes() != content:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    index = {
        Path(path).stem: {str(each.width): each.address for each in picture.variants if each.form == "webp"}
        for path, picture in pictures.items()
    }
    Path(out, "index.json").write_text(json.dumps(index), encoding="utf-8")
    Path(out, "seconds").write_text(str(time.perf_counter() - started), encoding="utf-8")


if __name__ == "__main__":
    main()
