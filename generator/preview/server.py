"""The server of the preview, for one person's browser on one machine: it only reads, and only what was built."""

from __future__ import annotations

import io
import json
import os
import re
import select
import socket
import sys
import threading
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from typing import Any, BinaryIO
from urllib.parse import parse_qsl

from generator.messages import say
from generator.preview import answers, panels
from generator.preview.http import files, ranges
from generator.preview.http.connections import PATIENCE, SENDING, Connections, Timely, end
from generator.preview.http.hosts import Doors, is_from_elsewhere
from generator.preview.state import Preview, Showing
from generator.text.legible import in_line
from generator.text.media_types import TYPES

_BLOCK = 65_536
_WAITING = 3  # pages that are told at once of what is new; a browser has six connections, others ask again and again
_HELD = 8.0  # seconds until they are answered that nothing is
_HAS_BODY = ("Content-Length", "Transfer-Encoding", "Expect", "Upgrade")
_PLAIN, _PAGE, _SCRIPT, _STYLE = (f"{TYPES[each]}; charset=utf-8" for each in ("txt", "html", "js", "css"))
# The pages carry their policy themselves; who may show them in a frame or load them is for headers to say.
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "frame-ancestors 'self'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
}


_CONTROL = re.compile(r"[\x00-\x20\x7f]")
_ABSOLUTE = re.compile(r"http://([^/?#]*)([^#]*)", re.IGNORECASE)


def _split(target: str) -> tuple[str, str] | None:
    """Host and path of a request that names both, as it would be sent to a proxy (RFC 9112, section 3.2.2)."""
    found = _ABSOLUTE.match(target)
    return (found[1], found[2] if found[2].startswith("/") else f"/{found[2]}") if found else None


