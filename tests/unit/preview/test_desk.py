"""The desk of the preview: an edited page is shown before the site is built, whatever else is at work, and never goes back to
what it was before."""

from __future__ import annotations

import json
import re
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest

from generator.engines.memory import MemoryEngine
from generator.preview import desk, making
from generator.preview.desk import Desk
from generator.preview.panels import SCRIPT, STATE
from generator.preview.watching import Change, stamps
from generator.stages.survey import Outcome
from tests.helpers.driver import SiteDriver
from tests.helpers.previewing import Running
from tests.helpers.serving import until

BRAND, STORY = "brands/qingfeng/brand.yml", "brands/qingfeng/story.md"
PAGE = "/brands/qingfeng/"


class At:
    """A preview with its desk. Builds wait before they are shown while ``gate`` is closed."""

    def __init__(self, running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
        self.running, self.site = running, running.site
        self.gate = threading.Event()
        self.gate.set()
        self.begun = self.ended = 0
        build = making.build

        def held(*arguments: object) -> Outcome:
            self.begun += 1
            outcome = build(*arguments)  # type: ignore[arg-type]
            assert self.gate.wait(20)
            self.ended += 1
            return outcome

        monkeypatch.setattr(making, "build", held)
        self.desk = Desk(running.settings(), MemoryEngine(), running.preview, running.said.append)
        self.desk.build(self.sources())

    def sources(self) -> dict[str, tuple[int, ...]]:
        """What the system knows of the sources."""
        return dict(stamps(self.site.root))

    def want(self) -> None:
        """Let the whole site be built."""
        self.desk.want(Change([STORY], self.sources()))

    def edit(self, path: str, content: str) -> None:
        """Write a file and tell the desk of it."""
        self.site.write(path, content)
        self.desk.look_at(frozenset([path]))

    def page(self, address: str = PAGE) -> str:
        """A page as a browser gets it."""
        return self.running.open(address)[1]

    def in_folder(self, address: str = PAGE) -> str:
        """A page as the last whole build gave it."""
        return (self.running.folder / f"{address.strip('/')}/index.html").read_text("utf-8")


@pytest.fixture
def at(small: SiteDriver, monkeypatch: pytest.MonkeyPatch) -> Iterator[At]:
    with Running(small) as running:
        yield At(running, monkeypatch)


def _marks(page: str) -> tuple[str, str]:
    """The version and the tag that a page carries."""
    script = page[page.index(f'<script src="{SCRIPT}"') :].partition(">")[0]
    return script.partition('data-version="')[2].partition('"')[0], script.partition('data-tag="')[2].partition('"')[0]


def _main(page: str) -> str:
    return page.partition("<main")[2].partition("</main>")[0]


def _without_seen(main: str) -> str:
    """The page as it is where nothing can be kept of what was seen: without the way there and, at a record, without the script
    and its marks."""
    marks = (r' data-stand="" data-item="[^"]+"', r'<script src="[^"]*/seen\.[^"]+" defer></script>')
    kept, way = re.subn(r'<a class="quiet-button" href="[^"]*seen/">[^<]*</a>', "", main)
    for each in marks:
        kept, count = re.subn(each, "", kept)
        assert count == way, each
    assert way <= 1
    return kept


def _state(at: At, page: str, address: str = PAGE, more: str = "") -> dict[str, object]:
    version, tag = _marks(page)
    found = at.running.open(f"{STATE}?page={quote(address, safe='')}&version={version}&tag={tag}{more}")[1]
    return dict(json.loads(found))


def test_an_edited_page_is_shown_before_the_site_is_built(at: At) -> None:
    before = at.page()
    at.edit(STORY, "改过的故事，马上能看到。\n")
    now = at.page()
    assert "改过的故事" in now and "改过的故事" not in before + at.in_folder()
    assert at.begun == 1  # the first build of all
    assert not _state(at, before)["same"] and _state(at, now)["same"]


def test_the_page_is_not_loaded_again_when_the_whole_site_has_the_same(at: At) -> None:
    elsewhere, story = at.page("/units/court/"), (at.site.root / STORY).read_text("utf-8")
    at.edit(STORY, f"{story}\n改过的故事。\n")
    ahead = at.page()
    with at.desk.at_work():
        at.want()
        until(lambda: at.ended == 2 and "改过的故事" in at.in_folder())
        until(lambda: not at.running.preview.now.pages)
    assert at.page().count("改过的故事") == ahead.count("改过的故事")
    assert _marks(at.page())[0] != _marks(ahead)[0]
    assert _state(at, ahead)["same"] and _state(at, elsewhere, "/units/court/")["same"]


def test_an_edit_during_a_build_is_shown_at_once_and_stays(at: At) -> None:
    with at.desk.at_work():
        at.gate.clear()
        at.edit(STORY, "第一次改的故事。\n")
        at.want()
        until(lambda: at.begun == 2)
        at.edit(STORY, "第二次改的故事。\n")
        assert "第二次改的故事" in at.page() and at.ended == 1
        at.gate.set()
        until(lambda: at.ended == 2 and at.running.preview.now.number >= 4)
        assert "第二次改的故事" in at.page() and "第二次" not in at.in_folder()
        at.want()
        until(lambda: at.ended == 3 and not at.running.preview.now.pages)
        assert "第二次改的故事" in at.in_folder()


def test_a_mistake_is_told_at_once_with_file_and_line_and_so_is_its_mending(at: At) -> None:
    sound = (at.site.root / BRAND).read_text("utf-8")
    at.edit(BRAND, sound.replace("slogan:", "slogna:"))
    page = at.page()
    assert "brands/qingfeng/brand.yml:3:1" in page and "<h1" in page and "清风" in page
    at.edit(BRAND, sound.replace("status: published", "status: published\n  unit: x"))
    assert "brands/qingfeng/brand.yml:" in at.page() and "preview-problems" in at.page()
    at.edit(BRAND, sound)
    assert "preview-problems" not in at.page() and at.begun == 1


@pytest.mark.parametrize(("path", "field", "address"), [(BRAND, "slogan", PAGE), ("content/about/submit.md", "title", "/about/submit/")])
def test_a_record_that_was_left_out_comes_back_at_once_when_it_is_mended(path: str, field: str, address: str, at: At) -> None:
    sound, before = (at.site.root / path).read_text("utf-8"), at.page(address)
    at.site.write(path, sound.replace(f"{field}:", f"{field}x:"))
    at.desk.build(at.sources())
    assert at.running.open(address)[0] == 404
    at.edit(path, sound)
    assert at.running.open(address)[0] == 200 and at.begun == 2
    now = at.page(address)
    # As long as this was the only brand the site had no wall, and nothing to keep a list of what was seen of.
    assert _main(now) == _without_seen(_main(before))
    for picture in re.findall(r'src="(?:\.\./)*(media/[^"]+)"', now):  # they lie in the folder of before
        assert at.running.ask(f"/{picture}")[0] == 200
    assert at.running.open(address.rstrip("/"))[0] == 200  # the way to it, though the folder has none


def test_what_names_nothing_is_told_at_once(at: At) -> None:
    sound = (at.site.root / BRAND).read_text("utf-8")
    at.edit(BRAND, sound.replace("unit: court", "unit: nobody"))
    assert "brands/qingfeng/brand.yml:" in at.page() and "REF-001" in at.page()


def test_an_edit_that_is_taken_back_shows_the_page_of_before(at: At) -> None:
    file = at.site.root / STORY
    kept, known = file.read_text("utf-8"), file.stat()
    at.edit(STORY, "又改了的故事。\n")
    assert "又改了的故事" in at.page()
    at.edit(STORY, kept)
    assert "又改了的故事" not in at.page() and known.st_size == file.stat().st_size


@pytest.mark.parametrize("what", ["new", "renamed", "gone", "configuration", "unit", "many"])
def test_what_goes_further_than_a_page_waits_for_the_whole_build(what: str, at: At) -> None:
    before, root = at.page(), at.site.root
    paths = {
        "new": ["brands/new/brand.yml"],
        "renamed": [BRAND, "brands/xinming/brand.yml"],
        "gone": [STORY],
        "configuration": ["site_config.yml"],
        "unit": ["content/units.yml"],
        "many": [f"brands/n{number}/brand.yml" for number in range(300)],
    }[what]
    if what == "renamed":
        (root / "brands/qingfeng").rename(root / "brands/xinming")
    elif what == "gone":
        (root / STORY).unlink()
    else:
        for path in paths:
            old = (root / path).read_text("utf-8") if (root / path).exists() else (root / BRAND).read_text("utf-8")
            at.site.write(path, old.replace("清风", "明月") + "\n")
    at.desk.look_at(frozenset(paths))
    assert at.page() == before and at.running.preview.now.pages == {}
    with at.desk.at_work():
        at.want()
        until(lambda: at.ended == 2 and "已更新" in "".join(at.running.said))
    assert at.running.open("/brands/xinming/" if what == "renamed" else "/")[0] in (200, 404)


def test_several_records_at_once_are_shown(at: At) -> None:
    at.site.write(STORY, "一处改了。\n")
    about = next((at.site.root / "content/about").glob("*.md"))
    about.write_text(about.read_text("utf-8") + "\n另一处也改了。\n", "utf-8")
    at.desk.look_at(frozenset([STORY, about.relative_to(at.site.root).as_posix()]))
    assert "一处改了" in at.page() and len(at.running.preview.now.pages) == 2
    assert any("另一处也改了" in each for each in at.running.preview.now.pages.values())


def test_the_home_page_shows_its_own_text_at_once(at: At) -> None:
    text = (at.site.root / "content/index.md").read_text("utf-8")
    at.edit("content/index.md", f"{text}\n首页上新写的一段。\n")
    assert "首页上新写的一段" in at.page("/")


def test_what_fails_ahead_of_the_build_is_left_to_it(at: At, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.preview.desk.again", lambda *_: 1 / 0)
    before = at.page()
    at.edit(STORY, "改过的故事。\n")
    assert at.page() == before and "Traceback" not in "".join(at.running.said)


def test_a_build_ends_with_the_preview(at: At) -> None:
    class Slow(MemoryEngine):
        def render(self, *arguments: object):  # type: ignore[no-untyped-def, override]
            begun.set()
            while True:  # it would never end by itself
                time.sleep(0.01)

    begun = threading.Event()
    at.desk._engine = Slow()
    with at.desk.at_work():
        at.want()
        assert begun.wait(20)
    assert not any("_work" in each.name for each in threading.enumerate())
    assert [each.name for each in (at.running.preview.base / "b").iterdir()] in ([], ["site"])


def test_what_the_preview_cannot_outlive_ends_it_with_the_next_change(at: At) -> None:
    def closed(line: str) -> None:
        raise BrokenPipeError

    at.desk._tell = closed
    with pytest.raises(BrokenPipeError), at.desk.at_work():
        at.want()
        until(lambda: at.desk._failure is not None)
        at.want()


# -- telling the browser ------------------------------------------------------------------------------------------------


def test_a_page_that_waits_is_told_at_once_and_only_few_wait(at: At, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.preview.server._HELD", 600)  # nobody is answered because time is up
    page = at.page()
    with ThreadPoolExecutor(6) as pool:
        asked = [pool.submit(lambda: _state(at, page, more="&wait=1")) for _ in range(5)]
        until(lambda: sum(each.done() for each in asked) == 2)  # those for which there is no place ask again
        assert all(each.result()["same"] and not each.result()["held"] for each in asked if each.done())
        at.edit(STORY, "改过的故事。\n")
        told = [each.result(60) for each in asked]
    assert sorted(bool(each["same"]) for each in told) == [False, False, False, True, True]


def test_a_browser_that_went_away_gives_up_its_place(at: At, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    page = at.page()
    version, _ = _marks(page)
    for _ in range(3):
        with socket.create_connection(("127.0.0.1", at.running.port)) as connection:
            connection.sendall(f"GET {STATE}?version={version}&wait=1 HTTP/1.1\r\nHost: 127.0.0.1:{at.running.port}\r\n\r\n".encode())
            time.sleep(0.1)
    until(lambda: at.running.server.waiting._value == 3)  # type: ignore[attr-defined]


def test_a_missing_page_is_loaded_again_once_it_is_there(at: At) -> None:
    missing = at.page("/brands/new/")
    assert _state(at, missing, "/brands/new/")["same"]
    at.site.copy_folder("brands/qingfeng", "brands/new").edit("brands/new/brand.yml", "id: qingfeng", "id: new")
    at.desk.build(at.sources())
    assert not _state(at, missing, "/brands/new/")["same"]


class _Slow:
    """Something that takes a while to be given up."""

    def __del__(self) -> None:
        until = time.monotonic() + 0.02
        while time.monotonic() < until:
            pass


def test_a_build_that_ends_while_it_gives_something_up_prints_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", told.append)
    worker = threading.Thread(target=lambda: [_Slow() is None for _ in range(40)], daemon=True)
    worker.start()
    desk._stop(worker)
    assert told == [] and not worker.is_alive() and sys.unraisablehook == told.append
