"""A site where visitors meet it: at the root of a host, and in a folder that is opened without any server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.engines.mkdocs import MkDocsEngine
from tests.helpers.browsing import Place, served
from tests.helpers.driver import SiteDriver


@contextmanager
def built_at_both(driver: SiteDriver, home: Path) -> Iterator[dict[str, Place]]:
    """Build the site of ``driver`` for both, below ``home``: "host" and "folder"."""
    folders: dict[str, Path] = {}
    for links in ("site", "file"):
        driver.out = folders[links] = home / f"made-{links}"
        driver.build(engine=MkDocsEngine(), links=links)
        assert driver.is_published(), driver.lines()
    with served(folders["site"]) as host:
        yield {"host": Place(host), "folder": Place(f"{folders['file'].as_uri()}/", "index.html")}
