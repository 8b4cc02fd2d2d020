"""The PDF of a year that is set in parts: one book, whatever its parts are."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from generator.archive.deposit import joining, pdf
from generator.archive.items import Item, numbered
from generator.archive.sources import Refused
from generator.system import forks
from tests.helpers import books, deposits
from tests.helpers.properties import examples

WORDS = "为群众办实事，解难题。公开、公平。清风徐来，为民解忧。一窗通办，日结日清。"
SMALL = 60  # lines of a part: a page and a half


def _photo() -> bytes:
    found = io.BytesIO()
    Image.new("RGB", (320, 200), "#a33").save(found, "JPEG")
    return found.getvalue()


PICTURES = [f"img/{number}.jpg" for number in range(3)]
FILES = {
    **dict.fromkeys(PICTURES, _photo()),
    **{f"p{count}.html": "".join(f"<img src='{each}' alt='x'>" for each in PICTURES[:count]).encode() for count in range(4)},
}


def _items(lengths: Sequence[tuple[int, int]], kinds: int = 2) -> list[Item]:
    """Records that have so many paragraphs and pictures each, of so many kinds."""
    kind = [f"{'abcdef'[number * kinds // len(lengths)]}" for number in range(len(lengths))]
    return [
        replace(
            deposits.ITEMS[0],
            kind=kind[number],
            kind_title=f"类别{kind[number]}",
            id=f"{number:05}",
            title=f"第{number}条",
            page=f"p{pictures}.html",
            files=tuple(PICTURES),
            text=tuple(WORDS * (1 + (number + each) % 5) for each in range(paragraphs)),
        )
        for number, (paragraphs, pictures) in enumerate(lengths)
    ]


def _bound(folder: Path, items: Sequence[Item], lines: int, name: str = "a.pdf") -> Path:
    pdf.write(folder / name, numbered(items, deposits.FACTS), FILES, deposits.FACTS, lines)
    return folder / name


def _mixed(count: int, seed: int = 4) -> list[Item]:
    random = Random(seed)
    return _items([(random.randrange(9), random.randrange(3)) for _ in range(count)], 3)


@pytest.fixture(scope="module")
def parted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of several parts."""
    return _bound(tmp_path_factory.mktemp("parted"), _mixed(16), SMALL)


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, int]]:
    """What each part is that is set from now on."""
    found: list[dict[str, int]] = []
    plain = pdf._Press.print

    def noted(self: Any, template: str, inputs: dict[str, int], name: str) -> None:
        found.extend([inputs] if name.startswith("part-") else [])
        plain(self, template, inputs, name)

    monkeypatch.setattr(pdf._Press, "print", noted)
    return found


def test_it_is_one_book_by_the_rules(parted: Path) -> None:
    book = books.check(parted)
    assert [words for _, _, words in book.headings()][2:4] == ["类别a", "第0条"]
    assert len([1 for level, _, _ in book.headings() if level == 2]) == 16


def test_so_is_one_with_pictures_of_a_single_part(tmp_path: Path) -> None:
    book = books.check(deposits.companied(tmp_path / "year") / deposits.PDF)
    assert [each.get("/Alt") for each, _ in book.elements if each["/S"] == "/Figure"] == ["办事大厅", "标志"]


def test_every_record_is_in_one_part_and_no_part_is_long(tmp_path: Path, parts: list[dict[str, int]]) -> None:
    items = _mixed(16)
    _bound(tmp_path, items, SMALL)
    assert len(parts) > 4 and [0, *(each["end"] for each in parts)] == [*(each["first"] for each in parts), len(items)]
    starts = [*(each["page"] for each in parts), parts[0]["pages"] + 1]
    pages = [after - before for before, after in zip(starts, starts[1:], strict=False)]
    assert max(pages) <= 4 and min(pages) >= 1


