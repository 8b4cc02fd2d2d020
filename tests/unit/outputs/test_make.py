"""Files are handed on as they are made: nobody holds all of them, and pages know the size and digest of each."""

from __future__ import annotations

import weakref
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from generator.outputs import make
from generator.system.cache import Cache
from tests.helpers.driver import SiteDriver


class _Watched(bytes):
    """Bytes that tell how many of them are held."""

    held = weakref.WeakSet[Any]()

    def __new__(cls, content: bytes) -> _Watched:
        made = super().__new__(cls, content)
        cls.held.add(_Tag(made))
        return made


class _Tag:
    def __init__(self, content: _Watched) -> None:
        content.tag = self  # it lives as long as the bytes do


def _watched(attempt: Any) -> Any:
    def watching(*given: Any) -> Any:
        made = attempt(*given)
        return _Watched(made) if isinstance(made, bytes) else made

    return watching


@pytest.fixture
def making(tmp_path: Path) -> make.Making:
    """The making of the files of a small site."""
    return make.Making(SiteDriver.copy("good/small", tmp_path).build().shown(), Cache(tmp_path / "cache"))


def test_nobody_holds_the_files_that_were_handed_on(making: make.Making, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that share their work (the search) are made together; all others one after the other."""
    monkeypatch.setattr(make, "attempt", _watched(make.attempt))
    together = {each.address for each in making.site.plan.outputs.values() if getattr(each, "is_apart", False)}
    held = {}
    for address, content in making.files():
        del content
        held[address] = len(_Watched.held)
    alone = [count for address, count in held.items() if address not in together]
    assert len(alone) > 10 and max(alone) <= 2
    assert len(together) > 10 and [held[each] for each in held if each in together][-1] <= 2



def test_what_is_known_of_them_is_what_they_are(making: make.Making) -> None:
    seen = {address: content if isinstance(content, bytes) else content.read() for address, content in making.files()}
    made = making.made()
    assert made.sizes == {address: len(content) for address, content in seen.items()}
    assert {*made.files} and all(each.sha256 == sha256(seen[address]).hexdigest() for address, each in made.files.items())
    planned = [*making.site.plan.outputs]
    assert [*made.sizes] == sorted(made.sizes, key=planned.index) and making.faults == []
