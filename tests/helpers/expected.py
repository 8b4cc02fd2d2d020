"""Which pages the good fixture sites keep, and what the bad ones are expected to say."""

from __future__ import annotations

import re
from pathlib import Path

from generator.catalog.kind import Kind
from generator.kinds import BY_NAME, KINDS
from generator.messages import LANGUAGES
from generator.problems import CATALOGUE


def languages_of(site: Path, code: str) -> set[str]:
    """The languages in which a bad site's expected problems say ``code`` with its own words."""
    lines = [each for each in (site / "problems.txt").read_text("utf-8").splitlines() if f" {code} " in each]
    entry = CATALOGUE[code]
    return {
        language for language in LANGUAGES for line in lines if _plain_part(entry.text.in_language(language)) in line
    }


def _plain_part(wording: str) -> str:
    """The longest part of a wording that no value is filled into."""
    return max(re.split(r"\{[^}]*\}", wording), key=len)


OF_THE_WHOLE = ("404.html", "index.html", "feeds/", "search/", "seen/", "sitemap/", "years/")


def is_kept(page: str, case: str) -> bool:
    """Whether the good site ``case`` keeps the page in the file ``page``: a kind's site the pages of its section and the
    short addresses of its records (without pages of its own those of its units), ``data`` those of the downloads, ``frozen`` the states in frozen years, ``small`` those of the site as a whole, and ``page``,
    ``redirects`` and ``ledger`` what is left. So a change of a template or a new kind touches the pages of one site alone."""
    owners = {each.name for each in KINDS if page.startswith(_places(each))}
    if owners:
        return case in owners
    if page.startswith("data/"):
        return case == "data"
    if page.startswith("versions/"):
        return case == "frozen"
    if page.startswith(OF_THE_WHOLE):
        return case == "small" or (page, case) == ("index.html", "page")  # whose home page has a text of its own
    return case in {"ledger", "page", "redirects"}


def _places(kind: Kind) -> tuple[str, ...]:
    """What the addresses of the pages that show a kind begin with."""
    if kind.address is None and "unit" in kind.model.model_fields:
        return (BY_NAME["unit"].section,)
    return tuple(filter(None, (kind.section, kind.short and f"{kind.short}/")))
