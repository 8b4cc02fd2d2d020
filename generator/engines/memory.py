"""An engine for tests: the least markup that can hold a page, in no time."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from generator.engines import BODY, HEAD, IMPRINT, REPORT, TITLE, Document, Frame, FrameKey, House, cut
from generator.text.addresses import relative, to_root


class MemoryEngine:
    """Renders plain pages without any theme."""

    name = "memory"

    def stylesheets(self) -> tuple[str, ...]:
        """This engine has none."""
        return ()

    def render(
        self, house: House, documents: tuple[Document, ...], frames: frozenset[FrameKey]
    ) -> tuple[Mapping[str, str], Mapping[FrameKey, Frame]]:
        """See ``Engine.render``."""
        pages = {
            each.address: _page(
                house, each.address, escape(each.window), each.head, each.html, each.report, each.imprint
            )
            for each in documents
        }
        return pages, {key: cut(_page(house, "x/" * key[1], TITLE, HEAD, BODY, REPORT, IMPRINT)) for key in frames}


def _page(house: House, address: str, title: str, head: str, body: str, report: str, imprint: str) -> str:
    links = "".join(
        f'<a href="{relative(address, to, house.links)}">{escape(name)}</a>' for name, to in house.navigation
    )
    styles = "".join(f'<link rel="stylesheet" href="{to_root(address)}{each}">' for each in house.styles)
    footer = (
        f'<footer><a href="{escape(report)}">{escape(house.footer["report"])}</a></footer>'
        if house.footer.get("report")
        else ""
    )
    return (
        f'<!doctype html>\n<html lang="{house.language}"><head><meta charset="utf-8"><title>{title}</title>'
        f"{head}{styles}</head><body><nav>{links}</nav>{imprint}<main>{body}</main>{footer}</body></html>\n"
    )
