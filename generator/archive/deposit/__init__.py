"""Everything that is handed over of a frozen year, in one folder: the bag, its zip, the web archive, the records as one
PDF and as a folder for an archive office, its zip, and the sums."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from generator.archive import bag, crate, sums, wacz, zipped
from generator.archive.deposit import handover, pdf
from generator.archive.facts import Facts
from generator.archive.items import Item, numbered
from generator.archive.sources import Refused, Sources, gather, sha256_of
from generator.archive.warc import INDEX
from generator.ledger.keeping import told
from generator.messages import LANGUAGES, say

README = "README.txt"
HANDOVER = "-handover"  # ends the name of the folder for an archive office


def write(
    folder: Path,
    facts: Facts,
    out: Path,
    sign: Callable[[bytes], bytes] | None = None,
    items: Sequence[Item] = (),
    beside: Mapping[str, bytes] = MappingProxyType({}),
) -> None:
    """Write the deposit of the files below ``folder`` into the new folder ``out``. ``sign`` makes the signature of the
    sums. ``items`` are the records of the year; without any there is no PDF and no folder for an archive office.
    ``beside`` are files that lie beside the folder of the year in the bag. It is made beside ``out`` and comes to be there whole or not at all. Raises ``Refused`` for files that no deposit can be
    made of, and where something lies at ``out``."""
    if out.exists() or out.is_symlink():
        raise Refused("archive.there", name=str(out))
    files = gather(folder)
    staging = out.with_name(f".{out.name}.building")
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    try:
        _fill(staging, files, facts, items, beside, sign)
        staging.rename(out)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _fill(
    folder: Path,
    files: Sources,
    facts: Facts,
    items: Sequence[Item],
    beside: Mapping[str, bytes],
    sign: Callable[[bytes], bytes] | None,
) -> None:
    payload: dict[str, Path | bytes] = {**{f"{facts.year}/{name}": source for name, source in files.items()}, **beside}
    start = f"{facts.year}/{INDEX}" if INDEX in files else ""
    described = {**payload, crate.CRATE: crate.written(payload, facts, start, _origins(items, facts))}
    bag.write(folder / facts.stem, described, facts)
    packed = {f"{facts.stem}/{name}": source for name, source in gather(folder / facts.stem).items()}
    zipped.write(folder / f"{facts.stem}.zip", packed, facts.frozen_on)
    wacz.write(folder / f"{facts.stem}.wacz", files, facts)
    if items:
        _companions(folder, files, facts, items)
    (folder / README).write_bytes(_readme(facts, has_items=bool(items)).encode())
    content = sums.written({name: sha256_of(source) for name, source in gather(folder).items()})
    (folder / sums.SUMS).write_bytes(content)
    if sign is not None:
        (folder / sums.SIGNATURE).write_bytes(sign(content))


def _origins(items: Sequence[Item], facts: Facts) -> dict[str, list[str]]:
    """Page → the records that it shows."""
    found: dict[str, dict[str, None]] = {}
    for each in items:
        found.setdefault(f"{facts.year}/{each.page}", {})[f"{facts.year}/{each.source}"] = None
    return {page: [*sources] for page, sources in found.items()}


def _companions(folder: Path, files: Sources, facts: Facts, items: Sequence[Item]) -> None:
    """The records by themselves: as one PDF, and as a folder for an archive office with its zip."""
    pieces = numbered(items, facts)
    book = folder / f"{facts.stem}.pdf"
    pdf.write(book, pieces, files, facts)
    name = f"{facts.stem}{HANDOVER}"
    handover.write(folder / name, pieces, files, facts, {book.name: book})
    packed = {f"{name}/{each}": source for each, source in gather(folder / name).items()}
    zipped.write(folder / f"{name}.zip", packed, facts.frozen_on)


def _readme(facts: Facts, *, has_items: bool) -> str:
    """What somebody reads who has nothing but the folder, in both languages."""
    values = {
        "title": facts.title,
        "organisation": facts.organisation,
        "year": facts.year,
        "day": facts.frozen_on.isoformat(),
        "stem": facts.stem,
        "software": facts.software,
        "start": f"{facts.stem}/data/{facts.year}/{INDEX}",
    }
    keys = ("archive.readme", *(("archive.readme.items",) if has_items else ()))
    return "\n\n".join(say(key, language, **values, **told(language, facts.retention, facts.contact, facts.commit)) for language in LANGUAGES for key in keys) + "\n"
