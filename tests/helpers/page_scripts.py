"""The theme's scripts of single pages, run in Node as they are: what mirrors Python is asked beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from generator.stages.settings import DEFAULT_THEME
from tests.audit import tools

PAGES = DEFAULT_THEME / "assets" / "js" / "pages"


def search_parts() -> list[str]:
    """The parts of the search's script, those that come when a question needs them too, in their order."""
    folders = ("search", "search-results", "search-near")
    return [str(each) for folder in folders for each in sorted((PAGES / folder).glob("*.js"))]


def answers(
    script: str, give: str, asked: Iterable[Any], without: Sequence[str] = (), before: Sequence[str] = ()
) -> list[Any]:
    """What the JavaScript function ``give`` gives for each of ``asked`` once the parts of ``script`` have run, but for
    those ``without``, which need a page. Files ``before`` run after them and before anything is asked."""
    parts = search_parts() if script == "search" else sorted(map(str, (PAGES / script).glob("*.js")))
    parts = [each for each in parts if Path(each).name not in without]
    asked = {"files": [*parts, *before], "give": give, "asked": list(asked)}
    done = tools.node("page_scripts.mjs", asked, 120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
