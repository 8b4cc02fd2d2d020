"""Frozen years for tests: a folder of a year, its list of records and its lock, as a site has them once it is frozen."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from generator import __version__, policy
from generator.engines import Engine
from generator.engines.memory import MemoryEngine
from generator.kinds import KINDS
from generator.ledger.locks import Lock, digest_of, path_of, written
from generator.pipeline import build
from generator.stages.settings import Settings
from generator.text.addresses import output_file
from tests.helpers.driver import put_files

HEAD = '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title></head><body>{title}</body></html>\n'


def record(kind: str, id: str, title: str, address: str, dated: str = "") -> dict[str, str]:
    """A record of the list, but for the digest of its page."""
    source = f"archive/records/{address}{kind}.yml"
    return {"kind": kind, "id": id, "title": title, "address": address, "page": output_file(address.partition("#")[0]), "source": source, "dated": dated}


BRAND = record("brand", "qingfeng", "清风护航", "brands/qingfeng/", "2024-05-01")


def lay(
    root: Path, year: int, records: Sequence[Mapping[str, str]] = (BRAND,), more: Mapping[str, bytes] | None = None, **values: Any
) -> Lock:
    """Lay a frozen year with a plain page for each of ``records`` and ``more`` files below ``root``. ``values`` are of the lock."""
    files = {"index.html": _plain(f"{year} 年"), "README.txt": b"README\n"}
    files |= {each["page"]: _plain(f"{year} {each['title']}") for each in records}
    return seal(root, year, {**files, **(more or {})}, records, **values)


def _plain(title: str) -> bytes:
    return policy.seal(HEAD.format(title=title), title).encode()


def seal(root: Path, year: int, files: Mapping[str, bytes], records: Sequence[Mapping[str, str]], **values: Any) -> Lock:
    """Write ``files`` as the year, with the list of ``records``, a manifest if they have none, and the lock."""
    told = {"year": year, "frozen_on": date(year + 1, 1, 6), "commit": "c" * 40, "generator": __version__} | values
    title, thawed = told.pop("title", f"党建品牌展 {year} 年度"), told.pop("thawed", ())
    listed = [{**each, "sha256": sha256(files[each["page"]]).hexdigest()} for each in records]
    archive = {"format": "exhibition-archive", "version": 1, "title": title, **told, "frozen_on": told["frozen_on"].isoformat()}
    archive |= {"files": len(files), "bytes": sum(map(len, files.values())), "records": listed}
    whole = {**files, "archive/archive.json": as_json(archive)}
    if "manifest.json" not in whole:
        whole["manifest.json"] = as_json({"files": {name: {"sha256": sha256(each).hexdigest()} for name, each in files.items()}})
    folder = root / "archives" / str(year)
    shutil.rmtree(folder, ignore_errors=True)
    put_files(folder, whole)
    digest = digest_of({name: sha256(each).hexdigest() for name, each in whole.items()})
    lock = Lock(**told, title=title, digest=digest, files=len(whole), bytes=sum(map(len, whole.values())), thawed=thawed)
    put_files(root, {path_of(year): written(lock).encode()})
    return lock


def as_json(value: object) -> bytes:
    """As the files of a frozen year are written."""
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def freeze(root: Path, year: int, engine: Engine | None = None, **values: Any) -> Lock:
    """Freeze the edition of ``year`` of the site at ``root``, built for folders, without what else an archive holds."""
    out = root.parent / f"edition-{year}"
    settings = Settings(root, date(year + 1, 1, 6), year=year, links="file", cache=root.parent / "cache")
    outcome = build(settings, out, engine or MemoryEngine())
    public = outcome.survey.public
    assert outcome.published is not None and public is not None, outcome.survey.problems
    files = {each.relative_to(out).as_posix(): each.read_bytes() for each in out.rglob("*") if each.is_file()}
    records = [
        record(kind.name, each.id, each.data.heading, kind.address(each.id))
        for kind in KINDS
        if kind.address is not None
        for each in public.catalog.all(kind.name)
    ]
    shutil.rmtree(out)
    return seal(root, year, files, [each for each in records if each["page"] in files], **values)


def alter(root: Path, path: str, content: bytes | None) -> None:
    """Change a file of the frozen years, or remove it."""
    file = root / "archives" / path
    if content is None:
        file.unlink()
    else:
        put_files(root / "archives", {path: content})
