"""What the browser loads to filter a wall: facets and their values, the cards, names, orders and dates.

Everything comes from the wall that also gives its plain pages, and the cards from the same templates, so a filtered wall
looks like any other. The files are classic scripts that put their part under a name into ``exhibitWall``: they load from
a folder as from a server. ``index.js`` comes first; the others are asked for when they are needed, by the digests in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from generator.catalog.record import Record
from generator.site.context import Listing, Made, Output, Public, Site
from generator.site.markup_shapes import by_shape
from generator.site.wall import FacetWithValues, Sort, Wall, name_of
from generator.text.pinyin import initials, spelled

CARDS = 200  # cards in one file
_ITEM = re.compile(r"<(/?)li\b")
_WORDS = (
    *("all", "matched", "more", "loading", "failed", "none", "loosen", "without", "find_without", "only", "every"),
    *("year", "day", "fold", "year_count", "sorted", "timeline", "active", "see", "printed"),
)


def outputs(wall: Wall) -> Iterator[Output | Listing]:
    """The files of ``wall``; none where there is nothing to choose from."""
    if not wall.is_filtered:
        return
    for number in range(-(-len(wall.records) // CARDS)):
        records = wall.records[number * CARDS : (number + 1) * CARDS]
        yield Output(_address(wall, f"cards-{number}"), wall.origin, partial(_cards, wall, f"cards-{number}", records))
    yield Output(_address(wall, "names"), wall.origin, partial(_names, wall))
    yield Output(_address(wall, "dates"), wall.origin, partial(_dates, wall))
    for each in wall.sorts:
        if each.key is not None:
            yield Output(_address(wall, f"by-{each.name}"), wall.origin, partial(_order, wall, each))
    yield Listing(_address(wall, "index"), wall.origin, partial(_index, wall))


def _address(wall: Wall, name: str) -> str:
    return f"{wall.data}{name}.js"


def _script(name: str, content: Any) -> bytes:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")  # ends of lines to older browsers
    return f'(window.exhibitWall=window.exhibitWall||{{}})["{name}"]={text};\n'.encode()


def _index(wall: Wall, made: Made) -> bytes:
    return _script(
        "index",
        {
            "count": len(wall.records),
            "cards": CARDS,
            "facets": [_facet(wall, each) for each in wall.facets],
            "files": {
                address.removeprefix(wall.data).removesuffix(".js"): made.digest(address)[:12]
                for address in made.files
                if address.startswith(wall.data)
            },
            "words": {each: made.word(f"wall.{each}", **_HOLES) for each in _WORDS}
            | {"dated": made.word(wall.dated_by)},
        },
    )


_HOLES = {"count": "{count}", "total": "{total}", "label": "{label}", "values": "{values}", "text": "{text}"} | {
    each: f"{{{each}}}" for each in ("year", "month", "day", "sort")
}


def _facet(wall: Wall, facet: FacetWithValues) -> dict[str, Any]:
    """A facet with its values, and for each record of the wall the number of its value: -1 for none, a list for
    several."""
    held: dict[str, list[int]] = {each.id: [] for each in wall.records}
    for number, value in enumerate(facet.values):
        for record in value.records:
            held[record.id].append(number)
    return {
        "name": facet.name,
        "label": facet.label,
        "values": [[each.id, each.label] for each in facet.values],
        "held": [mine[0] if len(mine) == 1 else mine or -1 for mine in held.values()],
    }


def _cards(wall: Wall, name: str, records: tuple[Record, ...], site: Site) -> bytes:
    file, macro = wall.macro
    markup = site.piece(file, macro, wall.base, [wall.card(each, site) for each in records], wall.level)
    return _script(name, by_shape(_items(markup)))


def _items(markup: str) -> Iterator[str]:
    """The items of a list, which may hold lists themselves."""
    depth, start = 0, 0
    for found in _ITEM.finditer(markup):
        if not found[1]:
            start = start if depth else found.start()
            depth += 1
        else:
            depth -= 1
            if not depth:
                yield markup[start : found.start()] + "</li>"


def _names(wall: Wall, public: Public) -> bytes:
    names = [name_of(each) for each in wall.records]
    return _script(
        "names",
        {
            "names": names,
            "lines": [_lines(each, public) for each in wall.records],
            "initials": [initials(each) for each in names],
            "sounds": [" ".join(each.rstrip("12345") for each in spelled(name)) for name in names],
        },
    )


def _lines(record: Record, public: Public) -> list[str]:
    """What a record says of itself, and what else it or its unit is called."""
    data = record.data
    unit = public.catalog.get("unit", getattr(data, "unit", None))
    called = (data, *((unit.data,) if unit else ()))
    names = (name for each in called for name in getattr(each, "aliases", ()))
    return [*filter(None, (getattr(data, "slogan", None),)), *names]


def _dates(wall: Wall, public: Public) -> bytes:
    return _script("dates", [int(wall.dated(each).replace("-", "")) for each in wall.records])


def _order(wall: Wall, sort: Sort, public: Public) -> bytes:
    """The numbers of the records in another order; where it has no preference they stay as they are."""
    assert sort.key is not None
    keys = [sort.key(each) for each in wall.records]
    return _script(f"by-{sort.name}", sorted(range(len(keys)), key=keys.__getitem__))
