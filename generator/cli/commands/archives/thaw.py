"""``exhibit thaw YEAR``: an office takes back that a year is frozen, so that it may be frozen once more with other content."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

import click

from generator.cli.answering import PROBLEMS, fail, show
from generator.cli.asked import Answer
from generator.cli.calling import common, settings_of
from generator.cli.console import Screen
from generator.cli.usage import Moment, Number, command, option, pass_screen
from generator.config import TIMEZONE, aware, load
from generator.ledger.locks import FOLDER, Lock, Thaw, path_of, read_lock, read_locks, written
from generator.messages import Language, say
from generator.problems import Problem, any_errors
from generator.source.files import SourceText, discover
from generator.stages.settings import Settings
from generator.system.plainfiles import replace_source
from generator.text.dates import FIRST_YEAR, LAST_YEAR


@command("thaw")
@common
@option("--reason", required=True, metavar="TEXT", help="help.thaw_reason")
@option("--by", required=True, metavar="OFFICE", help="help.thaw_by")
@option("--on", type=Moment(), metavar="DATE", help="help.thaw_on")
@click.argument("year", type=Number(FIRST_YEAR, LAST_YEAR))
@pass_screen
def thaw_command(
    screen: Screen, year: int, reason: str, by: str, on: datetime | date | None, lang: Language, **options: Any
) -> None:
    """Record in the lock of YEAR that its content is given up. The frozen pages stay until the year is frozen anew."""
    settings = settings_of(lang, **options)
    lock = _lock(settings, year, lang, screen)
    if lock.is_open:
        last = lock.thawed[-1]
        fail(say("archives.is_thawed", lang, year=year, day=last.on.isoformat(), by=last.by))
    today, day = _days(settings, on)
    if not lock.frozen_on <= day <= today:
        fail(say("archives.thaw_day", lang, day=day.isoformat(), frozen=lock.frozen_on.isoformat(), today=today.isoformat()))
    thaw = Thaw.model_construct(on=day, by=by, reason=reason, digest=lock.digest)
    text = written(lock.model_copy(update={"thawed": (*lock.thawed, thaw)}))
    _, problems = read_lock(SourceText(path_of(year), text, sha256(text.encode()).hexdigest()))
    if any_errors(problems):
        _refuse(problems, settings, lang, screen)
    if problems:
        show(Answer(tuple(problems), 1), lang, settings.root, screen)
    replace_source(settings.root / path_of(year), text.encode())
    screen.say(say("archives.thaw_done", lang, year=year, path=path_of(year)), "green")


def _days(settings: Settings, on: datetime | date | None) -> tuple[date, date]:
    """The day of ``--as-of`` and that of the thaw, which is the same unless it is given, where the site is."""
    config, _, _ = load(settings.root)
    zone = config.zone if config is not None else ZoneInfo(TIMEZONE)
    today, day = (aware(each, zone).astimezone(zone).date() for each in (settings.as_of, on or settings.as_of))
    return today, day


def _lock(settings: Settings, year: int, language: Language, screen: Screen) -> Lock:
    """The lock of ``year`` as it stands."""
    sources, _ = discover(settings.root, (FOLDER,))
    locks = read_locks(sources)
    mine = [each for each in locks.problems if each.span.path == path_of(year)]
    if any_errors(mine):
        _refuse(mine, settings, language, screen)
    if year not in locks.sound:
        known = sorted(map(str, locks.named))
        hint = say("archives.known", language, years=", ".join(known)) if known else ""
        fail(say("archives.not_frozen", language, year=year, path=path_of(year), hint=hint))
    return locks.sound[year].data


def _refuse(problems: Sequence[Problem], settings: Settings, language: Language, screen: Screen) -> NoReturn:
    show(Answer(tuple(problems), 1), language, settings.root, screen)
    screen.say(say("cli.release_blocked", language), "red")
    raise click.exceptions.Exit(PROBLEMS)
