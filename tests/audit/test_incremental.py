"""Whatever happens between two builds, the second comes to the bytes of one that begins with nothing: no cache, no site.

``STEPS`` says how many steps each of the walks takes, ``FIRST_WALK`` where they begin; a seed that fails is repeated alone. Where
the audit tries fewer examples there is one walk.
"""

from __future__ import annotations

import io
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from generator.cli import unchanged
from generator.cli.commands import main as commands
from generator.engines.mkdocs import MkDocsEngine
from generator.pipeline import build
from generator.stages.settings import Settings
from generator.system.resources import THEME
from generator.themes.basis import Basis
from tests.helpers.driver import SiteDriver
from tests.helpers.processes import COMMAND, environment
from tests.helpers.properties import ALL
from tests.helpers.repositories import committed, git

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="what has nothing to do is known on POSIX only")

FIRST = int(os.environ.get("FIRST_WALK", "0"))
STEPS = int(os.environ.get("STEPS", "52"))
WALKS = 4 if ALL else 1
DAYS = ("2023-12-01", "2024-06-01", "2026-06-01")
NOTHING = "没有任何变化"
Draw = random.Random


class Walk:
    """A site with several brands and a theme of its own, and how its builds are given."""

    def __init__(self, folder: Path, draw: Draw) -> None:
        self.site = SiteDriver.copy("good/small", folder)
        self.site.remove_if_there("expected")
        for name in ("a", "b"):
            self.copy("qingfeng", name)
        shutil.copytree(THEME, self.root / "theme")
        self.draw, self.day, self.year, self.links = draw, DAYS[2], None, "site"
        self.number = 0

    @property
    def root(self) -> Path:
        return self.site.root

    @property
    def out(self) -> Path:
        return self.root.parent / f"out-{self.year or 'now'}-{self.links}"

    def brands(self) -> list[str]:
        return sorted(each.name for each in (self.root / "brands").iterdir() if (each / "brand.yml").is_file())

    def brand(self) -> Path:
        return self.root / "brands" / self.draw.choice(self.brands())

    def spare(self) -> Path | None:
        """One to which nothing else leads."""
        names = [each for each in self.brands() if each != "qingfeng"]
        return self.root / "brands" / self.draw.choice(names) if len(names) > 1 else None

    def copy(self, old: str, new: str) -> None:
        self.site.copy_folder(f"brands/{old}", f"brands/{new}")
        replace(self.root / f"brands/{new}/brand.yml", f"id: {old}\n", f"id: {new}\n")

    def arguments(self) -> list[str]:
        given = ["build", "--out", str(self.out), "--cache", str(self.root.parent / "cache"), "--as-of", self.day]
        given += ["--theme", "theme", "--links", self.links, "--jobs", str(1 + self.number % 2)]
        return given + (["--year", str(self.year)] if self.year else [])

    def new(self) -> str:
        self.number += 1
        return f"n{self.number}"


def replace(file: Path, old: str, new: str) -> None:
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")


def append(file: Path, text: str) -> None:
    with file.open("a", encoding="utf-8") as out:
        out.write(text)


# -- what happens between two builds -----------------------------------------------------------------------------------


def nothing(walk: Walk) -> None:
    """Nothing at all, twice: what was written in this very moment is looked at again."""
    time.sleep(0.1)
    given(walk)


def text_edited(walk: Walk) -> None:
    append(walk.brand() / "story.md", f"\n又写了一段，{walk.new()}。\n")


def field_edited(walk: Walk) -> None:
    file = walk.brand() / "brand.yml"
    file.write_text(re.sub(r"^name: \S*", f"name: 新名{walk.new()}", file.read_text("utf-8"), flags=re.M), "utf-8")


def saved_again(walk: Walk) -> None:
    """As an editor saves it: another file with the same content."""
    file = walk.brand() / "brand.yml"
    copy = file.with_name("saving")
    copy.write_bytes(file.read_bytes())
    copy.replace(file)


def remarked(walk: Walk) -> None:
    """A remark that nothing shows, in a file that the page names by its digest."""
    append(walk.brand() / "brand.yml", f"# {walk.new()}\n")


def kept_by_git(walk: Walk) -> None:
    """A commit of all, or of nothing, or on another branch."""
    if shutil.which("git") is not None:
        committed(walk.root)
        git(walk.root, *walk.draw.choice([("gc", "-q"), ("checkout", "-q", "-b", walk.new()), ("checkout", "-q", "--detach")]))


def added(walk: Walk) -> None:
    walk.copy(walk.brand().name, walk.new())


def deleted(walk: Walk) -> None:
    folder = walk.spare()
    if folder is not None:
        shutil.rmtree(folder)


def renamed(walk: Walk) -> None:
    folder, name = walk.spare(), walk.new()
    if folder is not None:
        target = folder.rename(folder.with_name(name))
        replace(target / "brand.yml", f"id: {folder.name}\n", f"id: {name}\n")


def broken(walk: Walk) -> None:
    file = walk.brand() / "brand.yml"
    before = file.read_bytes()
    replace(file, "slogan:", "slogna:")
    told = given(walk)
    assert told[0] == 1 and "slogna" in told[1]
    file.write_bytes(before)


