"""Measures how long a server takes to show its first page, and from the moment a text is saved to the moment its page is
served, by ours and by Hugo's server.

The page is asked for again and again until it has what was written. Our whole build follows the page; a second row edits
while it is at work. The second start of ours is the one that counts: it shows the site of the last preview; Hugo keeps nothing
between two. Exit code 1 says that ours takes more than half of Hugo's time, 2 that a server did not come up.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from corpus import brand_id, write_corpus
from hugo_site import hugo_binary, write_hugo_site

ROOT = Path(__file__).resolve().parent.parent
SHARE = 0.5  # of Hugo's time
START = 900.0  # seconds until a server has to answer
PORT, HUGO_PORT = 8917, 8918
OURS, HUGO = "an edit, ours", "an edit, Hugo"
FIRST, START_OURS, START_HUGO = "the first start, ours", "a start, ours", "a start, Hugo"


def _page(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            return str(answer.read().decode())
    except (urllib.error.URLError, OSError):
        return ""


@contextmanager
def _server(command: Sequence[str], url: str, mark: str, environment: dict[str, str]) -> Iterator[float]:
    """Run a server while this lasts, from the moment at which its page has ``mark``: after how many seconds that was."""
    started = time.monotonic()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + START
        while mark not in _page(url):
            if time.monotonic() > deadline or process.poll() is not None:
                raise TimeoutError(command[0])
            time.sleep(0.02)
        yield time.monotonic() - started
    finally:
        process.terminate()
        process.wait(60)


def edits(file: Path, url: str, runs: int, pause: float) -> list[float]:
    """The seconds from each of ``runs`` edits of ``file`` to its page, with ``pause`` seconds between them."""
    before, found = file.read_text("utf-8"), []
    for number in range(runs):
        mark = f"改动{os.urandom(4).hex()}第{number}"
        started = time.monotonic()
        file.write_text(f"{before}\n{mark}\n", "utf-8")
        while mark not in _page(url):
            time.sleep(0.005)
        found.append(time.monotonic() - started)
        time.sleep(pause)
    file.write_text(before, "utf-8")
    return found


def measure(folder: Path, brands: int, runs: int, rest: float) -> dict[str, list[float]]:
    """Seconds by what took them: starts, our edits with ``rest`` seconds between them, those while a build is at work, and
    Hugo's edits."""
    site, plain, brand = folder / "site", folder / "hugo", brand_id(brands // 3)
    write_corpus(site, brands, 1)
    with (site / "site_config.yml").open("a", encoding="utf-8") as config:
        config.write("share: {cards: false, posters: false}\n")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(folder / "own")}
    environment["PYTHONDONTWRITEBYTECODE"] = ""  # nobody's program is compiled anew by each process
    command = [sys.executable, "-m", "generator", "serve", "--root", str(site), "--port", str(PORT)]
    url = f"http://127.0.0.1:{PORT}/brands/{brand}/"
    found: dict[str, list[float]] = {}
    with _server(command, url, "</footer>", environment) as first:  # which what stands there meanwhile has not
        time.sleep(rest)
        edited = edits(site / f"brands/{brand}/story.md", url, runs, rest)
        during = edits(site / f"brands/{brand}/story.md", url, runs, 0.9)
    found[FIRST], found[OURS], found["ours, while it builds"] = [first], edited, during
    found[START_OURS] = [_start(command, url, "</footer>", environment) for _ in range(runs)]
    hugo = hugo_binary()
    if hugo is None:
        return found
    write_hugo_site(plain, brands, 1)
    url = f"http://127.0.0.1:{HUGO_PORT}/brands/{brand}/"
    command = [str(hugo), "server", "--source", str(plain), "--port", str(HUGO_PORT), "--bind", "127.0.0.1"]
    with _server(command, url, "<h1", environment):
        time.sleep(2)
        found[HUGO] = edits(plain / f"content/brands/{brand}.md", url, runs, 2)
    found[START_HUGO] = [_start(command, url, "<h1", environment) for _ in range(runs)]
    return found


def _start(command: Sequence[str], url: str, mark: str, environment: dict[str, str]) -> float:
    with _server(command, url, mark, environment) as seconds:
        return seconds


def main() -> int:
    """Measure and report."""
    parser = argparse.ArgumentParser(description="How soon a preview shows its first page, and an edited one.")
    parser.add_argument("--brands", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=5, help="edits, and starts; the median counts (5)")
    parser.add_argument("--rest", type=float, default=15.0, help="seconds in which a whole build of ours ends (15)")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="serving-", ignore_cleanup_errors=True) as folder:
        try:
            found = measure(Path(folder), asked.brands, asked.runs, asked.rest)
        except TimeoutError as error:
            print(f"no server: {error}", file=sys.stderr)
            return 2
    for name, seconds in found.items():
        print(f"{name}: {median(seconds):.3f} s ({min(seconds):.3f} to {max(seconds):.3f})")
    pairs = ((OURS, HUGO), (START_OURS, START_HUGO))
    return int(any(median(found[mine]) > SHARE * median(found[other]) for mine, other in pairs if other in found))


if __name__ == "__main__":
    sys.exit(main())
