"""The command line: ``exhibit build | check | serve | release | cache | schema``, also as ``python -m generator``."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console

from generator import __version__, commands_cache, commands_release, headers, jsonschema, sinks
from generator import config as configuration
from generator.build import Outcome, Settings, build, survey
from generator.engines import Engine
from generator.fields import moment
from generator.kinds import BY_NAME
from generator.messages import LANGUAGES, Language, say
from generator.problems import Problem, any_errors
from generator.publish import Busy, NotOurs

CLEAN, PROBLEMS, CRASH = 0, 1, 2

Command = TypeVar("Command", bound=Callable[..., Any])


def main() -> None:
    """Run the command line. Exit code 0 is clean, 1 problems in the input, 2 a fault of ours or of the machine."""
    gc.set_threshold(50_000, 20, 100)  # a build makes many small values and hardly a cycle
    try:
        code = exhibit(standalone_mode=False)  # what a command raises as Exit comes back as a value
        sys.exit(code if isinstance(code, int) else CLEAN)
    except click.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(CRASH)
    except Exception:  # noqa: BLE001  the last resort: whatever it is, say so plainly and keep the old site
        click.echo(say("cli.crash", _spoken(), version=__version__), err=True)
        click.echo("".join(traceback.format_exc().splitlines(keepends=True)[-4:]), err=True)
        if os.environ.get("EXHIBIT_TRACEBACK"):
            traceback.print_exc()
        sys.exit(CRASH)


def _spoken() -> Language:
    """The language of messages when nothing was parsed yet."""
    return "en" if "en" in sys.argv else "zh"


class _Moment(click.ParamType):
    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime | date:
        if isinstance(value, date):
            return value
        try:
            return moment(value)
        except ValueError:
            self.fail(say("cli.bad_as_of", _spoken(), text=value), param, ctx)


def _now() -> datetime:
    """The default of ``--as-of`` (reproducible-builds.org, SOURCE_DATE_EPOCH)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)


def _common(command: Command) -> Command:
    options = (
        click.option(
            "--root", type=click.Path(path_type=Path), help="含有 site_config.yml 的文件夹 / the site's folder"
        ),
        click.option("--lang", type=click.Choice(LANGUAGES), default="zh", help="提示语言 / language of messages"),
        click.option("--as-of", type=_Moment(), help="以哪一刻为准 / the moment that counts (2024-05-01)"),
        click.option("--jobs", type=click.IntRange(1), help="并行进程数 / number of processes"),
        click.option("--cache", type=click.Path(path_type=Path), help="缓存文件夹 / folder for the cache"),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _settings(
    root: Path | None, as_of: datetime | date | None, jobs: int | None, cache: Path | None, **more: Any
) -> Settings:
    return Settings(
        root=(root or _find_root(Path.cwd())).resolve(),
        as_of=as_of or _now(),
        jobs=jobs or os.cpu_count() or 1,
        cache=cache,
        ffprobe=shutil.which("ffprobe"),
        **more,
    )


def _find_root(start: Path) -> Path:
    """The nearest folder upwards with a site_config.yml; the start itself where there is none."""
    return next((each for each in (start, *start.parents) if (each / configuration.CONFIG_FILE).is_file()), start)


def _console(*, err: bool = False) -> Console:
    return Console(stderr=err, soft_wrap=True)


def _teller(language: Language, console: Console) -> Callable[[str, Mapping[str, Any]], None]:
    def tell(step: str, values: Mapping[str, Any]) -> None:
        console.print(f"[dim]·[/] {say(f'cli.{step}', language, **values)}", highlight=False)

    return tell


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="exhibit")
def exhibit() -> None:
    """检查品牌季的记录，生成一个在线展览。Check the records of a brand season and build one exhibition."""


@exhibit.command("check")
@_common
@click.option("--format", "form", type=click.Choice(sinks.FORMATS), default="text", help="输出形式 / form of output")
@click.argument("paths", nargs=-1)
def check_command(form: str, paths: tuple[str, ...], lang: Language, **options: Any) -> None:
    """检查全部记录；给出 PATHS 时只显示这些文件的问题。Check all records; with PATHS show only their problems."""
    settings = _settings(**options)
    found = survey(settings)
    problems = _within(found.problems, paths, settings.root)
    _show(problems, form, lang, settings.root)
    if form == "text" and not problems:
        _console().print(say("cli.clean", lang, records=len(found.reading.records)), style="green", highlight=False)
    raise click.exceptions.Exit(PROBLEMS if any_errors(problems) else CLEAN)


