"""A preview as a process of its own."""

from __future__ import annotations

import re
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.helpers.driver import SiteDriver
from tests.helpers.processes import COMMAND, environment


class Serving:
    """A process that serves ``site``, and what it has said so far."""

    def __init__(self, site: SiteDriver, temporary: Path, *arguments: str, **more: str) -> None:
        self.site, self.temporary = site, temporary
        temporary.mkdir(exist_ok=True)
        cache = str(site.root.parent / "cache")
        own = site.root / "theme"  # a site's own theme has to be named
        arguments = (*arguments, "--theme", str(own)) if own.is_dir() else arguments
        self.process = subprocess.Popen(
            [*COMMAND, "serve", "--root", str(site.root), "--port", "0", "--cache", cache, *arguments],
            env=environment(PYTHONUNBUFFERED="1", TMPDIR=str(temporary), **more),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.said = ""
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line.decode()

    @property
    def url(self) -> str:
        """Where it serves, once it says so."""
        until(lambda: re.search(r"http://\S+?/(?=，)", self.said))
        found = re.search(r"http://\S+?/(?=，)", self.said)
        assert found is not None
        return found[0]

    def page(self, address: str = "") -> str:
        """The text of a page, also of one that says that there is none."""
        try:
            with urllib.request.urlopen(f"{self.url}{address}", timeout=60) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            return error.read().decode()

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """End it and return its exit code."""
        self.process.send_signal(number)
        return self.process.wait(30)


def until(asked: Callable[[], object], seconds: float = 120.0) -> None:
    """Wait until ``asked`` is true."""
    deadline = time.monotonic() + seconds
    while not asked():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.1)


@contextmanager
def serving(site: SiteDriver, temporary: Path, *arguments: str, **more: str) -> Iterator[Serving]:
    """Serve ``site`` while this lasts."""
    server = Serving(site, temporary, *arguments, **more)
    try:
        yield server
    finally:
        server.process.kill()
        server.process.wait(10)
