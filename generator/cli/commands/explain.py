"""``exhibit explain PATH``: why a page or a file of the site is as it is, or is not there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import click

from generator.cli import reports
from generator.cli.answering import PROBLEMS, fail
from generator.cli.calling import THEME, common, settings_of
from generator.cli.console import Screen
from generator.cli.places import shown
from generator.cli.usage import Number, Place, command, nearest, option, pass_screen, quoted
from generator.messages import Language, say
from generator.pipeline import survey
from generator.privacy.masking import mask
from generator.publishing.changes import Change, change_of
from generator.publishing.staging import SPARES, Spares
from generator.stages.explaining import Reasons, address_of, reasons
from generator.stages.settings import Settings
from generator.stages.survey import Survey
from generator.text.addresses import output_file
from generator.text.dates import FIRST_YEAR, LAST_YEAR
from generator.text.legible import in_line

_MOST = 12  # places of a page that are shown
_WIDTH = 160  # characters of each


@command("explain")
@common
@THEME
@option("--out", type=Place(), metavar="DIR", help="help.out")
@option("--year", type=Number(FIRST_YEAR, LAST_YEAR), metavar="YEAR", help="help.year")
@click.argument("path")
@pass_screen
def explain_command(screen: Screen, path: str, out: Path | None, year: int | None, lang: Language, **options: Any) -> None:
    """Say why a page is as it is, or is not there."""
    settings = settings_of(lang, **options, year=year)
    target = (out or settings.root / (f"site-{year}" if year else "site")).resolve()
    found = survey(settings)
    everything = (reasons(found, each) for each in _meant(path, found, target, settings))
    told = next((each for each in everything if each.is_known), None)
    if told is None:
        fail(say("why.no_such", lang, path=quoted(path), hint=_hint(path, found, lang)))
    for line in _reasons(told, lang):
        screen.say(line)
    if told.problems and told.origin is None:
        screen.say(say("why.errors", lang), "red")
        reports.write_text(told.problems, lang, settings.root, screen)
    before = Spares(settings.own_cache().root / SPARES).of(target)
    for line in _change(change_of(target, before, output_file(told.address)), told, target, lang):
        screen.say(line)
    if told.problems and told.origin is None:
        raise click.exceptions.Exit(PROBLEMS)


def _meant(path: str, found: Survey, target: Path, settings: Settings) -> Iterator[str]:
    """The addresses that ``path`` may mean: of a file of the site, of what a source is shown by, and as it is written."""
    place = Path(path).absolute()
    for each in (place, place.resolve()):
        if each.is_relative_to(target):
            yield _address(each.relative_to(target).as_posix())
    for each in (place, settings.root / path):
        if each.is_relative_to(settings.root) and each.exists():
            address = address_of(found, each.relative_to(settings.root).as_posix())
            yield from () if address is None else (address,)
    written = path
    if found.config is not None and found.config.address:
        written = written.removeprefix(found.config.address)
    written = unquote(written.partition("#")[0].partition("?")[0]).replace("\\", "/").removeprefix("./").lstrip("/")
    yield _address(written)
    yield _address(f"{written.rstrip('/')}/")


def _address(file: str) -> str:
    """The address of the page in ``file``, or of the file."""
    return file.removesuffix("index.html") if file == "index.html" or file.endswith("/index.html") else file.removeprefix("/")


def _hint(path: str, found: Survey, language: Language) -> str:
    known = [*found.plan.pages, *found.plan.outputs] if found.plan else []
    near = nearest(path.strip("/"), [each.rstrip("/") for each in known])
    return say("why.meant", language, guess=quoted(near)) if near else ""


def _reasons(told: Reasons, language: Language) -> Iterator[str]:
    address = in_line(told.address) or "/"
    if told.origin is None:
        yield say("why.nothing", language, address=address)
    else:
        key = "why.frozen" if told.is_frozen else "why.page" if told.template else "why.file"
        yield say(key, language, address=address, origin=in_line(mask(str(told.origin))), template=told.template)
    if told.is_gone:
        yield say("why.gone", language)
    pause = say("pending.pause", language)
    for each in told.pending:
        steps = pause.join(step.in_language(language) for step in each.steps)
        yield say("why.waits", language, path=in_line(mask(str(each.span))), state=each.state.in_language(language), steps=steps)


def _change(change: Change, told: Reasons, target: Path, language: Language) -> Iterator[str]:
    """What the last publication did to it, and what the next one will do."""
    state = change.state.replace(" ", "_")
    if told.origin is None:
        state = "" if state in ("absent", "no_site") else "left"
    elif state == "changed" and not change.pieces:
        state = "changed_bytes"
    if state:
        yield say(f"why.{state}", language, out=shown(target))
    if told.origin is not None:
        for sign, text in change.pieces[:_MOST]:
            yield f"  {sign} {in_line(mask(text))[:_WIDTH]}"
        if len(change.pieces) > _MOST:
            yield "  " + say("why.more", language, count=len(change.pieces) - _MOST)
