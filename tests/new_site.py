"""``python -m tests.new_site KIND``: a good and a bad fixture site of a kind of record, to begin with.

The good one holds the least that the kind's model takes, the bad one a handful of mistakes in the same record. Both are
written below ``tests/sites`` and are for their author to go on with; what exists is left alone.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from generator.catalog.kind import Kind
from generator.kinds import BY_NAME
from generator.schema.filling import fillings
from generator.schema.parts import reference_paths
from tests.helpers.driver import SiteDriver
from tests.helpers.places import SITES
from tests.helpers.records import CONTEXT

BASE = SITES / "good/unit"  # a configuration, and two units to name
UNIT, ID = "court", "first"
DAY = "2024-05-01"


class CannotBegin(Exception):
    """There is no such kind, it has its sites already, or its model takes nothing that can be guessed."""


def good_record(kind: Kind) -> dict[str, Any]:
    """The least that the model of ``kind`` takes as a public record."""
    known = {"id": ID, "status": "published", "published_on": DAY, "unit": UNIT}
    value = {name: given for name, given in known.items() if name in kind.model.model_fields}
    for path, named in reference_paths(kind.model):
        if named == "unit" and len(path) == 1 and kind.model.model_fields[str(path[0])].is_required():
            value[str(path[0])] = UNIT
    found = fillings(kind.model, value, CONTEXT)
    if not found:
        raise CannotBegin(f"the model of {kind.name} takes nothing that can be guessed")
    return found[0].model_dump(mode="json", by_alias=True, exclude_defaults=True)


def bad_record(kind: Kind) -> dict[str, Any]:
    """The same with mistakes: a key that nobody knows, a day that does not exist, a unit that is not there, and nothing
    in one field that has to be written."""
    record = good_record(kind) | {"nonsense": "x", "published_on": "2024-02-30"}
    if "unit" in record:
        record["unit"] = "nobody"
    fields = kind.model.model_fields.items()
    left_out = next((name for name, field in fields if field.is_required() and name not in ("id", "unit", "year")), "")
    return {name: value for name, value in record.items() if name != left_out}


def file_of(kind: Kind, record: Mapping[str, Any]) -> str:
    """Where a site keeps ``record``."""
    if kind.layout.form == "markdown":
        return f"{kind.layout.pattern.rstrip('/*')}/{ID}.md"
    return kind.layout.pattern.replace("{id}", ID).replace("{year}", str(record.get("year", DAY[:4])))


def text_of(kind: Kind, record: Mapping[str, Any]) -> str:
    """What stands in the file."""
    value = [dict(record)] if kind.layout.form == "roster" else dict(record)
    text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False)
    return f"---\n{text}---\n\n正文。\n" if kind.layout.form == "markdown" else text


def begin(name: str, sites: Path = SITES) -> list[SiteDriver]:
    """Write both sites of the kind ``name`` below ``sites``; returns them, the good one first."""
    if name not in BY_NAME:
        raise CannotBegin(f"no kind is called {name}; there are {', '.join(BY_NAME)}")
    kind = BY_NAME[name]
    wanted = {sites / "good" / name: good_record(kind), sites / "bad" / name: bad_record(kind)}
    for folder in wanted:
        if folder.exists():
            raise CannotBegin(f"{folder} is there already")
    for folder, record in wanted.items():
        shutil.copytree(BASE, folder, ignore=shutil.ignore_patterns("expected"))
        SiteDriver(folder).write(file_of(kind, record), text_of(kind, record))
    return [SiteDriver(folder) for folder in wanted]


def main(arguments: list[str]) -> int:
    """Write the sites, and say what the good one still lacks and how the expected files are filled in."""
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        good, bad = begin(arguments[0])
    except CannotBegin as reason:
        print(reason, file=sys.stderr)
        return 2
    print(f"{good.root}\n{bad.root}")
    for line in good.check().lines("en"):
        print(f"  still to do: {line}")
    print("Then fill in what is expected, and read it before you commit it:")
    print(f"  python -m pytest tests/whole/test_fixture_sites.py -k {arguments[0]} --update-expected")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
