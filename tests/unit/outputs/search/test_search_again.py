"""The index after an edit is the one that is made anew, byte for byte, whatever was kept of the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.outputs.search import again, grams, index
from generator.outputs.search.entries import SearchEntry
from generator.system.cache import Cache
from tests.helpers.search_entries import LABELS, SEASONS, TEXT, entry

Step = tuple[str, int, str]
STEPS = st.lists(
    st.tuples(st.sampled_from(("text", "text", "text", "line", "unit", "title", "add", "remove")), st.integers(0, 999), TEXT), max_size=8
)


def _stepped(entries: Sequence[SearchEntry], step: Step) -> list[SearchEntry]:
    what, number, text = step
    at = number % len(entries)
    before, after = [*entries[:at]], [*entries[at + 1 :]]
    if what == "add":
        return [*entries, entry(1000 + number, text)]
    if what == "remove":
        return [*before, *after] or [*entries]
    changes: dict[str, dict[str, Any]] = {
        "text": {"text": (text,)},
        "line": {"line": (text,), "sample": bool(number % 2)},
        "unit": {"unit": ("court", "tax", "")[number % 3]},
        "title": {"title": f"{text}第{number}号"},
    }
    return [*before, replace(entries[at], **changes[what]), *after]


@given(st.lists(TEXT, min_size=1, max_size=30), STEPS)
def test_after_any_steps_it_is_the_index_that_is_made_anew(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], steps: list[Step]
) -> None:
    cache = Cache(tmp_path_factory.mktemp("cache"))
    entries = [entry(at, each) for at, each in enumerate(texts)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grams, "ALL", 90)
        patch.setattr(grams, "PIECE", 40)
        patch.setattr(index, "_LONG", 60)
        again.make(entries, LABELS, cache)
        for step in steps:
            entries = _stepped(entries, step)
            assert again.make(entries, LABELS, cache) == index.make(entries, LABELS)


@pytest.fixture
def kept(tmp_path: Path) -> tuple[Cache, list[SearchEntry]]:
    cache, entries = Cache(tmp_path), [entry(at, "为民服务的窗口。") for at in range(40)]
    again.make(entries, LABELS, cache)
    return cache, entries


def test_an_edited_text_makes_nothing_anew(kept: tuple[Cache, list[SearchEntry]], monkeypatch: pytest.MonkeyPatch) -> None:
    cache, entries = kept
    entries[SEASONS] = replace(entries[SEASONS], text=("阳光法院，群众的窗口。",))
    expected = index.make(entries, LABELS)
    monkeypatch.setattr(index, "parts", lambda *_: pytest.fail("made anew"))
    assert again.make(entries, LABELS, cache) == expected


@pytest.mark.parametrize("what", ["empty", "nothing", "another dict", "cut"])
def test_what_is_kept_may_be_anything(kept: tuple[Cache, list[SearchEntry]], what: str) -> None:
    cache, entries = kept
    ((step, name),) = cache.used
    value = cache.read(step, name) or b""
    cache.write(step, name, {"empty": b"", "nothing": b"N.", "another dict": b"}.", "cut": value[: len(value) // 2]}[what])
    entries[SEASONS] = replace(entries[SEASONS], text=("阳光法院。",))
    assert again.make(entries, LABELS, cache) == index.make(entries, LABELS)


def test_only_a_few_edits_are_made_one_by_one(kept: tuple[Cache, list[SearchEntry]], monkeypatch: pytest.MonkeyPatch) -> None:
    cache, entries = kept
    changed = [replace(each, text=(f"{number}阳光。",)) for number, each in enumerate(entries)]
    made = index.parts
    calls: list[int] = []
    monkeypatch.setattr(index, "parts", lambda *given: calls.append(1) or made(*given))
    again.make(changed, LABELS, cache)
    assert calls == [1]
