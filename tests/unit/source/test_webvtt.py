"""The reader of captions: it never raises, names each mistake once at its place, and reads back what it should."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.messages import words
from generator.source.webvtt import Cue, plain, read, time_text
from tests.helpers.growth import assert_ends_within

NEARLY = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "WEBVTT",
                "WEBVTT 片名",
                "",
                "NOTE 说明",
                "STYLE",
                "REGION",
                "1",
                "00:01.000 --> 00:02.000",
                "00:00:01.000 --> 00:00:02.500 align:start",
                "00:01,000 --> 00:02,000",
                "999:59:59.999 --> 00:00.000 x",
                "--> -->",
                "<v 张三>你好</v>",
                "<script>",
                "文字",
                "\t",
            ]
        ),
        st.text(max_size=30),
    ),
    max_size=20,
).map("\n".join)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="<>&-"))
LINE = WORDS.map(str.strip).filter(bool)


@given(st.one_of(st.text(), NEARLY, NEARLY.map(lambda text: f"WEBVTT\n\n{text}")))
def test_any_text_gives_cues_and_faults_and_never_raises(text: str) -> None:
    cues, faults = read(text)
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert list(faults) == sorted(faults)
    for line, column, mistake, first in faults:
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1
        assert 0 < first <= line if mistake == "repeated" else words(f"vtt.{mistake}").zh
    for cue in cues:
        assert "-->" in lines[cue.line - 1]
        assert cue.start >= 0
        assert lines[cue.line - 1][cue.end_column - 1 :].startswith(("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"))
    if not faults:
        assert all(cue.start < cue.end and cue.text.strip() for cue in cues)
        assert all(one.start <= other.start for one, other in zip(cues, cues[1:], strict=False))


@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(1, 9_000_000), st.lists(LINE, min_size=1, max_size=3))))
def test_captions_that_follow_the_rules_are_read_back_whole(rows: list[tuple[int, int, list[str]]]) -> None:
    at, expected, text = 0, [], "WEBVTT\n"
    for pause, length, lines in rows:
        start, end = at + pause, at + pause + length
        at = end
        text += f"\n{time_text(start)} --> {time_text(end)}\n" + "\n".join(lines) + "\n"
        expected.append((start, end, "\n".join(lines)))
    cues, faults = read(text)
    assert faults == ()
    assert [(cue.start, cue.end, cue.text) for cue in cues] == expected


def test_names_notes_settings_and_voices_are_understood() -> None:
    text = "WEBVTT 片名\n\nNOTE\n多行\n说明\n\n一\n01:00:01.000 --> 01:00:02.000 align:start line:0\n<v 张三>你<b>好</b> &amp; 坐\n"
    assert read(text) == ((Cue(3_601_000, 3_602_000, "张三：你好 & 坐", 8, 18),), ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(1, 1, "header")]),
        ("webvtt\n", [(1, 1, "header")]),
        ("WEBVTTX\n", [(1, 1, "header")]),
        ("WEBVTT --> x\n", [(1, 1, "header")]),
        ("WEBVTT", []),
        ("WEBVTT\nKind: captions\n00:01.000 --> 00:02.000\n文\n", [(3, 1, "gap")]),
        ("WEBVTT\nKind: captions\n1\n00:01.000 --> 00:02.000\n文\n", [(3, 1, "gap")]),
        ("WEBVTT\n00:01.000 --> 00:02.000\n文\n", [(2, 1, "gap")]),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n", [(3, 1, "blank")]),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n文\n00:03.000 --> 00:04.000\n字\n", [(5, 1, "gap")]),
        ("WEBVTT\n\n00:01.000 -> 00:02.000\n文\n", [(3, 1, "arrow")]),
        ("WEBVTT\n\n00:01,000 --> 00:02,000\n文\n", [(3, 1, "comma")]),
        ("WEBVTT\n\n00:61.000 --> 00:62.000\n文\n", [(3, 1, "time")]),
        ("WEBVTT\n\n٠٠:01.000 --> 00:02.000\n文\n", [(3, 1, "time")]),
        ("WEBVTT\n\n00:01.000 --> 00:01.000\n文\n", [(3, 15, "ends")]),
        ("WEBVTT\n\n00:01.000 --> 00:02.000  size:9% url(x)\n文\n", [(3, 34, "setting")]),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n一<img src=x>\n", [(4, 2, "tag")]),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n文\n\nSTYLE\n::cue{}\n", [(6, 1, "style")]),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n文\n\nREGION\nid:a\n", [(6, 1, "style")]),
        ("WEBVTT\n\nSTYLE\n::cue{}\n::cue{background:URL (x)}\n", [(5, 18, "loads")]),
        ("WEBVTT\n\nSTYLE\n@import 'x';\n\nSTYLE\n::cue{c\\6flor:red}\n", [(4, 1, "loads"), (7, 8, "loads")]),
        ("WEBVTT\n\nREGION\nid:a width:120%\nscroll:down\n", [(4, 6, "region"), (5, 1, "region")]),
        ("WEBVTT\n\nREGION\nid:a\n\nREGION\nid:a\n", [(7, 1, "repeated")]),
        ("WEBVTT\n\n1\n00:01.000 --> 00:02.000\n文\n\n1\n00:03.000 --> 00:04.000\n文\n", [(7, 1, "repeated")]),
        ("WEBVTT\n\nNOTE 旧的\n1\n00:01.000 --> 00:02.000\n文\n", [(5, 1, "note")]),
        ("WEBVTT\n\nNOTE 一 --> 二\n", [(3, 1, "note")]),
        ("WEBVTT\n\nNOTE\n00:01.000 --> 00:02.000\n文\n", [(4, 1, "note")]),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n文\n \t\n00:03.000 --> 00:04.000\n字\n", [(5, 1, "spaces")]),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n文\n \n2\n00:03.000 --> 00:04.000\n字\n", [(5, 1, "spaces")]),
        ("WEBVTT\n\n1\n00:01.000 --> 00:02.000\n文\n2\n00:03.000 --> 00:04.000\n字\n", [(6, 1, "gap")]),
        ("WEBVTT\n\n00:03.000 --> 00:04.000\n文\n\n00:01.000 --> 00:09.000\n文\n", [(6, 1, "order")]),
        ("WEBVTT\n\n00:01.000 --> 00:02.000 align:left align:start\n文\n", [(3, 36, "setting")]),
        ("WEBVTT\n\n00:01.000 --> 00:02.000 align:links\n文\n", [(3, 25, "setting")]),
        ("WEBVTT\n\n00:01.000 --> 00:02.000 size:120%\n文\n", [(3, 25, "setting")]),
        ("WEBVTT\n\n00:01.000-->00:02.000\n文\n", [(3, 1, "time")]),
        ("WEBVTT\n\n0:00:01.000 --> 0:00:02.000\n文\n", [(3, 1, "time")]),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n一 --> 二\n", [(4, 3, "inside")]),
    ],
)
def test_each_mistake_is_named_once_at_its_place(text: str, expected: list[tuple[int, int, str]]) -> None:
    assert [tuple(each)[:3] for each in read(text)[1]] == expected


GOOD = [
    "WEBVTT\nKind: captions\nLanguage: zh-CN\n\n00:01.000 --> 00:02.000\n文\n",
    "WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:900000\n\n00:01.000 --> 00:02.000\n文\n",
    "WEBVTT - 片名\nNOTE 说明\n任意一行\n\n00:01.000 --> 00:02.000\n文\n",
    "WEBVTT\tx\n\n\n\n00:01.000 --> 00:02.000\n文",
    "WEBVTT\n\nNOTE\n多行\n说明\n\nSTYLE\n::cue { color: #fff }\n\nREGION\nid:fred width:40% lines:3\nregionanchor:0%,100% viewportanchor:10%,90% scroll:up\n\n00:01.000 --> 00:02.000 region:fred align:left\n文\n",
    "WEBVTT\n\n00:01.000 --> 00:09.000\n<v 张三>你好\n\n00:01.000 --> 00:04.000\n<v.loud.far 李四>大家好</v>\n",
    "WEBVTT\n\nSTYLE\n00:01.000 --> 00:02.000\n编号可以叫 STYLE\n",
    "WEBVTT\n\n第一条 a\n00:01.000 \t-->\t 100:00:02.000 \tvertical:rl line:-1,end position:50%,center size:33.5%\n文\n",
    "WEBVTT\n\n00:01.000 --> 00:02.000\n<c.yellow.bg_blue>字</c> <i>斜</i> <b>粗</b> <u>线</u> <ruby>汉<rt>hàn</rt></ruby> <lang en>ok</lang>\n",
    "WEBVTT\n\n00:01.000 --> 00:05.000\n逐<00:02.000>字<00:00:03.000>出 &lt;&amp;&nbsp;&#20320; 5 > 3\n",
    "WEBVTT\n\n00:01.000 --> 00:02.000 align:middle\n旧的写法\n",
    "WEBVTT",
]


@pytest.mark.parametrize("text", GOOD)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_what_the_standard_allows_is_taken(text: str, ends: str, mark: str) -> None:
    cues, faults = read(mark + text.replace("\n", ends))
    assert faults == ()
    assert len(cues) == text.count("-->")


def test_a_missing_line_hides_no_later_mistake() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n文\n00:03.000 --> 00:02.000\n<x>\n\n00:04,000 --> 00:05.000\n文\n"
    cues, faults = read(text)
    assert [tuple(each)[:3] for each in faults] == [(5, 1, "gap"), (5, 15, "ends"), (6, 1, "tag"), (8, 1, "comma")]
    assert [cue.line for cue in cues] == [3, 5]


def test_marks_never_reach_the_page_as_text() -> None:
    assert plain("<c.red>红</c><00:01.000>字<v.loud 李四>说") == "红字李四：说"


@pytest.mark.parametrize("piece", ["<v", "<v ", " ", "<", "--> ", "00:01.000 --> ", "<b ", "&amp", "0:00,", "WEBVTT "])
def test_long_lines_take_no_longer_than_they_are(piece: str) -> None:
    line = (piece * 10_000)[:10_000]
    text = f"WEBVTT\n\n00:01.000 --> 00:02.000{line}\n" + f"{line}\n" * 20 + f"\n{line}\n"
    assert_ends_within(2, lambda: (read(text), plain(line)))
