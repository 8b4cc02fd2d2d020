"""A page made once more from what a preview knows is the page that a whole build gives, byte for byte, and what is wrong with
its record is told with file and line."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.engines import Engine
from generator.engines.memory import MemoryEngine
from generator.pipeline import build
from generator.stages.again import Again, Known, again, known
from generator.stages.survey import Outcome
from tests.helpers.driver import SiteDriver

BRAND, STORY = "brands/qingfeng/brand.yml", "brands/qingfeng/story.md"
SITES = ("small", "brand", "project", "exhibition", "video", "report", "pioneer", "page")


class Edited:
    """A preview of a site, what it knows, and the site after an edit."""

    def __init__(self, site: SiteDriver, engine: Engine | None = None) -> None:
        self.site, self.engine = site, engine or MemoryEngine()
        self.settings = site.settings(keep_going=True)
        self.known = self._known(self.build())

    def build(self) -> Outcome:
        """Build all of it."""
        return build(self.settings, self.site.out, self.engine)

    def _known(self, outcome: Outcome) -> Known:
        found = known(outcome, self.settings, self.engine)
        assert found is not None
        return found

    def again(self, *paths: str) -> Again | None:
        """What is made once more of the records at ``paths``."""
        return again(self.known, paths)

    def file(self, name: str) -> str | None:
        """A page as the last whole build gave it."""
        file = self.site.out / name
        return file.read_text("utf-8") if file.is_file() else None


def _story(text: str) -> str:
    return f"{text.rstrip()}\n\n今年又添了一段，写明做法。\n"


def _name(text: str) -> str:
    return re.sub(r"(?m)^((?:name|title|theme): *[\"']?)(?=\S)", r"\1新起的", text, count=1)


def _line(text: str) -> str:
    return re.sub(r"(?m)^((?:slogan|concept|description|problem|summary|intro): *)[^|>\"'\s].*$", r"\1换了一种说法，意思不变。", text, count=1)


def _number(text: str) -> str:
    return re.sub(r"(?m)^( +(?:- )?\{?(?:value|count|target|text|task|duration|minutes|body).*?)(\d)(?=\D)", lambda each: f"{each[1]}{(int(each[2]) + 1) % 9 + 1}", text, count=1)


EDITS: dict[str, Callable[[str], str]] = {"story": _story, "name": _name, "line": _line, "number": _number}


def _sources(root: Path) -> list[str]:
    found = (each.relative_to(root).as_posix() for each in sorted(root.rglob("*")) if each.suffix in (".yml", ".md"))
    return [each for each in found if each.startswith(("brands/", "content/"))]


@pytest.mark.few
@pytest.mark.parametrize("name", SITES)
def test_the_page_is_that_of_a_whole_build(name: str, site: Callable[[str], SiteDriver]) -> None:
    edited = Edited(site(f"good/{name}").remove_if_there("expected"))
    seen: set[tuple[str, str]] = set()
    compared = 0
    for path in _sources(edited.site.root):
        before = (edited.site.root / path).read_text("utf-8")
        for edit, change in EDITS.items():
            after = change(before)
            if after == before or (edit == "story") is not path.endswith(".md"):
                continue
            edited.site.write(path, after)
            found, whole = edited.again(path), edited.build()
            edited.site.write(path, before)
            if found is None or set(found.problems) != set(whole.survey.problems):
                continue  # other records have something to say of it
            seen.add((path, edit))
            for file, html in found.pages.items():
                assert html == edited.file(file), f"{edit} of {path}"
                compared += 1
    assert compared > 1, seen
