"""A live preview within the process of a test, and raw requests to it."""

from __future__ import annotations

import socket
import threading
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType

from generator.engines import Engine
from generator.engines.memory import MemoryEngine
from generator.preview.live import listen
from generator.preview.making import rebuild, update
from generator.preview.state import Preview
from generator.stages.settings import Settings
from generator.themes.basis import Basis
from tests.helpers.driver import SiteDriver


class Running:
    """The server of a preview of ``site``; it builds when it is told to."""

    def __init__(self, site: SiteDriver) -> None:
        self.site = site
        self.said: list[str] = []
        self.preview = Preview(site.root.parent / "preview", "zh")
        self.server = listen("127.0.0.1", 0, self.preview, self.said.append)
        self.port = self.server.server_port
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Running:
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def folder(self) -> Path:
        """The folder that is shown."""
        assert self.preview.now.folder is not None
        return self.preview.now.folder

    def settings(self) -> Settings:
        """Those of a preview of the site, with its own theme where it has one."""
        own = self.site.root / "theme"
        basis = Basis(own, self.site.root) if own.is_dir() else None
        return self.site.settings(keep_going=True, basis=basis)

    def rebuild(self) -> None:
        """Build; what fails raises."""
        rebuild(self.settings(), MemoryEngine(), self.preview)

    def update(self, engine: Engine | None = None) -> bool:
        """Build as the command does."""
        return update(self.settings(), engine or MemoryEngine(), self.preview, self.said.append)

    def open(self, path: str) -> tuple[int, str]:
        """Status and text of a page."""
        try:
            with urllib.request.urlopen(f"{self.url}{path}", timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def send(self, request: bytes, seconds: float = 20.0) -> bytes:
        """Everything that is answered to raw bytes until the connection ends."""
        return sent(self.port, request, seconds)

    def ask(self, target: str, *headers: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
        """Status, headers in small letters, and body of the answer to a request that is not tidied up by any client."""
        own = () if any(each.lower().startswith("host:") for each in headers) else (f"Host: 127.0.0.1:{self.port}",)
        lines = [f"{method} {target} HTTP/1.1", *own, *headers, "Connection: close", "", ""]
        return parted(self.send("\r\n".join(lines).encode("utf-8")))


def sent(port: int, request: bytes, seconds: float = 20.0) -> bytes:
    """Everything that a server of this machine answers to raw bytes until it ends the connection."""
    found = b""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as connection:
        connection.sendall(request)
        while block := connection.recv(65_536):
            found += block
    return found


def parted(answer: bytes) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of an answer."""
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (each.partition(":") for each in lines)}
    return int(first.split()[1]), headers, body
