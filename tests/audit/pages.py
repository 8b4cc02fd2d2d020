"""The site that is measured, and one page of each of its templates."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from generator.engines.mkdocs import MkDocsEngine
from generator.pipeline import build
from generator.site.context import Page, Plan
from generator.stages.settings import Settings
from generator.text.addresses import output_file

ADDRESS = "https://exhibition.example/season/"  # nobody answers there (RFC 2606), and nobody is asked
FOLDER = "season"  # where the site lies on its host
EDITORIAL = "document"  # what stands for a template where the engine renders a page whole
AS_OF = date(2026, 11, 1)


@dataclass(frozen=True)
class Sample:
    """The page that stands for a template: the front page of its section, where one is made from it, else its heaviest."""

    template: str
    address: str


@dataclass(frozen=True)
class Exhibition:
    """A built site in ``host``/``season``, as it would lie at ``ADDRESS``."""

    host: Path
    samples: tuple[Sample, ...]

    @property
    def folder(self) -> Path:
        """The site's own folder."""
        return self.host / FOLDER


def samples(plan: Plan, folder: Path) -> tuple[Sample, ...]:
    """One page for each template of a planned site, built in ``folder``, by the name of the template."""

    def weight(page: Page) -> tuple[bool, int, str]:
        size = (folder / output_file(page.address)).stat().st_size
        return page.address == page.section, size, page.address

    found: dict[str, list[Page]] = {}
    for page in plan.pages.values():
        found.setdefault(page.template.removesuffix(".html") or EDITORIAL, []).append(page)
    return tuple(Sample(template, max(found[template], key=weight).address) for template in sorted(found))


def exhibit(root: Path, to: Path, cache: Path) -> Exhibition:
    """Build the site in ``root`` below ``to`` as if it had an address, or take what an earlier call built there."""
    known = to / "samples.json"
    if not known.is_file():
        copy = to / "root"
        for each in ("brands", "content"):
            shutil.copytree(root / each, copy / each, copy_function=_link)
        config = (root / "site_config.yml").read_text("utf-8")
        (copy / "site_config.yml").write_text(f"{_without_address(config)}\naddress: {ADDRESS}\n", "utf-8")
        settings = Settings(copy, AS_OF, cache=cache, jobs=2)
        outcome = build(settings, to / "host" / FOLDER, MkDocsEngine())
        assert outcome.published and outcome.survey.plan, [str(each.span) for each in outcome.survey.problems]
        found = samples(outcome.survey.plan, to / "host" / FOLDER)
        known.write_text(json.dumps([asdict(each) for each in found]), "utf-8")
    return Exhibition(to / "host", tuple(Sample(**each) for each in json.loads(known.read_text("utf-8"))))


def _without_address(config: str) -> str:
    return "\n".join(line for line in config.splitlines() if not line.startswith("address:"))


def _link(source: str, target: str) -> None:
    """A second name for a file, which costs nothing; a copy where the two places are on different disks."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def parts(pages: Iterable[Sample], number: int, count: int) -> tuple[Sample, ...]:
    """Every ``count``-th page from the one at ``number`` on."""
    return tuple(pages)[number::count]


class _QuietHandler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name is the base class's
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve ``folder`` on a free port of this machine; gives what all addresses begin with."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_QuietHandler, directory=str(folder)))
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
