"""All records of a frozen year as one PDF to be read from the first page to the last: PDF/A-2a (ISO 19005-2), tagged as
PDF/UA-1 (ISO 14289-1) asks, with bookmarks by kind and record.

Typst sets it from ``year.typ``, in a process of its own (``setting``). What records hold reaches it as data and never as markup, so no text can command it. It
asks no clock, no network and no fonts but those that are installed with this program.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from generator.archive.deposit import pictures, setting
from generator.archive.facts import Facts
from generator.archive.items import Piece
from generator.archive.sources import Refused, Sources, media_type
from generator.messages import Language, say
from generator.system import forks, lifeline
from generator.text.legible import in_line, printable

_DATA = "year.json"
_LONGEST = 3600  # seconds of a processor that it may take
_REASON = 400  # letters of an error
_WIDEST, _HIGHEST = 122.0, 96.0  # millimetres of a picture
_PER_INCH = 133  # pixels, so that a small mark is not blown up
_INCH = 25.4  # millimetres


def write(file: Path, pieces: Sequence[Piece], files: Sources, facts: Facts) -> None:
    """Write the PDF of ``pieces`` into the new ``file``. A folder beside it, gone afterwards, holds what it is made of.
    Raises ``Refused`` where Typst is not installed, and where it cannot set them."""
    if not _has_typst():
        raise Refused("archive.no_typst")
    with tempfile.TemporaryDirectory(prefix=".pdf-", dir=file.parent) as name:
        folder = Path(name)
        shutil.copyfile(Path(__file__).with_name(setting.TEMPLATE), folder / setting.TEMPLATE)
        with forks.aside(partial(_prepare, pieces, files, facts, folder), 2) as prepared:  # what it needs ends with it
            prepared()
        _compile(folder.absolute(), file.absolute(), facts)


def _prepare(pieces: Sequence[Piece], files: Sources, facts: Facts, folder: Path) -> None:
    """Write what the book is made of into ``folder``."""
    data = _data(pieces, files, facts, folder)
    (folder / _DATA).write_text(json.dumps(_legible(data), ensure_ascii=False), "utf-8")


def _compile(folder: Path, file: Path, facts: Facts) -> None:
    import pylopdf_fonts_zh_cn as letters

    moment = datetime(facts.frozen_on.year, facts.frozen_on.month, facts.frozen_on.day, tzinfo=UTC)
    fonts = sorted({str(each.parent) for each in (letters.serif_path(), letters.sans_path())})
    tied = [] if sys.platform == "win32" else [sys.executable, "-S", lifeline.__file__, str(os.getpid()), str(_LONGEST)]
    command = [*tied, sys.executable, setting.__file__, str(folder), str(file), str(int(moment.timestamp())), *fonts]
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, check=False, env={**os.environ, **setting.ENVIRONMENT}
    )
    said = done.stdout.decode("utf-8", "replace") if done.returncode == 0 else f"{done.returncode} {done.stderr.decode('utf-8', 'replace')[-_REASON:]}"
    if said:
        raise Refused("archive.pdf_fails", reason=in_line(said))


def _has_typst() -> bool:
    try:
        return find_spec("typst") is not None
    except ValueError:  # something else is there by its name
        return False


def _data(pieces: Sequence[Piece], files: Sources, facts: Facts, folder: Path) -> dict[str, Any]:
    kinds: dict[str, dict[str, Any]] = {}
    for each in pieces:
        kind = kinds.setdefault(each.item.kind, {"title": each.item.kind_title, "items": []})
        kind["items"].append(_piece(each, files, facts, folder))
    day = facts.frozen_on
    return {
        "facts": {
            "title": facts.title,
            "organisation": facts.organisation,
            "year": facts.year,
            "day": [day.year, day.month, day.day],
        },
        "words": {
            "subtitle": say("archive.pdf.subtitle", "zh", year=facts.year),
            "imprint": say("archive.pdf.imprint", "zh"),
            "contents": say("archive.pdf.contents", "zh"),
            "note": _note(facts, len(pieces), "zh"),
            "note_en": _note(facts, len(pieces), "en"),
        },
        "imprint": list(_imprint(facts, len(pieces))),
        "kinds": list(kinds.values()),
    }


def _note(facts: Facts, count: int, language: Language) -> list[str]:
    values = {"stem": facts.stem, "year": facts.year, "count": count, "organisation": facts.organisation}
    return say("archive.pdf.note", language, **values).split("\n")


def _imprint(facts: Facts, count: int) -> Iterator[tuple[str, str]]:
    """What this is, when it was frozen, from which commit and by which version."""
    rows = {
        "title": facts.title,
        "organisation": facts.organisation,
        "contact": facts.contact,
        "year": str(facts.year),
        "frozen_on": facts.frozen_on.isoformat(),
        "count": str(count),
        "retention": facts.retention,
        "commit": facts.commit,
        "software": facts.software,
        "address": facts.address,
        "licence": facts.licence,
    }
    return ((say(f"archive.label.{key}", "zh"), value) for key, value in rows.items() if value.strip())


def _piece(piece: Piece, files: Sources, facts: Facts, folder: Path) -> dict[str, Any]:
    item = piece.item
    about = {"number": piece.number, "responsible": item.responsible, "dated": item.dated}
    if facts.address:
        about["address"] = facts.base + item.page.removesuffix("index.html")
    about["source"] = item.source
    return {
        "title": item.title,
        "about": [(say(f"archive.label.{key}", "zh"), value) for key, value in about.items() if value],
        "pictures": list(_pictures(piece, files, folder)),
        "fields": item.fields,
        "text": item.text,
    }


def _pictures(piece: Piece, files: Sources, folder: Path) -> Iterator[Mapping[str, Any]]:
    """The pictures of a record, each as a file in ``folder``."""
    for number, each in enumerate(pictures.of_item(piece.item, files)):
        found = pictures.printed(files[each.file], each.file)
        if found is None:
            continue
        content, width, height = found
        name = f"{piece.item.kind}-{piece.serial}-{number}.svg"
        (folder / name).write_text(_wrapped(content, width, height), "ascii")
        wide = min(_WIDEST, width / _PER_INCH * _INCH, _HIGHEST * width / height)
        yield {"file": name, "alt": each.alt, "caption": each.caption, "width": round(wide, 1)}


def _wrapped(photo: bytes, width: int, height: int) -> str:
    """A drawing (SVG 1.1) of nothing but the photo: of a bare one Typst keeps every pixel in memory until it has ended."""
    size = f'width="{width}" height="{height}"'
    data = base64.b64encode(photo).decode("ascii")
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image {size} href="data:{media_type("a.jpg")};base64,{data}"/></svg>'


def _legible(value: Any) -> Any:
    """The data with every text as the fonts can show it: a letter that none has would be no PDF/A."""
    from generator.media.cards.typesetting import legible

    if isinstance(value, str):
        return legible(printable(value))
    if isinstance(value, Mapping):
        return {key: _legible(each) for key, each in value.items()}
    return [_legible(each) for each in value] if isinstance(value, (list, tuple)) else value
