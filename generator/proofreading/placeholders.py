"""Placeholders: words that stand where something was still to be written, and would be published as they stand.

The words are data (``wordlists/placeholders.toml``); here is how each list is applied, and the few forms that no list
can name, such as XX单位, ____ and ???.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from generator import patterns

_EDGES = frozenset(" \t\n\u3000，。；：、！？,.;:!?（）()【】[]〔〕“”\"'《》<>＜＞/|—-~·…")
_OPEN, _CLOSE = r"[<＜【\[［{｛〔「]", r"[>＞】\]］}｝〕」]"
_TASK = patterns.late(r"(?:^|\n)[ \t>]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+\Z")
_HAN = r"[\u3400-\u9fff]"
_SURNAMED = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷龙史陶黎贺顾毛郝龚邵万钱严覃武戚莫孔向汤"
_CROSS = "[XxＸｘ×✕✖╳Ⅹ]"
_FORMS = patterns.late(
    rf"(?<![A-Za-z0-9Ａ-Ｚａ-ｚ.\-]){_CROSS}{{3,}}(?![A-Za-zＡ-Ｚａ-ｚ0-9])"  # XXX, ×××
    rf"|(?<=20){_CROSS}{{2}}(?=年|-|/|\.|度|届)|(?<=[12][09]){_CROSS}{{2}}年"  # 20XX年
    rf"|(?<={_HAN}){_CROSS}{{2}}(?={_HAN}|[，。；、！？）)%％]|$)(?!世纪|年代|染色体)"  # 由XX负责
    rf"|(?:^|(?<=[\s，。；：、（(“《【「])){_CROSS}{{2,}}(?=\s?{_HAN})(?!\s?(?:世纪|年代|染色体|[号级型码]))"  # XX单位
    rf"|(?:^|(?<=[，。；：、！？（）()“”]))(?:{_CROSS}{{2}})(?=$|[，。；：、！？（）()“”])"
    r"|[_＿]{3,}|＿＿|[?？]{3,}|(?<![.…])\.{7,}|[。]{3,}"
    rf"|(?:某{{2}})(?=单位|局|市|县|区|部门|公司|品牌|街道|社区|支部|党委|机关|项目|工程|小区|村|镇|乡|学校|医院)"
    r"|某(?:[\u3400-\u9fff]?ICP|公网安备)|(?<![0-9.])0{8,}(?![0-9])"
    rf"|{_OPEN}{_CROSS}+{_CLOSE}|［\s*］|【\s*】|〔\s*〕(?!\d)"
)
_MAY = patterns.late(r"[XxＸｘ×✕✖╳Ⅹ]{2}|__|＿＿|[?？]{3}|\.{7}|。。。|某某|某[^\n]?ICP|某公|0{8}|[【〔［<＜\[{｛「]")
_AT_HAND = patterns.late(
    r"(?<![0-9])0{3,4}[\-－— ]?[0-9]{7,8}(?![0-9])|(?<![0-9\-])(?:12345678|1234567|88888888|00000000|11111111|66666666)(?![0-9])"
)
_OF_A_ROMAN_ROW = patterns.late(r"(?<![A-Za-z])[IVXL]*[IV][IVXL]*(?![A-Za-z])")
_FILE_NAME = patterns.late(
    r"(?:IMG|DSC|DCIM|WX|MVIMG|微信图片|QQ图片|截屏|屏幕截图|图片|照片|未命名|未标题|image|photo|图|pic)?[\s_\-]*[0-9()（）\-_]*(?:\.(?:jpe?g|png|webp|gif|bmp|heic))?",
    re.IGNORECASE,
)


class Placeholder(NamedTuple):
    """A placeholder: where it stands, whether a sample may have it because it keeps somebody unnamed, and whether it
    is sure to be one: 某ICP备00000000号 could be meant."""

    start: int
    end: int
    is_stand_in: bool = False
    is_sure: bool = True


@cache
def _lists() -> dict[str, Any]:
    file = resources.files(__package__).joinpath("wordlists", "placeholders.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _any_of(words: list[str]) -> str:
    return "|".join(re.escape(each) for each in sorted(words, key=len, reverse=True))


@cache
def _words() -> list[str]:
    lists = _lists()
    return [*lists["clauses"], *lists["anywhere"], *lists["in_fields"], *lists["capitals"]]


@cache
def _listed() -> re.Pattern[str]:
    """Every word that is looked for inside a text. What it takes for each to count is asked afterwards."""
    return re.compile(_any_of(_words()), re.IGNORECASE)


@cache
def _cased() -> tuple[str, ...]:
    """The listed words that have letters of two cases, small."""
    return tuple(each.casefold() for each in _words() if each.upper() != each.lower())


@cache
def _uncased() -> re.Pattern[str]:
    """The other listed words. Without a flag for cases a search knows the signs they begin with: twenty times as fast."""
    return re.compile(_any_of([each for each in _words() if each.upper() == each.lower()]))


@cache
def _slots() -> re.Pattern[str]:
    return re.compile(rf"{_OPEN}\s*(?:请?填?写?入?|某|你的|贵)(?:{_any_of(_lists()['slots'])})\s*{_CLOSE}")


@cache
def _whole(name: str) -> frozenset[str]:
    return frozenset(each.casefold() for each in _lists()[name])


def may_hold(text: str) -> bool:
    """Whether some placeholder may stand in ``text`` besides those that are the whole of a value: quick, mostly no."""
    return bool(_uncased().search(text) or _MAY.search(text)) or any(map(text.casefold().__contains__, _cased()))


def find(text: str, *, is_field: bool = False) -> Iterator[Placeholder]:
    """Every placeholder that stands somewhere in ``text``, in order. With ``is_field`` also what a page that explains a
    form may well say, such as （填写全称）."""
    found = [Placeholder(*hit.span()) for hit in _listed().finditer(text) if _is_one(text, hit, is_field)]
    found += [Placeholder(*hit.span()) for hit in _slots().finditer(text) if not _is_label(text, hit)]
    found += [
        Placeholder(*hit.span(), _is_stand_in(hit.group()), hit.group()[0] not in "某0")
        for hit in _FORMS.finditer(text)
        if _counts(text, hit)
    ]
    taken = 0
    for each in sorted(found):
        if each.start >= taken:
            taken = each.end
            if not _is_box(text, each):
                yield each


def _is_box(text: str, each: Placeholder) -> bool:
    """Whether it is the box of a task that is done: ``- [x] 已办``."""
    written = text[each.start : each.end]
    return written in ("[x]", "[X]") and bool(_TASK.search(text[max(0, each.start - 60) : each.start]))


def is_whole(text: str, field: str) -> bool:
    """Whether the whole value ``text`` of ``field`` is a placeholder, such as 待定 or test."""
    plain = _bare(text)
    if field not in _lists()["headings"] and not any(map(str.isalnum, plain)):
        return bool(plain)  # signs alone say nothing; a unit may be %
    if plain == "待定" and field in _lists()["may_be_open"]:
        return False
    return plain in _whole("whole") or (field not in _lists()["headings"] and plain in _whole("whole_text"))


def is_perhaps(text: str, field: str) -> bool:
    """Whether the whole value ``text`` of ``field`` says that there is nothing to say, such as 暂无 or 见附件."""
    return field in _lists()["perhaps_in"] and _bare(text) in _whole("whole_perhaps")


def _bare(text: str) -> str:
    return text.strip().strip("（）()【】[]<>＜＞《》“”\"'。. ").casefold() or text.strip()


def is_no_description(text: str) -> bool:
    """Whether a picture's description does not say what is to be seen: 图片, or the name of the file."""
    plain = text.strip().strip("（）()【】[]“”\"'。.! ").casefold()
    return plain in _whole("descriptions") or is_whole(text, "") or bool(_FILE_NAME.fullmatch(plain))


