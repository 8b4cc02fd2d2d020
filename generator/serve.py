"""Live preview: builds, serves on this machine, rebuilds when a source changes, and reloads the open page.

The preview is built with ``keep_going``: a broken record is left out and its problems are shown on every page, so a
clerk sees them where the work is. The script and the panel are added while a page is sent; no file has them.
"""

from __future__ import annotations

import os
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from html import escape
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer

from watchfiles import watch

from generator.abridging import abridged
from generator.build import Outcome, Settings, build
from generator.config import CONFIG_FILE
from generator.engines import Engine
from generator.failures import cause_of
from generator.legible import in_line
from generator.messages import Language, say
from generator.privacy import mask
from generator.problems import Problem
from generator.security import seal_preview
from generator.sources import SOURCE_FOLDERS

EVENTS = "/_preview/events"
SCRIPT = "/_preview/reload.js"
STYLE = "/_preview/panel.css"
_FILES_NAMED = 20  # files of which the panel says how many more problems they have
_HEARTBEAT = 15.0  # seconds between signs of life on an open connection

_RELOAD = f"""(function () {{
  "use strict";
  new EventSource("{EVENTS}").onmessage = function () {{ location.reload(); }};
}})();
"""

_PANEL_STYLE = (
    "#preview-problems{position:sticky;bottom:0;z-index:99;max-height:45vh;overflow:auto;margin:0;"
    "padding:.75rem 1.25rem;background:var(--card,#fff);color:var(--ink,#000);border-top:3px solid var(--accent,#000);font:16px/1.6 sans-serif}\n"
)


@dataclass
class Preview:
    """What the server sends: the folder of the last build and its problems. Guarded by ``changed``."""

    folder: Path
    language: Language
    problems: tuple[Problem, ...] = ()
    secret: frozenset[Problem] = frozenset()  # those whose words nobody may read before the hour of a release
    has_site: bool = False
    number: int = 0
    changed: threading.Condition = field(default_factory=threading.Condition)

    def show(self, outcome: Outcome) -> None:
        """Show the outcome of a build and wake every open page."""
        with self.changed:
            self.problems = outcome.survey.problems
            held = (each for each in outcome.survey.pending if each.is_secret)
            self.secret = frozenset(problem for each in held for problem in each.problems)
            self.has_site = outcome.published is not None
            self.number += 1
            self.changed.notify_all()

    def wait(self, seen: int) -> int:
        """Wait for a build after number ``seen``, at most a heartbeat. Returns the number of the newest."""
        with self.changed:
            self.changed.wait_for(lambda: self.number != seen, _HEARTBEAT)
            return self.number


class Handler(SimpleHTTPRequestHandler):
    """Serves the preview's folder with the reload script and the problems added to its pages."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: object, preview: Preview) -> None:
        self.preview = preview
        super().__init__(*args, directory=str(preview.folder))  # type: ignore[arg-type]

    def do_GET(self) -> None:  # noqa: N802  the base class names it so
        """Answer one request."""
        if self.path == EVENTS:
            self.send_events()
        elif self.path == SCRIPT:
            self.send_bytes(HTTPStatus.OK, "text/javascript", _RELOAD.encode())
        elif self.path == STYLE:
            self.send_bytes(HTTPStatus.OK, "text/css", _PANEL_STYLE.encode())
        elif not self.preview.has_site:
            self.send_page(HTTPStatus.OK, _bare_page(self.preview))
        else:
            self.send_from_site()

    def send_from_site(self) -> None:
        file = Path(self.translate_path(self.path))
        if file.is_dir():
            if not self.path.partition("?")[0].endswith("/"):
                super().do_GET()  # the base class redirects to the folder
                return
            file = file / "index.html"
        if file.suffix == ".html" and file.is_file():
            self.send_page(HTTPStatus.OK, file.read_text("utf-8"))
        elif file.is_file():
            super().do_GET()
        else:
            missing = self.preview.folder / "404.html"
            self.send_page(HTTPStatus.NOT_FOUND, missing.read_text("utf-8"), base="/")

    def send_page(self, status: HTTPStatus, html: str, base: str | None = None) -> None:
        head = f'<script src="{SCRIPT}"></script><link rel="stylesheet" href="{STYLE}">'
        if base is not None and "<base " not in html:
            html = html.replace("<head>", f'<head><base href="{base}">', 1)
        html = html.replace("</head>", f"{head}</head>", 1)
        html = html.replace(
            "</body>", f"{panel(self.preview.problems, self.preview.language, self.preview.secret)}</body>", 1
        )
        # The page gets the policy of what it is now; its script asks this server when to reload.
        self.send_bytes(status, "text/html; charset=utf-8", seal_preview(html, self.path).encode())

    def send_bytes(self, status: HTTPStatus, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def send_events(self) -> None:
        """Server-sent events (WHATWG HTML, section 9.2): one message a build, a comment as heartbeat."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        seen = self.preview.number
        try:
            while True:
                number = self.preview.wait(seen)
                self.wfile.write(b"data: rebuilt\n\n" if number != seen else b": still here\n\n")
                self.wfile.flush()
                seen = number
        except OSError:
            return  # the page was closed

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class names it so
        """Requests are not worth a line each."""


