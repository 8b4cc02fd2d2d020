"""``exhibit archive YEAR``: freeze the edition of a year for good."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from generator.archive import signing
from generator.archive.facts import Facts
from generator.archive.sources import Refused
from generator.cli import asked
from generator.cli.answering import PROBLEMS, fail, said, show
from generator.cli.bar import Bar
from generator.cli.calling import common, engine, settings_of
from generator.cli.console import Screen
from generator.cli.places import check_out, from_here, shown
from generator.cli.usage import Moment, Place, command, option, pass_screen, quoted
from generator.freeze import Asked, CannotFreeze, Done, freeze
from generator.ledger import locks
from generator.messages import Language, say
from generator.problems import in_order
from generator.publishing.publish import CannotPublish
from generator.stages.settings import Settings
from generator.text.dates import is_known
from generator.watch import Watch


@command("archive")
@common
@option("--out", type=Place(), metavar="DIR", help="help.archive_out")
@option("--on", type=Moment(), metavar="DATE", help="help.archive_on")
@option("--key", type=Place(), metavar="FILE", help="help.archive_key")
@click.argument("year")
@pass_screen
def archive_command(
    screen: Screen, out: Path | None, on: date | None, key: Path | None, year: str, lang: Language, **options: Any
) -> None:
    """Freeze YEAR."""
    if not (len(year) == len("2024") and year.isascii() and year.isdigit() and is_known(int(year))):
        fail(say("freeze.year", lang, year=quoted(year)))
    if key is not None and not key.is_file():
        fail(say("verify.missing", lang, path=shown(key)))
    bar = Bar(screen, lang)
    settings = settings_of(lang, **options, watch=Watch(bar.reached))
    target = out or settings.root / f"deposit-{year}"
    check_out(target, settings.root, lang)
    day = on.date() if isinstance(on, datetime) else on
    sign = partial(_signed, key) if key is not None else None
    try:
        with bar:
            done = freeze(settings, Asked(int(year), target, day, sign), engine())
    except (CannotFreeze, CannotPublish, Refused) as error:
        fail(say(error.key, lang, **said({"out": target, **error.values}, lang)))
    _say(done, target, int(year), settings, screen, lang)


def _signed(key: Path, content: bytes, facts: Facts) -> bytes:
    return signing.sign(content, key, facts)


def _say(done: Done, target: Path, year: int, settings: Settings, screen: Screen, lang: Language) -> None:
    looked = done.looked
    problems = in_order((*looked.problems, *done.problems))
    if problems:
        show(asked.Answer(problems, looked.records, lifted=looked.lifted), lang, settings.root, screen)
    lock = done.lock
    if lock is None:
        screen.say(say("freeze.stopped", lang), "red")
        raise click.exceptions.Exit(PROBLEMS)
    folder, path = f"{locks.YEARS}/{year}/", locks.path_of(year)
    size = f"{lock.bytes / 1_048_576:.1f} MB"
    screen.say(say(f"freeze.{done.state}", lang, year=year, folder=folder, files=lock.files, size=size), "green")
    screen.say(say("freeze.lock", lang, path=path, digest=lock.digest))
    screen.say(say("freeze.out", lang, path=from_here(target)))
    if done.later:
        screen.say(say("freeze.later", lang, count=done.later), "yellow")
    if done.state != "unchanged":
        screen.say(say("freeze.next", lang, folder=folder, path=path))
