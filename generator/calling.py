"""What the commands have in common: their options, and the settings that come of them."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from generator.build import Settings, theme_of
from generator.console import Screen
from generator.dates import LAST_YEAR
from generator.failures import CannotDo
from generator.messages import LANGUAGES, Language, say
from generator.places import check_cache, find_root, shown
from generator.usage import Choose, Moment, Number, Place, language_of, option, quoted

MOST_JOBS = 256
_THEME = ("frame/main.html", "exhibits/parts.html", "assets/icon.svg")  # one file of each of its parts
_END = datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC).timestamp()
_JOBS_PER_PROCESSOR = 4  # more of them only wait for one another

Command = TypeVar("Command", bound=Callable[..., Any])


def _language(ctx: click.Context, param: click.Parameter, value: str | None) -> str:
    return value or language_of(ctx)


ROOT = option("--root", type=Place(), metavar="DIR", help="help.root")
LANG = option("--lang", type=Choose(*LANGUAGES), is_eager=True, callback=_language, help="help.lang")


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
        command = each(command)  # type: ignore[assignment]
    return command


def settings_of(
    language: Language,
    root: Path | None,
    as_of: datetime | date | None,
    jobs: int | None,
    cache: Path | None,
    **more: Any,
) -> Settings:
    """The settings that the common options mean. Raises ``CannotDo`` for a folder that is none."""
    check_cache(cache, language)
    processors = os.cpu_count() or 1
    return Settings(
        root=find_root(root, language),
        as_of=as_of or now(language),
        jobs=min(jobs or processors, _JOBS_PER_PROCESSOR * processors),
        cache=cache,
        ffprobe=shutil.which("ffprobe"),
        **more,
    )


def check_theme(root: Path, language: Language) -> None:
    """Raise ``CannotDo`` where the theme that the site at ``root`` would get is not all there."""
    theme = theme_of(root)
    lacking = next((each for each in _THEME if not (theme / each).is_file()), None)
    if lacking is not None:
        key = "machine.template" if theme.is_relative_to(root) else "machine.theme"
        raise CannotDo(say(key, language, name=lacking, folder=shown(theme)))


def now(language: Language) -> datetime:
    """The default of ``--as-of`` (reproducible-builds.org, SOURCE_DATE_EPOCH). Raises ``CannotDo``."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not epoch:
        return datetime.now(UTC)
    if re.fullmatch(r"[0-9]{1,12}", epoch) and int(epoch) < _END:
        return datetime.fromtimestamp(int(epoch), UTC)
    raise CannotDo(say("usage.epoch", language, text=quoted(epoch), last=LAST_YEAR))


def teller(language: Language, screen: Screen) -> Callable[[str, Mapping[str, Any]], None]:
    """What tells a person each step of a build."""

    def tell(step: str, values: Mapping[str, Any]) -> None:
        screen.say_parts(("· ", "dim"), (say(f"cli.{step}", language, **values), ""))

    return tell
