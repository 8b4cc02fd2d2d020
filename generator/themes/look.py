"""How a site looks: a theme with its style sheets, scripts and templates, ready to be used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.config import SiteConfig
from generator.problems import Problem
from generator.system.cache import Cache
from generator.text.addresses import LinkStyle
from generator.themes import assets, basis, templates
from generator.themes.assets import Assets
from generator.themes.sandbox import Sandbox


@dataclass(frozen=True, slots=True)
class Look:
    """``folder`` is that of the theme, ``assets`` what pages load, ``templates`` the environment of its exhibits."""

    folder: Path
    assets: Assets
    templates: Sandbox = field(repr=False)
    cache: Cache | None = field(default=None, repr=False)

    def piece(self, file: str, macro: str, address: str, given: Any) -> str:
        """The markup that ``macro`` of a template ``file`` gives for ``given`` on the page at ``address``."""
        return templates.piece(self.templates, file, macro, address, given)


def of(
    theme: Path, config: SiteConfig, engine_styles: Iterable[str], links: LinkStyle, cache: Cache | None = None
) -> tuple[Look | None, tuple[Problem, ...]]:
    """The look that ``theme`` gives a site with ``config``, or what keeps it from being used. ``cache`` keeps what takes
    long to make of it."""
    if refused := basis.check(theme):
        return None, refused
    own = assets.gather(theme, engine_styles, config.colours, cache)
    return Look(theme, own, templates.environment(theme, config.words, links, own.page_scripts, cache), cache), ()
