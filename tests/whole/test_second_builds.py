"""A second build of the same makes nothing again that takes long to make and depends on no record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from generator.engines.mkdocs import MkDocsEngine
from generator.outputs.data import downloads
from generator.themes import stylesheets
from generator.themes.sandbox import Sandbox
from tests.helpers.driver import SiteDriver


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often templates were compiled, the engine's sheet was made lean and the schema was written."""
    found: Counter[str] = Counter()

    def counted(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def make(*given: Any, **more: Any) -> Any:
            found[name] += 1
            return real(*given, **more)

        return make

    monkeypatch.setattr(Sandbox, "_compile", counted("template", Sandbox._compile))
    monkeypatch.setattr(stylesheets, "lean", counted("sheet", stylesheets.lean))
    monkeypatch.setattr(downloads, "whole_schema", counted("schema", downloads.whole_schema))
    return found


def _files(site: SiteDriver) -> dict[str, bytes]:
    return {each.relative_to(site.out).as_posix(): each.read_bytes() for each in site.out.rglob("*") if each.is_file()}


def test_the_second_build_makes_none_of_it_and_gives_the_same(small: SiteDriver, made: Counter[str]) -> None:
    first = _files(small.build(engine=MkDocsEngine()))
    assert made["template"] > 20 and made["sheet"] == made["schema"] == 1
    made.clear()
    assert _files(small.build(engine=MkDocsEngine())) == first and not made


def test_what_it_depends_on_makes_it_anew(small: SiteDriver, made: Counter[str]) -> None:
    small.build(engine=MkDocsEngine())
    made.clear()
    small.edit("site_config.yml", "categories:\n", "categories:\n  - {id: another, name: 另一类}\n")
    small.build(engine=MkDocsEngine())
    assert "另一类" in (small.out / "data/exhibition.schema.json").read_text("utf-8")
    assert made == {"schema": 1}
