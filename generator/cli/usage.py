"""The command line as a person meets it: help, and what is wrong with what was typed, each in one language."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from generator import __version__
from generator.cli.console import Screen
from generator.cli.tongue import spoken
from generator.messages import LANGUAGES, Language, say
from generator.system.failures import CannotDo
from generator.text import dates
from generator.text.legible import in_line

_SCHEDULER = re.compile(r"dask://(?:(?:tcp|tls)://)?(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]):[0-9]{1,5}")
_LANGUAGE = "generator.language"
CANNOT = 2  # the exit code of what cannot be done

pass_screen = click.make_pass_decorator(Screen, ensure=True)


def language_of(context: click.Context | None) -> Language:
    """The language in which this call is answered."""
    known: Language | None = context.meta.get(_LANGUAGE) if context else None
    return known or spoken(sys.argv[1:], os.environ, Screen().encoding)


def quoted(text: object) -> str:
    """Something that was typed, as a message repeats it: in one line, and not for ever."""
    line = in_line(str(text))
    return line if len(line) <= 80 else f"{line[:79]}…"


def nearest(text: str, known: Sequence[str]) -> str:
    """The entry of ``known`` that was probably meant, empty when there is none."""
    from rapidfuzz import fuzz, process

    hit = process.extractOne(text, known, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=60)
    return hit[0] if hit else ""


def guess(text: str, known: Sequence[str], language: Language) -> str:
    """A sentence that names what was probably meant, empty when nothing is near."""
    found = nearest(text, known)
    return say("usage.meant", language, guess=found) if found else ""


# -- commands and options ----------------------------------------------------------------------------------------------


class _OneLanguage(click.Command):
    """Help in one language; ``help`` and the options' ``help`` are keys of the message catalogue."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if _LANGUAGE not in ctx.meta:
            ctx.meta[_LANGUAGE] = spoken(args, os.environ, ctx.ensure_object(Screen).encoding)
        is_leaf = not isinstance(self, click.Group)
        ctx.allow_extra_args = ctx.allow_extra_args or is_leaf
        rest = super().parse_args(ctx, args)
        if is_leaf and ctx.args and not ctx.resilient_parsing:
            raise click.UsageError(say("usage.extra", language_of(ctx), arguments=quoted(" ".join(ctx.args))), ctx)
        return rest

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except CannotDo as error:
            ctx.ensure_object(Screen).complain(str(error))
            ctx.exit(CANNOT)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _Option(
            ["-h", "--help"], is_flag=True, is_eager=True, expose_value=False, help="help.help", callback=_show_help
        )

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        language = language_of(ctx)
        pieces = (_PIECES[each](language) if each in _PIECES else each for each in self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=say("usage.usage", language))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(say(self.help or "", language_of(ctx)))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [row for row in (each.get_help_record(ctx) for each in self.get_params(ctx)) if row is not None]
        with formatter.section(say("usage.options", language_of(ctx))):
            formatter.write_dl([row for row in rows if row[0].startswith("-")])


class _Command(_OneLanguage):
    pass


class _Group(_OneLanguage, click.Group):
    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        language = language_of(ctx)
        with formatter.section(say("usage.commands", language)):
            found = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
            formatter.write_dl([(name, say(f"{each.help}.short", language)) for name, each in found if each])

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-") and not ctx.resilient_parsing:
            known = self.list_commands(ctx)
            language = language_of(ctx)
            values = {"known": ", ".join(known), "guess": guess(name, known, language)}
            raise click.UsageError(say("usage.no_command", language, name=quoted(name), **values), ctx)
        return super().resolve_command(ctx, args)


class _Option(click.Option):
    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        names = ", ".join((*self.opts, *self.secondary_opts))
        name = self.type.name if isinstance(self.type, Choose) else self.type.name.upper()
        metavar = "" if self.is_flag else f" {self.metavar or name}"
        return names + metavar, say(self.help or "", language_of(ctx))


_PIECES: dict[str, Callable[[Language], str]] = {
    "[OPTIONS]": lambda language: say("usage.some_options", language),
    "COMMAND [ARGS]...": lambda language: say("usage.some_command", language),
}


