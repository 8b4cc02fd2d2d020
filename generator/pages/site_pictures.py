"""The pictures that the configuration itself names: what opens the home page, and the name of the site."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from generator.config import SiteConfig
from generator.media.pictures import OPENING_WIDTHS, WORDMARK_WIDTHS, Wanted
from generator.messages import words
from generator.problems import Problem, problem
from generator.site.context import Public
from generator.site.figures import picture_view
from generator.source.files import Sources, path_advice
from generator.yaml.strict import Tree


def named(config: SiteConfig, tree: Tree) -> tuple[Wanted, ...]:
    """The pictures that the configuration itself names: what opens the home page, and the name of the site."""
    wordmark = config.wordmark.picture if config.wordmark else None
    named = (
        (config.opening.picture, ("opening", "picture"), OPENING_WIDTHS),
        (wordmark, ("wordmark", "picture"), WORDMARK_WIDTHS),
    )
    return tuple(
        Wanted(path, tree.span(key), widths, public=True, least=widths[0]) for path, key, widths in named if path
    )


def found(config: SiteConfig, tree: Tree, sources: Sources) -> tuple[tuple[Wanted, ...], tuple[Problem, ...]]:
    """Those of them that are there, and what is wrong with the others."""
    there, problems = [], []
    for each in named(config, tree):
        if not each.path.startswith("content/") or ".." in PurePosixPath(each.path).parts:
            problems.append(problem("SEC-006", each.span, path=each.path, advice=path_advice(each.path)))
        elif each.path not in sources.files:
            problems.append(problem("IMG-001", each.span, path=each.path, advice=words("advice.picture")))
        else:
            there.append(each)
    return tuple(there), tuple(problems)


def wordmark(public: Public) -> Mapping[str, Any] | None:
    """The view of the name of the site as a picture, ``None`` where it is typeset: also in the edition of a year, whose
    name says which."""
    given = public.config.wordmark if public.year is None else None
    picture = public.pictures.get(given.picture) if given else None
    return {**picture_view(picture), "alt": given.alt} if given and picture else None
