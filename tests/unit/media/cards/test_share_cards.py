"""Share cards and posters: nothing is cut off, codes lead where they say, and nothing is drawn twice."""

from __future__ import annotations

import io
import re
from datetime import date
from itertools import combinations

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from generator.config import Colours
from generator.media.cards import drawings, faces, typesetting
from generator.media.cards.canvas import Box
from generator.media.cards.faces import LEAST_MODULE, MARGINS, QUIET, SIZES, CardFace, CardForm
from generator.media.cards.typesetting import MISSING, Style, balanced, paragraph, printable, title, units, width
from generator.system.cache import Cache
from tests.helpers.cards import COLOURS, FACE, FORMS, to_draw
from tests.helpers.driver import SiteDriver
from tests.helpers.properties import examples

ADDRESS = "https://jgdj.example.gov.cn/pinpai/brands/fangxin-cheng/"
SITE_ADDRESS = "https://show.example.org/pinpai/"
PNG_CHUNKS = {b"IHDR", b"PLTE", b"IDAT", b"IEND"}


def _picture(size: tuple[int, int], mode: str = "RGB") -> bytes:
    image = Image.linear_gradient("L").resize(size).convert(mode)
    out = io.BytesIO()
    image.save(out, "WEBP")
    return out.getvalue()


def _opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def _read_code(content: bytes) -> str | None:
    found = zxingcpp.read_barcodes(_opened(content).convert("RGB"))
    return found[0].text if found else None


def _chunks(content: bytes) -> set[bytes]:
    found, at = set(), 8
    while at < len(content):
        found.add(content[at + 4 : at + 8])
        at += 12 + int.from_bytes(content[at : at + 4], "big")
    return found


# -- form --------------------------------------------------------------------------------------------------------------

LISTED = CardFace("2023年度“十佳”党建品牌", entries=tuple((f"第{each}个品牌", "市档案馆") for each in range(1, 11)))


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_a_png_of_its_size_with_nothing_but_pixels(form: CardForm) -> None:
    content = faces.png(to_draw(form, FACE, ADDRESS), _picture((384, 384), "RGBA"), _picture((1280, 720)))
    image = _opened(content)
    assert (image.format, image.mode, image.size) == ("PNG", "P", SIZES[form])
    assert _chunks(content) == PNG_CHUNKS


@pytest.mark.parametrize("form", ("card", "square"))
def test_cards_are_light(form: CardForm) -> None:
    assert len(faces.png(to_draw(form, FACE, ADDRESS), _picture((384, 384)))) <= 60_000


@pytest.mark.parametrize("form", FORMS)
def test_the_same_drawing_gives_the_same_bytes(form: CardForm) -> None:
    drawing = to_draw(form, FACE, ADDRESS)
    mark, photo = _picture((384, 384)), _picture((1280, 720))
    assert faces.png(drawing, mark, photo) == faces.png(drawing, mark, photo)


# -- codes -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("address", (ADDRESS, "https://a.cn/", SITE_ADDRESS + "projects/" + "chang-" * 12 + "/"))
def test_the_code_leads_to_the_address(form: CardForm, address: str) -> None:
    assert _read_code(faces.png(to_draw(form, FACE, address))) == address


@pytest.mark.parametrize("form", FORMS)
def test_without_an_address_there_is_no_code(form: CardForm) -> None:
    content = faces.png(to_draw(form, FACE))
    assert _read_code(content) is None
    assert not [name for name, _ in faces.compose(to_draw(form, FACE)).boxes if name == "code"]


@pytest.mark.parametrize("form", FORMS)
def test_the_quiet_zone_is_white_and_wide_enough(form: CardForm) -> None:
    canvas = faces.compose(to_draw(form, FACE, ADDRESS))
    (box,) = [box for name, box in canvas.boxes if name == "code"]
    modules = len(faces._matrix(ADDRESS) or ())
    quiet = QUIET * (box[2] - box[0]) // modules
    assert quiet >= (30 if form == "poster" else QUIET * LEAST_MODULE)
    image = _opened(canvas.png()).convert("RGB")
    for around in (
        (box[0] - quiet, box[1] - quiet, box[2] + quiet, box[1]),
        (box[0] - quiet, box[3], box[2] + quiet, box[3] + quiet),
        (box[0] - quiet, box[1], box[0], box[3]),
        (box[2], box[1], box[2] + quiet, box[3]),
    ):
        assert image.crop(around).getcolors() == [((around[2] - around[0]) * (around[3] - around[1]), (255, 255, 255))]


