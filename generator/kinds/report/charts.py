"""Charts as inline SVG with the table of the same numbers, from plain data.

Heights are in ``em`` and widths in per cent of whatever room there is, so a chart grows with the size of its type and
nothing in it is ever squeezed or cut off: labels stand above their bars and are broken into lines that fit a narrow
phone. Colours are the style sheet's; what they tell is told by lightness, edge, shape and number as well. Nothing depends on a clock, on
chance or on a script. Every mark carries its number as ``data-value``, every number in the table as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate
from typing import Literal

from markupsafe import Markup

from generator.kinds.report.labels import LINE, ROOM, anchored, beside_points, spread
from generator.kinds.report.scales import Scale, ends_of, is_wide, short
from generator.text.widths import MEASURE, width_of, wrap

Bound = Literal["eq", "gte", "lte"]

BAR = 0.9  # em, the thickness of a bar
LEAST = 1.5  # per cent of the room: a bar that is no longer is still seen


@dataclass(frozen=True, slots=True)
class Point:
    """A number with its label and the text it is shown as, such as ``≥96%``. ``at`` is its place in time (any unit),
    ``extra`` what else stands in its row of the table, ``short`` the label for narrow places."""

    label: str
    value: Decimal
    text: str
    bound: Bound = "eq"
    at: int = 0
    extra: tuple[str, ...] = ()
    short: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """Time without a number, after the point at ``after``: the line is broken there, and the table says so in a row."""

    after: int
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class ChartCell:
    """A cell of a table; ``value`` is the number that the chart shows as well."""

    text: str
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the first column holds the heading of each row."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[ChartCell, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that can be put into a page as it is, and its table."""

    id: str
    svg: Markup = field(repr=False)
    grid: Grid


@dataclass(frozen=True, slots=True)
class Caption:
    """What a chart says of itself. ``id`` is the page's; ``title`` names it, ``description`` says in words what it shows,
    ``head`` are the headings of its table."""

    id: str
    title: str
    description: str
    head: tuple[str, ...]


# -- the charts ------------------------------------------------------------------------------------------------------


def progress(caption: Caption, value: Point, target: Point, full: Decimal | None = None) -> Chart:
    """A bar for where things stand, with a mark for the target. ``full`` is the end of the scale, such as 100 %."""
    low, high = ends_of([value.value, target.value, *([full] if full is not None else [])], from_zero=True)
    scale = Scale(low, high)
    y = 0.0
    parts: list[Markup] = []
    lines = _labelled(value.label, value.text)
    parts.append(_text_block(lines, 0.0, y))
    y += LINE * len(lines) + 0.2
    zero, end, mark = (scale.of(each) for each in (Decimal(0), value.value, target.value))
    parts.append(_rect("chart__track", 0, 100, y, BAR))
    parts.append(_bar(value, zero, end, y))
    parts.append(
        Markup('<line class="chart__goal" data-value="{}" x1="{}%" x2="{}%" y1="{}em" y2="{}em"/>').format(
            target.value, short(mark), short(mark), short(y - 0.3), short(y + BAR + 0.3)
        )
    )
    y += BAR + 0.3
    lines = _labelled(target.label, target.text)
    anchor = "start" if mark < 34 else "end" if mark > 66 else "middle"
    parts.append(_text_block(lines, mark, y, anchor, "chart__soft"))
    y += LINE * len(lines)
    return _chart(caption, y, parts, [_row(value), _row(target)])


def bars(caption: Caption, points: Sequence[Point], full: Decimal | None = None) -> Chart:
    """A bar for each number, its label above it. ``full`` is the end of the scale, such as 100 %."""
    ends = [full] if full is not None else []
    scale = Scale(*ends_of([*(each.value for each in points), *ends], from_zero=True))
    y = 0.0
    parts: list[Markup] = []
    for each in points:
        lines = _labelled(each.label, each.text)
        parts.append(_text_block(lines, 0.0, y))
        y += LINE * len(lines) + 0.2
        parts.append(_rect("chart__track", 0, 100, y, BAR))
        parts.append(_bar(each, scale.of(Decimal(0)), scale.of(each.value), y))
        y += BAR + 0.7
    return _chart(caption, y, parts, [_row(each) for each in points])