class NoServer(Exception):
    """Nothing can be served at the wanted address. ``reason`` is what the system said."""

    def __init__(self, reason: OSError) -> None:
        super().__init__(str(reason))
        self.reason = reason


class Server(ThreadingHTTPServer):
    """A server whose open event streams never keep the command from ending."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = os.name != "nt"  # there it would let two servers have one port

    def server_bind(self) -> None:
        """Take the port. Unlike the base class, ask nobody for the name of this machine."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]


def panel(problems: tuple[Problem, ...], language: Language, secret: frozenset[Problem] = frozenset()) -> str:
    """The problems as a panel at the foot of a page, empty without any. Of ``secret`` ones only the place is told: their
    words name who was chosen."""
    if not problems:
        return ""
    told = abridged(problems)
    errors = told.errors
    title = say("preview.title", language, errors=errors, warnings=told.warnings)
    rows = "".join(
        f"<li><strong>{escape(in_line(mask(str(each.span))))}</strong> {each.code} {escape(say('preview.secret', language))}</li>"
        if each in secret
        else f"<li><strong>{escape(in_line(mask(str(each.span))))}</strong> {each.code} {escape(each.text(language))}<br>"
        f"{say('cli.fix', language)}：{escape(each.remedy(language))}</li>"
        for each in told.shown
    )
    rows += "".join(
        f"<li>{escape(say('more.of_file', language, path=in_line(mask(path)), count=left))}</li>"
        for path, left in list(told.left.items())[:_FILES_NAMED]
    )
    note = f"<p>{say('preview.note', language)}</p>" if errors else ""
    return (
        f'<aside id="preview-problems"><details open><summary><strong>{title}</strong></summary>'
        f"{note}<ol>{rows}</ol></details></aside>"
    )


def _bare_page(preview: Preview) -> str:
    text = say("preview.none", preview.language)
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>exhibit</title></head>'
        f"<body><h1>{text}</h1></body></html>"
    )


def serve(
    settings: Settings,
    make_engine: Callable[[], Engine],
    host: str,
    port: int,
    language: Language,
    tell: Callable[[str], None],
) -> None:
    """Serve the site of ``settings`` until interrupted; ``tell`` gets a line for each thing that happens.

    The port is taken before anything is built or loaded. Raises ``NoServer`` where that is not possible,
    ``KeyboardInterrupt`` in the end.
    """
    with tempfile.TemporaryDirectory(prefix="exhibit-preview-") as folder:
        preview = Preview(Path(folder) / "site", language)
        with _listening(host, port, preview) as server:
            engine = make_engine()
            rebuild(settings, engine, preview)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            tell(say("cli.serving", language, url=_url(host, server.server_port)))
            _report(preview, tell)
            try:
                for changed in changes(settings.root):
                    _update(settings, engine, preview, changed, tell)
            finally:
                server.shutdown()


def _update(
    settings: Settings, engine: Engine, preview: Preview, changed: list[str], tell: Callable[[str], None]
) -> None:
    """Rebuild after a change. What the machine refuses now may be possible after the next one."""
    started = time.monotonic()
    try:
        rebuild(_now(settings), engine, preview)
    except OSError as error:
        tell(say("serve.failed", preview.language, reason=cause_of(error, preview.language)))
        return
    seconds = f"{time.monotonic() - started:.1f}"
    tell(say("cli.rebuilt", preview.language, seconds=seconds, changed="、".join(in_line(each) for each in changed)))
    _report(preview, tell)


def _listening(host: str, port: int, preview: Preview) -> Server:
    """A server that has its port, for whatever kind of address ``host`` is."""
    try:
        if not host.strip():
            raise socket.gaierror(socket.EAI_NONAME, "no address")  # nothing would mean every network there is
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        kind = type("Server", (Server,), {"address_family": family})
        server: Server = kind(address[:2], partial(Handler, preview=preview))
        return server
    except (OSError, UnicodeError) as error:
        raise NoServer(error if isinstance(error, OSError) else socket.gaierror(str(error))) from error


def _url(host: str, port: int) -> str:
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def rebuild(settings: Settings, engine: Engine, preview: Preview) -> None:
    """Build once more and show what came of it."""
    preview.show(build(settings, preview.folder, engine))


def _now(settings: Settings) -> Settings:
    """A preview of now stays a preview of now, however long it runs."""
    if isinstance(settings.as_of, datetime) and settings.as_of.tzinfo is UTC:
        return replace(settings, as_of=datetime.now(UTC))
    return settings


def changes(root: Path) -> Iterator[list[str]]:
    """The names of changed files, each time some source changes."""
    watched = [root / each for each in (*SOURCE_FOLDERS, "theme", CONFIG_FILE) if (root / each).exists()]
    for batch in watch(*watched, debounce=150, step=50, raise_interrupt=True):
        yield sorted({Path(path).name for _, path in batch})[:5]


def _report(preview: Preview, tell: Callable[[str], None]) -> None:
    if preview.problems:
        errors = sum(1 for each in preview.problems if each.is_error)
        tell(say("preview.title", preview.language, errors=errors, warnings=len(preview.problems) - errors))
