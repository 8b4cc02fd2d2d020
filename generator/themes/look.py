"""How a site looks: a theme with its style sheets, scripts and templates, ready to be used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.config import SiteConfig
from generator.messages import Language
from generator.problems import Problem
from generator.system.cache import Cache
from generator.text.addresses import LinkStyle
from generator.themes import assets, basis, templates
from generator.themes.assets import Assets
from generator.themes.sandbox import Sandbox
from generator.themes.templates import EXHIBITS
from generator.themes.titles import NO_TERMS, Terms


@dataclass(frozen=True, slots=True)
class Look:
    """``folder`` is that of the theme, ``assets`` what pages load, ``templates`` the environment of its exhibits."""

    folder: Path
    assets: Assets
    templates: Sandbox = field(repr=False)
    language: Language
    links: LinkStyle
    cache: Cache | None = field(default=None, repr=False)

    def __reduce__(self) -> tuple[Any, ...]:
        """To be sent to another machine, where there is no such folder: the templates go along."""
        texts = {each.relative_to(self.folder / EXHIBITS).as_posix(): each.read_text("utf-8") for each in _templates(self.folder)}
        return _sent, (self.folder, self.assets, texts, self.language, self.links)

    def piece(self, file: str, macro: str, address: str, *given: Any, terms: Terms = NO_TERMS) -> str:
        """The markup that ``macro`` of a template ``file`` gives for ``given`` on the page at ``address``, where no title
        breaks inside ``terms``."""
        return templates.piece(self.templates, file, macro, address, *given, terms=terms)


def of(
    theme: Path, config: SiteConfig, engine_styles: Iterable[str], links: LinkStyle, cache: Cache | None = None
) -> tuple[Look | None, tuple[Problem, ...]]:
    """The look that ``theme`` gives a site with ``config``, or what keeps it from being used. ``cache`` keeps what takes
    long to make of it."""
    if refused := basis.check(theme):
        return None, refused
    own = assets.gather(theme, engine_styles, config.colours, cache)
    env = templates.environment(theme, config.words, links, own.page_scripts, cache)
    return Look(theme, own, env, config.words, links, cache), ()


def _templates(theme: Path) -> Iterator[Path]:
    return (each for each in sorted((theme / EXHIBITS).rglob("*")) if each.is_file())


def _sent(folder: Path, own: Assets, texts: Mapping[str, str], language: Language, links: LinkStyle) -> Look:
    """A look that was sent here."""
    env = templates.environment(texts, language, links, own.page_scripts)
    return Look(folder, own, env, language, links)
