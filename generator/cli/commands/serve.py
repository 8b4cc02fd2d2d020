"""``exhibit serve``: the site as it will be, on this machine, while records are written."""

from __future__ import annotations

from typing import Any

from generator.cli.answering import fail
from generator.cli.calling import THEME, check_theme, common, engine, settings_of
from generator.cli.console import Screen
from generator.cli.usage import Number, command, option, pass_screen
from generator.messages import Language
from generator.system.failures import no_server


@command("serve")
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
