"""``ro-crate-metadata.json``: what the files are and where they come from, for machines (RO-Crate 1.3)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from generator.archive.facts import Facts
from generator.archive.sources import Sources, in_order, media_type, sha256_of, size_of

CRATE = "ro-crate-metadata.json"
_VERSION = "https://w3id.org/ro/crate/1.3"
_ROOT, _PUBLISHER, _CONTACT, _PROGRAM, _FREEZING, _LICENCE = "./", "#publisher", "#contact", "#exhibit", "#freezing", "#licence"


def written(files: Sources, facts: Facts, start: str = "", origins: Mapping[str, Sequence[str]] = MappingProxyType({})) -> bytes:
    """The description of ``files``, which lie beside it; ``start`` is the page to begin with, ``origins`` are the files that
    a page was made from."""
    graph = [
        {"@id": CRATE, "@type": "CreativeWork", "about": {"@id": _ROOT}, "conformsTo": {"@id": _VERSION}},
        _root(files, facts, start),
        *_context(facts),
        *(_file(name, files, origins.get(name, ())) for name in in_order(files)),
    ]
    return (json.dumps({"@context": f"{_VERSION}/context", "@graph": graph}, ensure_ascii=False, indent=1) + "\n").encode()


def _root(files: Sources, facts: Facts, start: str) -> dict[str, Any]:
    """The crate itself (RO-Crate 1.3, Root Data Entity)."""
    more = {"url": facts.address} if facts.address else {}
    return {
        "@id": _ROOT,
        "@type": "Dataset",
        "name": facts.title,
        "description": facts.description or facts.title,
        "datePublished": facts.frozen_on.isoformat(),
        "temporalCoverage": str(facts.year),
        "license": {"@id": _LICENCE},
        "publisher": {"@id": _PUBLISHER},
        "mentions": {"@id": _FREEZING},
        **more,
        **({"mainEntity": {"@id": _address(start)}} if start else {}),
        "hasPart": [{"@id": _address(name)} for name in in_order(files)],
    }


def _context(facts: Facts) -> list[dict[str, Any]]:
    """Who answers for it, under which terms, and which program made it (RO-Crate 1.3, Contextual Entities, Provenance)."""
    licence = facts.licence or "未另行声明，以各页和各条记录所写为准 / not stated otherwise: see each page and record"
    freezing = {
        "@id": _FREEZING,
        "@type": "CreateAction",
        "name": f"Freezing of {facts.year}",
        "endTime": facts.frozen_on.isoformat(),
        "agent": {"@id": _PUBLISHER},
        "instrument": {"@id": _PROGRAM},
        "result": {"@id": _ROOT},
    }
    if facts.commit:
        freezing["description"] = f"Made from the sources at commit {facts.commit}"
    return [
        {"@id": _LICENCE, "@type": "CreativeWork", "name": licence, "description": licence},
        {"@id": _PUBLISHER, "@type": "Organization", "name": facts.organisation, "contactPoint": {"@id": _CONTACT}},
        {"@id": _CONTACT, "@type": "ContactPoint", "name": facts.contact, "contactType": "archive"},
        {"@id": _PROGRAM, "@type": "CreativeWork", "name": facts.software, "version": facts.version},
        freezing,
    ]


def _file(name: str, files: Sources, origins: Sequence[str]) -> dict[str, Any]:
    return {
        "@id": _address(name),
        "@type": "File",
        "name": name,
        "encodingFormat": media_type(name),
        "contentSize": str(size_of(files[name])),
        "sha256": sha256_of(files[name]),
        **({"isBasedOn": [{"@id": _address(each)} for each in origins]} if origins else {}),
    }


def _address(path: str) -> str:
    """A path as the relative address of its file. Only signs of ASCII are escaped (RO-Crate 1.3, Data Entities: the rest
    is written as it is, RFC 3987)."""
    return "".join(each if ord(each) > 127 else quote(each, "/!$&'()*+,;=@~") for each in path)
