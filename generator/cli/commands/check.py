"""``exhibit check``: what is wrong with the records, for people or for programs."""

from __future__ import annotations

from typing import Any

import click

from generator.cli import asked, reports
from generator.cli.answering import CLEAN, PROBLEMS, show
from generator.cli.bar import Bar
from generator.cli.calling import THEME, common, settings_of
from generator.cli.console import Screen
from generator.cli.usage import Choose, command, option, pass_screen
from generator.messages import Language
from generator.pipeline import survey
from generator.problems import any_errors
from generator.watch import Watch


@command("check")
@common
@THEME
@option("--format", "form", type=Choose(*reports.FORMATS), default="text", help="help.format")
@click.argument("paths", nargs=-1)
@pass_screen
def check_command(screen: Screen, form: str, paths: tuple[str, ...], lang: Language, **options: Any) -> None:
    """Check all records; with PATHS only those that these belong to."""
    with Bar(screen, lang) as bar:
        settings = settings_of(lang, **options, watch=Watch(bar.reached))
        answer = asked.within(survey(settings), paths, settings.root, lang)
    if form in reports.MACHINE_SINKS:
        text = reports.MACHINE_SINKS[form](answer.problems, answer.records, answer.lifted, lang)
        screen.hand_over(f"{text}\n" if text else "")
    else:
        show(answer, lang, settings.root, screen)
    raise click.exceptions.Exit(PROBLEMS if any_errors(answer.problems) else CLEAN)
