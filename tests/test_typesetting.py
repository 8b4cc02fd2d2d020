"""Setting any text whatsoever: every title becomes lines that fit, whatever stands in it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.media import cards
from generator.media.typesetting import Setting, Style, balanced, paragraph, phrase, title, width
from tests.test_share import FACE, FORMS, _drawing

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


@settings(deadline=None, max_examples=150)
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
    face = cards.CardFace(text, text, text, text, text, ((text, text),) * 3, credit=text, note=text)
    assert cards.png(_drawing(form, face))[:4] == b"\x89PNG"  # type: ignore[arg-type]
    assert cards.png(_drawing(form, FACE))[:4] == b"\x89PNG"  # type: ignore[arg-type]


def test_a_long_word_makes_a_title_smaller_before_it_is_broken() -> None:
    setting = title(LONG_WORD, TITLE, 40, 640, 400)
    assert any("InternationalCoordination" in each for each in setting.lines), setting
    assert 40 <= setting.style.size < TITLE.size
    narrow = title(LONG_WORD, TITLE, 40, 300, 400)
    assert "".join(narrow.lines).replace(" ", "").startswith("NordicInternational")


def test_a_text_ten_times_as_long_costs_no_more() -> None:
    def seconds(text: str) -> float:
        start = time.process_time()
        for setting in _ways(text, 1056.0):
            assert setting.lines
        return time.process_time() - start

    seconds("W字" * 10_000)  # fills what is kept of widths
    assert seconds("W字" * 100_000) < 4 * seconds("W字" * 10_000) + 0.2
