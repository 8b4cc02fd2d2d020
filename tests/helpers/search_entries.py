"""Entries of the search that are made up."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from generator.outputs.search.entries import SearchEntry
from generator.outputs.search.index import Labels

LABELS = Labels(
    {"brand": "品牌", "unit": "单位"}, lambda year: f"{year}年", {"court": "市法院", "tax": "税务局"}, {"fazhi": "法治"}
)
PHRASES = ("阳光", "天平", "法院", "群众", "服务", "窗口", "陽光A1 ", "“1+7”", "，", "。", "的", "为民", "𠮷祥")
TEXT = st.lists(st.sampled_from(PHRASES), max_size=12).map("".join)
SEASONS = 16  # entries of the first year, from which the table of packed texts is learnt


def entry(number: int, text: str, **more: Any) -> SearchEntry:
    """The entry with this number and ``text``; ``more`` replaces other fields."""
    given: dict[str, Any] = {
        "address": f"brands/{number}/",
        "title": f"{PHRASES[number % 5]}{PHRASES[number % 7]}第{number}号",
        "kind": ("brand", "unit")[number % 3 == 0],
        "year": 2019 if number < SEASONS else 2020 + number % 4,
        "unit": ("court", "tax")[number % 2],
        "category": "fazhi",
        "sample": False,
        **dict.fromkeys(("also", "facts", "line", "honours", "headings"), ()),
        "text": (text,),
    }
    return SearchEntry(**given | more)
