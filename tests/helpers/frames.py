"""A site as an engine gets it."""

from __future__ import annotations

from generator.engines import FrameData
from generator.stages.settings import DEFAULT_THEME

WORDS = {name: name for name in ("skip", "navigation", "sections", "outline", "sitemap")}

FOOTER = {
    "facts": [{"label": "主办", "value": "A & <b>"}],
    "links": [],
    "records": [],
    "sitemap": "sitemap/",
    "report": "纠错 <a>",
}


def house(links: str = "site") -> FrameData:
    return FrameData(
        name="小城 <展> & 馆",
        description="说明",
        language="zh-CN",
        theme=DEFAULT_THEME,
        links=links,  # type: ignore[arg-type]
        navigation=(("品牌 <墙>", "brands/"), ("关于", "about/")),
        styles=("assets/x.css",),
        scripts=("assets/x.js",),
        footer=FOOTER,
        search={"address": "search/", "scripts": ("assets/s.js",), "further": {"near": "assets/n.js"}},
        words=WORDS,
    )
