"""``exhibit addresses``: the ledger of all addresses that were ever published, and what it lacks."""

from __future__ import annotations

from typing import Any

import click

from generator.cli import asked
from generator.cli.answering import PROBLEMS, fail, show
from generator.cli.calling import THEME, common, settings_of
from generator.cli.console import Screen
from generator.cli.usage import command, option, pass_screen
from generator.ledger.lines import LEDGER, Entry, fresh, written
from generator.messages import Language, say
from generator.pipeline import survey
from generator.stages.addresses import published
from generator.stages.survey import Survey
from generator.system.plainfiles import replace_source


@command("addresses")
@common
@THEME
@option("--write", is_flag=True, help="help.write_addresses")
@option("--check", is_flag=True, help="help.check_addresses")
@pass_screen
def addresses_command(screen: Screen, write: bool, check: bool, lang: Language, **options: Any) -> None:
    """Print the lines that the ledger lacks, add them, or only ask whether there are any."""
    if write and check:
        fail(say("cli.addresses_ask", lang))
    settings = settings_of(lang, **options)
    found = survey(settings)
    new = [] if found.errors or found.planned is None else [*fresh(found.ledger.entries, published(found.planned))]
    if found.errors:
        show(asked.within(found, (), settings.root, lang), lang, settings.root, screen)
        screen.say(say("cli.release_blocked", lang), "red")
        raise click.exceptions.Exit(PROBLEMS)
    if not new:
        screen.say(say("cli.addresses_same", lang, path=LEDGER, count=len(found.ledger.entries)), "green")
    elif write:
        replace_source(settings.root / LEDGER, _with(found, new).encode())
        screen.say(say("cli.addresses_written", lang, path=LEDGER, count=len(new)), "green")
    elif check:
        screen.say(say("cli.addresses_lacking", lang, path=LEDGER, count=len(new)), "red")
        raise click.exceptions.Exit(PROBLEMS)
    else:
        screen.hand_over(written(new))


def _with(found: Survey, new: list[Entry]) -> str:
    """The text of the ledger with the lines that it lacks. Every line that is there stays as it is."""
    return written((*found.ledger.entries, *new))
