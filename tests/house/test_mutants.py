"""The changes that mutants are made of follow from their seeds, and the readers of what they build can refuse."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.mutations import Mutant
from tests.helpers.readers import read_html, unreadable


def _files(root: Path) -> dict[str, bytes]:
    return {str(each.relative_to(root)): each.read_bytes() for each in root.rglob("*") if each.is_file()}


@pytest.mark.parametrize("seed", [0, 7, 31])
def test_a_seed_gives_the_same_mutant_every_time(tmp_path: Path, seed: int) -> None:
    one, other = (Mutant(seed, tmp_path / each) for each in ("a", "b"))
    assert one.said == other.said and _files(one.root) == _files(other.root)


def test_seeds_give_different_mutants(tmp_path: Path) -> None:
    assert len({tuple(Mutant(seed, tmp_path / str(seed)).said) for seed in range(20)}) >= 18


@pytest.mark.parametrize("page", ["<div><p>x</div>", "<ul><li>a<li>b</ul>", '<img src="x"><br>', "<svg><path d=''/></svg>"])
def test_pages_that_can_be_read(page: str) -> None:
    assert read_html(page) == []


@pytest.mark.parametrize("page", ["<div>", "</div>", "<b><i></b></i>", "<div/>", "<main><section></main>", "<a><a></a>"])
def test_pages_that_cannot(page: str) -> None:
    assert read_html(page)


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.json", b'{"x": NaN}'), ("a.json", b"{"), ("a.xml", b"<a>"), ("a.svg", b"\xff"), ("a.ics", b"x"), ("a.xlsx", b"PK"), ("a.html", b"<b>")],
)
def test_files_that_cannot_be_read_are_named(name: str, content: bytes) -> None:
    assert [each.partition(":")[0] for each in unreadable({name: content, "b.json": b"1"})] == [name]