def _show_help(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        ctx.ensure_object(Screen).say(ctx.get_help())
        ctx.exit()


def _show_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        ctx.ensure_object(Screen).say(f"exhibit, version {__version__}")
        ctx.exit()


class Commands(Mapping[str, click.Command]):
    """The commands ``names``: ``<name>_command`` of the module ``<name>`` of a package, or of one in a folder of it
    (``<folder>.<name>``). A module is loaded when its command is asked for, so that none waits for what another one needs."""

    def __init__(self, package: str, names: tuple[str, ...]) -> None:
        self._package, self._modules = package, {each.rpartition(".")[2]: each for each in names}

    def __getitem__(self, name: str) -> click.Command:
        module = import_module(f"{self._package}.{self._modules[name]}")
        found: click.Command = getattr(module, f"{name}_command")
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __len__(self) -> int:
        return len(self._modules)


def group(help: str, commands: Commands) -> Callable[[Callable[..., Any]], click.Group]:
    """A command that only holds ``commands``. ``help`` is a key of the message catalogue."""
    version = click.option(
        "--version",
        cls=_Option,
        is_flag=True,
        is_eager=True,
        expose_value=False,
        help="help.version",
        callback=_show_version,
    )
    language = click.option("--lang", cls=_Option, type=Choose(*LANGUAGES), expose_value=False, help="help.lang")
    return lambda function: click.group(cls=_Group, help=help, commands=commands)(language(version(function)))


def command(name: str) -> Callable[[Callable[..., Any]], click.Command]:
    """A command; what its help says stands in the message catalogue under ``help.<name>``."""
    return click.command(name, cls=_Command, help=f"help.{name}")


def option(*names: str, help: str, **more: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """An option; ``help`` is a key of the message catalogue."""
    return click.option(*names, cls=_Option, help=help, **more)


# -- values ------------------------------------------------------------------------------------------------------------


class Choose(click.ParamType):
    """One of some words."""

    def __init__(self, *known: str) -> None:
        self.known = known
        self.name = "|".join(known)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """One of the known words, or an error with the nearest one."""
        if value in self.known:
            return str(value)
        language = language_of(ctx)
        hint = guess(str(value), self.known, language)
        known = ", ".join(self.known)
        raise click.BadParameter(say("usage.choice", language, text=quoted(value), known=known, guess=hint), ctx, param)

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """As ``name``, but in small letters, for they are typed like this."""
        return self.name


class Number(click.ParamType):
    """A whole number between two bounds, both included."""

    name = "number"

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """A whole number between the bounds."""
        text = str(value)
        is_number = text.isascii() and text.isdigit() and len(text) < 12
        if is_number and self.least <= int(text) <= self.most:
            return int(text)
        values = {"text": quoted(value), "least": self.least, "most": self.most}
        raise click.BadParameter(say("usage.number", language_of(ctx), **values), ctx, param)


class Scheduler(click.ParamType):
    """Where machines are given work."""

    name = "scheduler"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """An address as it was given."""
        text = str(value)
        if _SCHEDULER.fullmatch(text):
            return text
        raise click.BadParameter(say("usage.scheduler", language_of(ctx), text=quoted(value)), ctx, param)


class Place(click.ParamType):
    """A path. Nothing is no place: an unset variable of a script must not mean the folder one happens to be in."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """A path, which may not be empty."""
        if isinstance(value, Path):
            return value
        if not str(value).strip():
            raise click.BadParameter(say("usage.empty", language_of(ctx)), ctx, param)
        return Path(value)


class Moment(click.ParamType):
    """A day or a time."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime | date:
        """A day, or a moment with its zone."""
        if isinstance(value, date):
            return value
        text = str(value).strip()
        try:
            return dates.day_of(text) if len(text) == len("2024-05-01") else dates.moment_of(text)
        except dates.Unreadable as error:
            wording = say(f"cli.as_of.{error.reason}", language_of(ctx), text=quoted(value))
            raise click.BadParameter(wording, ctx, param) from None


# -- what is wrong with what was typed ---------------------------------------------------------------------------------


def explained(error: click.ClickException) -> str:
    """What is wrong with what was typed, and where to read more."""
    context = getattr(error, "ctx", None)
    language = language_of(context)
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return str(error.message)
    text = say("usage.wrong", language, reason=_reason(error, context, language))
    if isinstance(error, click.UsageError):
        path = context.command_path if context else "exhibit"
        text += "\n" + say("usage.more", language, command=f"{path} --help")
    return text


def _reason(error: click.ClickException, context: click.Context | None, language: Language) -> str:
    if isinstance(error, click.NoSuchOption):
        known = [name for each in (context.command.get_params(context) if context else ()) for name in each.opts]
        name = quoted(error.option_name)
        return say("usage.no_option", language, option=name, guess=guess(error.option_name, known, language))
    if isinstance(error, click.MissingParameter):
        return say("usage.missing", language, name=_name_of(error.param))
    if isinstance(error, click.BadOptionUsage):
        params = context.command.get_params(context) if context else []
        is_flag = any(getattr(each, "is_flag", False) for each in params if error.option_name in each.opts)
        return say("usage.no_value" if is_flag else "usage.needs_value", language, option=quoted(error.option_name))
    if isinstance(error, click.BadParameter) and error.param is not None:
        return say("usage.bad_value", language, name=_name_of(error.param), reason=error.message)
    return error.message


def _name_of(param: click.Parameter | None) -> str:
    if param is None:
        return "?"
    return max(param.opts, key=len) if isinstance(param, click.Option) else str(param.name).upper()
