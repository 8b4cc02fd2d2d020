"""What the fixture sites are expected to say."""

from __future__ import annotations

import re
from pathlib import Path

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
