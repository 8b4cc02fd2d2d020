"""``exhibit build``: check, build and publish, and say what has changed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from generator.cli import asked
from generator.cli.answering import PROBLEMS, fail, said, show
from generator.cli.calling import THEME, check_theme, common, engine, settings_of, teller
from generator.cli.console import Screen
from generator.cli.places import check_out, shown
from generator.cli.usage import Choose, Number, Place, command, option, pass_screen
from generator.messages import Language, say
from generator.pipeline import build
from generator.publishing.publish import CannotPublish, Published
from generator.stages.survey import Outcome
from generator.text.dates import FIRST_YEAR, LAST_YEAR


@command("build")
@common
@THEME
@option("--out", type=Place(), metavar="DIR", help="help.out")
@option("--links", type=Choose("site", "file"), help="help.links")
@option("--year", type=Number(FIRST_YEAR, LAST_YEAR), metavar="YEAR", help="help.year")
@option("--precompress", is_flag=True, help="help.precompress")
@option("--keep-going", is_flag=True, help="help.keep_going")
@pass_screen
def build_command(
    screen: Screen,
    out: Path | None,
    links: str | None,
    year: int | None,
    keep_going: bool,
    lang: Language,
    **options: Any,
) -> None:
    """Check and build; with errors nothing is published."""
    style = links or ("file" if year else "site")
    tell = teller(lang, screen)
    settings = settings_of(lang, **options, links=style, year=year, keep_going=keep_going, tell=tell)
    target = out or settings.root / _folder(year, keep_going)
    check_out(target, settings.root, lang)
    check_theme(settings, lang)
    started = time.monotonic()
    try:
        outcome = build(settings, target, engine())
    except CannotPublish as error:
        fail(say(error.key, lang, out=shown(target), **said(error.values, lang)))
    answer = asked.within(outcome.survey, (), settings.root, lang)
    if answer.problems or answer.pending:
        show(answer, lang, settings.root, screen)
    _report(outcome, target, lang, time.monotonic() - started, screen, is_preview=keep_going)


def _folder(year: int | None, keep_going: bool) -> str:
    """Where a site goes by default: a preview never takes the place of what is fit for publication."""
    return (f"site-{year}" if year else "site") + ("-preview" if keep_going else "")


def _report(
    outcome: Outcome, target: Path, language: Language, seconds: float, screen: Screen, *, is_preview: bool
) -> None:
    done = outcome.published
    if done is None:
        screen.say(say("cli.stopped", language), "red")
        raise click.exceptions.Exit(PROBLEMS)
    size = f"{done.size / 1_048_576:.1f} MB"
    values = {"files": done.files, "added": done.added, "changed": done.changed, "removed": done.removed}
    text = say("cli.done", language, out=_from_here(target), size=size, seconds=f"{seconds:.1f}", **values)
    errors = outcome.survey.errors
    screen.say(text, "yellow" if errors else "green")
    for line in _of_others(done, language):
        screen.say(line)
    if errors:
        screen.say(say("cli.previewed", language, errors=errors), "bold white on red")
        raise click.exceptions.Exit(PROBLEMS)
    if is_preview and outcome.survey.pending:
        count = len(outcome.survey.pending)
        screen.say(say("cli.previewed_unpublished", language, count=count), "bold")


def _of_others(done: Published, language: Language) -> Iterator[str]:
    """What a build found in its folder that it had not put there."""
    if done.kept.names:
        yield say("publish.kept", language, **said({"count": done.kept.files, "names": done.kept.names}, language))
    if done.restored:
        values = {"count": len(done.restored), "names": done.restored}
        yield say("publish.restored", language, **said(values, language))
    if done.was_damaged:
        yield say("publish.damaged", language)
    if done.aside is not None:
        values = {"count": len(done.doubtful), "names": done.doubtful, "aside": done.aside}
        yield say("publish.aside", language, **said(values, language))
    if done.is_in_place:
        yield say("publish.in_place", language)
    if done.untidy is not None:
        yield say("publish.untidy", language, **said({"reason": done.untidy}, language))


def _from_here(path: Path) -> str:
    absolute, here = path.resolve(), Path.cwd()
    return shown(absolute.relative_to(here) if absolute.is_relative_to(here) else absolute) + "/"
