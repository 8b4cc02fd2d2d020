"""``exhibit verify``: whether a site, a deposit, a bag, a zip or a web archive still is what it was."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from generator.archive.verify import Trust, Unknown, verify
from generator.cli.answering import CLEAN, PROBLEMS, fail
from generator.cli.bar import Bar
from generator.cli.calling import LANG, engine
from generator.cli.console import Screen
from generator.cli.places import shown
from generator.cli.usage import Choose, Place, command, option, pass_screen
from generator.cli.verified import as_json, write_text
from generator.cli.verified.page import as_page
from generator.messages import Language, say
from generator.rebuild import rebuilt

_MOST = 1 << 20  # bytes of a key or of certificates


@command("verify")
@LANG
@option("--format", "form", type=Choose("text", "json", "html"), default="text", help="help.verify_format")
@option("--out", type=Place(), metavar="FILE", help="help.report_out")
@option("--key", type=Place(), metavar="FILE", help="help.key")
@option("--tsa", type=Place(), metavar="FILE", help="help.tsa")
@option("--rebuild", is_flag=True, help="help.rebuild")
@click.argument("path", type=Place())
@pass_screen
def verify_command(
    screen: Screen,
    form: str,
    out: Path | None,
    key: Path | None,
    tsa: Path | None,
    rebuild: bool,
    path: Path,
    lang: Language,
) -> None:
    """Verify what lies at PATH; nothing is written but the report, where one is asked for."""
    if not path.exists():
        fail(say("verify.missing", lang, path=shown(path)))
    if out is not None:
        _check_place(out, path, form, lang)
    trust = Trust(_read(key, lang), _read(tsa, lang))
    try:
        with Bar(screen, lang) as bar:
            report = verify(path, trust, partial(bar.reached, "verifying"))
            if rebuild:
                report = rebuilt(report, path, engine())
    except Unknown:
        fail(say("verify.unknown", lang, path=shown(path)))
    if form == "text":
        write_text(report, shown(path), lang, screen)
    else:
        _hand_over(as_json(report, str(path)) if form == "json" else as_page(report, str(path)), out, screen)
    raise click.exceptions.Exit(PROBLEMS if report.has_failed else CLEAN)


def _check_place(out: Path, path: Path, form: str, language: Language) -> None:
    """Whether a report may be written to ``out``: never into what is verified. Raises ``CannotDo``."""
    if form == "text":
        fail(say("verify.out_text", language))
    real, inside = out.resolve(), path.resolve()
    if real == inside or inside in real.parents:
        fail(say("verify.out_inside", language, path=shown(path)))


def _hand_over(text: str, out: Path | None, screen: Screen) -> None:
    if out is None:
        screen.hand_over(text)
    else:
        out.write_bytes(text.encode())


def _read(file: Path | None, language: Language) -> bytes:
    """What is in ``file``, nothing for none. Raises ``CannotDo`` and ``OSError``."""
    if file is None:
        return b""
    if not file.is_file():
        fail(say("verify.missing", language, path=shown(file)))
    if file.stat().st_size > _MOST:
        fail(say("verify.big", language, path=shown(file)))
    return file.read_bytes()
