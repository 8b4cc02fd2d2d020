"""Ids that name nothing, themselves, or what the public cannot see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.catalog.inspection import Inspection
from generator.catalog.record import ALL
from generator.messages import words
from generator.problems import Problem, problem
from generator.schema.validation import did_you_mean


def check(inspection: Inspection) -> Iterator[Problem]:
    """Every id that names nothing (REF-001), itself (REF-003), or what the public cannot see (REF-002)."""
    catalog, labels = inspection.catalog, inspection.labels
    names: dict[str, Mapping[str, str]] = {}
    for each in catalog.referrals:
        kind, id = each.target
        label = labels[kind] if kind in labels else words(f"kind.{kind}")
        target = catalog.get(kind, id)
        if each.source == each.target:
            yield problem("REF-003", each.span, id=id)
        elif target is None and not {each.target, (kind, ALL)} & catalog.broken:
            if kind not in names:
                names[kind] = catalog.names(kind)
            yield problem("REF-001", each.span, label=label, id=id, hint=did_you_mean(id, names[kind], names[kind]))
        elif target is not None and target.data.status != "published":
            source = catalog.get(*each.source)
            if source is not None and source.data.status == "published":
                yield problem("REF-002", each.span, label=label, id=id)
