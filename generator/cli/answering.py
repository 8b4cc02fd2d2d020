"""What the commands have in common when they answer: what was found, values in words, and how they end."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from generator.checks import pending
from generator.cli import reports
from generator.cli.asked import Answer
from generator.cli.console import Screen
from generator.cli.places import shown
from generator.cli.usage import CANNOT
from generator.messages import Language, say
from generator.system.failures import CannotDo, cause_of
from generator.text.legible import in_line

CLEAN, PROBLEMS, CRASH, INTERRUPTED = 0, 1, CANNOT, 130  # the exit codes
_NAMED = 8  # files that a message names, at most


def fail(message: str) -> NoReturn:
    """End a command that cannot do what it is asked for."""
    raise CannotDo(message)


def show(answer: Answer, language: Language, root: Path, screen: Screen) -> None:
    """The problems, then how many there are of how many records."""
    reports.write_text(answer.problems, language, root, screen)
    reports.write_lifted(answer.lifted, language, screen)
    for line in pending.lines(answer.pending, language):
        screen.say(line)
    if answer.problems:
        errors = sum(1 for each in answer.problems if each.is_error)
        screen.say(say("cli.looked", language, records=answer.records))
        screen.say(say("cli.summary", language, errors=errors, warnings=len(answer.problems) - errors), "bold")
    else:
        key = "cli.clean" if answer.records else "cli.clean_file"
        screen.say(say(key, language, records=answer.records), "green")
    if answer.elsewhere:
        screen.say(say("cli.elsewhere", language, errors=answer.elsewhere), "yellow")


def said(values: Mapping[str, object], language: Language) -> dict[str, object]:
    """Values as a message can say them: of a list of names the first ones, what the machine refused in words, and nothing
    that moves a cursor."""
    found = dict(values)
    for key, each in values.items():
        if isinstance(each, tuple):
            found[key] = _listed(each, language)
        elif isinstance(each, OSError):
            found[key] = cause_of(each, language)
        elif isinstance(each, Path):
            found[key] = shown(each)
    return found


def _listed(names: tuple[str, ...], language: Language) -> str:
    first = ("、" if language == "zh" else ", ").join(in_line(each) for each in names[:_NAMED])
    return first if len(names) <= _NAMED else say("publish.more", language, names=first, count=len(names))