@pytest.mark.parametrize(
    "colours",
    (
        COLOURS,
        COLOURS.model_copy(update={"paper": "#101820", "ink": "#f4f1ea"}),
        COLOURS.model_copy(update={"paper": "#ffe0e0", "ink": "#e07070", "accent": "#ffff00"}),
    ),
)
def test_the_code_can_be_read_in_any_colours(colours: Colours) -> None:
    assert _read_code(faces.png(to_draw("poster", FACE, ADDRESS, colours))) == ADDRESS


def test_an_address_that_no_code_holds_is_left_out() -> None:
    assert not [
        name
        for name, _ in faces.compose(to_draw("poster", FACE, "https://a.cn/" + "x" * 4000)).boxes
        if name == "code"
    ]


# -- nothing is cut off ------------------------------------------------------------------------------------------------

HAN = "党建品牌服务群众家门口的听诊器一米书桌阳光天平警民路上河水清风老街新邻机关支部书记项目示范十佳"
TEXT = st.text(st.sampled_from(HAN + "，。、；：“”（）《》…—·！？ABCdefgjpqy0123456789 %-&/Éñ㐂龘𠮷😀〇"), max_size=70)
NAMES = TEXT.filter(lambda text: text.strip() != "")


def _faces() -> st.SearchStrategy[CardFace]:
    entries = st.lists(st.tuples(NAMES, TEXT), max_size=12).map(tuple)
    return st.builds(
        CardFace, title=NAMES, label=TEXT, line=TEXT, unit=TEXT, text=TEXT, entries=entries, credit=TEXT, note=TEXT
    )


def _is_inside(box: Box, form: CardForm) -> bool:
    (wide, high), margin = SIZES[form], MARGINS[form]
    slack = 3  # ink may stand a hair's breadth outside its body
    return (
        box[0] >= margin - slack
        and box[1] >= margin - slack
        and box[2] <= wide - margin + slack
        and box[3] <= high - margin + slack
    )


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


MARK, PHOTOS = _picture((384, 384)), (_picture((1280, 720)), _picture((600, 1200)), _picture((1200, 200)))


@settings(max_examples=examples(60), deadline=None)
@given(
    face=_faces(),
    form=st.sampled_from(FORMS),
    address=st.sampled_from(("", ADDRESS)),
    mark=st.sampled_from((None, MARK)),
    photo=st.sampled_from((None, *PHOTOS)),
)
def test_everything_stands_inside_the_margins_and_nothing_on_another(
    face: CardFace, form: CardForm, address: str, mark: bytes | None, photo: bytes | None
) -> None:
    boxes = faces.compose(to_draw(form, face, address), mark, photo).boxes
    assert [each for each in boxes if not _is_inside(each[1], form)] == []
    solid = [(name, box) for name, box in boxes if name != "area"]  # areas are mounts and rules
    assert [pair for pair in combinations(solid, 2) if _overlap(pair[0][1], pair[1][1])] == []
    texts = [box for name, box in boxes if name == "text"]
    grounds = [box for name, box in boxes if name == "area"]
    assert [(one, other) for one in texts for other in grounds if _overlap(one, other)] == []


@pytest.mark.parametrize("form", FORMS)
def test_the_ground_at_the_edges_is_untouched(form: CardForm) -> None:
    image = _opened(faces.png(to_draw(form, LISTED, ADDRESS))).convert("RGB")
    edge = MARGINS[form] - 4
    for band in ((0, 0, image.width, edge), (0, image.height - edge, image.width, image.height)):
        assert len(image.crop(band).getcolors()) == 1


# -- setting text ------------------------------------------------------------------------------------------------------

HEADLINE = Style("serif", 92, 1.26, 0.009)


@pytest.mark.parametrize("text", ("放心秤", "家门口的听诊器", "一二三四五六七八九十甲乙"))
def test_a_name_of_up_to_twelve_characters_stands_on_one_line_of_a_card(text: str) -> None:
    assert title(text, HEADLINE, 40, 796, 400).lines == (text,)


