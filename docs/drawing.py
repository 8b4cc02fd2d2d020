"""Draws the rooms of the package as they import each other, on floors: a room stands above all that it imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

import generator

PACKAGE = Path(generator.__file__).parent
Graph = Mapping[str, frozenset[str]]

KINDS = "kinds.*"
_LEFT_OUT = frozenset({"generator", "__main__"})  # the package's own version, and what only starts the commands
_GROUPED = {  # small rooms inside of a room that nothing else tells apart
    "yaml.mending": "yaml",
    "media.formats": "media",
    "media.workers": "media",
    "outputs.data.formats": "outputs.data",
}


def modules() -> Mapping[str, Path]:
    """The dotted name of every module without ``generator.`` → its file."""
    found = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        parts = file.relative_to(PACKAGE).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts) or "generator"] = file
    return found


def room_of(module: str, known: Mapping[str, Path]) -> str:
    """The folder in which a module stands, or the module itself where it stands alone."""
    is_folder = known[module].name == "__init__.py"
    return module if is_folder or "." not in module else module.rpartition(".")[0]


def _drawn(room: str) -> str:
    return KINDS if room.startswith("kinds.") else _GROUPED.get(room, room)


def _imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def graph() -> Graph:
    """Drawn room → the drawn rooms that it imports."""
    known = modules()
    found: dict[str, set[str]] = {}
    for name, file in known.items():
        room = _drawn(room_of(name, known))
        below = found.setdefault(room, set())
        for each in _imports(file):
            target = each.removeprefix("generator.")
            while target and target not in known:
                target = target.rpartition(".")[0]
            if each.startswith("generator.") and target:
                below.add(_drawn(room_of(target, known)))
    found["kinds"].add(KINDS)  # it imports them by their names
    return {room: frozenset(below - {room} - _LEFT_OUT) for room, below in found.items() if room not in _LEFT_OUT}


def floors(rooms: Graph) -> list[list[str]]:
    """The rooms by their floor, the lowest first: one more than the highest of the rooms that they import."""
    heights: dict[str, int] = {}

    def height(room: str) -> int:
        if room not in heights:
            heights[room] = max((height(each) + 1 for each in rooms[room]), default=0)
        return heights[room]

    found: list[list[str]] = [[] for _ in range(max(map(height, rooms)) + 1)]
    for room in sorted(rooms):
        found[heights[room]].append(room)
    return found


def reduced(rooms: Graph) -> Graph:
    """Without the arrows that go without saying: to what another imported room imports already."""
    reached: dict[str, frozenset[str]] = {}

    def reach(room: str) -> frozenset[str]:
        if room not in reached:
            reached[room] = frozenset(rooms[room]).union(*map(reach, rooms[room]))
        return reached[room]

    return {
        room: frozenset(each for each in below if not any(each in reach(other) for other in below))
        for room, below in rooms.items()
    }


WIDTH, TALL, HIGH, GAP = 760, 54, 28, 22  # of the drawing, a floor, a box, and between boxes
_STYLE = (
    "text{font:13px ui-monospace,Menlo,Consolas,monospace;fill:#23211f;text-anchor:middle}"
    "rect{fill:#fffdf8;stroke:#9b8f7a;rx:4}"
    "rect.ground{fill:none;stroke:none}"
    "path{fill:none;stroke:#8d99a6;stroke-width:1.3}"
    "marker path{fill:#8d99a6;stroke:none}"
)
_POINT = (
    '<defs><marker id="to" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
    '<path d="M0 0L8 4L0 8z"/></marker></defs>'
)


def svg() -> str:
    """The drawing. A long arrow passes the floors between in gaps that are kept for it like rooms."""
    arrows = reduced(graph())
    rows, chains = _with_passages(floors(arrows), arrows)
    _ordered(rows, chains)
    at = _places(rows, chains)
    height = TALL * len(rows) + 20
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img">',
        "<title>The rooms of the package; arrows lead from a room to what it imports</title>",
        f"<style>{_STYLE}</style>",
        f'<rect width="{WIDTH}" height="{height}" style="fill:#fff;stroke:none"/>',
        _POINT,
    ]
    parts += (f'<path d="{_line([at[each] for each in chain])}" marker-end="url(#to)"/>' for chain in chains)
    for name, (x, y) in at.items():
        if isinstance(name, str):
            wide = _width(name)
            parts.append(f'<rect x="{x - wide / 2:g}" y="{y - HIGH / 2:g}" width="{wide:g}" height="{HIGH}"/>')
            parts.append(f'<text x="{x:g}" y="{y + 4:g}">{escape(name)}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


Node = str | tuple[str, str, int]  # a room, or the gap for an arrow on a floor


def _with_passages(rows: list[list[str]], arrows: Graph) -> tuple[list[list[Node]], list[list[Node]]]:
    floor = {room: number for number, row in enumerate(rows) for room in row}
    filled: list[list[Node]] = [[*row] for row in rows]
    chains: list[list[Node]] = []
    for room in sorted(arrows):
        for below in sorted(arrows[room]):
            passages: list[Node] = [(room, below, each) for each in range(floor[room] - 1, floor[below], -1)]
            for number, each in zip(range(floor[room] - 1, floor[below], -1), passages, strict=True):
                filled[number].append(each)
            chains.append([room, *passages, below])
    return filled, chains


def _ordered(rows: list[list[Node]], chains: list[list[Node]]) -> None:
    """Order each floor so that arrows cross seldom: by the mean place of what stands above and below, over and over."""
    near: dict[Node, list[Node]] = {}
    for chain in chains:
        for upper, lower in zip(chain, chain[1:], strict=False):
            near.setdefault(upper, []).append(lower)
            near.setdefault(lower, []).append(upper)
    best, fewest = [[*row] for row in rows], _crossings(rows, chains)
    for turn in range(60):
        for number in range(len(rows)) if turn % 2 else reversed(range(len(rows))):
            beside = rows[number - 1] if turn % 2 and number else rows[number + 1] if not turn % 2 and number + 1 < len(rows) else []
            place = {each: (index + 0.5) / len(beside) for index, each in enumerate(beside)}
            own = {each: (index + 0.5) / len(rows[number]) for index, each in enumerate(rows[number])}

            def mean(each: Node, place: dict[Node, float] = place, own: dict[Node, float] = own) -> float:
                found = [place[other] for other in near.get(each, ()) if other in place]
                return sum(found) / len(found) if found else own[each]

            rows[number].sort(key=mean)
        crossings = _crossings(rows, chains)
        if crossings < fewest:
            best, fewest = [[*row] for row in rows], crossings
    rows[:] = best


def _crossings(rows: list[list[Node]], chains: list[list[Node]]) -> int:
    index = {each: (number, at) for number, row in enumerate(rows) for at, each in enumerate(row)}
    steps: dict[int, list[tuple[int, int]]] = {}
    for chain in chains:
        for upper, lower in zip(chain, chain[1:], strict=False):
            steps.setdefault(index[upper][0], []).append((index[upper][1], index[lower][1]))
    return sum(
        (a - c) * (b - d) < 0 for each in steps.values() for at, (a, b) in enumerate(each) for c, d in each[:at]
    )


def _width(node: Node) -> float:
    return len(node) * 8 + 18 if isinstance(node, str) else 4


def _places(rows: list[list[Node]], chains: list[list[Node]]) -> dict[Node, tuple[float, float]]:
    """Where each stands: every floor in its order, nearer and nearer to what its arrows lead to."""
    near: dict[Node, list[Node]] = {}
    for chain in chains:
        for upper, lower in zip(chain, chain[1:], strict=False):
            near.setdefault(upper, []).append(lower)
            near.setdefault(lower, []).append(upper)
    across = {}
    for row in rows:
        begin = (WIDTH - sum(map(_width, row)) - GAP * (len(row) - 1)) / 2
        for each in row:
            across[each] = begin + _width(each) / 2
            begin += _width(each) + GAP
    for _ in range(400):
        for row in rows:
            for number, each in enumerate(row):
                found = [across[other] for other in near.get(each, ())]
                least, most = _width(each) / 2 + GAP, WIDTH - _width(each) / 2 - GAP
                if number:
                    least = across[row[number - 1]] + (_width(row[number - 1]) + _width(each)) / 2 + GAP
                if number + 1 < len(row):
                    most = across[row[number + 1]] - (_width(row[number + 1]) + _width(each)) / 2 - GAP
                if found and least <= most:
                    across[each] = min(max(sum(found) / len(found), least), most)
    high = len(rows) - 1
    return {
        each: (round(across[each], 1), TALL * (high - number) + TALL / 2 + 10)
        for number, row in enumerate(rows)
        for each in row
    }


def _line(points: list[tuple[float, float]]) -> str:
    """A smooth line from below the first point to above the last."""
    (x, y), (end_x, end_y) = points[0], points[-1]
    path = [(x, y + HIGH / 2), *points[1:-1], (end_x, end_y - HIGH / 2)]
    drawn = f"M{path[0][0]:g} {path[0][1]:g}"
    for (x, y), (to_x, to_y) in zip(path, path[1:], strict=False):
        middle = (y + to_y) / 2
        drawn += f"C{x:g} {middle:g} {to_x:g} {middle:g} {to_x:g} {to_y:g}"
    return drawn


def table() -> str:
    """The rooms as a Markdown table, the lowest floor first: what each is for, and its modules."""
    known = modules()
    order = [room for row in floors(graph()) for room in row]
    rows = []
    for room in sorted({room_of(each, known) for each in known} - _LEFT_OUT, key=lambda each: (order.index(_drawn(each)), each)):
        inside = [each.rpartition(".")[2] for each in known if room_of(each, known) == room and each != room]
        doc = (ast.get_docstring(ast.parse(known[room].read_text("utf-8"))) or "").split("\n\n")[0].replace("\n", " ")
        first = doc.partition(". ")[0].rstrip(".").replace("``", "`").replace("|", "\\|")
        rows.append(f"| `{room}` | {first} | {', '.join(f'`{each}`' for each in inside)} |")
    return "| room | what it is for | modules |\n| --- | --- | --- |\n" + "\n".join(rows) + "\n"