def is_no_telephone(text: str) -> bool:
    """Whether a telephone number is one that nobody has: an area code of zeros, or digits in their order."""
    digits = re.sub(r"\D", "", text)
    return bool(_AT_HAND.search(text)) or (len(digits) > 6 and len(set(digits[-7:])) == 1)


def _is_one(text: str, hit: re.Match[str], is_field: bool) -> bool:
    word, lists = hit.group().casefold(), _whole
    if word in lists("anywhere") or (is_field and word in lists("in_fields")):
        return True
    before, after = text[max(0, hit.start() - 1) : hit.start()], text[hit.end() : hit.end() + 1]
    if word in lists("capitals"):
        is_apart = not any(each.isalnum() and each.isascii() for each in before + after)
        return hit.group().isupper() and is_apart
    if word not in lists("clauses") or (after and after not in _EDGES):
        return False
    if not before or before in _EDGES:
        return True
    line = text[text.rfind("\n", 0, hit.start()) + 1 : hit.start()]
    is_last = not text[hit.end() :].partition("\n")[0].strip("。.… ")
    return (
        word[0] == "待" and is_last and len(line) <= 8 and before not in "有已尚还仍" and not _EDGES.intersection(line)
    )


def _is_stand_in(form: str) -> bool:
    return form[0] in "某XxＸｘ×✕✖╳Ⅹ0"


def _counts(text: str, hit: re.Match[str]) -> bool:
    """Whether XX is no name that was made unknown on purpose (张××), and no Roman number among others."""
    if hit.group()[0] not in "XxＸｘ×✕✖╳Ⅹ":
        return not (hit.group().startswith("某某") and text[max(0, hit.start() - 1) : hit.start()] in tuple(_SURNAMED))
    before = text[max(0, hit.start() - 2) : hit.start()]
    if (
        before[-1:] in tuple(_SURNAMED)
        and hit.end() - hit.start() == 2
        and not re.match(r"[市县区局镇乡村路街]", text[hit.end() :])
    ):
        return False
    is_roman = set(hit.group()) <= {"X"} and _OF_A_ROMAN_ROW.search(text)
    return not is_roman


def _is_label(text: str, hit: re.Match[str]) -> bool:
    """Whether brackets are those of a label: 【标题】 and then what it is the label of."""
    if hit.group()[0] not in "【〔[［「":
        return False
    if hit.group()[-1] == "]" and text[hit.end() : hit.end() + 1] in ("(", "（", "[", ":"):
        return True  # the brackets of a link
    begins = not text[: hit.start()].rpartition("\n")[2].strip()
    rest = text[hit.end() :].partition("\n")[0].strip()
    return hit.group()[-1] in "】〕]］」" and begins and bool(rest) and not _VERB.match(rest)


_VERB = patterns.late(
    r"[的于在与和把以为将]|牵头|负责|开展|组织|坚持|聚焦|围绕|立足|认真|积极|深入|结合|成立|创建|打造|按照|推动|落实|党[委组支]"
)
