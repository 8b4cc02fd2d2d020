"""The preview as it runs: a server, a look at the sources, and a desk where pages and sites are made after each change."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from functools import partial

from generator.engines import Engine
from generator.messages import Language, say
from generator.preview import kept
from generator.preview.desk import Desk
from generator.preview.http.hosts import is_loopback
from generator.preview.server import Server, listening
from generator.preview.state import Preview
from generator.preview.watching import changes, stamps
from generator.stages.settings import Settings
from generator.system.failures import CannotDo
from generator.text.legible import in_line

Tell = Callable[[str], None]


class NoServer(Exception):
    """Nothing can be served at the wanted address. ``reason`` is what the system said."""

    def __init__(self, reason: OSError) -> None:
        super().__init__(str(reason))
        self.reason = reason


def serve(
    settings: Settings,
    make_engine: Callable[[], Engine],
    host: str,
    port: int,
    language: Language,
    tell: Tell,
    *,
    is_open: bool = False,
) -> None:
    """Serve the site of ``settings`` until interrupted; ``tell`` gets a line for each thing that happens. Only this machine
    may look, unless ``is_open``.

    The port is taken before anything is built or loaded. Raises ``NoServer`` where that is not possible, ``CannotDo`` for
    an address that others reach, ``KeyboardInterrupt`` in the end.
    """
    with kept.workplace(settings) as folder:
        preview = Preview(folder, language)
        with listen(host, port, preview, tell, is_open=is_open) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            try:
                if (last := kept.former(folder)) is not None:
                    preview.begin_with(last.folder, f"{last.made:%Y-%m-%d %H:%M}")
                    tell(say("cli.serving_former", language, url=server.url))
                base = settings.basis
                before = stamps(settings.root, base)
                desk = Desk(settings, make_engine(), preview, tell)
                desk.build(before)
                tell(say("cli.serving", language, url=server.url))
                desk.report()
                with desk.at_work():
                    blind = partial(tell, say("preview.blind", language))
                    for change in changes(settings.root, before, blind, base, desk.look_at):
                        desk.want(change)
            finally:
                server.shutdown()


def listen(host: str, port: int, preview: Preview, tell: Tell, *, is_open: bool = False) -> Server:
    """A server that has its port. Raises ``NoServer`` and ``CannotDo``."""
    try:
        if not host.strip():
            raise socket.gaierror(socket.EAI_NONAME, "no address")  # nothing would mean every network there is
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        is_here = is_loopback(str(address[0]))
        if not is_here and not is_open:
            raise CannotDo(say("preview.closed", preview.language, host=in_line(host)))
        server = listening(host, (str(address[0]), int(address[1])), preview, tell, family, is_open=not is_here)
    except (OSError, UnicodeError) as error:
        raise NoServer(error if isinstance(error, OSError) else socket.gaierror(str(error))) from error
    if not is_here:
        tell(say("preview.open", preview.language))
    return server
