"""What ``exhibit init`` does: a new site for another city, put down whole or not at all."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from generator.cli.places import shown
from generator.init.content import Wishes, fill
from generator.init.placing import Occupied, place
from generator.messages import Language, say
from generator.system.failures import CannotDo, cause_of

_NAMED = 8  # of what is in the way, so that the message stays one to read


def create(folder: Path, wishes: Wishes, language: Language, *, beside: bool) -> Iterator[str]:
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