def _within(problems: tuple[Problem, ...], paths: tuple[str, ...], root: Path) -> tuple[Problem, ...]:
    if not paths:
        return problems
    wanted = [_relative(path, root) for path in paths]
    return tuple(
        each
        for each in problems
        if any(each.span.path == path or each.span.path.startswith(f"{path}/") for path in wanted)
    )


def _relative(path: str, root: Path) -> str:
    absolute = Path(path).absolute()
    return absolute.relative_to(root).as_posix() if absolute.is_relative_to(root) else Path(path).as_posix()


def _show(problems: tuple[Problem, ...], form: str, language: Language, root: Path) -> None:
    if form in sinks.MACHINE_SINKS:
        text = sinks.MACHINE_SINKS[form](problems, language)
        if text:
            click.echo(text)
        return
    console = _console()
    sinks.write_text(problems, language, root, console)
    if problems:
        errors = sum(1 for each in problems if each.is_error)
        summary = say("cli.summary", language, errors=errors, warnings=len(problems) - errors)
        console.print(summary, style="bold", highlight=False)


@exhibit.command("build")
@_common
@click.option("--out", type=click.Path(path_type=Path), help="输出文件夹，默认 site/ / where the site goes")
@click.option(
    "--links",
    type=click.Choice(["site", "file"]),
    help="file：可从 U 盘直接打开；按年度生成时默认 file / file: for USB sticks, the default with --year",
)
@click.option(
    "--year",
    type=click.IntRange(1900, 2199),
    help="只生成这一年的版本：到年底为止公开的内容，默认放进 site-YEAR/ / the edition of one year",
)
@click.option(
    "--precompress",
    is_flag=True,
    help="每个文本文件旁边放一个 .gz，给 nginx 的 gzip_static 用 / a .gz beside each text, for gzip_static of nginx",
)
@click.option(
    "--keep-going",
    is_flag=True,
    help="有错误也生成预览，默认放进 site-preview/，不能发布 / a preview in spite of errors, not for publication",
)
def build_command(
    out: Path | None, links: str | None, year: int | None, keep_going: bool, lang: Language, **options: Any
) -> None:
    """检查并生成网站。有错误就不发布，原来的网站不变。Check and build; with errors nothing is published."""
    console = _console()
    style = links or ("file" if year else "site")
    settings = _settings(**options, links=style, year=year, keep_going=keep_going, tell=_teller(lang, console))
    target = out or settings.root / _folder(year, keep_going)
    started = time.monotonic()
    try:
        outcome = build(settings, target, _engine())
    except NotOurs:
        _fail(say("cli.not_ours", lang, out=target))
    except Busy as error:
        _fail(say("cli.busy", lang, out=target, pid=error.args[0]))
    except OSError as error:
        _fail(say("cli.disk", lang, reason=f"{error.strerror} ({error.filename})"))
    _show(outcome.survey.problems, "text", lang, settings.root)
    _report(outcome, target, lang, time.monotonic() - started, console)


def _folder(year: int | None, keep_going: bool) -> str:
    """Where a site goes by default: a preview never takes the place of what is fit for publication."""
    return (f"site-{year}" if year else "site") + ("-preview" if keep_going else "")


def _fail(message: str) -> None:
    click.echo(message, err=True)
    raise click.exceptions.Exit(CRASH)


def _report(outcome: Outcome, target: Path, language: Language, seconds: float, console: Console) -> None:
    done = outcome.published
    if done is None:
        console.print(say("cli.stopped", language), style="red", highlight=False)
        raise click.exceptions.Exit(PROBLEMS)
    size = f"{done.size / 1_048_576:.1f} MB"
    values = {"files": done.files, "added": done.added, "changed": done.changed, "removed": done.removed}
    text = say("cli.done", language, out=_shown(target), size=size, seconds=f"{seconds:.1f}", **values)
    errors = outcome.survey.errors
    console.print(text, style="yellow" if errors else "green", highlight=False)
    if errors:
        console.print(say("cli.previewed", language, errors=errors), style="bold white on red", highlight=False)
        raise click.exceptions.Exit(PROBLEMS)


def _shown(path: Path) -> str:
    absolute, here = path.resolve(), Path.cwd()
    return f"{absolute.relative_to(here)}/" if absolute.is_relative_to(here) else f"{absolute}/"


def _engine() -> Engine:
    from generator.engines.mkdocs import MkDocsEngine  # here, so that `check` never waits for MkDocs

    return MkDocsEngine()


