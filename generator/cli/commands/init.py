"""``exhibit init``: a new site for another city, put down whole or not at all."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import click

from generator.cli.calling import LANG
from generator.cli.console import Screen
from generator.cli.places import shown
from generator.cli.usage import Place, command, option, pass_screen
from generator.init.content import Wishes, fill
from generator.init.placing import Occupied, place
from generator.messages import Language, say
from generator.system.failures import CannotDo, cause_of

_NAMED = 8  # of what is in the way, so that the message stays one to read


@command("init")
@LANG
@option("--name", metavar="NAME", help="help.init_name")
@option("--organiser", metavar="NAME", help="help.organiser")
@option("--site-id", type=click.UUID, metavar="UUID", help="help.site_id")
@option("--empty", is_flag=True, help="help.empty")
@option("--force", is_flag=True, help="help.force")
@click.argument("folder", type=Place())
@pass_screen
def init_command(screen: Screen, folder: Path, lang: Language, site_id: UUID | None, force: bool, **given: Any) -> None:
    """Make a new site in FOLDER."""
    wishes = Wishes(
        name=say("init.name", lang) if given["name"] is None else given["name"],
        language=lang,
        organiser=given["organiser"],
        examples=not given["empty"],
        site_id=str(site_id or uuid4()),
    )
    for line in _create(folder, wishes, lang, beside=force):
        screen.say(line)


def _create(folder: Path, wishes: Wishes, language: Language, *, beside: bool) -> Iterator[str]:
    """Make a new site in ``folder``, with ``beside`` also where other files lie, of which none is changed. Yields the lines
    that say what was done. Raises ``CannotDo``, and then nothing was written."""
    target = folder.absolute()
    if target.exists() and not target.is_dir():
        raise CannotDo(say("init.no_folder", language, folder=shown(folder)))
    try:
        problems, kept = place(target, partial(fill, wishes=wishes), beside=beside)
    except Occupied as error:
        key = "init.in_the_way" if beside else "init.occupied"
        raise CannotDo(say(key, language, folder=shown(folder), names=_names(error.args[0], language))) from None
    except OSError as error:
        raise CannotDo(say("init.disk", language, reason=cause_of(error, language))) from error
    if problems:
        told = (f"  {each.text(language)} {each.remedy(language)}" for each in problems)
        raise CannotDo("\n".join([say("init.refused", language), *told]))
    if kept:
        yield say("init.kept", language, names=_names(kept, language))
    yield say("init.done", language, folder=shown(folder))
    yield say("init.next", language, folder=shlex.quote(str(folder)))


def _names(names: tuple[str, ...], language: Language) -> str:
    first = say("init.comma", language).join(names[:_NAMED])
    return first if len(names) <= _NAMED else say("init.and_more", language, names=first, count=len(names))
