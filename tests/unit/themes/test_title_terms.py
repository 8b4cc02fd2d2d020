"""Titles break between the words that a site knows, and say what they said."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator import config as configuration
from generator.themes.titles import Terms, terms_of
from tests.helpers.driver import SiteDriver
from tests.helpers.places import SITES
from tests.helpers.walls import make

TERMS = Terms(("书记项目", "书记", "项目", "巡展", "阳光·天平", "法&治", "一条河，在变清", "exhibit", "一"))
TEXTS = st.text("书记项目巡展阳光·天平法&治<>\"'“”2023年度，、 ab", max_size=30)


def _parts(title: str, terms: Terms = TERMS) -> str:
    return "/".join(f"[{text}]" if is_whole else text for text, is_whole in terms.parts(title))


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("三十个示范书记项目巡展", "三十个示范/[书记项目]/[巡展]"),  # the longest first
        ("书记的项目", "[书记]/的/[项目]"),
        ("2023年度“十佳”项目", "[2023年度]/“十佳”/[项目]"),
        ("难看的83%，12.5万人", "难看的/[83%]/，/[12.5万]/人"),
        ("一条河，在变清", "一条河，在变清"),  # what has a pause is no word
        ("an exhibit of 12", "an exhibit of /[12]"),  # Latin breaks at blanks
        ("甲·乙", "[甲·]/乙"),
        ("巡展·项目", "[巡展·]/[项目]"),
        ("", ""),
    ],
)
def test_a_title_falls_into_the_words_that_are_known(title: str, parts: str) -> None:
    assert _parts(title) == parts


@given(TEXTS)
@example("<b>项目</b>")
@example("法&治·项目")
def test_a_title_says_what_it_said_and_nothing_in_it_is_markup(title: str) -> None:
    marked = str(TERMS.marked(title))
    assert unescape(re.sub(r'<span class="(?:term|dotted)">|</span>|<wbr>', "", marked)) == title
    assert "".join(text for text, _ in TERMS.parts(title)) == title
    assert set(re.findall(r"<[^>]*>", marked)) <= {'<span class="term">', '<span class="dotted">', "</span>", "<wbr>"}


def test_markup_is_left_as_it_is() -> None:
    once = TERMS.marked("书记项目")
    assert str(once) == '<span class="term">书记项目</span>' and TERMS.marked(once) is once


def test_a_dot_does_not_begin_a_line() -> None:
    assert str(TERMS.marked("甲·乙")) == '<span class="dotted">甲·</span><wbr>乙'
    assert str(TERMS.marked("阳光·天平")) == '<span class="term">阳<span class="dotted">光·</span>天平</span>'


def test_behind_a_word_a_title_may_break_but_before_no_mark() -> None:
    assert str(TERMS.marked("书记项目巡展")) == '<span class="term">书记项目</span><wbr><span class="term">巡展</span>'
    assert str(TERMS.marked("巡展“一”")) == '<span class="term">巡展</span><wbr>“一”'
    for mark in "，。、；：！？）》」』”’…":
        assert str(TERMS.marked(f"巡展{mark}再看")) == f'<span class="term">巡展</span>{mark}再看'


class _Counted(str):
    """A title that counts how often it is looked into."""

    looks = 0

    def __getitem__(self, at: object) -> str:
        _Counted.looks += 1
        return str.__getitem__(self, at)  # type: ignore[index]


@pytest.mark.parametrize("count", [10, 1000, 20_000])
def test_a_title_is_looked_through_once_however_many_words_there_are(count: int) -> None:
    words = ["".join(chr(0x4E00 + (number >> shift) % 64) for shift in (0, 6, 12)) for number in range(count)]
    terms = Terms([*words, *("一" * length for length in range(2, 9))])
    title = _Counted("一" * 400 + words[-1] + "丁" * 400)
    _Counted.looks = 0
    assert "".join(text for text, _ in terms.parts(title)) == title
    assert _Counted.looks < 20 * len(title)


def test_terms_are_what_records_are_called_and_what_the_configuration_says() -> None:
    config, _, _ = configuration.load(SITES / "good" / "small")
    assert config is not None
    wall = make(30)
    names = {each.data.name for each in wall.records if 2 <= len(each.data.name) <= 8}
    found = terms_of(config.model_copy(update={"terms": ("工作机制",)}), wall.catalog)
    assert names and names <= found.words
    assert "工作机制" in found.words and {each.name for each in config.categories} <= found.words


@pytest.mark.parametrize(
    ("term", "codes"), [("党建", []), ("一二三四五六七八", []), ("党", ["SCH-006"]), ("一二三四五六七八九", ["SCH-005"])]
)
def test_a_term_has_two_to_eight_characters(term: str, codes: list[str], small: SiteDriver) -> None:
    small.edit("site_config.yml", "colours:", f"terms: [{term}]\ncolours:")
    config, _, problems = configuration.load(small.root)
    assert (config is None) is bool(codes)
    assert [each.code for each in problems if each.is_error] == codes
    assert [each.span.path for each in problems if each.is_error] == ["site_config.yml"] * len(codes)


def test_the_titles_of_a_site_hold_its_terms(small: SiteDriver) -> None:
    small.edit("site_config.yml", "colours:", "terms: [墙]\ncolours:".replace("墙", "品牌墙"))
    made = small.build().files()
    assert '<h1><span class="term">品牌墙</span></h1>' in made["brands/index.html"].decode()