class Handler(BaseHTTPRequestHandler):
    """Answers the requests of one connection."""

    protocol_version = "HTTP/1.1"
    error_message_format, error_content_type = "%(code)d %(message)s\n", _PLAIN
    timeout = SENDING
    server: Server

    def setup(self) -> None:
        """Read with a deadline."""
        super().setup()
        self.clock = Timely(self.connection)
        self.rfile = io.BufferedReader(self.clock, _BLOCK)

    def handle_one_request(self) -> None:
        """Wait for a request and answer it."""
        self.clock.wind(PATIENCE)
        self.is_begun = False
        self.server.connections.waits(self.connection)
        super().handle_one_request()

    def parse_request(self) -> bool:
        """Read a request and see whether it is welcome. ``False`` when it was answered already."""
        is_sound = super().parse_request()
        self.server.connections.works(self.connection)
        self.connection.settimeout(SENDING)
        return is_sound and self._is_welcome()

    def handle_expect_100(self) -> bool:
        """No body is wanted."""
        return True

    def _is_welcome(self) -> bool:
        """Whether it is a plain request of a page of ours, or of a person. A body is never read: after it nothing could be
        told apart, so the connection ends."""
        if any(self.headers.get_all(each) for each in _HAS_BODY):
            self.close_connection = True
        hosts = self.headers.get_all("Host") or []
        authority, path = _split(self.path) or ((hosts or [""])[0].strip(), self.path)
        if len(hosts) != 1 or _CONTROL.search(self.path) or not self._has_plain_headers():
            return self._refuse(HTTPStatus.BAD_REQUEST, "preview.bad_request")
        if not self.server.doors.admits(authority, self.connection.getsockname()[0]):
            return self._refuse(HTTPStatus.MISDIRECTED_REQUEST, "preview.wrong_host", url=self.server.url)
        if is_from_elsewhere(self.headers, authority):
            return self._refuse(HTTPStatus.FORBIDDEN, "preview.from_elsewhere", url=self.server.url)
        self.path = path
        return True

    def _has_plain_headers(self) -> bool:
        """Whether every line of the headers is one header, so that nobody else reads others there."""
        folded = any("\n" in each or "\r" in each for each in self.headers.values())
        return not folded and not self.headers.defects and not self.headers.get_payload()

    def _refuse(self, status: HTTPStatus, key: str, **values: object) -> bool:
        self.close_connection = True
        self.send_bytes(status, _PLAIN, (say(key, self.server.preview.language, **values) + "\n").encode())
        return False

    def version_string(self) -> str:
        """What the answers say of who sends them."""
        return "exhibit"

    def do_GET(self) -> None:  # noqa: N802  the base class names it so
        """Answer one request. A fault of ours is told here and there, and ends nothing but the connection."""
        try:
            self._answer()
        except (ConnectionError, TimeoutError):
            raise
        except Exception:
            self.close_connection = True
            if not self.is_begun:
                text = say("preview.failed", self.server.preview.language) + "\n"
                self.send_bytes(HTTPStatus.INTERNAL_SERVER_ERROR, _PLAIN, text.encode())
            raise

    def _answer(self) -> None:
        if self.path.partition("?")[0] == panels.STATE:
            self._send_state(dict(parse_qsl(self.path.partition("?")[2])))
        elif self.path == panels.SCRIPT:
            self.send_bytes(HTTPStatus.OK, _SCRIPT, panels.RELOAD.encode())
        elif self.path == panels.STYLE:
            self.send_bytes(HTTPStatus.OK, _STYLE, panels.PANEL_STYLE.encode())
        else:
            self.send_from_site(self.server.preview.now)

    do_HEAD = do_GET  # noqa: N815

    def not_allowed(self) -> None:
        """Answer a request for anything but reading."""
        self.close_connection = True
        text = say("preview.read_only", self.server.preview.language) + "\n"
        self.send_bytes(HTTPStatus.METHOD_NOT_ALLOWED, _PLAIN, text.encode(), {"Allow": "GET, HEAD"})

    do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = do_TRACE = do_CONNECT = not_allowed  # noqa: N815

    def _send_state(self, asked: Mapping[str, str]) -> None:
        """Answer whether what a page shows is current. Its script lets the answer wait until something is new."""
        preview, version = self.server.preview, asked.get("version", "")
        held = False
        if "wait" in asked and self.server.waiting.acquire(blocking=False):
            try:
                held = preview.now.version == version
                preview.wait(version, _HELD, self._is_gone)
            finally:
                self.server.waiting.release()
        now = preview.now
        page, tag = asked.get("page", ""), asked.get("tag", "")
        same = now.version == version or bool(tag) and answers.tag_at(page, now, preview.language) == tag
        state = json.dumps({"version": now.version, "same": same, "held": held})
        self.send_bytes(HTTPStatus.OK, TYPES["json"], state.encode())

    def _is_gone(self) -> bool:
        """Whether the browser has closed the connection, as it does when its page goes."""
        try:
            is_readable = bool(select.select([self.connection], [], [], 0)[0])
            return is_readable and not self.connection.recv(1, socket.MSG_PEEK)
        except (OSError, ValueError):
            return True

    def send_from_site(self, now: Showing) -> None:
        """Answer with what stands at the address in the site."""
        language = self.server.preview.language
        found = answers.at(self.path, now, language)
        if found.file is not None and self.send_file(found.file, found.parts):
            return
        if found.file is not None and now.folder is not None:
            found = answers.missing(now.folder, now, language)  # it has just gone
        if found.location is not None:
            self.send_bytes(found.status, _PLAIN, b"", {"Location": found.location})
        elif found.html is not None:
            page = panels.filled(found.html, now, language, found.base)
            page = panels.dressed(page, now, answers.tag(page), self.path[:200])
            self.send_bytes(found.status, _PAGE, page.encode())

    def send_file(self, file: Path, parts: tuple[str, ...]) -> bool:
        """Answer with a file, or a part of it; ``False`` when it has just gone."""
        try:
            stream = file.open("rb")
        except OSError:
            return False
        with stream:
            self._send_stream(stream, files.type_of(parts))
        return True

    def _send_stream(self, stream: BinaryIO, kind: str) -> None:
        known = os.fstat(stream.fileno())
        tag = f'"{known.st_mtime_ns:x}-{known.st_size:x}-{known.st_ino:x}"'
        given = {"ETag": tag, "Accept-Ranges": "bytes", "Cache-Control": "no-cache"}
        if tag in (each.strip().removeprefix("W/") for each in self.headers.get("If-None-Match", "").split(",")):
            self.begin(HTTPStatus.NOT_MODIFIED, given)
            return
        asked = self.headers.get("Range") if self.command == "GET" else None
        try:
            part = ranges.part_of(asked, known.st_size, self.headers.get("If-Range"), tag)
        except ranges.Unsatisfiable:
            status = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
            self.send_bytes(status, _PLAIN, b"", {"Content-Range": f"bytes */{known.st_size}"})
            return
        given["Content-Type"] = kind
        given["Content-Length"] = str(part.length if part else known.st_size)
        if part is not None:
            given["Content-Range"] = f"bytes {part.first}-{part.last}/{known.st_size}"
            stream.seek(part.first)
        self.begin(HTTPStatus.PARTIAL_CONTENT if part else HTTPStatus.OK, given)
        if self.command != "HEAD":
            self._copy(stream, part.length if part else known.st_size)

    def _copy(self, stream: BinaryIO, length: int) -> None:
        while length > 0 and (block := stream.read(min(_BLOCK, length))):
            self.wfile.write(block)
            length -= len(block)
        if length:
            self.close_connection = True  # less than was promised: the browser must not take it for the whole

    def send_bytes(self, status: HTTPStatus, kind: str, content: bytes, more: Mapping[str, str] | None = None) -> None:
        """Answer with ``content``."""
        size = {"Content-Type": kind, "Content-Length": str(len(content)), "Cache-Control": "no-store"}
        self.begin(status, {**size, **(more or {})})
        if self.command != "HEAD":
            self.wfile.write(content)

    def begin(self, status: HTTPStatus, given: Mapping[str, str]) -> None:
        """Send the head of an answer."""
        self.is_begun = True
        self.send_response(status)
        for name, value in {**_ALWAYS, **given}.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class names it so
        """Requests are not worth a line each."""


