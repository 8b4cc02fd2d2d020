"""The command ``exhibit init``: a new site for another city."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import click

from generator.init.content import HAS_SITE_ID, Wishes, fill
from generator.init.placing import Occupied, place
from generator.messages import LANGUAGES, Language, say
from generator.problems import Problem

_FAILED = 2
_NAMED = 8  # of what is in the way, so that the message stays one to read


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--name", help="站点名称，显示在每页页眉 / the name of the site")
@click.option("--organiser", help="主办单位全称，显示在页脚 / who answers for it, shown in the footer")
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default="zh",
    help="提示和新站点的语言 / language of messages and of the site",
)
@click.option("--empty", is_flag=True, help="不要示例 / without examples")
@click.option(
    "--force",
    is_flag=True,
    help="文件夹里已有别的文件也行：只添加，不覆盖 / also into a folder that holds other files: adds, never overwrites",
)
def init_command(folder: Path, name: str | None, organiser: str | None, lang: Language, **more: Any) -> None:
    """在 FOLDER 建一个新站点：配置、每类一条示例、检查流程和编辑器设置。Make a new site in FOLDER."""
    force, empty = more["force"], more["empty"]
    wishes = Wishes(
        name=say("init.name", lang) if name is None else name,
        language=lang,
        organiser=organiser,
        examples=not empty,
        site_id=str(more.get("site_id") or uuid4()) if HAS_SITE_ID else None,
    )
    target = folder.absolute()
    if target.exists() and not target.is_dir():
        _fail(say("init.no_folder", lang, folder=folder))
    problems, kept = _placed(target, partial(fill, wishes=wishes), folder, lang, force)
    if problems:
        _fail(
            "\n".join([say("init.refused", lang), *(f"  {each.text(lang)} {each.remedy(lang)}" for each in problems)])
        )
    if kept:
        click.echo(say("init.kept", lang, names=_names(kept, lang)))
    click.echo(say("init.done", lang, folder=folder))
    click.echo(say("init.next", lang, folder=shlex.quote(str(folder))))


if HAS_SITE_ID:
    init_command = click.option(
        "--site-id", type=click.UUID, help="站点的永久编号，不给就新编一个 / the permanent id, a new one by default"
    )(init_command)


def _placed(
    target: Path, fill_it: Callable[[Path], tuple[Problem, ...]], folder: Path, language: Language, force: bool
) -> tuple[tuple[Problem, ...], tuple[str, ...]]:
    try:
        return place(target, fill_it, beside=force)
    except Occupied as error:
        key = "init.in_the_way" if force else "init.occupied"
        return _fail(say(key, language, folder=folder, names=_names(error.args[0], language)))
    except OSError as error:
        return _fail(say("init.disk", language, reason=f"{error.strerror} ({error.filename})"))


def _names(names: tuple[str, ...], language: Language) -> str:
    shown = say("init.comma", language).join(names[:_NAMED])
    return shown if len(names) <= _NAMED else say("init.and_more", language, names=shown, count=len(names))


def _fail(message: str) -> Any:
    click.echo(message, err=True)
    raise click.exceptions.Exit(_FAILED)
