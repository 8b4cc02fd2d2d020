"""Setting any text whatsoever: every title becomes lines that fit, whatever stands in it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.media.cards import faces
from generator.media.cards.typesetting import (
    MISSING,
    Setting,
    Style,
    balanced,
    lacking,
    paragraph,
    phrase,
    printable,
    title,
    width,
)
from tests.helpers.cards import FACE, FORMS, to_draw
from tests.helpers.driver import SiteDriver
from tests.helpers.growth import assert_grows_within
from tests.helpers.properties import examples

TITLE = Style("serif", 92, 1.26, 0.009)
LONG_WORD = "Nordic InternationalCoordination (NIC)"
STRANGE = (
    "",
    " ",
    "\u3000\u3000",
    "\u200b",
    "😀",
    "😀" * 40,
    "👨‍👩‍👧‍👦 一家人",
    "e\u0301" * 60,
    "a" + "\u0301" * 3000,
    "שלום עולם " * 12,
    "مرحبا بالعالم",
    "W" * 300,
    "i" * 10_000,
    "字" * 10_000,
    "字 " * 5_000,
    "）" * 200,
    "（" * 200,
    "“" * 50 + "”" * 50,
    "1" * 200 + "年",
    LONG_WORD,
    f"{LONG_WORD} 国际协作 {'x' * 90}",
    "\x00\x01\x1f\ufffe",
)  # fmt: skip
ANY = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    st.text(st.sampled_from("Wi (x)字，“”1年 -\u0301\u200d😀ש"), max_size=160),
)


def _fits(setting: Setting, room: float, widest: float) -> bool:
    """Whether no line is wider than ``room``, or than one character where not even that has room."""
    style = setting.style
    return all(width(each, style.family, style.size, style.weight) <= max(room, widest) for each in setting.lines)


def _ways(text: str, room: float) -> list[Setting]:
    small = Style("sans", 26, 1.5)
    return [
        title(text, TITLE, 40, room, 380),
        paragraph(text, small, room, 3),
        phrase(text, small, room, 2),
    ]


@pytest.mark.parametrize("text", STRANGE)
@pytest.mark.parametrize("room", (60.0, 360.0, 1056.0))
def test_strange_texts_are_set_within_their_room(text: str, room: float) -> None:
    for setting in _ways(text, room):
        assert len(setting.lines) <= 3
        assert _fits(setting, room, 2.2 * setting.style.size), setting


@settings(deadline=None, max_examples=examples(150))
@given(text=ANY, room=st.floats(1, 1200), high=st.floats(-50, 500), most=st.integers(0, 4))
def test_any_text_is_set_in_any_room(text: str, room: float, high: float, most: int) -> None:
    lines = balanced(text, TITLE, room, most)
    assert lines is None or len(lines) <= most
    assert len(title(text, TITLE, 40, room, high, max(1, most)).lines) <= max(1, most)
    assert len(paragraph(text, TITLE, room, most).lines) <= most
    assert len(phrase(text, TITLE, room, most).lines) <= most


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("text", STRANGE)
def test_every_form_can_be_drawn_of_strange_texts(form: str, text: str) -> None:
    face = faces.CardFace(text, text, text, text, text, ((text, text),) * 3, credit=text, note=text)
    assert faces.png(to_draw(form, face))[:4] == b"\x89PNG"  # type: ignore[arg-type]
    assert faces.png(to_draw(form, FACE))[:4] == b"\x89PNG"  # type: ignore[arg-type]


def test_a_long_word_makes_a_title_smaller_before_it_is_broken() -> None:
    setting = title(LONG_WORD, TITLE, 40, 640, 400)
    assert any("InternationalCoordination" in each for each in setting.lines), setting
    assert 40 <= setting.style.size < TITLE.size
    narrow = title(LONG_WORD, TITLE, 40, 300, 400)
    assert "".join(narrow.lines).replace(" ", "").startswith("NordicInternational")


def test_a_text_ten_times_as_long_costs_no_more() -> None:
    def typeset(text: str) -> None:
        for setting in _ways(text, 1056.0):
            assert setting.lines

    short, long = "W字" * 10_000, "W字" * 100_000
    typeset(short)  # fills what is kept of widths
    assert_grows_within(4, lambda: typeset(short), lambda: typeset(long))


# -- characters that the fonts lack ------------------------------------------------------------------------------------


BRAND = "brands/qingfeng/brand.yml"


@pytest.mark.parametrize(
    ("old", "new", "line", "shown"),
    [
        ("slogan: 清风徐来", "slogan: 清风徐来😀", 3, "😀"),
        ("slogan: 清风徐来", "slogan: 清👨👩👧风", 3, "👨👩👧"),
        ("concept: 办案如清风", "concept: 办案如清风🎉🎉", 15, "🎉"),
        ("name: 清风", "name: 清风🌲️", 2, "🌲"),
    ],
)
def test_a_character_that_posters_cannot_show_is_a_warning_at_its_place(
    old: str, new: str, line: int, shown: str, small: SiteDriver
) -> None:
    small.edit("site_config.yml", "posters: false", "posters: true").edit(BRAND, old, new).check()
    found = [each for each in small.problems if each.code == "IMG-021"]
    assert [(each.span.path, each.span.line, each.level) for each in found] == [(BRAND, line, "warning")], small.lines()
    text = (small.root / BRAND).read_text("utf-8").split("\n")[line - 1]
    assert found[0].span.column == text.index(shown[0]) + 1
    assert f"“{shown}”" in found[0].text("zh") and f"U+{ord(shown[0]):04X}" in found[0].text("en")


def test_a_character_of_a_unit_is_told_once_and_there(small: SiteDriver) -> None:
    small.edit("site_config.yml", "posters: false", "posters: true")
    small.edit("content/units.yml", "name: 小城法院", "name: 小城法院🏛").check()
    assert [each for each in small.codes() if each[0] == "IMG-021"] == [
        (
            "IMG-021",
            "content/units.yml",
            (small.root / "content/units.yml").read_text("utf-8").split("🏛")[0].count("\n") + 1,
        )
    ]


def test_where_nothing_is_drawn_nothing_is_missed(small: SiteDriver) -> None:
    small.edit(BRAND, "slogan: 清风徐来", "slogan: 清风徐来😀").check()
    assert "posters: false" in (small.root / "site_config.yml").read_text("utf-8")
    assert [code for code, _, _ in small.codes()] == ["TXT-041"], "an unusual character, but none that cards lack"


@pytest.mark.parametrize(
    "text", ["e\u0301", "清\u200b风\ufe0f", "马上办：“1＋7＋N”——①㎡℃·…《》〔2024〕", "㐂龘喆堃犇", "\u3000\t"]
)
def test_ordinary_and_rare_characters_are_not_missed(text: str) -> None:
    assert lacking(text) == ()
    assert MISSING not in printable(text, "serif") + printable(text, "sans")


@given(text=ANY)
def test_what_is_missed_is_what_is_shown_as_missing(text: str) -> None:
    shown = printable(text, "serif") + printable(text, "sans")
    assert bool(lacking(text)) == (MISSING in shown.replace(MISSING, "", 2 * text.count(MISSING)))