def series(
    caption: Caption,
    points: Sequence[Point],
    target: Point | None = None,
    legend: Sequence[str] = (),
    gaps: Sequence[Gap] = (),
) -> Chart:
    """Numbers over time: a circle for an exact one, a triangle that points up for a lower bound and down for an upper
    one, and a line that is broken at ``gaps``. ``legend`` are the lines that explain marks and target."""
    points = sorted(points, key=lambda each: each.at)
    values = [each.value for each in points] + ([target.value] if target else [])
    scale = Scale(*ends_of(values, from_zero=is_wide(values)))
    notes = [line for each in legend for line in wrap(each)]
    top = LINE * len(notes) + 1.8
    height = 8.0
    where = [(_along(each.at, points), top + height * (100 - scale.of(each.value)) / 100) for each in points]
    parts = [_text_block(notes, 0.0, 0.0, css="chart__soft")] if notes else []
    parts.append(_axis(scale, top, height))
    across = [top + height * (100 - scale.of(each)) / 100 for each in _crossing(scale, target)]
    if target:
        parts.append(_rule("chart__goal chart__goal--across", across[0], target.value))
    broken = {each.after for each in gaps}
    ways = [(a, b) for point, a, b in zip(points, where, where[1:], strict=False) if point.at not in broken]
    for (x, y), (next_x, next_y) in ways:
        parts.append(
            Markup('<line class="chart__path" x1="{}%" y1="{}em" x2="{}%" y2="{}em"/>').format(
                short(x), short(y), short(next_x), short(next_y)
            )
        )
    parts += [_dot(each, x, y) for each, (x, y) in zip(points, where, strict=True)]
    texts = [each.text for each in points]
    beside = beside_points([*zip(where, texts, strict=True)], ways, across, top + height)
    parts += _along_axis(points, beside, texts, "chart__number")
    below = top + height + 0.7
    parts += _along_axis(
        points, [(x, below) for x, _ in where], [each.short or each.label for each in points], "chart__soft"
    )
    rows = [*_rows_in_time(points, gaps, len(caption.head)), *([_row(target)] if target else [])]
    return _chart(caption, below + LINE + 0.2, parts, rows)


def _rows_in_time(points: Sequence[Point], gaps: Sequence[Gap], columns: int) -> Iterator[tuple[ChartCell, ...]]:
    after = {each.after: each for each in gaps}
    for each in points:
        yield _row(each)
        if gap := after.get(each.at):
            yield (ChartCell(gap.label), ChartCell(gap.text), *(ChartCell("") for _ in range(columns - 2)))


@dataclass(frozen=True, slots=True)
class Share:
    """A part that every stacked bar has: its name and how it is drawn, 0 to 3 from strong to empty."""

    label: str
    look: int


def stacked(caption: Caption, shares: Sequence[Share], rows: Sequence[tuple[str, str, Sequence[int]]]) -> Chart:
    """A bar for each row, divided into ``shares``. A row is (label, total as text, a count ≥ 0 for each share)."""
    most = max((sum(counts) for _, _, counts in rows), default=0) or 1
    parts: list[Markup] = []
    y = _legend(shares, parts)
    for label, total, counts in rows:
        lines = _labelled(label, total)
        parts.append(_text_block(lines, 0.0, y))
        y += LINE * len(lines) + 0.2
        widths = _widths(counts, most)
        starts = list(accumulate(widths, initial=0.0))
        for share, count, x, width in zip(shares, counts, starts, widths, strict=False):
            parts.append(_segment(share.look, x, width, y, count))
        seen = [(str(count), x + width / 2) for count, x, width in zip(counts, starts, widths, strict=False) if count]
        parts += [_text_block([text], x, y + BAR * 1.6, "middle", "chart__number") for text, x in spread(seen)]
        y += BAR * 1.6 + LINE + 0.6
    grid = [
        (ChartCell(label), *(ChartCell(str(each), Decimal(each)) for each in counts), ChartCell(total))
        for label, total, counts in rows
    ]
    return _chart(caption, y, parts, grid)


# -- pieces ----------------------------------------------------------------------------------------------------------


def _along(at: int, points: Sequence[Point]) -> float:
    first, last = points[0].at, points[-1].at
    return 50.0 if first == last else 3.0 + 94.0 * (at - first) / (last - first)


def _crossing(scale: Scale, target: Point | None) -> list[Decimal]:
    """The numbers at which a line runs across a drawing: that of the target, and zero where it is in sight."""
    return [*([target.value] if target else []), *([Decimal(0)] if scale.low <= 0 <= scale.high else [])]


def _widths(counts: Sequence[int], most: int) -> list[float]:
    """The widths of counts in per cent where ``most`` is the whole room; nothing that there is vanishes, the largest makes way."""
    widths = [max(100 * each / most, LEAST) if each else 0.0 for each in counts]
    if (over := sum(widths) - 100) > 0:
        widths[widths.index(max(widths))] -= over
    return widths


def _chart(
    caption: Caption, height: float, parts: Iterable[Markup], rows: Iterable[tuple[ChartCell, ...]]
) -> Chart:
    svg = Markup(
        '<svg class="chart__drawing" role="img" aria-labelledby="{id}-title {id}-desc" width="100%" height="{height}em">'
        '<title id="{id}-title">{title}</title><desc id="{id}-desc">{text}</desc>{body}</svg>'
    ).format(
        id=caption.id,
        height=short(height),
        title=caption.title,
        text=caption.description,
        body=Markup("").join(parts),
    )
    return Chart(caption.id, svg, Grid(caption.title, caption.head, tuple(rows)))


def _row(point: Point) -> tuple[ChartCell, ...]:
    return (ChartCell(point.label), ChartCell(point.text, point.value), *(ChartCell(each) for each in point.extra))


def _labelled(label: str, text: str) -> list[str]:
    """Label and number on one line where they fit, else the number below."""
    lines = wrap(label)
    return [*lines[:-1], *wrap(f"{lines[-1]}　{text}" if width_of(lines[-1] + text) + 1 <= MEASURE else lines[-1])] + (
        [] if width_of(lines[-1] + text) + 1 <= MEASURE else wrap(text)
    )


