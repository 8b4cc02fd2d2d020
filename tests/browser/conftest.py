"""The exhibition of the tests where visitors meet it, and the visitors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.helpers.browsing import Place, launched, served

expect.set_options(timeout=20_000)  # a busy machine is no fault of a page


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """One browser for all tests in here: to open one takes as long as some of them."""
    with launched() as browser:
        yield browser


@pytest.fixture(scope="package")
def places(
    city_site: Path, city_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Place]]:
    """The site at the root of a host, below a path of a host, and in a folder that is opened without any server."""
    parent = tmp_path_factory.mktemp("host")
    (parent / "a").mkdir()
    (parent / "a" / "b").symlink_to(city_site, target_is_directory=True)
    with served(city_site) as host, served(parent) as path:
        yield {
            "host": Place(host),
            "path": Place(f"{path}a/b/"),
            "folder": Place(f"{city_folder.as_uri()}/", "index.html"),
        }


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Opens a visitor's own context: ``visit(viewport=…)``."""
    opened: list[BrowserContext] = []

    def visit(width: int = 1280, **options: Any) -> BrowserContext:
        context = chromium.new_context(viewport={"width": width, "height": 844}, **options)
        context.set_default_timeout(30_000)
        opened.append(context)
        return context

    yield visit
    for each in opened:
        each.close()
