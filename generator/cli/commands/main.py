"""The command line: ``exhibit`` with its commands, also as ``python -m generator``."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence

import click

from generator import __version__
from generator.cli.answering import CLEAN, CRASH, INTERRUPTED
from generator.cli.console import Screen
from generator.cli.usage import Commands, explained, group, language_of
from generator.messages import say
from generator.system.failures import cause_of


def load(arguments: Sequence[str]) -> None:
    """Load the command that ``arguments`` name, which takes longer than to run it on a small site."""
    exhibit.commands.get(next((each for each in arguments if each in exhibit.commands), ""))


def main() -> None:
    """Run the command line. Exit code 0 is clean, 1 problems in the input, 2 what cannot be done, 130 interrupted."""
    screen = Screen()
    code = _run(screen)
    screen.close()
    if screen.loss is not None:
        language = language_of(None)
        key, reason = ("console.left", "") if screen.was_left else ("console.lost", cause_of(screen.loss, language))
        screen.complain(say(key, language, reason=reason))
    sys.exit(CRASH if code == CLEAN and screen.has_failed else code)


def _run(screen: Screen) -> int:
    """Run the command that was typed and return its exit code."""
    try:
        # What a command raises as Exit comes back as a value. Patterns are left to the commands, also on Windows.
        code = exhibit(sys.argv[1:], prog_name="exhibit", standalone_mode=False, obj=screen)
        return code if isinstance(code, int) else CLEAN
    except click.Abort:
        return INTERRUPTED
    except click.ClickException as error:
        screen.complain(explained(error))
    except (OSError, MemoryError) as error:
        screen.complain(_refused(error))
        _trace(screen)
    except Exception:  # noqa: BLE001  the last resort: whatever it is, say so plainly and keep the old site
        screen.complain(say("cli.crash", language_of(None), version=__version__))
        screen.complain("".join(traceback.format_exc().splitlines(keepends=True)[-4:]))
        _trace(screen)
    return CRASH


def _refused(error: OSError | MemoryError) -> str:
    """What could not be had: a template, which a library that is loaded by then asks for, or something of the machine."""
    language, jinja2 = language_of(None), sys.modules.get("jinja2")
    if jinja2 is not None and isinstance(error, jinja2.TemplateNotFound):
        return say("machine.template", language, name=error.name)
    return say("cli.cannot", language, reason=cause_of(error, language))


def _trace(screen: Screen) -> None:
    if os.environ.get("EXHIBIT_TRACEBACK"):
        screen.complain(traceback.format_exc())


# Each is a module beside this one, or in a folder beside it; it is loaded when it is called.
NAMES = (
    "addresses",
    "archive",
    "build",
    "cache",
    "check",
    "explain",
    "headers",
    "init",
    "release",
    "schema",
    "serve",
    "archives.thaw",
    "verify",
)


@group("help.exhibit", Commands(__package__, NAMES))
def exhibit() -> None:
    """What the commands are held by."""
