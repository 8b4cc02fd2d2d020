"""``build --stats``: where the time of a build went, as a small table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.messages import Language, say
from generator.system import machine
from generator.watch import Stage

_ORDER = ("read", "check", "pictures", "plan", "make", "draw", "render", "publish")
_NOTHING = "-"


def table(stages: Mapping[str, Stage], language: Language) -> Iterator[str]:
    """The lines of the table: each stage, in the order in which a site goes through them, all together, and the memory."""
    rows = [[say(f"stats.head.{each}", language) for each in ("stage", "count", "kept", "seconds")]]
    for name in (each for each in _ORDER if each in stages):
        stage = stages[name]
        kept = _NOTHING if stage.kept is None else f"{stage.kept:,}"
        rows.append([say(f"stats.{name}", language), f"{stage.count:,}", kept, f"{stage.seconds:.2f}"])
    seconds = sum(each.seconds for each in stages.values())
    rows.append([say("stats.total", language), "", "", f"{seconds:.2f}"])
    yield from _aligned(rows)
    peaks = machine.peaks()
    if peaks is not None:
        own, child = (f"{each / 1_000_000:,.0f} MB" for each in peaks)
        yield say("stats.memory", language, own=own, child=child)


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The first column to the left, the numbers to the right; a Han character is two cells wide."""
    from rich.cells import cell_len

    widths = [max(cell_len(each) for each in column) for column in zip(*rows, strict=True)]
    for first, *rest in rows:
        cells = [first + " " * (widths[0] - cell_len(first))]
        cells += [" " * (width - cell_len(each)) + each for width, each in zip(widths[1:], rest, strict=True)]
        yield "  ".join(cells).rstrip()