def test_a_title_of_sixty_characters_fits_on_three_lines_about_as_long_as_each_other() -> None:
    text = "关于推动市级机关党建品牌建设与业务工作深度融合切实解决群众急难愁盼问题的若干项目成果展示活动暨年度总结交流"[
        :60
    ]
    found = title(text, HEADLINE, 30, 796, 400)
    assert "".join(found.lines) == text
    assert len(found.lines) <= 3
    lengths = [len(each) for each in found.lines]
    assert max(lengths) - min(lengths) <= 2


def test_a_title_that_fits_at_no_size_ends_in_dots() -> None:
    found = title("长" * 300, HEADLINE, 40, 796, 400)
    assert len(found.lines) == 3
    assert found.lines[-1].endswith("…")
    assert all(width(each, "serif", found.style.size) <= 796 for each in found.lines)


def test_a_title_is_never_taller_than_its_place() -> None:
    for high in (60, 120, 200, 400):
        assert title("破解老旧小区加装电梯“一票否决”难题项目", HEADLINE, 40, 500, high).height <= high


@pytest.mark.parametrize("room", range(420, 900, 40))
def test_a_quotation_is_not_torn(room: int) -> None:
    found = title("2023年度“十佳”党建品牌", HEADLINE, 40, room, 400)
    assert all(each.count("“") == each.count("”") for each in found.lines)


@pytest.mark.parametrize("room", range(200, 800, 50))
def test_no_mark_stands_where_none_may(room: int) -> None:
    style = Style("sans", 40, 1.5)
    text = "（一）“放心秤”，称一称斤两；也称一称良心。《办法》第3条：每季度校准1次！"
    for line in paragraph(text, style, room, 99).lines:
        assert line[0] not in "，。；：！”》）"
        assert line[-1] not in "（“《"


def test_words_and_counted_numbers_stay_whole() -> None:
    assert units("2023年 Party-building 品牌") == ("2023年 ", "Party-building ", "品", "牌")


def test_no_character_is_left_alone_on_the_last_line() -> None:
    style = Style("sans", 40, 1.5)
    for count in range(11, 60):
        last = paragraph("字" * count, style, 400, 99).lines[-1]
        assert len(last) >= 2, count


def test_lines_are_balanced() -> None:
    assert balanced("一二三四五六七八九十甲乙", Style("serif", 40), 460, 3) == ["一二三四五六", "七八九十甲乙"]


@pytest.mark.parametrize("text", ("龘靐", "㐂囍", "〇々", "ÀÉñ", "№℃", "镕堃喆"))
def test_rare_characters_are_shown(text: str) -> None:
    assert printable(text, "serif") == text


def test_what_the_font_lacks_is_marked_and_what_cannot_be_seen_goes() -> None:
    assert printable("甲😀乙", "serif") == f"甲{MISSING}乙"
    assert printable(" 甲\n乙\ufe0f\u200b ", "sans") == "甲 乙"


@given(TEXT, st.integers(60, 900), st.integers(1, 4))
@settings(max_examples=examples(80), deadline=None)
def test_no_line_is_wider_than_its_room(text: str, room: int, most: int) -> None:
    style = Style("sans", 30, 1.5)
    found = paragraph(text, style, room, most)
    assert len(found.lines) <= most
    assert all(typesetting._wide(each, style) <= room for each in found.lines)


# -- kept --------------------------------------------------------------------------------------------------------------


def test_a_second_time_nothing_is_drawn(tmp_path) -> None:  # noqa: ANN001
    wanted = {form: to_draw(form, FACE, ADDRESS) for form in FORMS}
    cache = Cache(tmp_path)
    first, drawn = drawings.draw(wanted, cache)
    again, none = drawings.draw(wanted, cache)
    assert (drawn, none) == (3, 0)
    assert first == again
    assert all(len(drawings.content(each, cache)) == each.size for each in first.values())
    changed = {"card": to_draw("card", LISTED, ADDRESS)}
    assert drawings.draw(changed, cache)[1] == 1


def test_workers_draw_the_same(tmp_path) -> None:  # noqa: ANN001
    wanted = {str(each): to_draw("square", CardFace(f"品牌{each}"), ADDRESS) for each in range(9)}
    alone, together = Cache(tmp_path / "one"), Cache(tmp_path / "two")
    one, two = drawings.draw(wanted, alone)[0], drawings.draw(wanted, together, jobs=2)[0]
    for name in wanted:
        assert drawings.content(one[name], alone) == drawings.content(two[name], together)


