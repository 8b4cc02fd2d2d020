"""``exhibit headers``: what a web server sends with the pages, written for that server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from generator.cli.answering import fail
from generator.cli.calling import common, settings_of
from generator.cli.console import Screen
from generator.cli.usage import Choose, Place, command, option, pass_screen
from generator.messages import Language
from generator.publishing import headers


@command("headers")
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
