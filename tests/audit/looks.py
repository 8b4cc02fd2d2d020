"""The looks in which every page is measured: what the visitor's system asks for, and what the visitor chose here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

WIDTHS = (320, 390, 768, 1280)  # CSS pixels


@dataclass(frozen=True)
class Look:
    """``media`` is what the system asks for (Playwright's ``emulate_media``), ``kept`` what the site's scripts find
    in the visitor's store. ``proof`` is an expression that is true on a page that has this look: without it a look
    that no longer takes effect would be measured as one that has no faults. With ``is_forced`` the system chooses the
    colours: axe-core reads ``-webkit-text-fill-color``, which Chromium leaves as the author wrote it, so contrast is then
    measured from what Chromium computes."""

    name: str
    media: Mapping[str, str] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)
    proof: str = "true"
    is_forced: bool = False


_DARK_PROOF = "getComputedStyle(document.documentElement).colorScheme === 'dark'"
_CONTRAST = {"exhibit.contrast": "high"}
_CONTRAST_PROOF = "document.documentElement.dataset.contrast === 'high'"

LOOKS = (
    Look("light", {"color_scheme": "light"}, proof="matchMedia('(prefers-color-scheme: light)').matches"),
    Look("dark", {"color_scheme": "dark"}, proof=_DARK_PROOF),
    Look(
        "forced",
        {"color_scheme": "dark", "forced_colors": "active"},
        proof="matchMedia('(forced-colors: active)').matches",
        is_forced=True,
    ),
    Look(
        "large",
        kept={"exhibit.edition": "large"},
        proof="document.documentElement.dataset.edition === 'large'"
        " && parseFloat(getComputedStyle(document.documentElement).fontSize) >= 22",
    ),
    Look("contrast", kept=_CONTRAST, proof=_CONTRAST_PROOF),
    Look("contrast, dark", {"color_scheme": "dark"}, kept=_CONTRAST, proof=f"{_CONTRAST_PROOF} && {_DARK_PROOF}"),
)
