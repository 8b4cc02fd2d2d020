"""Official text stays as it was written: `3~5次`, `5*8小时`, `C:\\temp`, a bare address, an escaped sign.

Before Markdown is read, every sign that is no markup there is exchanged for a private character that stands for it; after
rendering it is put back. One character is exchanged for one, so every place stays where it is. What stands in code, in a
title or in the address of a link is put back as well: nothing can be lost by exchanging too much.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape

from generator.text import bare_addresses

_SIGN = 0x10F000  # + the number of an ASCII sign that is shown as itself
_ADDRESS = 0x10F100  # + the number of a character of a bare address
_ESCAPE = "\U0010f200"  # the backslash of an escaped sign: shown in code only
_RESERVED = re.compile("[\U0010f000-\U0010f2ff]")
_KEPT = re.compile("[\U0010f000-\U0010f0ff\U0010f200]")
ADDRESS = re.compile("[\U0010f100-\U0010f1ff]+")
_ANY = re.compile(f"{_KEPT.pattern}|{ADDRESS.pattern[:-1]}")

_NUMBER = r"0-9０-９"
_BEFORE = rf"[A-Za-z{_NUMBER}Ａ-Ｚａ-ｚ%％‰°℃²³½)）\]】]"  # what a factor may end with
_AFTER = rf"[A-Za-z{_NUMBER}Ａ-Ｚａ-ｚ(（\[【+\-]"  # what a factor may begin with
_UNITS = "人台次户车机工班日月天年时元米吨件"
_SIZES = "长宽高深厚"
_MEASURE = r"(?:[%％‰]|[万亿千百]|个|天|次|人|分|件|户|元|小?时|秒|周|岁|点|名|家|项|年以|米|吨|倍|级|℃)"

_WIDE_BLANKS = tuple("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000")
_RULES = (  # name, what must stand in a text for the rule to be needed, pattern
    ("label", ("[^",), r"\[\^[^\]\[\n]{0,200}\]"),
    ("pointed", ("<",), r"<[A-Za-z][A-Za-z0-9+.\-]{1,31}:[^\s<>]*>|<[^\s<>@]+@[^\s<>]+>"),
    ("path", (":\\",), r"(?<![A-Za-z0-9])[A-Za-z]:\\[^\s，。；、：！？（）“”‘’《》|`<>()\[\]]*"),
    ("path2", ("\\\\",), r"(?<![\\\w])\\\\[A-Za-z0-9][A-Za-z0-9._$\-]*\\[^\s，。；、：！？（）“”‘’《》|`<>()\[\]]*"),
    ("address", ("://", "www.", "WWW.", "@"), bare_addresses.PATTERN),
    ("escaped", ("\\",), r"\\[!-/:-@\[-_{}~]"),  # a bar or a backtick has its meaning beside a backslash too
    ("times", ("*",), rf"(?<={_BEFORE})\*(?={_AFTER})"),
    ("masked", ("*",), rf"(?<=[{_NUMBER}])\*{{2,}}(?=[{_NUMBER}])|(?<=\w)\*{{4,}}(?=\w)"),
    ("masked2", ("*",), rf"(?<![\s*])\*{{4,}}(?=[{_NUMBER}])|(?<=[{_NUMBER}])\*{{4,}}(?![\s*])"),
    ("measure", ("*",), rf"(?<=[{_UNITS}])\*(?=[{_UNITS}])|(?<=[{_SIZES}])\*(?=[{_SIZES}])|(?<=/\w)\*(?=\w)"),
    ("wildcard", ("*",), r"(?<![\w*])\*(?=\.[A-Za-z*])|(?<=\.)\*(?![\w*])"),
    ("range", ("~",), rf"(?<!~)~(?!~)|(?<=[{_NUMBER}])~~(?=[{_NUMBER}])"),
    ("form", ("___",), r"_{3,}"),
    (
        "more",
        (">",),
        rf"(?m:^[ ]{{0,3}}(?:(?:[-+*]|[0-9]{{1,3}}[.)])[ ]+)?>(?=(?:=|[ ]?[0-9.,]{{1,16}}[ ]?{_MEASURE})))",
    ),
    (
        "blank",
        _WIDE_BLANKS,
        r"(?m:^[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+$)",
    ),  # looks like an empty line, so it is one
)
_DESCRIPTION = re.compile(r"!\[[^\[\]]{0,500}\]")
_STAR = re.compile(r"(?<=\w)\*(?!\*)(?=[\w、，。；：！？（）》”(])|(?<=[\[、，（(\s和与及])\w{1,3}\*\*(?=[、，。；）])")
_LONE_TILDE = re.compile("(?<!~)~(?!~)")
_RULE_LINE = re.compile(r"[ \t>*+\-]*(?:_[ \t]*){3,}\Z")


def keep(text: str) -> str:
    """``text`` with private characters for what is no markup, as long as before and with the same lines."""
    needed = tuple(name for name, marks, _ in _RULES if any(each in text for each in marks))
    text = _RESERVED.sub("\ufffd", text)
    if "*" in text:  # a description is plain text: emphasis in it is dropped, and nothing shows where it was
        text = _DESCRIPTION.sub(lambda each: _STAR.sub(lambda star: signs(star[0]), each[0]), text)
    return _pattern(needed).sub(_exchange, text) if needed else text


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """The rules ``names`` as one pattern: looking for a sign that is nowhere takes as long as finding one."""
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, _, pattern in _RULES if name in names))


def _exchange(match: re.Match[str]) -> str:
    name, written = match.lastgroup, match[0]
    if name in ("label", "pointed"):
        return written
    if name == "address":
        end = bare_addresses.length(written)
        return _moved(written[:end], _ADDRESS) + _LONE_TILDE.sub(lambda each: signs(each[0]), written[end:])
    if name == "escaped":
        return _ESCAPE + signs(written[1:])
    if name == "form":
        return written if _is_alone(match) else signs(written)
    if name == "more":
        return written if _is_quoted(match) else written[:-1] + signs(written[-1])
    if name == "blank":
        return " " * len(written)
    if name in ("path", "path2"):
        end = len(written.rstrip("*_~"))
        return signs(written[:end]) + written[end:]
    return signs(written)


def _is_alone(match: re.Match[str]) -> bool:
    """Whether underscores are a rule: nothing else stands in their line."""
    start = match.string.rfind("\n", 0, match.start()) + 1
    end = match.string.find("\n", match.end())
    line = match.string[start : end if end >= 0 else None]
    return len(line) < 200 and bool(_RULE_LINE.match(line))


def _is_quoted(match: re.Match[str]) -> bool:
    """Whether the lines around one that begins with ``>`` and a number begin with ``>`` too: then it is a quotation."""
    text = match.string
    end = text.find("\n", match.end())
    before = text[text.rfind("\n", 0, max(0, match.start() - 1)) + 1 : match.start()]
    return before.lstrip(" ").startswith("> ") or (end >= 0 and text[end + 1 : end + 3] in ("> ", ">\n"))


def signs(text: str) -> str:
    """``text`` with its ASCII signs exchanged, so that none is markup."""
    return "".join(chr(_SIGN + ord(each)) if "!" <= each <= "~" and not each.isalnum() else each for each in text)


def _moved(text: str, by: int) -> str:
    return "".join(chr(by + ord(each)) for each in text)


def has_kept(text: str) -> bool:
    """Whether anything in ``text`` has to be put back."""
    return bool(_ANY.search(text))


def restored(text: str, *, in_code: bool = False) -> str:
    """``text`` with the signs put back; the backslash of an escaped sign stays only ``in_code``."""

    def back(match: re.Match[str]) -> str:
        if match[0] == _ESCAPE:
            return "\\" if in_code else ""
        return chr(ord(match[0]) & 0xFF)

    return _ANY.sub(back, text)


def restored_html(html: str, *, in_code: bool = False) -> str:
    """The same for a part of a page: what is put back is escaped."""

    def back(match: re.Match[str]) -> str:
        return escape(restored(match[0], in_code=in_code))

    return _ANY.sub(back, html)