def _text_block(lines: Sequence[str], x: float, y: float, anchor: str = "start", css: str = "") -> Markup:
    spans = Markup("").join(
        Markup('<tspan x="{}%" y="{}em">{}</tspan>').format(short(x), short(y + LINE * number + 1.1), line)
        for number, line in enumerate(lines)
    )
    cls = Markup(' class="{}"').format(css) if css else ""
    ends = Markup(' text-anchor="{}"').format(anchor) if anchor != "start" else ""
    return Markup("<text{}{}>{}</text>").format(cls, ends, spans)


def _rect(css: str, x: float, width: float, y: float, height: float) -> Markup:
    return Markup('<rect class="{}" x="{}%" y="{}em" width="{}%" height="{}em"/>').format(
        css, short(x), short(y), short(width), short(height)
    )


def _axis(scale: Scale, top: float, height: float) -> Markup:
    """The line that stands for zero; a dotted one below everything where zero is out of sight."""
    if scale.low <= 0 <= scale.high and scale.low != scale.high:
        return _rule("chart__axis", top + height * (100 - scale.of(Decimal(0))) / 100)
    return _rule("chart__axis chart__axis--cut", top + height + 0.6)


def _rule(css: str, y: float, value: Decimal | None = None) -> Markup:
    data = "" if value is None else Markup(' data-value="{}"').format(value)
    return Markup('<line class="{}"{} x1="0%" x2="100%" y1="{}em" y2="{}em"/>').format(css, data, short(y), short(y))


def _bar(point: Point, zero: float, end: float, y: float) -> Markup:
    """The bar from zero to its number; a pale one goes on where the number is a lower bound, all is pale for an upper one.
    What is not nothing is always seen."""
    width = max(abs(end - zero), LEAST if point.value else 0.0)
    left = min(max(zero - width if point.value < 0 else zero, 0.0), 100.0 - width)
    end = left if point.value < 0 else left + width
    beyond = _rect("chart__open", end, 100 - end, y, BAR) if point.bound == "gte" else Markup("")
    bar = Markup('<rect class="{}" data-value="{}" x="{}%" y="{}em" width="{}%" height="{}em"/>').format(
        "chart__most" if point.bound == "lte" else "chart__bar", point.value, short(left), short(y), short(width), short(BAR)
    )
    return Markup("{}{}").format(beyond, bar)


_SHAPES = {
    "eq": Markup('<circle r=".38em"/>'),
    "gte": Markup('<path d="M0-8L8 6H-8Z"/>'),
    "lte": Markup('<path d="M0 8L8-6H-8Z"/>'),
}


def _dot(point: Point, x: float, y: float) -> Markup:
    return Markup(
        '<svg class="chart__dot chart__dot--{}" data-value="{}" x="{}%" y="{}em" width="100%" height="100%">{}</svg>'
    ).format(point.bound, point.value, short(x), short(y), _SHAPES[point.bound])


def _along_axis(
    points: Sequence[Point], where: Sequence[tuple[float, float]], texts: Sequence[str], css: str
) -> list[Markup]:
    """Texts beside their points, as many as stand clear of each other on a narrow phone, the last one first."""
    placed: list[tuple[float, float, Markup]] = []
    order = [len(texts) - 1, *range(len(texts) - 1)] if texts else []
    for index in order:
        x, y = where[index]
        text = texts[index]
        wide = width_of(text)
        if wide > ROOM:
            continue  # it stands in the table
        anchor, left = anchored(x / 100 * ROOM, wide)
        if all(left + wide + 0.5 <= start or end + 0.5 <= left for start, end, _ in placed):
            placed.append((left, left + wide, _text_block([text], x, y, anchor, css)))
    return [each for _, _, each in sorted(placed, key=lambda each: each[0])]


def _segment(look: int, x: float, width: float, y: float, count: int) -> Markup:
    return Markup(
        '<rect class="chart__part chart__part--{}" data-value="{}" x="{}%" y="{}em" width="{}%" height="{}em"/>'
    ).format(look, count, short(x), short(y), short(width), short(BAR * 1.6))


def _legend(shares: Sequence[Share], parts: list[Markup]) -> float:
    """Swatches with their names, in as many lines as they need. Returns where the next thing may begin, in em."""
    x, y = 0.0, 0.0
    for each in shares:
        name = wrap(each.label, MEASURE - 2)[0]
        need = 1.4 + width_of(name) + 1
        if x and x + need > MEASURE + 1:
            x, y = 0.0, y + LINE
        parts.append(
            Markup('<rect class="chart__part chart__part--{}" x="{}em" y="{}em" width="1em" height="1em"/>').format(
                each.look, short(x), short(y + 0.25)
            )
        )
        parts.append(
            Markup('<text class="chart__soft" x="{}em" y="{}em">{}</text>').format(short(x + 1.4), short(y + 1.1), name)
        )
        x += need
    return y + LINE + 0.6 if shares else 0.0