@exhibit.command("headers")
@_common
@click.option("--out", type=click.Path(path_type=Path), help="生成好的网站，默认 site/ / the built site")
@click.option(
    "--for", "form", type=click.Choice(headers.FORMS), required=True, help="nginx 或静态托管 / kind of server"
)
@click.option(
    "--at", default="/", show_default=True, help="网站放在哪个路径 / the path the site lies at, such as /pinpai/"
)
@click.option("--framed-by", "ancestors", multiple=True, help="可以嵌入本站的站点 / sites that may frame this one")
def headers_command(
    out: Path | None, form: headers.Form, at: str, ancestors: tuple[str, ...], lang: Language, **options: Any
) -> None:
    """打印服务器的响应头配置，安全策略取自生成好的页面。Print a server's headers, their policy read from the pages."""
    try:
        click.echo(headers.of_site(out or _settings(**options).root / "site", form, at, ancestors, lang), nl=False)
    except headers.Refused as error:
        _fail(str(error))


@exhibit.command("serve")
@_common
@click.option("--host", default="127.0.0.1", help="监听地址，默认只限本机 / address to listen on")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, help="端口 / port")
def serve_command(host: str, port: int, lang: Language, **options: Any) -> None:
    """本机预览：改动后自动更新，有错误的记录直接显示问题。Live preview on this machine."""
    from generator.serve import serve

    console = _console()
    serve(
        _settings(**options, keep_going=True),
        _engine(),
        host,
        port,
        lang,
        lambda text: console.print(text, highlight=False),
    )


@exhibit.command("release")
@_common
@click.option("--explain", is_flag=True, help="说明每个候选的结果怎样算出 / how each result comes about")
@click.option("--write", is_flag=True, help="把算出的结果写入 release.yml / write the results into release.yml")
@click.argument("year")
def release_command(year: str, explain: bool, write: bool, lang: Language, **options: Any) -> None:
    """说明或写入 YEAR 年“十佳”发布的结果。Explain or write the result of the release of YEAR."""
    if not explain and not write:
        _fail(say("cli.release_ask", lang))
    settings = _settings(**options)
    request = commands_release.ask(settings, year)
    if not commands_release.exists(request, year):
        _fail(say("cli.release_missing", lang, year=year))
    _show(request.problems, "text", lang, settings.root)
    if request.is_blocked or request.record is None:
        _console().print(say("cli.release_blocked", lang), style="red", highlight=False)
        raise click.exceptions.Exit(PROBLEMS)
    if explain:
        click.echo(commands_release.explanation(request, lang))
    if write:
        done = commands_release.write(request, settings.root)
        text = say(f"cli.release_{done}", lang, path=request.record.path)
        if done == "unsafe":
            _fail(text)
        _console().print(text, style="green", highlight=False)


@exhibit.command("cache")
@_common
@click.argument("what", type=click.Choice(["stat", "prune"]))
def cache_command(what: str, lang: Language, **options: Any) -> None:
    """stat：缓存里有什么；prune：删去最近一次生成没有用到的。What the cache holds; remove what was not used."""
    settings = _settings(**options)
    if what == "stat":
        click.echo("\n".join(commands_cache.stat(settings, lang)))
        return
    text, is_done = commands_cache.prune(settings, lang)
    if not is_done:
        _fail(text)
    click.echo(text)


@exhibit.command("schema")
@click.option("--root", type=click.Path(path_type=Path), help="含有 site_config.yml 的文件夹 / the site's folder")
@click.option("--lang", type=click.Choice(LANGUAGES), default="zh", help="提示语言 / language of messages")
@click.option("--out", type=click.Path(path_type=Path), help="写入这个文件夹；不给时打印一个 / write all of them here")
@click.argument("kind", required=False)
def schema_command(root: Path | None, lang: Language, out: Path | None, kind: str | None) -> None:
    """输出 JSON Schema，供编辑器补全和解释字段。Print the JSON Schema of KIND, or write all of them to --out."""
    config, _, _ = configuration.load((root or _find_root(Path.cwd())).resolve())
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        schemas = jsonschema.all_schemas(config)
        for name, text in schemas.items():
            (out / name).write_text(text, "utf-8")
        click.echo(say("cli.schemas", lang, count=len(schemas), out=out))
        return
    if kind == jsonschema.CONFIG_SCHEMA:
        click.echo(jsonschema.as_text(jsonschema.config_schema()), nl=False)
        return
    if kind not in BY_NAME:
        _fail(say("cli.no_kind", lang, name=kind or "", known=", ".join([*BY_NAME, jsonschema.CONFIG_SCHEMA])))
    click.echo(jsonschema.as_text(jsonschema.schema_of(BY_NAME[kind], config)), nl=False)
