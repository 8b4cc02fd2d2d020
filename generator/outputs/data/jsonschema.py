"""JSON Schemas of the kinds and of the configuration, for editors: they complete keys and explain them in Chinese."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from generator.catalog.kind import Kind
from generator.config import SiteConfig
from generator.kinds import KINDS
from generator.ledger.tombstones import ABOUT, LABEL, TOMBSTONES, Tombstone

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
CONFIG_SCHEMA = "site_config"
TOMBSTONE_SCHEMA = PurePosixPath(TOMBSTONES).stem


def file_name(kind: str) -> str:
    """The file an entry's schema line names. A roster's schema describes the list, so it is named like the roster."""
    layout = next((each.layout for each in KINDS if each.name == kind), None)
    if layout is None or layout.form != "roster":
        return f"{kind}.json"
    return f"{PurePosixPath(layout.pattern).stem}.json"


def schema_of(kind: Kind, config: SiteConfig | None) -> dict[str, Any]:
    """The schema of a file of ``kind``, with the enumerations and limits of ``config`` where given."""
    schema = kind.model.model_json_schema()
    for part in (schema, *schema.get("$defs", {}).values()):
        part.pop("description", None)  # docstrings speak to programmers
    if config is not None:
        schema = configured(schema, config.choices, config.context["limits"])
    if kind.layout.form == "roster":
        definitions = schema.pop("$defs", {})
        schema = {"type": "array", "items": schema, "$defs": definitions}
    return {"$schema": _DIALECT, "title": kind.label.zh, "description": kind.about, **schema} | {"title": kind.label.zh}


def config_schema() -> dict[str, Any]:
    """The schema of ``site_config.yml``."""
    schema = SiteConfig.model_json_schema()
    for part in (schema, *schema.get("$defs", {}).values()):
        part.pop("description", None)
    return {"$schema": _DIALECT, **schema} | {"title": "站点配置"}


def tombstone_schema() -> dict[str, Any]:
    """The schema of ``content/tombstones.yml``."""
    schema = Tombstone.model_json_schema()
    schema.pop("description", None)
    return {"$schema": _DIALECT, "title": LABEL, "description": ABOUT, "type": "array", "items": schema}


def of_site() -> Mapping[str, dict[str, Any]]:
    """Name → schema of each file that holds no records."""
    return {CONFIG_SCHEMA: config_schema(), TOMBSTONE_SCHEMA: tombstone_schema()}


def all_schemas(config: SiteConfig | None) -> Mapping[str, str]:
    """File name → text of every schema."""
    schemas = {file_name(kind.name): schema_of(kind, config) for kind in KINDS}
    schemas |= {f"{name}.json": schema for name, schema in of_site().items()}
    return {name: as_text(schema) for name, schema in schemas.items()}


def as_text(schema: Mapping[str, Any]) -> str:
    """The schema as it is written to a file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def configured(node: Any, choices: Mapping[str, Mapping[str, str]], limits: Mapping[str, tuple[int, int]]) -> Any:
    """A schema, or a part of one, with the marks ``x-choices`` and ``x-limit`` turned into keywords editors know."""
    if isinstance(node, list):
        return [configured(each, choices, limits) for each in node]
    if not isinstance(node, dict):
        return node
    made = {key: configured(value, choices, limits) for key, value in node.items()}
    if isinstance(made.get("x-choices"), str):
        known = choices[made.pop("x-choices")]
        made |= {"enum": list(known), "markdownEnumDescriptions": list(known.values())}
    if isinstance(made.get("x-limit"), str):
        low, high = limits[made.pop("x-limit")]
        made |= {"minLength": low, "maxLength": high}
    return made
