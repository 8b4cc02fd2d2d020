"""Nothing of the site keeps a colour of its own: every colour comes from the five configured ones, and can be read."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from PIL import Image

from generator.config import Colours
from generator.init.content import Wishes, fill
from generator.media.formats import tints
from generator.stages.settings import DEFAULT_THEME
from generator.themes.assets import gather
from generator.themes.colours import contrast, contrasting, palettes, standing, standing_in_contrast, triplet
from tests.helpers.driver import SiteDriver
from tests.helpers.fives import FIVE, GOOD, ODD_FIVES

AS_OF = date(2026, 11, 1)
LAKE = Colours(accent="#0b4f8a", paper="#eef6f4", ink="#10202c", gold="#7b3f8c", night="#04141f")
LITERAL = re.compile(
    r"#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})(?![\w-])|(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\([^()]*\)", re.I
)
NEUTRAL = re.compile(r"#([0-9a-f])\1{2}|#([0-9a-f]{2})\2{2}|rgba?\(0, 0, 0, [.0-9]+\)", re.I)
ON_PLATE = {"plate-text": 7.0, "plate-soft": 4.5, "plate-accent": 4.5, "plate-edge": 3.0}
ON_STAGE = {"stage-ink": 7.0, "stage-soft": 7.0, "stage-gold": 7.0}


def _given(colours: Colours) -> set[str]:
    made = (*palettes(colours), *contrasting(colours), standing(colours), standing_in_contrast(colours))
    return {each for palette in made for each in palette.values()} | set(colours.model_dump().values())


def _foreign(text: str, colours: Colours) -> list[str]:
    """The colours in ``text`` that do not come from the five, black, white and greys apart."""
    found = [each.lower() for each in LITERAL.findall(text)]
    return [
        each for each in found if not NEUTRAL.fullmatch(each) and each not in _given(colours) and "var(" not in each
    ]


def test_the_test_sees_a_colour_of_its_own() -> None:
    css = "a{color:#9B1B1F;background:rgba(250, 246, 238, .93);border-color:#777;outline-color:hsl(3 70% 40%)}"
    assert _foreign(css, LAKE) == ["#9b1b1f", "rgba(250, 246, 238, .93)", "hsl(3 70% 40%)"]


@pytest.mark.parametrize("colours", [LAKE, *ODD_FIVES[1:]], ids=lambda each: each.accent + each.paper)
def test_styles_and_drawings_of_the_theme_have_no_colour_of_their_own(colours: Colours) -> None:
    files = gather(DEFAULT_THEME, (), colours).files
    texts = {name: each.decode() for name, each in files.items() if name.endswith((".css", ".svg", ".js"))}
    assert len([name for name in texts if name.endswith((".css", ".svg"))]) >= 4
    for name, text in texts.items():
        assert _foreign(text.replace(tints.rules().strip(), ""), colours) == [], name


def test_templates_have_no_colour_at_all() -> None:
    for file in DEFAULT_THEME.rglob("*.html"):
        assert LITERAL.findall(re.sub(r"(?:href|id)=\S+|#\}|\{#", "", file.read_text("utf-8"))) == [], file.name


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> SiteDriver:
    """A new site in five other colours, with everything that is drawn."""
    root = tmp_path_factory.mktemp("lake") / "site"
    root.mkdir()
    assert fill(root, Wishes("湖城")) == ()
    driver = SiteDriver(root)
    text = (
        (root / "site_config.yml")
        .read_text("utf-8")
        .replace("# address: https://…/…/", "address: https://lake.example/")
    )
    for name, colour in LAKE.model_dump().items():
        text = re.sub(rf"^  {name}: \S+", f'  {name}: "{colour}"', text, flags=re.MULTILINE)
    driver.write("site_config.yml", text).build(AS_OF)
    assert driver.is_published(), driver.lines()
    return driver


@pytest.mark.audit
def test_pages_and_drawings_of_a_built_site_keep_no_default_colour(lake: SiteDriver) -> None:
    defaults = [each.encode() for each in _given(GOOD) - _given(LAKE) if not NEUTRAL.fullmatch(each)]
    assert len(defaults) > 20
    for name, content in lake.files().items():
        if name.endswith((".html", ".css", ".svg", ".xml")) and not name.startswith("data/"):
            plain = content.replace(tints.rules().strip().encode(), b"").lower()
            assert [each for each in defaults if each in plain] == [], name


@pytest.mark.audit
def test_cards_and_posters_are_drawn_in_the_colours_of_the_city(lake: SiteDriver) -> None:
    drawn = [Image.open(io.BytesIO(each)).convert("RGB") for name, each in lake.files().items() if _is_drawn(name)]
    assert len(drawn) >= 6
    for image in drawn:
        colours = {_hex(each) for _, each in image.getcolors(1 << 24) or ()}
        assert _hex(image.getpixel((2, image.height - 2))) in _given(LAKE) | {"#ffffff"}
        assert palettes(LAKE)[0]["ink"] in colours
        assert palettes(GOOD)[0]["paper"] not in colours


def _hex(rgb: tuple[int, ...]) -> str:
    return "#" + bytes(rgb).hex()


def _is_drawn(name: str) -> bool:
    return name.endswith(".png") and Path(name).parts[0] in ("share", "cards", "posters")


def _ratios(palette: Mapping[str, str]) -> dict[str, float]:
    ratios = {name: contrast(palette[name], palette["plate"]) / least for name, least in ON_PLATE.items()}
    ratios |= {name: contrast(palette[name], palette["stage"]) / least for name, least in ON_STAGE.items()}
    return ratios | {"on-curtain": contrast(palette["on-curtain"], palette["curtain"]) / 7}


@pytest.mark.parametrize("colours", ODD_FIVES, ids=lambda each: each.paper + each.ink)
def test_odd_colours_can_be_read_on_plate_and_stage(colours: Colours) -> None:
    assert {name: each for name, each in _ratios(standing(colours)).items() if each < 1} == {}


@given(colours=FIVE)
def test_what_stands_on_plate_and_stage_can_be_read_whatever_the_five_colours(colours: Colours) -> None:
    plain, strong = standing(colours), standing_in_contrast(colours)
    assert set(plain) == set(strong)
    for palette in (plain, strong):
        assert {name: each for name, each in _ratios(palette).items() if each < 1} == {}
        assert contrast(palette["plate"], "#000000") >= 15, "a mark drawn for light paper can be seen"
        assert contrast(palette["stage"], "#ffffff") >= 15
    assert min(contrast(strong[name], strong["plate"]) for name in ON_PLATE) >= 7


def test_a_triplet_names_the_channels() -> None:
    assert triplet("#0a80ff") == "10 128 255"
