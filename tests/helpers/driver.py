"""A chainable driver for small whole sites: copy one, change it, check or build it, look at what came out."""

from __future__ import annotations

import re
import shutil
from datetime import date, datetime
from pathlib import Path

from generator.engines import Engine
from generator.engines.memory import MemoryEngine
from generator.messages import Language
from generator.pipeline import build, survey
from generator.problems import Problem
from generator.site.context import Public
from generator.site.context import Site as PlannedSite
from generator.stages.settings import Settings
from generator.stages.survey import Outcome, planned_site
from generator.themes import look
from tests.helpers.places import SITES

AS_OF = date(2026, 6, 1)


class SiteDriver:
    """A copy of a fixture site in ``root``. Every method that changes or runs something returns the driver."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.out = root.parent / f"{root.name}-out"
        self.problems: tuple[Problem, ...] = ()
        self.outcome: Outcome | None = None

    @classmethod
    def copy(cls, case: str, to: Path) -> SiteDriver:
        """Copy the fixture site ``case``, such as ``good/small``, below ``to``."""
        root = to / "site"
        shutil.copytree(SITES / case, root, symlinks=True)
        return cls(root)

    def with_brands(self, *ids: str) -> SiteDriver:
        """The same with copies of the brand of ``good/small`` under other ``ids``."""
        for id in ids:
            self.copy_folder("brands/qingfeng", f"brands/{id}").edit(f"brands/{id}/brand.yml", "id: qingfeng", f"id: {id}")
        return self

    def write(self, path: str, content: str | bytes) -> SiteDriver:
        """Write a file, making its folders."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return self

    def edit(self, path: str, old: str, new: str) -> SiteDriver:
        """Replace the one occurrence of ``old`` in a file."""
        text = (self.root / path).read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        return self.write(path, text.replace(old, new))

    def copy_file(self, source: str, target: str) -> SiteDriver:
        """Copy a file of the site."""
        return self.write(target, (self.root / source).read_bytes())

    def copy_folder(self, source: str, target: str) -> SiteDriver:
        """Copy a folder of the site."""
        shutil.copytree(self.root / source, self.root / target)
        return self

    def remove(self, path: str) -> SiteDriver:
        """Remove a file or a folder."""
        target = self.root / path
        if target.is_dir():
            shutil.rmtree(target)
        else:
            target.unlink()
        return self

    def remove_if_there(self, path: str) -> SiteDriver:
        """Remove a file or a folder that a fixture may have for its test only."""
        return self.remove(path) if (self.root / path).exists() else self

    def settings(self, as_of: date | datetime = AS_OF, **more: object) -> Settings:
        """The settings of this site's commands."""
        return Settings(self.root, as_of, **{"cache": self.root.parent / "cache", **more})  # type: ignore[arg-type]

    def check(self, as_of: date | datetime = AS_OF) -> SiteDriver:
        """Check the site and keep its problems."""
        self.problems = survey(self.settings(as_of)).problems
        return self

    def build(self, as_of: date | datetime = AS_OF, engine: Engine | None = None, **more: object) -> SiteDriver:
        """Build the site into ``self.out`` and keep the outcome and its problems."""
        self.outcome = build(self.settings(as_of, **more), self.out, engine or MemoryEngine())
        self.problems = self.outcome.survey.problems
        return self

    def without_copies(self) -> SiteDriver:
        """Leave out what is said of copies (CPY-*): many tests make a record by copying another, which is told too."""
        self.problems = tuple(each for each in self.problems if not each.code.startswith("CPY-"))
        return self

    def shown(self) -> PlannedSite:
        """The site that the last build planned, as its views draw on it."""
        assert self.outcome is not None and self.outcome.survey.planned is not None
        public, theme = self.outcome.survey.planned.public, self.settings().counting().theme
        found, _ = look.of(theme, public.config, (), "site")
        assert found is not None
        return planned_site(self.outcome.survey, found, self.settings())

    def public(self, as_of: date | datetime = AS_OF, **more: object) -> Public:
        """What the public may see of the site."""
        found = survey(self.settings(as_of, **more))
        assert found.public is not None
        return found.public

    def is_published(self) -> bool:
        """Whether the last build published."""
        return self.outcome is not None and self.outcome.published is not None

    def lines(self, language: Language = "zh") -> list[str]:
        """The problems as lines: place, level, code, text, remedy."""
        return [
            f"{each.span} {each.level} {each.code} {each.text(language)} → {each.remedy(language)}"
            for each in self.problems
        ]

    def codes(self) -> list[tuple[str, str, int]]:
        """The problems as (code, path, line)."""
        return [(each.code, each.span.path, each.span.line) for each in self.problems]

    def page(self, address: str) -> str:
        """The HTML of a published page."""
        file = self.out / address
        return (file / "index.html" if file.is_dir() or not file.suffix else file).read_text("utf-8")

    def main(self, address: str) -> str:
        """What stands in the ``<main>`` of a published page."""
        match = re.search(r"<main[^>]*>(.*)</main>", self.page(address), re.DOTALL)
        assert match, f"no <main> in {address}"
        return match[1].strip() + "\n"

    def files(self) -> dict[str, bytes]:
        """All published files: path → bytes."""
        return {
            each.relative_to(self.out).as_posix(): each.read_bytes()
            for each in sorted(self.out.rglob("*"))
            if each.is_file()
        }


def put_files(folder: Path, files: dict[str, bytes]) -> None:
    """Write ``files`` below ``folder``, making their folders."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def published_files(folder: Path) -> dict[str, bytes]:
    """What is in the files below ``folder``, by path, but for the manifest."""
    found = {each.relative_to(folder).as_posix(): each for each in folder.rglob("*") if each.is_file()}
    return {name: each.read_bytes() for name, each in found.items() if name != "manifest.json"}