class Server(ThreadingHTTPServer):
    """A server whose open connections never keep the command from ending. ``tell`` gets a line where an answer failed."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    allow_reuse_address = os.name != "nt"  # there it would let two servers have one port

    def __init__(
        self,
        address: tuple[Any, ...],
        preview: Preview,
        named: str,
        tell: Callable[[str], None],
        *,
        is_open: bool = False,
    ) -> None:
        self.preview, self.tell = preview, tell
        self.connections = Connections()
        self.waiting = threading.BoundedSemaphore(_WAITING)
        super().__init__(address, Handler)
        self.doors = Doors(self.server_port, named, is_open)
        self.url = url(named, self.server_port)

    def server_bind(self) -> None:
        """Take the port. Unlike the base class, ask nobody for the name of this machine."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]  # two parts, or four with IPv6

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer a connection in a thread of its own, if there is a place for it."""
        if self.connections.admit(request):
            super().process_request(request, client_address)
            return
        try:
            request.settimeout(0.2)
            request.sendall(
                b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            )
        finally:
            request.close()

    def shutdown_request(self, request: Any) -> None:
        """End a connection."""
        try:
            end(request)
        finally:
            self.connections.leave(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that went away is nothing to tell; what failed here is."""
        error = sys.exception()
        if error is not None and not isinstance(error, ConnectionError | TimeoutError):
            reason = in_line(f"{type(error).__name__}: {error}"[:200])
            self.tell(say("preview.no_answer", self.preview.language, reason=reason))


def url(host: str, port: int) -> str:
    """The address at which a person opens the preview; of a server for every network the one on this machine."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  replaced, not listened on
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def listening(
    host: str,
    address: tuple[str, int],
    preview: Preview,
    tell: Callable[[str], None],
    family: socket.AddressFamily,
    *,
    is_open: bool,
) -> Server:
    """A server that has its port at ``address``, of whatever kind that is; ``host`` is what a person called it."""
    kind = type("Server", (Server,), {"address_family": family})
    server: Server = kind(address, preview, host, tell, is_open=is_open)
    return server
