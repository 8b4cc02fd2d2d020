"""What the commands have in common when they begin: their options, the settings that come of them, and the engine."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from generator.cli.console import Screen
from generator.cli.places import check_cache, find_root, shown
from generator.cli.usage import Choose, Moment, Number, Place, language_of, option, quoted
from generator.kinds.video import probe
from generator.messages import LANGUAGES, Language, say
from generator.stages.settings import DEFAULT_THEME, Settings
from generator.system import machine
from generator.system.failures import CannotDo
from generator.text.dates import LAST_YEAR
from generator.themes import basis

if TYPE_CHECKING:
    from generator.engines import Engine

MOST_JOBS = 256
EPOCH = "SOURCE_DATE_EPOCH"
_END = datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC).timestamp()
_JOBS_PER_PROCESSOR = 4  # more of them only wait for one another

Command = TypeVar("Command", bound=Callable[..., Any])


def _language(ctx: click.Context, param: click.Parameter, value: str | None) -> str:
    return value or language_of(ctx)


ROOT = option("--root", type=Place(), metavar="DIR", help="help.root")
LANG = option("--lang", type=Choose(*LANGUAGES), is_eager=True, callback=_language, help="help.lang")


THEME = option("--theme", type=Place(), metavar="DIR", help="help.theme")


def common(command: Command) -> Command:
    """Give ``command`` the options that most commands have."""
    options = (
        ROOT,
        LANG,
        option("--as-of", type=Moment(), help="help.as_of"),
        option("--jobs", type=Number(1, MOST_JOBS), help="help.jobs"),
        option("--cache", type=Place(), metavar="DIR", help="help.cache_dir"),
    )
    for each in reversed(options):
        command = each(command)
    return command


def settings_of(
    language: Language,
    root: Path | None,
    as_of: datetime | date | None,
    jobs: int | None,
    cache: Path | None,
    theme: Path | None = None,
    **more: Any,
) -> Settings:
    """The settings that the common options mean. Raises ``CannotDo`` for a folder that is none."""
    place = find_root(root, language)
    check_cache(cache, place, language)
    return Settings(
        root=place,
        basis=_basis(place, theme, language),
        as_of=as_of or now(language),
        jobs=min(jobs or machine.jobs(), _JOBS_PER_PROCESSOR * machine.processors()),
        cache=cache,
        ffprobe=probe.found(place),
        **more,
    )


def _basis(root: Path, theme: Path | None, language: Language) -> basis.Basis:
    if theme is not None and not theme.is_dir():
        raise CannotDo(say("theme.missing", language, folder=shown(theme)))
    found = basis.basis(root, theme)
    if found is None:
        raise CannotDo(say("theme.none", language, folder=shown(theme or root)))
    return found


def check_theme(settings: Settings, language: Language) -> None:
    """Raise ``CannotDo`` where the theme that the site would get is not all there."""
    theme = settings.counting().theme
    lacking = basis.lacking(theme)
    if lacking is not None:
        key = "machine.theme" if theme == DEFAULT_THEME else "machine.template"
        raise CannotDo(say(key, language, name=lacking, folder=shown(theme)))


def now(language: Language) -> datetime:
    """The default of ``--as-of`` (reproducible-builds.org, SOURCE_DATE_EPOCH). Raises ``CannotDo``."""
    epoch = os.environ.get(EPOCH, "").strip()
    if not epoch:
        return datetime.now(UTC)
    if re.fullmatch(r"[0-9]{1,12}", epoch) and int(epoch) < _END:
        return datetime.fromtimestamp(int(epoch), UTC)
    raise CannotDo(say("usage.epoch", language, text=quoted(epoch), last=LAST_YEAR))


def teller(
    language: Language, screen: Screen, told: dict[str, Mapping[str, Any]]
) -> Callable[[str, Mapping[str, Any]], None]:
    """What tells a person each step of a build; ``told`` gets its figures."""

    def tell(step: str, values: Mapping[str, Any]) -> None:
        told[step] = values
        screen.say_parts(("· ", "dim"), (say(f"cli.{step}", language, **values), ""))

    return tell


def engine() -> Engine:
    """What lays out the pages."""
    from generator.engines.mkdocs import MkDocsEngine  # here, so that `check` never waits for MkDocs

    return MkDocsEngine()
