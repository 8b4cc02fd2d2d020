"""The command line: ``exhibit init | build | check | serve | release | cache | schema``, also as ``python -m generator``."""

from __future__ import annotations

import gc
import os
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import click
import jinja2

from generator import __version__
from generator import config as configuration
from generator.cli import asked, cache, init, release, reports
from generator.cli.answering import CLEAN, CRASH, INTERRUPTED, PROBLEMS, fail, said, show
from generator.cli.asked import Answer
from generator.cli.calling import LANG, ROOT, THEME, check_theme, common, engine, settings_of, teller
from generator.cli.console import Screen
from generator.cli.places import check_out, find_root, shown
from generator.cli.usage import (
    Choose,
    Number,
    Place,
    command,
    explained,
    group,
    guess,
    language_of,
    option,
    pass_screen,
    quoted,
)
from generator.init.content import Wishes
from generator.kinds import BY_NAME
from generator.messages import Language, say
from generator.outputs.data import jsonschema
from generator.pipeline import build, survey
from generator.problems import any_errors
from generator.publishing import headers
from generator.publishing.publish import CannotPublish, Published
from generator.stages.survey import Outcome
from generator.system.failures import cause_of, no_server
from generator.system.plainfiles import write_new
from generator.text.dates import FIRST_YEAR, LAST_YEAR


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


@command(exhibit, "check")
@common
@THEME
@option("--format", "form", type=Choose(*reports.FORMATS), default="text", help="help.format")
@click.argument("paths", nargs=-1)
@pass_screen
def check_command(screen: Screen, form: str, paths: tuple[str, ...], lang: Language, **options: Any) -> None:
    """Check all records; with PATHS only those that these belong to."""
    settings = settings_of(lang, **options)
    answer = asked.within(survey(settings), paths, settings.root, lang)
    if form in reports.MACHINE_SINKS:
        text = reports.MACHINE_SINKS[form](answer.problems, answer.records, answer.lifted, lang)
        screen.hand_over(f"{text}\n" if text else "")
    else:
        show(answer, lang, settings.root, screen)
    raise click.exceptions.Exit(PROBLEMS if any_errors(answer.problems) else CLEAN)


@command(exhibit, "build")
@common
@THEME
@option("--out", type=Place(), metavar="DIR", help="help.out")
@option("--links", type=Choose("site", "file"), help="help.links")
@option("--year", type=Number(FIRST_YEAR, LAST_YEAR), metavar="YEAR", help="help.year")
@option("--precompress", is_flag=True, help="help.precompress")
@option("--keep-going", is_flag=True, help="help.keep_going")
@pass_screen
def build_command(
    screen: Screen,
    out: Path | None,
    links: str | None,
    year: int | None,
    keep_going: bool,
    lang: Language,
    **options: Any,
) -> None:
    """Check and build; with errors nothing is published."""
    style = links or ("file" if year else "site")
    tell = teller(lang, screen)
    settings = settings_of(lang, **options, links=style, year=year, keep_going=keep_going, tell=tell)
    target = out or settings.root / _folder(year, keep_going)
    check_out(target, settings.root, lang)
    check_theme(settings, lang)
    started = time.monotonic()
    try:
        outcome = build(settings, target, engine())
    except CannotPublish as error:
        fail(say(error.key, lang, out=shown(target), **said(error.values, lang)))
    answer = asked.within(outcome.survey, (), settings.root, lang)
    if answer.problems or answer.pending:
        show(answer, lang, settings.root, screen)
    _report(outcome, target, lang, time.monotonic() - started, screen, is_preview=keep_going)


def _folder(year: int | None, keep_going: bool) -> str:
    """Where a site goes by default: a preview never takes the place of what is fit for publication."""
    return (f"site-{year}" if year else "site") + ("-preview" if keep_going else "")


def _report(
    outcome: Outcome, target: Path, language: Language, seconds: float, screen: Screen, *, is_preview: bool
) -> None:
    done = outcome.published
    if done is None:
        screen.say(say("cli.stopped", language), "red")
        raise click.exceptions.Exit(PROBLEMS)
    size = f"{done.size / 1_048_576:.1f} MB"
    values = {"files": done.files, "added": done.added, "changed": done.changed, "removed": done.removed}
    text = say("cli.done", language, out=_from_here(target), size=size, seconds=f"{seconds:.1f}", **values)
    errors = outcome.survey.errors
    screen.say(text, "yellow" if errors else "green")
    for line in _of_others(done, language):
        screen.say(line)
    if errors:
        screen.say(say("cli.previewed", language, errors=errors), "bold white on red")
        raise click.exceptions.Exit(PROBLEMS)
    if is_preview and outcome.survey.pending:
        count = len(outcome.survey.pending)
        screen.say(say("cli.previewed_unpublished", language, count=count), "bold")


def _of_others(done: Published, language: Language) -> Iterator[str]:
    """What a build found in its folder that it had not put there."""
    if done.kept.names:
        yield say("publish.kept", language, **said({"count": done.kept.files, "names": done.kept.names}, language))
    if done.restored:
        values = {"count": len(done.restored), "names": done.restored}
        yield say("publish.restored", language, **said(values, language))
    if done.was_damaged:
        yield say("publish.damaged", language)
    if done.aside is not None:
        values = {"count": len(done.doubtful), "names": done.doubtful, "aside": done.aside}
        yield say("publish.aside", language, **said(values, language))
    if done.is_in_place:
        yield say("publish.in_place", language)
    if done.untidy is not None:
        yield say("publish.untidy", language, **said({"reason": done.untidy}, language))


