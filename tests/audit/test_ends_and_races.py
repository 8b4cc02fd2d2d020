"""Builds that are ended at any moment, and sources that change at any moment, many times.

``EXHIBIT_TRIES`` sets how many; what is random follows from the number of the try.
"""

from __future__ import annotations

import os
import random
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.driver import SiteDriver
from tests.helpers.family import CODES, left_after, start_build

TRIES = int(os.environ.get("EXHIBIT_TRIES", "12"))
FILM = "content/videos/kaiting/film.mp4"
unix = pytest.mark.skipif(os.name != "posix", reason="needs signals and links")


@unix
@pytest.mark.parametrize("attempt", range(TRIES))
def test_a_build_that_is_ended_at_any_moment_leaves_no_process(
    attempt: int,
    many: SiteDriver,
    mark: str,
) -> None:
    chance = random.Random(attempt)
    number = list(CODES)[attempt % len(CODES)]
    process = start_build(many, mark)
    time.sleep(chance.uniform(0.6, 4))
    process.send_signal(number)
    code = process.wait(30)
    has_ended = (many.out / "manifest.json").is_file() and code in (0, -number)  # Python takes its answers back as it goes
    assert code == CODES[number] or has_ended
    assert left_after(mark, 20) == {}


def _swap_until(is_over: threading.Event, file: Path, chance: random.Random) -> None:
    """Change ``file`` again and again: a link to what is none of ours, a longer one, none, the right one."""
    right = file.read_bytes()

    def put(content: bytes) -> None:
        beside = file.with_name(".beside")
        beside.write_bytes(content)
        beside.replace(file)

    def link() -> None:
        beside = file.with_name(".beside")
        beside.symlink_to("/etc/passwd")
        beside.replace(file)

    ways: list[Callable[[], object]] = [
        link,
        lambda: put(right + b"x"),
        lambda: file.unlink(missing_ok=True),
        lambda: put(right),
        lambda: put(right[: len(right) // 2]),
    ]
    while not is_over.wait(chance.uniform(0, 0.02)):
        chance.choice(ways)()
        if chance.random() < 0.6:
            put(right)
    put(right)


@unix
@pytest.mark.parametrize("path", [FILM, "content/videos/kaiting/video.yml"])
def test_sources_that_change_while_they_are_read_publish_nothing_else(path: str, site: Callable[[str], SiteDriver]) -> None:
    driver = site("good/video").build()
    assert driver.is_published()
    right, secret = driver.files(), Path("/etc/passwd").read_bytes()
    file, published = driver.root / path, 0
    original = file.read_bytes()
    for attempt in range(TRIES * 4):
        shutil.rmtree(driver.out, ignore_errors=True)  # there is none after a build that published nothing
        over = threading.Event()
        swapping = threading.Thread(target=_swap_until, args=(over, file, random.Random(attempt)))
        swapping.start()
        try:
            driver.build()
        finally:
            over.set()
            swapping.join()
        if driver.is_published():
            published += 1
            found = driver.files()
            assert secret not in found.values()
            if path == FILM:
                assert found == right
        else:
            assert driver.problems, "it says why"
    assert file.read_bytes() == original
    print(f"{published} of {TRIES * 4} published")
