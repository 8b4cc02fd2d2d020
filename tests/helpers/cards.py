"""Share cards to draw."""

from __future__ import annotations

from typing import get_args

from generator.config import Colours
from generator.media.cards.faces import CardFace, CardForm, Drawing
from generator.themes.colours import palettes

FORMS: tuple[CardForm, ...] = get_args(CardForm)

COLOURS = Colours(accent="#9b1b1f", paper="#faf7f1", ink="#23211f", gold="#8a6420", night="#171412")


def to_draw(form: CardForm, face: CardFace, address: str = "", colours: Colours = COLOURS) -> Drawing:
    inks = tuple(sorted(palettes(colours)[0].items()))
    return Drawing(form, face, "机关党建品牌展", address, "长按或扫码，看全文", inks)


FACE = CardFace(
    "放心秤",
    label="为民服务 · 2023年",
    line="一斤就是一斤",
    unit="市市场监督管理局机关党委",
    text="一斤就是一斤，这是市场里最小也最大的事。\n秤准了，心就安了。",
    credit="作者：市场监督管理局",
    note="示例内容",
)