def _from_here(path: Path) -> str:
    absolute, here = path.resolve(), Path.cwd()
    return shown(absolute.relative_to(here) if absolute.is_relative_to(here) else absolute) + "/"


@command(exhibit, "headers")
@common
@option("--out", type=Place(), metavar="DIR", help="help.built")
@option("--for", "form", type=Choose(*headers.FORMS), required=True, help="help.for")
@option("--at", default="/", metavar="PATH", help="help.at")
@option("--framed-by", "ancestors", multiple=True, metavar="ORIGIN", help="help.framed_by")
@pass_screen
def headers_command(
    screen: Screen,
    out: Path | None,
    form: headers.ServerForm,
    at: str,
    ancestors: tuple[str, ...],
    lang: Language,
    **options: Any,
) -> None:
    """Print a server's headers, their policy read from the pages."""
    folder = out or settings_of(lang, **options).root / "site"
    try:
        screen.hand_over(headers.of_site(folder, form, at, ancestors, lang))
    except headers.Refused as error:
        fail(str(error))


@command(exhibit, "serve")
@common
@THEME
@option("--host", default="127.0.0.1", metavar="HOST", help="help.host")
@option("--port", type=Number(0, 65535), default=8000, metavar="PORT", help="help.port")
@option("--open-to-network", "is_open", is_flag=True, help="help.open_to_network")
@pass_screen
def serve_command(screen: Screen, host: str, port: int, is_open: bool, lang: Language, **options: Any) -> None:
    """Live preview on this machine."""
    from generator.preview.live import NoServer, serve

    settings = settings_of(lang, **options, keep_going=True)
    check_theme(settings, lang)
    try:
        serve(settings, engine, host, port, lang, screen.say, is_open=is_open)
    except NoServer as error:
        fail(no_server(error.reason, host, port, lang))


@command(exhibit, "release")
@common
@THEME
@option("--explain", is_flag=True, help="help.explain")
@option("--write", is_flag=True, help="help.write")
@click.argument("year")
@pass_screen
def release_command(screen: Screen, year: str, explain: bool, write: bool, lang: Language, **options: Any) -> None:
    """Explain or write the result of the release of YEAR."""
    if not explain and not write:
        fail(say("cli.release_ask", lang))
    settings = settings_of(lang, **options)
    request = release.ask(settings, year)
    if not release.exists(request, year):
        known = release.known(request)
        hint = say("cli.release_known", lang, years=", ".join(known)) if known else ""
        key = "cli.release_missing" if release.is_year(year) else "cli.release_year"
        fail(say(key, lang, year=quoted(year), hint=hint))
    if request.problems:
        show(Answer(request.problems, 1), lang, settings.root, screen)
    if request.is_blocked or request.record is None:
        screen.say(say("cli.release_blocked", lang), "red")
        raise click.exceptions.Exit(PROBLEMS)
    if explain:
        screen.hand_over(release.explanation(request, lang) + "\n")
    if write:
        done = release.write(request, settings.root)
        text = say(f"cli.release_{done}", lang, path=request.record.path)
        if done == "unsafe":
            fail(text)
        screen.say(text, "green")


@command(exhibit, "cache")
@common
@click.argument("what", type=Choose("stat", "prune"))
@pass_screen
def cache_command(screen: Screen, what: str, lang: Language, **options: Any) -> None:
    """What the cache holds; remove what was not used."""
    settings = settings_of(lang, **options)
    if what == "stat":
        screen.say("\n".join(cache.stat(settings, lang)))
        return
    text, is_done = cache.prune(settings, lang)
    if not is_done:
        fail(text)
    screen.say(text)


@command(exhibit, "schema")
@ROOT
@LANG
@option("--out", type=Place(), metavar="DIR", help="help.schemas")
@click.argument("kind", required=False)
@pass_screen
def schema_command(screen: Screen, root: Path | None, lang: Language, out: Path | None, kind: str | None) -> None:
    """Print the JSON Schema of KIND, or write all of them to --out."""
    site = find_root(root, lang)
    config, _, _ = configuration.load(site)
    if out is not None:
        if kind is not None:
            fail(say("usage.extra", lang, arguments=quoted(kind)))
        check_out(out, site, lang)
        out.mkdir(parents=True, exist_ok=True)
        schemas = jsonschema.all_schemas(config)
        for name, text in schemas.items():
            write_new(out / name, text.encode())
        screen.say(say("cli.schemas", lang, count=len(schemas), out=shown(out)))
        return
    if kind == jsonschema.CONFIG_SCHEMA:
        screen.hand_over(jsonschema.as_text(jsonschema.config_schema()))
        return
    if kind is None or kind not in BY_NAME:
        known = [*BY_NAME, jsonschema.CONFIG_SCHEMA]
        key, hint = ("cli.no_kind", guess(kind, known, lang)) if kind else ("cli.which_kind", "")
        fail(say(key, lang, name=quoted(kind), known=", ".join(known), guess=hint))
    screen.hand_over(jsonschema.as_text(jsonschema.schema_of(BY_NAME[kind], config)))


@command(exhibit, "init")
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
    for line in init.create(folder, wishes, lang, beside=force):
        screen.say(line)
