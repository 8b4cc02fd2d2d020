"""The kinds of record. To add one: its module, its line here, its template, a good and a bad fixture site."""

from __future__ import annotations

from collections.abc import Mapping

from generator.catalog.kind import Kind
from generator.kinds import branch, brand, calendar, exhibition, page, pioneer, project, release, report, unit, video

KINDS: tuple[Kind, ...] = (
    unit.KIND,
    branch.KIND,
    brand.KIND,
    project.KIND,
    exhibition.KIND,
    video.KIND,
    release.KIND,
    report.KIND,
    pioneer.KIND,
    calendar.KIND,
    page.KIND,
)

BY_NAME: Mapping[str, Kind] = {kind.name: kind for kind in KINDS}