def test_there_are_never_more_parts_than_files_may_be_open(tmp_path: Path, parts: list[dict[str, int]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_MOST_PARTS", 4)
    books.check(_bound(tmp_path, _mixed(16), 1))
    assert 1 < len(parts) <= 4


def test_a_part_ends_where_a_page_ends_in_any_case(tmp_path: Path, parts: list[dict[str, int]]) -> None:
    """So the book looks as it does in one part: where it ends in its second half, as records that are short let it."""
    items = _items([(1, 0)] * 60)
    many = books.Book(_bound(tmp_path, items, 300, "many.pdf"))
    assert len(parts) > 2
    one = books.Book(_bound(tmp_path, items, 10**6, "one.pdf"))
    assert many.texts == one.texts and many.headings() == one.headings()
    contents = [[page["/Contents"].get_data() for page in each.pages[:3]] for each in (many, one)]
    assert contents[0] == contents[1]


@given(lengths=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 3)), min_size=1, max_size=6), lines=st.integers(1, 200), kinds=st.integers(1, 3))
@settings(max_examples=examples(24), deadline=None)
def test_whatever_the_parts_are(lengths: list[tuple[int, int]], lines: int, kinds: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    items = _items(lengths, min(kinds, len(lengths)))
    book = books.check(_bound(tmp_path_factory.mktemp("parts"), items, lines))
    assert [words for level, _, words in book.headings() if level == 2] == [each.title for each in items]
    assert sum(each["/S"] == "/Figure" for each, _ in book.elements) == sum(pictures for _, pictures in lengths)
    told = book.told()
    for number, each in enumerate(items):
        own = told.partition(f"{each.title}档号")[2].partition(f"第{number + 1}条档号")[0]
        assert own.count("源文件") == 1 and "".join(each.text) in own


def test_it_is_the_same_every_time_and_with_any_number_of_processes(parted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _bound(tmp_path, _mixed(16), SMALL, "again.pdf").read_bytes() == parted.read_bytes()
    monkeypatch.setattr(forks, "can_fork", lambda: False)
    assert _bound(tmp_path, _mixed(16), SMALL, "alone.pdf").read_bytes() == parted.read_bytes()


def test_another_text_in_a_part_makes_another_instance(parted: Path, tmp_path: Path) -> None:
    items = _mixed(16)
    other = _bound(tmp_path, [*items[:-1], replace(items[-1], responsible="市财政局")], SMALL)
    ids = [books.Book(each).root["/Metadata"].get_data().split(b"<xmpMM:InstanceID>")[1].split(b"<")[0] for each in (parted, other)]
    assert ids[0] != ids[1]


# -- what cannot be joined ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the front and the parts of a book, and the book."""
    kept = tmp_path_factory.mktemp("kept")
    plain = pdf._run

    def keep(program: Sequence[str]) -> None:
        if program[0] == joining.__file__:
            for each in Path(program[1]).glob("*.pdf"):
                (kept / each.name).write_bytes(each.read_bytes())
            (kept / "arguments").write_text(" ".join(program[3:]))
        plain(program)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "_run", keep)
        _bound(kept, _mixed(6), SMALL, "whole.pdf")
    return kept


@pytest.fixture
def folder(kept: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return shutil.copytree(kept, tmp_path / "kept")


def _joined(folder: Path, file: Path) -> str:
    command = [sys.executable, joining.__file__, str(folder), str(file), *(folder / "arguments").read_text().split()]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def _with_names(part: pikepdf.Pdf) -> None:
    part.Root.Names = pikepdf.Dictionary()


def _with_classes(part: pikepdf.Pdf) -> None:
    part.Root.StructTreeRoot.ClassMap = pikepdf.Dictionary()


def _with_other_roles(part: pikepdf.Pdf) -> None:
    part.Root.StructTreeRoot.RoleMap.Strong = pikepdf.Name.P


def _without_a_page(part: pikepdf.Pdf) -> None:
    del part.pages[-1]


def _with_another_heading(part: pikepdf.Pdf) -> None:
    [each for each in part.Root.StructTreeRoot.K[0].K if each.S == "/H2"][0].T = "x"  # type: ignore[attr-defined]


@pytest.mark.parametrize("change", [_with_names, _with_classes, _with_other_roles, _without_a_page, _with_another_heading])
def test_nothing_is_lost_in_silence(change: Callable[[pikepdf.Pdf], None], folder: Path, tmp_path: Path) -> None:
    assert _joined(folder, tmp_path / "whole.pdf") == ""
    assert (tmp_path / "whole.pdf").read_bytes() == (folder / "whole.pdf").read_bytes()
    with pikepdf.open(folder / "part-1.pdf", allow_overwriting_input=True) as part:
        change(part)
        part.save(folder / "part-1.pdf")
    assert _joined(folder, tmp_path / "other.pdf") != ""
    assert not (tmp_path / "other.pdf").exists()


def test_a_part_that_is_damaged_is_told(folder: Path, tmp_path: Path) -> None:
    (folder / "part-0.pdf").write_bytes(b"%PDF-1.7\n")
    assert _joined(folder, tmp_path / "other.pdf") != ""


def test_without_pikepdf_nothing_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pikepdf", None)
    with pytest.raises(Refused) as refused:
        _bound(tmp_path, _mixed(2), SMALL)
    assert (refused.value.key, refused.value.values) == ("archive.no_typst", {"name": "pikepdf"})
    assert list(tmp_path.iterdir()) == []
