"""Records that are not public, made from those of the good sites."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from generator.catalog.kind import Kind
from generator.kinds import KINDS

MARK = "甲乙丙丁密"
SIGN = "〔未公开〕"  # what a preview says of it
HALF = "id: banxie\nname: 半写\nunit: court\nstatus: draft\n"  # a brand that somebody began

STATES: dict[str, dict[str, Any]] = {
    "draft": {"status": "draft"},
    "review": {"status": "review"},
    "withdrawn": {"status": "withdrawn"},
    "tomorrow": {"published_on": date(2099, 1, 1), "updated_on": None, "revisions": None},
}

NAMED = ("name", "theme", "display_name", "title")


def public_record(kind: Kind, root: Path) -> tuple[Path, Any, dict[str, Any]]:
    """The first public record of a kind: its file, all that stands in it, and the record itself."""
    for file in sorted(root.glob(kind.layout.pattern.replace("{id}", "*").replace("{year}", "*"))):
        value = yaml.safe_load(file.read_text("utf-8"))
        record = value[0] if kind.layout.form == "roster" else value
        if record.get("status", "published") == "published" and str(record.get("published_on", ""))[:4] < "2026":
            return file, value, record
    raise AssertionError(f"the good site of {kind.name} shows nothing")


def hide(kind: Kind, root: Path, changes: dict[str, Any]) -> None:
    """Give a public record a name that stands nowhere else, and ``changes``."""
    file, value, record = public_record(kind, root)
    for each in NAMED:
        if each in kind.model.model_fields and (each == "title" or each in record):
            record[each] = MARK
    if "announced_on" in record and "published_on" in changes:
        changes = {**changes, "announced_on": "2099-01-01T10:00"}
    record |= changes
    for each in [key for key, kept in record.items() if kept is None]:
        del record[each]
    file.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), "utf-8")


PLAIN = [kind for kind in KINDS if kind.layout.form != "markdown"]
