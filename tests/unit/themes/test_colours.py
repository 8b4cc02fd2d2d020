"""Whatever five colours a city chooses, everything that is read has the contrast that reading needs."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.config import Colours
from generator.themes.colours import contrast, contrasting, mix, palettes, readable
from tests.helpers.fives import COLOURS, FIVE, GOOD, ODD_FIVES

GROUNDS = ("paper", "card", "wash")
TEXTS = ("ink", "soft", "accent", "gold")
BLACK, WHITE = "#000000", "#ffffff"
LEAST = 4.5


@given(COLOURS, COLOURS)
@example("#777777", "#808080")
def test_contrast_is_between_1_and_21_and_the_same_both_ways(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21
    assert contrast(one, one) == 1


# Values as the definition of WCAG 2.2 gives them, to the digits commonly printed.
@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        (BLACK, WHITE, 21.0),
        ("#777777", WHITE, 4.478),
        ("#767676", WHITE, 4.542),
        ("#595959", WHITE, 7.005),
        ("#949494", WHITE, 3.033),
        ("#ff0000", WHITE, 3.998),
        ("#00ff00", WHITE, 1.372),
        ("#0000ff", WHITE, 8.592),
        ("#ff0000", BLACK, 5.252),
        ("#ffff00", BLACK, 19.556),
        ("#0a0a0a", BLACK, 1.061),
    ],
)
def test_contrast_is_that_of_the_standard(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.0006)


@pytest.mark.parametrize(
    ("one", "other", "share", "mixed"),
    [
        (BLACK, WHITE, 0, BLACK),
        (BLACK, WHITE, 1, WHITE),
        (BLACK, WHITE, 0.2, "#333333"),
        ("#ff0000", "#0000ff", 0.4, "#990066"),
        ("#102030", "#102030", 0.7, "#102030"),
        ("#000000", "#0a1464", 0.5, "#050a32"),
    ],
)
def test_a_mix_is_taken_channel_by_channel(one: str, other: str, share: float, mixed: str) -> None:
    assert mix(one, other, share) == mixed


@given(COLOURS, COLOURS, st.floats(0, 1))
def test_a_mix_lies_between_its_parts(one: str, other: str, share: float) -> None:
    mixed = mix(one, other, share)
    assert len(mixed) == 7
    for at in (1, 3, 5):
        low, high = sorted((int(one[at : at + 2], 16), int(other[at : at + 2], 16)))
        assert low <= int(mixed[at : at + 2], 16) <= high


@given(COLOURS, COLOURS, st.sampled_from((3.0, LEAST)))
@example("#757575", "#757575", LEAST)
@example("#7f7f7f", "#747474", LEAST)
def test_a_readable_colour_has_its_contrast(colour: str, ground: str, least: float) -> None:
    assert contrast(readable(colour, ground, least=least), ground) >= least


@given(COLOURS, COLOURS)
def test_a_colour_that_can_be_read_already_stays(colour: str, ground: str) -> None:
    if contrast(colour, ground) >= LEAST:
        assert readable(colour, ground) == colour


SCHEMES = pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])


def _assert_readable(colours: Colours, scheme: int) -> None:
    palette = palettes(colours)[scheme]
    bad = {
        f"{text} on {ground}": f"{palette[text]} on {palette[ground]}: {contrast(palette[text], palette[ground]):.2f}"
        for text in TEXTS
        for ground in GROUNDS
        if contrast(palette[text], palette[ground]) < LEAST
    }
    assert not bad
    assert contrast(palette["on-accent"], palette["accent"]) >= LEAST


@SCHEMES
@pytest.mark.parametrize("colours", ODD_FIVES, ids=lambda each: each.paper + each.ink)
def test_odd_colours_can_be_read_as_well(colours: Colours, scheme: int) -> None:
    _assert_readable(colours, scheme)


@SCHEMES
@given(colours=FIVE)
def test_every_text_of_any_five_colours_can_be_read_on_every_ground(scheme: int, colours: Colours) -> None:
    _assert_readable(colours, scheme)


@given(FIVE)
def test_both_schemes_name_the_same_colours_and_each_is_one(colours: Colours) -> None:
    light, dark = palettes(colours)
    assert set(light) == set(dark) >= {*GROUNDS, *TEXTS, "on-accent", "line", "edge"}
    for each in (*light.values(), *dark.values()):
        assert len(each) == 7 and each[0] == "#" and int(each[1:], 16) >= 0
    assert light["paper"] == colours.paper
    assert dark["paper"] == colours.night


@given(FIVE)
def test_the_edge_of_a_control_can_be_seen(colours: Colours) -> None:
    for palette in palettes(colours):
        assert contrast(palette["edge"], palette["paper"]) >= 3


def test_colours_that_can_be_read_already_are_left_as_they_are() -> None:
    light, _ = palettes(GOOD)
    assert (light["paper"], light["ink"], light["accent"]) == (GOOD.paper, GOOD.ink, GOOD.accent)


def _assert_strong(colours: Colours, scheme: int) -> None:
    palette = contrasting(colours)[scheme]
    ratios = {
        f"{text} on {ground}": contrast(palette[text], palette[ground])
        for text in (*TEXTS, "edge")
        for ground in GROUNDS
    }
    ratios["on-accent"] = contrast(palette["on-accent"], palette["accent"])
    assert {name: ratio for name, ratio in ratios.items() if ratio < 7} == {}
    assert min(contrast(palette["ink"], palette[ground]) for ground in GROUNDS) >= 15
    assert contrast(palette["line"], palette["paper"]) >= LEAST


@SCHEMES
@pytest.mark.parametrize("colours", ODD_FIVES, ids=lambda each: each.paper + each.ink)
def test_odd_colours_have_high_contrast_as_well(colours: Colours, scheme: int) -> None:
    _assert_strong(colours, scheme)


@SCHEMES
@given(colours=FIVE)
def test_high_contrast_is_seven_to_one_whatever_the_five_colours(scheme: int, colours: Colours) -> None:
    _assert_strong(colours, scheme)


@given(FIVE)
def test_high_contrast_replaces_every_colour(colours: Colours) -> None:
    for plain, strong in zip(palettes(colours), contrasting(colours), strict=True):
        assert set(plain) == set(strong)


def test_high_contrast_keeps_the_grounds_and_the_red_of_the_city_where_they_are_strong() -> None:
    light, dark = contrasting(GOOD)
    assert (light["paper"], dark["paper"]) == (GOOD.paper, GOOD.night)
    assert contrast(light["accent"], GOOD.accent) < 1.05
