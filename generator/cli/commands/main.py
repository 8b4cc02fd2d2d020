"""The command line: ``exhibit`` with its commands, also as ``python -m generator``."""

from __future__ import annotations

import gc
import os
import sys
import traceback

import click
import jinja2

from generator import __version__
from generator.cli.answering import CLEAN, CRASH, INTERRUPTED
from generator.cli.commands import build, cache, check, headers, init, release, schema, serve
from generator.cli.console import Screen
from generator.cli.usage import explained, group, language_of
from generator.messages import say
from generator.system.failures import cause_of


def main() -> None:
    """Run the command line. Exit code 0 is clean, 1 problems in the input, 2 what cannot be done, 130 interrupted."""
    gc.set_threshold(50_000, 20, 100)  # a build makes many small values and hardly a cycle
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
    except jinja2.TemplateNotFound as error:
        screen.complain(say("machine.template", language_of(None), name=error.name))
    except (OSError, MemoryError) as error:
        screen.complain(say("cli.cannot", language_of(None), reason=cause_of(error, language_of(None))))
        _trace(screen)
    except Exception:  # noqa: BLE001  the last resort: whatever it is, say so plainly and keep the old site
        screen.complain(say("cli.crash", language_of(None), version=__version__))
        screen.complain("".join(traceback.format_exc().splitlines(keepends=True)[-4:]))
        _trace(screen)
    return CRASH


def _trace(screen: Screen) -> None:
    if os.environ.get("EXHIBIT_TRACEBACK"):
        screen.complain(traceback.format_exc())


@group("help.exhibit")
def exhibit() -> None:
    """What the commands are held by."""


for _each in (
    init.init_command,
    build.build_command,
    check.check_command,
    serve.serve_command,
    release.release_command,
    cache.cache_command,
    schema.schema_command,
    headers.headers_command,
):
    exhibit.add_command(_each)