def configured(walk: Walk) -> None:
    file = walk.root / "site_config.yml"
    file.write_text(re.sub(r"^name: .*$", f"name: 展厅{walk.new()}", file.read_text("utf-8"), count=1, flags=re.M), "utf-8")


def template_edited(walk: Walk) -> None:
    append(walk.root / "theme/exhibits" / walk.draw.choice(["brand.html", "parts.html", "brands.html"]), f"\n{{# {walk.new()} #}}<i>{walk.new()}</i>\n")


def style_edited(walk: Walk) -> None:
    append(walk.root / "theme/assets/css/09-cards.css", f"\n.{walk.new()} {{ color: #123456; }}\n")


def picture_changed(walk: Walk) -> None:
    made = io.BytesIO()
    Image.new("RGB", (900, 600), (walk.draw.randrange(256), 90, 120)).save(made, "JPEG")
    picture = Image.open(made)
    picture.putpixel((walk.draw.randrange(900), 5), (1, 2, 3))
    picture.save(walk.brand() / "img/hall.jpg", "JPEG", quality=80)


def another_day(walk: Walk) -> None:
    walk.day = walk.draw.choice(DAYS)


def another_year(walk: Walk) -> None:
    walk.year = walk.draw.choice([None, 2024])
    walk.links = walk.draw.choice(["site", "file"])


def killed(walk: Walk) -> None:
    text_edited(walk)
    started = subprocess.Popen(
        [*COMMAND, *walk.arguments()], cwd=walk.root, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(walk.draw.uniform(0.3, 2.5))
    started.send_signal(signal.SIGKILL)
    started.wait()


def page_edited(walk: Walk) -> None:
    if (walk.out / "index.html").is_file():
        replace(walk.out / "index.html", "<main", "<main data-x")


def site_gone(walk: Walk) -> None:
    shutil.rmtree(walk.out, ignore_errors=True)


def cache_gone(walk: Walk) -> None:
    shutil.rmtree(walk.root.parent / "cache", ignore_errors=True)


def cache_damaged(walk: Walk) -> None:
    for file in sorted((walk.root.parent / "cache").glob("*/??/*"))[::3]:
        file.write_bytes(file.read_bytes()[:-1] + b"!")


KINDS: tuple[Callable[[Walk], None], ...] = (
    *(nothing, nothing, text_edited, text_edited, field_edited, field_edited, saved_again, remarked, kept_by_git, added, deleted, renamed, broken),
    *(configured, template_edited, style_edited, picture_changed, another_day, another_year, killed, page_edited),
    *(kept_by_git, site_gone, cache_gone, cache_damaged),
)


# -- and what comes of it ----------------------------------------------------------------------------------------------


def given(walk: Walk) -> tuple[int, str]:
    """The command as the program begins with it, within this process: its exit code, and what it said."""
    streams = [io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2)]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(walk.root)
        patch.setattr(sys, "argv", ["exhibit", *walk.arguments()])
        patch.setattr(sys, "stdout", streams[0])
        patch.setattr(sys, "stderr", streams[1])
        code = 0
        if not unchanged.answer(sys.argv[1:]):
            with pytest.raises(SystemExit) as end:
                commands.main()
            code = int(end.value.code or 0)
    for each in streams:
        each.flush()
    return code, b"".join(each.buffer.getvalue() for each in streams).decode()  # type: ignore[attr-defined]


def anew(walk: Walk) -> dict[str, bytes] | None:
    """The files of a build that begins with nothing, ``None`` where there is no such site."""
    empty = walk.root.parent / "empty"
    shutil.rmtree(empty, ignore_errors=True)
    settings = Settings(
        walk.root,
        date.fromisoformat(walk.day),
        cache=empty / "cache",
        links=walk.links,  # type: ignore[arg-type]
        year=walk.year,
        basis=Basis(walk.root / "theme", walk.root),
    )
    done = build(settings, empty / "site", MkDocsEngine()).published
    return files(empty / "site") if done else None


def files(folder: Path) -> dict[str, bytes]:
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in sorted(folder.rglob("*")) if each.is_file()}


@pytest.mark.parametrize("seed", range(FIRST, FIRST + WALKS))
def test_after_whatever_happened_a_build_comes_to_the_same_bytes(seed: int, tmp_path: Path) -> None:
    draw = Draw(seed)
    walk = Walk(tmp_path, draw)
    done: Counter[str] = Counter()
    for number in range(STEPS):
        step = KINDS[number] if number < len(KINDS) else draw.choice(KINDS)
        step(walk)
        before = files(walk.out)
        code, told = given(walk)
        expected = anew(walk)
        where = (seed, number, step.__name__, told[-2000:])
        if expected is None:  # an address may be lost, which stops a site that had it
            assert code == 1 and files(walk.out) == before, where
            done["refused"] += 1
        elif code == 1:
            assert "URL-010" in told and files(walk.out) == before, where
            shutil.rmtree(walk.out)
            done["lost"] += 1
        else:
            assert (code, files(walk.out)) == (0, expected), where
            done["short" if NOTHING in told else "whole"] += 1
    assert done["short"] >= STEPS // 20 and done["whole"] >= STEPS // 2, done
