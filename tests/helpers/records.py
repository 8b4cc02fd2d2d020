"""A good record of each kind, as a tree, and trees with one thing changed."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from generator.catalog.kind import Layout
from generator.config import SiteConfig
from generator.kinds import KINDS
from generator.kinds.brand.model import Brand
from generator.kinds.page import EditorialPage
from generator.kinds.unit.model import Unit
from generator.schema.fields import Part
from generator.yaml.strict import KeyPath
from tests.helpers.places import SITES

SMALL = SITES / "good/small"

CONTEXT: Mapping[str, Any] = {
    "choices": {
        "systems": {"zhengfa": "政法系统", "shehui": "社会事业系统"},
        "categories": {"fuwu": "为民服务", "fazhi": "法治护航"},
    },
    "limits": {"brand_name": (2, 12), "slogan": (1, 30)},
    "zone": ZoneInfo("Asia/Shanghai"),
}


def _plain(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506  strings only


def _first(layout: Layout, site: Path) -> Any:
    """The first record of a fixture site that stands where ``layout`` says."""
    record = _plain(sorted(site.glob(layout.pattern.replace("{id}", "*").replace("{year}", "*")))[0])
    return record[0] if layout.form == "roster" else record


GOOD: Mapping[type[Part], Any] = {
    **{kind.model: _first(kind.layout, SITES / "good" / kind.name) for kind in KINDS if kind.layout.form != "markdown"},
    Brand: _plain(SMALL / "brands/qingfeng/brand.yml"),
    Unit: _plain(SMALL / "content/units.yml")[2],
    EditorialPage: {"title": "关于", "status": "published", "published_on": "2024-05-01"},
    SiteConfig: _plain(SMALL / "site_config.yml"),
}


def spots(value: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*path, key)
        yield from spots(item, (*path, key))


def changed_at(value: Any, path: KeyPath, new: Any) -> Any:
    value = copy.deepcopy(value)
    holder = value
    for step in path[:-1]:
        holder = holder[step]
    if new is ...:
        del holder[path[-1]]
    else:
        holder[path[-1]] = new
    return value