def test_a_drawing_that_left_the_cache_is_drawn_again(tmp_path) -> None:  # noqa: ANN001
    cache = Cache(tmp_path)
    drawn = drawings.draw({"x": to_draw("card", FACE)}, cache)[0]["x"]
    before = drawings.content(drawn, cache)
    for file in tmp_path.rglob("*"):
        if file.is_file():
            file.write_bytes(b"damaged")
    assert drawings.content(drawn, cache) == before


# -- in a site ---------------------------------------------------------------------------------------------------------

CONFIG = "site_config.yml"


@pytest.fixture
def addressed(tmp_path) -> SiteDriver:  # noqa: ANN001
    """The site of the brands, with an address, cards and posters."""
    driver = SiteDriver.copy("good/brand", tmp_path)
    return driver.edit(CONFIG, "share: {posters: false}\n", f"address: {SITE_ADDRESS}\n")


def _shared(driver: SiteDriver) -> list[str]:
    return [each for each in driver.files() if each.startswith("share/")]


def _brands(driver: SiteDriver) -> set[str]:
    found = re.compile(r"brands/([a-z0-9-]+)/index\.html")
    ids = {match[1] for each in driver.files() if (match := found.fullmatch(each))}
    return ids - {"by", "page"}


def test_every_public_brand_has_a_card_a_square_and_a_poster(addressed: SiteDriver) -> None:
    addressed.build()
    assert addressed.is_published(), addressed.lines()
    brands = _brands(addressed)
    assert brands
    expected = {f"share/brands/{id}/{form}.png" for id in brands for form in FORMS}
    assert set(_shared(addressed)) == expected | {"share/card.png", "share/square.png"}
    for id in brands:
        poster = addressed.files()[f"share/brands/{id}/poster.png"]
        assert _read_code(poster) == f"{SITE_ADDRESS}b/{id}/"


def test_what_is_not_public_has_no_picture(addressed: SiteDriver) -> None:
    brand = next(each for each in (addressed.root / "brands").iterdir() if each.is_dir())
    addressed.build()
    assert any(f"/{brand.name}/" in each for each in _shared(addressed))
    file = f"brands/{brand.name}/brand.yml"
    text = (addressed.root / file).read_text("utf-8")
    addressed.write(file, text.replace("status: published", "status: draft")).build()
    assert not any(f"/{brand.name}/" in each for each in _shared(addressed))


def test_the_page_links_its_poster_with_its_size(addressed: SiteDriver) -> None:
    addressed.build()
    id = min(_brands(addressed))
    size = len(addressed.files()[f"share/brands/{id}/poster.png"])
    main = addressed.main(f"brands/{id}")
    assert f'href="../../share/brands/{id}/poster.png"' in main
    assert f"分享海报（PNG，{max(1, round(size / 1000))} KB）" in main


