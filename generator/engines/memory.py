"""An engine for tests: the least markup that can hold a page, in no time."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from generator.engines import BODY, HEAD, IMPRINT, REPORT, STYLES, TITLE, Document, Frame, FrameData, FrameKey, cut
from generator.text.addresses import relative, to_root


class MemoryEngine:
    """Renders plain pages without any theme."""

    name = "memory"

    def stylesheets(self) -> tuple[str, ...]:
        """This engine has none."""
        return ()

    def render(
        self, frame_data: FrameData, documents: tuple[Document, ...], frames: frozenset[FrameKey]
    ) -> tuple[Mapping[str, str], Mapping[FrameKey, Frame]]:
        """See ``Engine.render``."""
        pages = {
            each.address: _page(
                frame_data, each.address, escape(each.window), each.head, each.html, each.report, each.imprint
            )
            for each in documents
        }
        return pages, {
            key: cut(_page(frame_data, "x/" * key[1], TITLE, HEAD, BODY, REPORT, IMPRINT, STYLES)) for key in frames
        }


def _page(
    frame_data: FrameData, address: str, title: str, head: str, body: str, report: str, imprint: str, further: str = ""
) -> str:
    links = "".join(
        f'<a href="{relative(address, to, frame_data.links)}">{escape(name)}</a>' for name, to in frame_data.navigation
    )
    styles = "".join(f'<link rel="stylesheet" href="{to_root(address)}{each}">' for each in frame_data.styles)
    footer = (
        f'<footer><a href="{escape(report)}">{escape(frame_data.footer["report"])}</a></footer>'
        if frame_data.footer.get("report")
        else ""
    )
    return (
        f'<!doctype html>\n<html lang="{frame_data.language}"><head><meta charset="utf-8"><title>{title}</title>'
        f"{head}{further}{styles}</head><body><nav>{links}</nav>{imprint}<main>{body}</main>{footer}</body></html>\n"
    )
