"""Generated sentences never show two signs of punctuation in a row where somebody's text ends."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.messages import fill, followed
from tests.helpers.driver import SiteDriver

DOUBLE = re.compile(r"[。，；：、][。，；：、．,;]|[！？!?][。，；：、]|…。")


@pytest.mark.parametrize(
    ("text", "rest", "whole"),
    [
        ("推动落实。", "，2024年", "推动落实，2024年"),
        ("推动落实；", "。", "推动落实。"),
        ("谁来办？", "。", "谁来办？"),
        ("谁来办？", "，2024年", "谁来办？2024年"),
        ("还有……", "。", "还有……"),
        ("还有……", "，2024年", "还有……，2024年"),
        ("甲。 ", "：乙", "甲：乙"),
        ("Co.", ". Next", "Co. Next"),
        ("v1.0.", "，x", "v1.0.，x"),
        ("推动落实", "，2024年", "推动落实，2024年"),
        ("推动落实。", "（2024年）", "推动落实。（2024年）"),
        ("。", "，甲", "。，甲"),  # a text of nothing else is nobody's sentence
        ("甲。", "", "甲。"),
    ],
)
def test_what_follows_a_text_has_one_sign_before_it(text: str, rest: str, whole: str) -> None:
    assert followed(text, rest) == whole


VALUE = st.text("党建办。，；：、！？…“”（）ab.,;", min_size=1, max_size=12)


@given(VALUE, VALUE, st.sampled_from(["{a}，{b}。", "{a}：{b}", "共有{a}；{b}，完。", "{a}{b}"]))
def test_a_wording_adds_no_second_sign(a: str, b: str, template: str) -> None:
    filled = fill(template, {"a": a, "b": b})
    plain = template.format(a=a, b=b)
    if not re.search(r"[。，；：、！？…,;.]$", a) and not re.search(r"[。，；：、！？…,;.]$", b):
        assert filled == plain
    assert len(filled) <= len(plain)
    assert [each for each in filled if each in "党建办ab"] == [each for each in plain if each in "党建办ab"]


@pytest.mark.parametrize("case", ["project", "report", "brand", "video", "release"])
def test_pages_show_no_doubled_signs_after_texts_that_end_like_sentences(
    case: str, site: Callable[[str], SiteDriver]
) -> None:
    driver = site(f"good/{case}").remove_if_there("expected")
    for file in driver.root.rglob("*.yml"):
        text = file.read_text("utf-8")
        # whatever somebody may end like a sentence: titles of sources, places, grades, notes, names of indicators
        text = re.sub(r"(?<=[\u4e00-\u9fff》])(?=, (?:where|date)|, issuer|, by:)", "。", text)
        text = re.sub(r"((?:^|[{ ])(?:issuer|by|why|note|where): [^\n,}\"']*[\u4e00-\u9fff])(?=[\n,}])", r"\1。", text)
        file.write_text(text, "utf-8")
    driver.build()
    assert driver.is_published(), driver.lines()
    for name, content in driver.files().items():
        if name.endswith(".html") and not name.startswith("data/"):  # data are shown as they were given
            shown = re.sub(r"<(script|style)\b.*?</\1>", "", content.decode(), flags=re.DOTALL)
            shown = unescape(re.sub(r"</?(?:time|strong|a|small|span)\b[^>]*>", "", shown))
            assert not (found := DOUBLE.search(shown)), (
                case,
                name,
                shown[max(0, found.start() - 40) : found.end() + 20],
            )