def _meta(page: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', page):
        found.setdefault(name, []).append(value)
    return found


def test_the_head_names_the_card(addressed: SiteDriver) -> None:
    addressed.build()
    id = min(_brands(addressed))
    meta = _meta(addressed.page(f"brands/{id}"))
    base = f"{SITE_ADDRESS}share/brands/{id}"
    assert meta["og:image"] == [f"{base}/card.png", f"{base}/square.png"]
    assert meta["og:image:width"] == ["1200", "600"]
    assert meta["og:image:height"] == ["630", "600"]
    assert meta["og:url"] == [f"{SITE_ADDRESS}brands/{id}/"]
    assert meta["og:type"] == ["article"]
    assert meta["og:site_name"] == ["小城品牌展"]
    assert meta["og:locale"] == ["zh_CN"]
    assert meta["twitter:card"] == ["summary_large_image"]
    assert meta["og:image:alt"][0].endswith("，小城品牌展")


def test_lists_show_the_card_of_the_site(addressed: SiteDriver) -> None:
    addressed.build()
    for address in ("", "brands", "units"):
        meta = _meta(addressed.page(address) if address else addressed.page("index.html"))
        assert meta["og:image"][0] == f"{SITE_ADDRESS}share/card.png"
    assert "og:image" not in _meta(addressed.page("404.html"))


def test_without_an_address_nothing_is_said_of_pictures_and_no_card_is_drawn(tmp_path) -> None:  # noqa: ANN001
    told: list[str] = []
    driver = SiteDriver.copy("good/brand", tmp_path).edit(CONFIG, "share: {posters: false}\n", "")
    driver.build(tell=lambda step, values: told.append(step))
    assert {each.rsplit("/", 1)[1] for each in _shared(driver)} == {"poster.png"}
    assert all(_read_code(driver.files()[each]) is None for each in _shared(driver))
    meta = _meta(driver.page("index.html"))
    assert {"og:title", "og:description", "og:type", "og:site_name", "og:locale"} <= set(meta)
    assert not {"og:image", "og:url"} & set(meta)
    assert meta["twitter:card"] == ["summary"]
    assert told.count("posters_without_code") == 1


def test_with_an_address_there_is_no_note(addressed: SiteDriver) -> None:
    told: list[str] = []
    addressed.build(tell=lambda step, values: told.append(step))
    assert "drawings" in told
    assert "posters_without_code" not in told


def test_a_second_build_draws_nothing_and_changes_nothing(addressed: SiteDriver) -> None:
    counts: list[int] = []

    def tell(step: str, values: dict[str, int]) -> None:
        if step == "drawings":
            counts.append(values["drawn"])

    before = addressed.build(tell=tell).files()
    assert addressed.build(tell=tell).files() == before
    assert counts[0] == len(_shared(addressed))
    assert counts[1] == 0


@pytest.mark.parametrize(
    ("setting", "gone", "kept"),
    (("cards: false", "card.png", "poster.png"), ("posters: false", "poster.png", "card.png")),
)
def test_either_can_be_left_out(addressed: SiteDriver, setting: str, gone: str, kept: str) -> None:
    text = (addressed.root / CONFIG).read_text("utf-8")
    addressed.write(CONFIG, f"{text}share: {{{setting}}}\n").build()
    names = {each.rsplit("/", 1)[1] for each in _shared(addressed)}
    assert gone not in names
    assert kept in names


def test_a_title_cannot_break_out_of_the_head(addressed: SiteDriver) -> None:
    addressed.edit(CONFIG, "name: 小城品牌展", "name: '小城\"展\" & 品牌'").build()
    assert addressed.is_published(), addressed.lines()
    meta = _meta(addressed.page("index.html"))
    assert meta["og:site_name"] == ["小城&quot;展&quot; &amp; 品牌"]


@pytest.mark.parametrize("case", ("project", "release"))
def test_projects_and_releases_have_posters_that_lead_to_them(case: str, tmp_path) -> None:  # noqa: ANN001
    driver = SiteDriver.copy(f"good/{case}", tmp_path)
    driver.edit(CONFIG, "share: {posters: false}\n", f"address: {SITE_ADDRESS}\n").build(date(2026, 6, 1))
    posters = [each for each in _shared(driver) if each.startswith(f"share/{case}s/") and each.endswith("poster.png")]
    assert posters
    for each in posters:
        id = each.split("/")[-2]
        assert _read_code(driver.files()[each]) == f"{SITE_ADDRESS}{case[0]}/{id}/"


@given(TEXT, st.sampled_from(("serif", "sans")), st.integers(18, 110))
@settings(max_examples=examples(60), deadline=None)
def test_widths_add_up(text: str, family: typesetting.Family, size: int) -> None:
    assert width(text, family, size) == pytest.approx(typesetting.font(family, size).getlength(text), abs=0.01)


def test_before_its_hour_nothing_of_a_release_is_drawn(tmp_path) -> None:  # noqa: ANN001
    driver = SiteDriver.copy("good/release", tmp_path)
    driver.edit(CONFIG, "share: {posters: false}\n", f"address: {SITE_ADDRESS}\n")
    hours = re.findall(
        r"announced_on: (\d{4})-", "".join(each.read_text("utf-8") for each in driver.root.rglob("release.yml"))
    )
    drawn = driver.build(date(2026, 6, 1)).files()
    assert any(each.startswith("share/releases/") for each in drawn)
    before = driver.build(date(int(min(hours)), 1, 1)).files()
    assert driver.is_published(), driver.lines()
    assert not any(each.startswith("share/releases/") for each in before)


def test_a_title_rather_breaks_after_a_mark_than_within_a_word() -> None:
    assert balanced("开放问政、闭环问效工作机制", Style("serif", 100), 900, 3) == ["开放问政、", "闭环问效工作机制"]
