"""The preview as it runs: a server beside, and a build after each change, whatever becomes of it."""

from __future__ import annotations

import gc
import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from generator.engines import Engine
from generator.messages import Language, say
from generator.pipeline import build
from generator.preview.failing import check_templates, reason_of
from generator.preview.hosts import is_loopback
from generator.preview.server import Server, listening
from generator.preview.state import Preview
from generator.preview.watching import changes, stamps
from generator.stages.settings import Settings
from generator.system.durable import link_or_copy
from generator.system.failures import CannotDo
from generator.system.plainfiles import clear
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
    with tempfile.TemporaryDirectory(prefix="exhibit-preview-", ignore_cleanup_errors=True) as folder:
        preview = Preview(Path(folder), language)
        with listen(host, port, preview, tell, is_open=is_open) as server:
            base = settings.basis
            before = stamps(settings.root, base)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            try:
                engine = make_engine()
                update(settings, engine, preview, tell)
                tell(say("cli.serving", language, url=server.url))
                _report(preview, tell)
                for changed in changes(settings.root, before, lambda: tell(say("preview.blind", language)), base):
                    _after(changed, settings, engine, preview, tell)
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


def _after(changed: list[str], settings: Settings, engine: Engine, preview: Preview, tell: Tell) -> None:
    """Build again after a change, and say what came of it."""
    started = time.monotonic()
    if update(_now(settings), engine, preview, tell):
        seconds = f"{time.monotonic() - started:.1f}"
        names = "、".join(in_line(each) for each in changed)
        tell(say("cli.rebuilt", preview.language, seconds=seconds, changed=names))
        _report(preview, tell)


def update(settings: Settings, engine: Engine, preview: Preview, tell: Tell) -> bool:
    """Build and show what came of it. Where nothing did, for whatever reason, say why, go on showing the site before, and
    return ``False``: what is impossible now may be possible after the next change."""
    try:
        rebuild(settings, engine, preview)
        is_done = True
    except Exception as error:  # noqa: BLE001  the preview outlives it and shows it
        reason = reason_of(error, settings.root, preview.language)
        preview.fail(reason)
        tell(say("serve.failed", preview.language, reason=reason))
        is_done = False
    gc.collect()  # the command line collects seldom, and a preview builds all day
    return is_done


def rebuild(settings: Settings, engine: Engine, preview: Preview) -> None:
    """Build into the folder that is not shown, then show it."""
    check_templates(settings.counting().theme, preview.language)
    target = preview.free
    _prepare(target, preview.now.folder)
    preview.show(build(settings, target, engine), target)


def _prepare(target: Path, shown: Path | None) -> None:
    """The first time, let the second folder have the files of the first one: they take no room twice."""
    if shown is None or target.exists():
        return
    half = target.with_name("half")
    clear(half)
    shutil.copytree(shown, half, copy_function=_link)
    half.rename(target)


def _link(old: str, new: str) -> str:
    link_or_copy(Path(old), Path(new))
    return new


def _now(settings: Settings) -> Settings:
    """A preview of now stays a preview of now, however long it runs."""
    if isinstance(settings.as_of, datetime) and settings.as_of.tzinfo is UTC:
        return replace(settings, as_of=datetime.now(UTC))
    return settings


def _report(preview: Preview, tell: Tell) -> None:
    problems = preview.now.problems
    if problems:
        errors = sum(1 for each in problems if each.is_error)
        tell(say("preview.title", preview.language, errors=errors, warnings=len(problems) - errors))
