"""What is not public is nowhere: drafts, withdrawn records and those of tomorrow, searched for in every byte."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.catalog.kind import Kind
from generator.kinds import KINDS
from tests.helpers.driver import SiteDriver

MARK = "甲乙丙丁密"
STATES: dict[str, dict[str, Any]] = {
    "draft": {"status": "draft"},
    "review": {"status": "review"},
    "withdrawn": {"status": "withdrawn"},
    "tomorrow": {"published_on": date(2099, 1, 1), "updated_on": None, "revisions": None},
}
NAMED = ("name", "theme", "display_name", "title")


def _public(kind: Kind, root: Path) -> tuple[Path, Any, dict[str, Any]]:
    """The first public record of a kind: its file, all that stands in it, and the record itself."""
    for file in sorted(root.glob(kind.layout.pattern.replace("{id}", "*").replace("{year}", "*"))):
        value = yaml.safe_load(file.read_text("utf-8"))
        record = value[0] if kind.layout.form == "roster" else value
        if record.get("status", "published") == "published" and str(record.get("published_on", ""))[:4] < "2026":
            return file, value, record
    raise AssertionError(f"the good site of {kind.name} shows nothing")


def _mark(kind: Kind, root: Path, changes: dict[str, Any]) -> None:
    """Give a public record a name that stands nowhere else, and ``changes``."""
    file, value, record = _public(kind, root)
    for each in NAMED:
        if each in kind.model.model_fields and (each == "title" or each in record):
            record[each] = MARK
    if "announced_on" in record and "published_on" in changes:
        changes = {**changes, "announced_on": "2099-01-01T10:00"}
    record |= changes
    for each in [key for key, kept in record.items() if kept is None]:
        del record[each]
    file.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), "utf-8")


def _marked(driver: SiteDriver) -> set[str]:
    return {name for name, content in driver.files().items() if MARK.encode() in content}


PLAIN = [kind for kind in KINDS if kind.layout.form != "markdown"]


@pytest.mark.parametrize("kind", PLAIN, ids=lambda kind: kind.name)
def test_the_name_of_a_public_record_is_found(kind: Kind, site: Callable[[str], SiteDriver]) -> None:
    driver = site(f"good/{kind.name}")
    _mark(kind, driver.root, {})
    driver.build()
    assert driver.is_published(), driver.lines()
    assert _marked(driver), "the search would find nothing in any case"


FOUNDED_LATER = {"valid_from": date(2099, 1, 1), "valid_to": None, "successor": None}


def _cases() -> Iterator[Any]:
    for kind in PLAIN:
        for state, changes in STATES.items():
            if state != "tomorrow" or kind.model.is_dated:
                yield pytest.param(kind, changes, id=f"{kind.name}-{state}")
            elif "valid_from" in kind.model.model_fields:
                yield pytest.param(kind, FOUNDED_LATER, id=f"{kind.name}-{state}")


@pytest.mark.parametrize(("kind", "changes"), list(_cases()))
def test_the_name_of_what_is_not_public_is_nowhere(
    kind: Kind, changes: dict[str, Any], site: Callable[[str], SiteDriver]
) -> None:
    driver = site(f"good/{kind.name}")
    _mark(kind, driver.root, changes)
    driver.build()
    assert driver.is_published(), driver.lines()
    assert _marked(driver) == set()
