"""What was probably meant by a value that has the wrong form: the same value as it should be typed, or nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta

from generator import patterns
from generator.text.dates import LAST_YEAR, is_known

_DIGITS = {each: str(number) for number, each in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0", "两": "2"}
_YES = frozenset({"是", "有", "对", "真", "用", "使用", "含", "yes", "y", "t", "true", "on", "1", "√", "✓", "✔"})
_NO = frozenset(
    {
        "否",
        "无",
        "没有",
        "不",
        "不是",
        "假",
        "未用",
        "不用",
        "未使用",
        "不含",
        "no",
        "n",
        "f",
        "false",
        "off",
        "0",
        "×",
        "x",
    }
)
_DATE = patterns.late(r"([12][0-9]{3})[年./\-、 ]+([0-9]{1,2})(?:[月./\-、 ]+([0-9]{1,2}))?[日号月。.]*")
_COMPACT = patterns.late(r"([12][0-9]{3})(0[1-9]|1[0-2])([0-3][0-9])")
_TIME = patterns.late(r"([0-9]{1,2})[:点时]([0-9]{1,2})?分?(?::[0-9]{2})?|")
_AROUND = r"[\s@*%`\"'“”‘’「」\[\]【】{}。;；,，]"  # signs that stand around a value by mistake
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
STATUS = {"草稿": "draft", "起草中": "draft", "未完成": "draft", "审核中": "review", "审核": "review", "待审": "review"}
STATUS |= {"待审核": "review", "送审": "review", "公开": "published", "已公开": "published", "发布": "published"}
STATUS |= {"已发布": "published", "公示": "published", "撤回": "withdrawn", "撤下": "withdrawn", "已撤回": "withdrawn"}
STATUS |= {"已撤下": "withdrawn", "publish": "published", "reviewing": "review"}


def plain(text: str) -> str:
    """``text`` with half-width letters, digits and signs, and plain hyphens."""
    folded = re.sub(f"[{_DASHES}]", "-", unicodedata.normalize("NFKC", text))
    return re.sub(rf"^{_AROUND}+(?:- )?|{_AROUND}+$", "", folded)


def whole(text: str) -> str | None:
    """A whole number: ``２０２３``, ``2023年``, ``二〇二三``, ``1,200`` → its plain digits."""
    found = re.fullmatch(r"(-?[0-9][0-9, ]*)(?:\.0+)?[^0-9]{0,4}", plain(text))
    if found:
        return re.sub("[, ]", "", found[1])
    return _chinese(re.sub("[年届个次件项人%％]$", "", text.strip()))


def number(text: str) -> str | None:
    """A number, perhaps with decimals: ``９６．５％``, ``1,200.5 件`` → plain digits."""
    found = re.fullmatch(r"(-?[0-9][0-9, ]*(?:\.[0-9]{1,6})?)[^0-9]{0,4}", plain(text))
    return re.sub("[, ]", "", found[1]) if found else _chinese(text.strip())


def _chinese(text: str) -> str | None:
    """Chinese numerals read digit by digit (二〇二三) or up to 99 (四十二)."""
    tens = re.fullmatch("([一二三四五六七八九]?)十([一二三四五六七八九]?)", text)
    if tens:
        return str(int(_DIGITS.get(tens[1], "1")) * 10 + int(_DIGITS.get(tens[2], "0")))
    return "".join(_DIGITS[each] for each in text) if text and all(each in _DIGITS for each in text) else None


def flag(text: str) -> str | None:
    """``true`` or ``false`` for 是 and 否 and the like."""
    word = plain(text).lower().rstrip("。.")
    return "true" if word in _YES else "false" if word in _NO else None


def day(text: str, *, loosely: bool = False) -> str | None:
    """A date: ``2023年5月1日``, ``2023.5.1``, ``２０２３/５/１``, ``20230501`` → ``2023-05-01``. Only ``loosely`` is a year
    or a month one."""
    folded = plain(_numerals(text))
    found = _DATE.fullmatch(folded) or _COMPACT.fullmatch(folded) or re.fullmatch(r"([12][0-9]{3})[年。.]?()()", folded)
    if found is None:
        return None
    if not is_known(int(found[1])):
        return None
    parts = [each.zfill(2) for each in found.groups() if each]
    if len(parts) < 3 and not loosely:
        return None
    try:
        date.fromisoformat("-".join([*parts, "01", "01"][:3]))
    except ValueError:
        return None
    return "-".join(parts)


def month(text: str) -> str | None:
    """A date without its day, ``2023年5月`` → ``2023-05``: what is missing has to be asked."""
    found = day(text, loosely=True)
    return found if found is not None and len(found) == 7 else None


def day_and_time(text: str) -> str | None:
    """A time of a day: ``2024年5月1日 15:00``, ``2024/5/1 下午3点`` → ``2024-05-01T15:00``."""
    folded = plain(_numerals(text)).replace("T", " ")
    split = re.match(r"([^日号 ]*[日号]?)[ ]*(上午|下午|晚上?|中午)?[ ]*(.*)", folded)
    read = day(split[1]) if split else None
    clock = _TIME.fullmatch(split[3]) if split else None
    if split is None or read is None or clock is None or not clock[1]:
        return None
    hour = int(clock[1]) + (12 if split[2] and split[2] != "上午" and int(clock[1]) < 12 else 0)
    minute = int(clock[2] or 0)
    if (hour, minute) == (24, 0) and read < f"{LAST_YEAR}-12-31":  # the first moment of the next day
        return f"{date.fromisoformat(read) + timedelta(days=1)}T00:00"
    return f"{read}T{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def _numerals(text: str) -> str:
    """Dates in Chinese numerals, 二〇二三年五月一日, in digits."""
    return re.sub("[零〇○一二三四五六七八九十两]+", lambda hit: _chinese(hit.group()) or hit.group(), text)


def phone(text: str) -> str | None:
    """A telephone number in half-width signs: ``０５７１－８７６５４３２１``, ``电话：0571 87654321``."""
    folded = re.sub(r"^(?:办公)?(?:电话|电话号码|联系电话|tel)[:\s]*", "", plain(text), flags=re.IGNORECASE)
    folded = re.sub(r"[、，,;/；]\s*(?=[0-9+(])", "、", folded.replace("。", ""))
    folded = re.sub(r"\s*(?:转|分机|ext\.?)\s*", "转", folded, flags=re.IGNORECASE)
    return folded or None


def one_of(text: str, options: tuple[str, ...], words: Mapping[str, str] = STATUS) -> str | None:
    """The one of ``options`` that ``text`` names in other words or other letters."""
    folded = plain(text)
    known = {each.casefold(): each for each in options} | {word: id for word, id in words.items() if id in options}
    return known.get(folded) or known.get(folded.casefold())
