"""``exhibit release YEAR``: explain a result, or write it into the record."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import click

from generator.catalog.record import Record
from generator.cli.answering import PROBLEMS, fail, show
from generator.cli.asked import Answer
from generator.cli.calling import THEME, common, settings_of
from generator.cli.console import Screen
from generator.cli.usage import command, option, pass_screen, quoted
from generator.kinds.release import explain, rewrite
from generator.kinds.release.model import decide
from generator.messages import Language, say
from generator.pipeline import survey
from generator.problems import Problem
from generator.stages.settings import Settings
from generator.stages.survey import Survey
from generator.system.plainfiles import replace_source
from generator.text.dates import is_known

# What can only be known, or is only right, once the result is there: it does not keep the result from being computed.
_AFTERWARDS = frozenset({"REL-001", "REL-019", "REL-023"})


@command("release")
@common
@THEME
@option("--explain", is_flag=True, help="help.explain_release")
@option("--write", is_flag=True, help="help.write")
@click.argument("year")
@pass_screen
def release_command(screen: Screen, year: str, explain: bool, write: bool, lang: Language, **options: Any) -> None:
    """Explain or write the result of the release of YEAR."""
    if not explain and not write:
        fail(say("cli.release_ask", lang))
    settings = settings_of(lang, **options)
    request = _ask(settings, year)
    if not _exists(request, year):
        known = _known(request)
        hint = say("cli.release_known", lang, years=", ".join(known)) if known else ""
        key = "cli.release_missing" if _is_year(year) else "cli.release_year"
        fail(say(key, lang, year=quoted(year), hint=hint))
    if request.problems:
        show(Answer(request.problems, 1), lang, settings.root, screen)
    if request.is_blocked or request.record is None:
        screen.say(say("cli.release_blocked", lang), "red")
        raise click.exceptions.Exit(PROBLEMS)
    if explain:
        screen.hand_over(_explanation(request, lang) + "\n")
    if write:
        done = _write(request, settings.root)
        text = say(f"cli.release_{done}", lang, path=request.record.path)
        if done == "unsafe":
            fail(text)
        screen.say(text, "green")


@dataclass(frozen=True, slots=True)
class _Request:
    """A release as it was read: the record, or ``None`` where it cannot be used, and what is wrong with it."""

    found: Survey
    record: Record | None
    problems: tuple[Problem, ...]

    @property
    def is_blocked(self) -> bool:
        """Whether a mistake in the input keeps the result from being trusted."""
        return self.record is None or any(each.is_grave for each in self.problems)


def _ask(settings: Settings, year: str) -> _Request:
    """Read the release of ``year`` with the problems of its own files that stand in the way of its result."""
    found = survey(settings)
    folder = f"content/releases/{year}/"
    record = next((each for each in found.reading.records if each.kind == "release" and each.id == year), None)
    mine = (each for each in found.problems if each.span.path.startswith(folder))
    return _Request(found, record, tuple(each for each in mine if each.code not in _AFTERWARDS))


def _exists(request: _Request, year: str) -> bool:
    """Whether there is such a release at all, right or wrong."""
    return request.record is not None or any(
        path.startswith(f"content/releases/{year}/") for path in request.found.sources.files
    )


def _is_year(text: str) -> bool:
    """Whether ``text`` is a year, and not a path or a day."""
    return len(text) == len("2024") and text.isascii() and text.isdigit() and is_known(int(text))


def _known(request: _Request) -> tuple[str, ...]:
    """The years that have a release, right or wrong."""
    start = "content/releases/"
    folders = (
        path.removeprefix(start).partition("/") for path in request.found.sources.files if path.startswith(start)
    )
    return tuple(sorted({year for year, slash, _ in folders if slash}))


def _explanation(request: _Request, language: Language) -> str:
    """The explanation as text."""
    assert request.record is not None
    names = {each.id: each.data.heading for each in request.found.reading.records if each.kind == "brand"}
    return "\n".join(explain.lines(request.record, names, language))


def _write(request: _Request, root: Path) -> Literal["written", "same", "unsafe"]:
    """Write the computed results into the record's file. Nothing is written where they are there already, or where the
    file is written in a way that a program cannot change safely."""
    record = request.record
    assert record is not None
    file = root / record.path
    source = file.read_bytes().decode("utf-8")
    made = rewrite.with_results(source, record.tree, decide(record).standings)
    if made is None:
        return "unsafe"
    if made == source:
        return "same"
    replace_source(file, made.encode())
    return "written"
