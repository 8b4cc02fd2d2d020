"""Which setting of which format: bytes, likeness and processor time of one picture, format against format.

Every photograph of ``photographs.py`` is scaled down exactly, encoded with every setting, decoded again and compared
with what was encoded. The last table puts all formats to the same likeness (SSIM), that of WebP at quality 80 and
method 4, which is what web tools make when nobody says otherwise. Needs numpy.
"""

from __future__ import annotations

import argparse
import io
import math
import re
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from likeness import Original, reference
from photographs import photograph
from PIL import Image

WIDTHS = (640, 1280, 1600)
BASE = ("WebP method 4", 80)


class Setting(NamedTuple):
    """A format with what is set of it, apart from the quality."""

    form: str
    name: str
    qualities: tuple[int, ...]
    options: Mapping[str, Any]


SETTINGS: tuple[Setting, ...] = (
    *(Setting("WEBP", f"WebP method {each}", (70, 75, 80, 85, 90), {"method": each}) for each in (2, 3, 4, 5, 6)),
    *(
        Setting("AVIF", f"AVIF speed {each}", (45, 55, 65, 75), {"speed": each, "max_threads": 1, **_420})
        for _420 in ({"subsampling": "4:2:0"},)
        for each in (6, 7, 8, 9, 10)
    ),
    Setting("JPEG", "JPEG progressive", (75, 80, 85, 90), {"progressive": True, "optimize": True}),
)


@dataclass(slots=True)
class Total:
    """Sums over pictures; ``worst`` is the least SSIM of any."""

    count: int = 0
    size: float = 0
    ssim: float = 0
    psnr: float = 0
    seconds: float = 0
    worst: float = 1

    def add(self, size: int, ssim: float, psnr: float, seconds: float) -> None:
        """Count one more picture."""
        self.count += 1
        self.size += size
        self.ssim += ssim
        self.psnr += psnr
        self.seconds += seconds
        self.worst = min(self.worst, ssim)

    def mean(self) -> Point:
        """The means."""
        count = self.count
        return Point(
            self.size / count / 1000, self.ssim / count, self.psnr / count, self.seconds / count * 1000, self.worst
        )


class Point(NamedTuple):
    """Means over pictures: kilobytes, SSIM, dB, processor milliseconds; the least SSIM of all."""

    kilobytes: float
    ssim: float
    psnr: float
    milliseconds: float
    worst: float


Key = tuple[str, int, int]  # setting, quality, width
Points = Mapping[tuple[str, int, int | None], Point]


def encode(image: Image.Image, setting: Setting, quality: int, runs: int) -> tuple[bytes, float]:
    """The bytes, and the processor seconds of the run that was disturbed least."""
    taken = []
    for _ in range(runs):
        out = io.BytesIO()
        started = time.process_time()
        image.save(out, setting.form, quality=quality, **setting.options)
        taken.append(time.process_time() - started)
    return out.getvalue(), min(taken)


def measure(
    source: int | Path, seed: int, runs: int, settings: Sequence[Setting]
) -> list[tuple[Key, int, float, float, float]]:
    """Everything about one photograph, drawn by its number or read from a file."""
    rows = []
    whole = Image.open(source).convert("RGB") if isinstance(source, Path) else photograph(source, seed)
    for width in WIDTHS:
        image = reference(whole, min(width, whole.width))
        original = Original(image)
        for setting in settings:
            for quality in setting.qualities:
                content, seconds = encode(image, setting, quality, runs)
                shown = Image.open(io.BytesIO(content))
                key = (setting.name, quality, width)
                rows.append((key, len(content), original.ssim(shown), original.psnr(shown), seconds))
    return rows


def points(rows: Iterable[tuple[Key, int, float, float, float]]) -> Points:
    """Means by setting, quality and width, and over all widths (``None``)."""
    totals: dict[tuple[str, int, int | None], Total] = defaultdict(Total)
    for (name, quality, width), *values in rows:
        totals[name, quality, width].add(*values)
        totals[name, quality, None].add(*values)
    return {key: total.mean() for key, total in totals.items()}


def at_ssim(found: Points, setting: Setting, width: int | None, ssim: float) -> tuple[float, Point] | None:
    """The quality at which ``setting`` reaches ``ssim``, between the two measured ones around it, and what it costs
    there; ``None`` outside of what was measured."""
    for low, high in zip(setting.qualities, setting.qualities[1:], strict=False):
        one, two = found[setting.name, low, width], found[setting.name, high, width]
        if one.ssim <= ssim <= two.ssim:
            at = (ssim - one.ssim) / (two.ssim - one.ssim)
            size = math.exp(math.log(one.kilobytes) * (1 - at) + math.log(two.kilobytes) * at)
            rest = [a * (1 - at) + b * at for a, b in zip(one[1:], two[1:], strict=True)]
            return low + (high - low) * at, Point(size, *rest)
    return None


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def report(found: Points, settings: Sequence[Setting]) -> Iterator[str]:
    """All settings over all widths, then all at the likeness of the base."""
    rows = [
        [setting.name, str(quality), *_cells(found[setting.name, quality, None])]
        for setting in settings
        for quality in setting.qualities
    ]
    yield table(["all widths", "quality", "kB", "SSIM", "worst SSIM", "PSNR dB", "processor ms"], rows)
    for width in (*WIDTHS, None):
        base = found[(*BASE, width)]
        rows = []
        for setting in settings:
            reached = at_ssim(found, setting, width, base.ssim)
            if reached is None:
                rows.append([setting.name, "–", "–", "–", "–", "–"])
                continue
            quality, point = reached
            share = f"{point.kilobytes / base.kilobytes:.3f} ×"
            speed = f"{point.milliseconds / base.milliseconds:.2f} ×"
            rows.append(
                [setting.name, f"{quality:.1f}", share, f"{point.psnr:.2f}", f"{point.milliseconds:.0f}", speed]
            )
        name = f"at SSIM {base.ssim:.4f}, {f'{width} px' if width else 'all widths'}"
        yield table([name, "quality", "bytes", "PSNR dB", "processor ms", "time"], rows)


def _cells(point: Point) -> list[str]:
    return [
        f"{point.kilobytes:.1f}",
        f"{point.ssim:.4f}",
        f"{point.worst:.4f}",
        f"{point.psnr:.2f}",
        f"{point.milliseconds:.0f}",
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Bytes, likeness and time of the settings of picture formats.")
    parser.add_argument("--count", type=int, default=16, help="photographs, of 8 kinds in turn (16)")
    parser.add_argument("--seed", type=int, default=2, help="another seed gives other photographs (2)")
    parser.add_argument("--runs", type=int, default=1, help="how often each is encoded; the least time counts (1)")
    parser.add_argument("--jobs", type=int, default=2, help="processes (2)")
    parser.add_argument("--only", default="", help="settings whose names hold this regular expression (all)")
    parser.add_argument("files", type=Path, nargs="*", help="measure these pictures instead")
    options = parser.parse_args()
    settings = [each for each in SETTINGS if re.search(options.only, each.name) or each.name == BASE[0]]
    with ProcessPoolExecutor(options.jobs) as workers:
        work = partial(measure, seed=options.seed, runs=options.runs, settings=settings)
        rows = [row for each in workers.map(work, options.files or range(options.count)) for row in each]
    print("\n\n".join(report(points(rows), settings)))


if __name__ == "__main__":
    main()
