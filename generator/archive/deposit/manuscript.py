"""What the PDF of a frozen year is set from, as files of one folder: texts are data in them (JSON) and never markup, and hold
only what the fonts can show."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.archive.deposit import pictures, setting
from generator.archive.facts import Facts
from generator.archive.items import Piece
from generator.archive.sources import Sources, media_type
from generator.messages import Language, say
from generator.text.legible import printable

_WIDEST, _HIGHEST = 122.0, 96.0  # millimetres of a picture
_PER_INCH = 133  # pixels, so that a small mark is not blown up
_INCH = 25.4  # millimetres
_LINE = 5.0  # millimetres, about
_LETTERS = 40  # of a line


@dataclass(frozen=True, slots=True)
class Entry:
    """A record in the book: its headings (the title of the kind where it is the first of it, and its own), and about how many
    lines it takes."""

    headings: tuple[tuple[int, str], ...]
    lines: int


def written(pieces: Sequence[Piece], files: Sources, facts: Facts, folder: Path) -> list[Entry]:
    """Write what the records of the book are set from into ``folder``, with the templates, and tell of each of them."""
    for name in setting.TEMPLATES:
        shutil.copyfile(Path(__file__).with_name(name), folder / name)
    _write(folder / "facts.json", _facts(facts))
    found = []
    for number, each in enumerate(pieces):
        opens = number == 0 or pieces[number - 1].item.kind != each.item.kind
        record = _legible({"kind": each.item.kind_title if opens else None, **_record(each, files, facts, folder)})
        _write(folder / f"record-{number}.json", record)
        headings = (*(((1, record["kind"]),) if opens else ()), (2, record["title"]))
        found.append(Entry(headings, _lines(record)))
    return found


def write_front(facts: Facts, count: int, pages: Sequence[Sequence[Mapping[str, Any]]], folder: Path) -> None:
    """Write what the front of a book of ``count`` records is set from into ``folder``. ``pages`` are the headings of each page of
    the records: ``level``, ``title``, and ``y`` in points."""
    front = {
        "facts": _facts(facts),
        "words": {
            "subtitle": say("archive.pdf.subtitle", "zh", year=facts.year),
            "imprint": say("archive.pdf.imprint", "zh"),
            "contents": say("archive.pdf.contents", "zh"),
            "note": _note(facts, count, "zh"),
            "note_en": _note(facts, count, "en"),
        },
        "imprint": list(_imprint(facts, count)),
    }
    _write(folder / "front.json", {**_legible(front), "pages": pages})


def _write(file: Path, data: Any) -> None:
    file.write_text(json.dumps(data, ensure_ascii=False), "utf-8")


def _facts(facts: Facts) -> dict[str, Any]:
    day = facts.frozen_on
    values = {"title": facts.title, "organisation": facts.organisation, "year": facts.year, "day": [day.year, day.month, day.day]}
    found: dict[str, Any] = _legible(values)
    return found


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


def _record(piece: Piece, files: Sources, facts: Facts, folder: Path) -> dict[str, Any]:
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


def _lines(record: Mapping[str, Any]) -> int:
    texts = [value for _, value in (*record["about"], *record["fields"])] + [*record["text"]]
    high = sum(each["height"] for each in record["pictures"])
    return 3 + sum(1 + len(each) // _LETTERS for each in texts) + round(high / _LINE)


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
        yield {"file": name, "alt": each.alt, "caption": each.caption, "width": round(wide, 1), "height": wide * height / width}


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
