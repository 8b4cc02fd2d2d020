"""Whether the records of a frozen year still make it: built once more in a passing folder, and compared file by file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import generator
from generator.archive.verify.report import Report, found
from generator.engines import Engine
from generator.freeze import described, sums_of
from generator.pages import frozen as pages
from generator.pipeline import build
from generator.problems import Problem
from generator.stages.settings import Settings

_MOST = 50  # files that are told


def rebuilt(report: Report, path: Path, engine: Engine) -> Report:
    """``report`` of what lies at ``path`` with what is found when each frozen year in that folder is made again. What another
    version made is left to a person, who is told which. Raises ``OSError``, and what a build raises."""
    for folder in _years(path):
        place = folder.relative_to(path).as_posix()
        before = "" if place == "." else f"{place}/"
        known = described(folder / pages.RECORDS)
        if known is None:
            continue
        year, frozen = known
        if frozen.version != generator.__version__:
            report = report.plus([found("ARC-113", f"{before}{pages.INDEX}", version=frozen.version, known=generator.__version__)])
            continue
        with tempfile.TemporaryDirectory(prefix="exhibit-verify-") as name:
            settings = Settings(folder / pages.RECORDS, frozen.on, links="file", year=year, frozen=frozen, cache=Path(name) / "cache")
            report = report.plus(_compared(folder, before, settings, Path(name) / "year", engine), "rebuilt")
            report = replace(report, manual=report.manual - {"rebuilt"})
    return report


def _years(path: Path) -> list[Path]:
    """The folders of frozen years at ``path``: itself, those of a bag, of a deposit, of a site."""
    index = pages.INDEX
    patterns = (index, f"data/[0-9][0-9][0-9][0-9]/{index}", f"*/data/[0-9][0-9][0-9][0-9]/{index}", f"[0-9][0-9][0-9][0-9]/{index}")
    return sorted({each.parent.parent for pattern in patterns for each in path.glob(pattern)}) if path.is_dir() else []


def _compared(folder: Path, before: str, settings: Settings, target: Path, engine: Engine) -> Iterator[Problem]:
    done = build(settings, target, engine)
    if done.published is None:
        for each in [each for each in done.survey.problems if each.is_error][:_MOST]:
            yield found("ARC-112", f"{before}{pages.RECORDS}{each.span.path}", each.span.line, other=f"{before}{pages.RECORDS}{each.span.path}")
        return
    there, made = sums_of(folder), sums_of(target)
    for name in sorted(each for each in there.keys() | made.keys() if there.get(each) != made.get(each))[:_MOST]:
        yield found("ARC-112", f"{before}{name}", other=f"{before}{pages.RECORDS}")
