"""The theme's scripts of single pages, run in Node as they are: what mirrors Python is asked beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from generator.stages.settings import DEFAULT_THEME
from tests.audit import tools

PAGES = DEFAULT_THEME / "assets" / "js" / "pages"


def answers(
    script: str, give: str, asked: Iterable[Any], without: Sequence[str] = (), before: Sequence[str] = ()
) -> list[Any]:
    """What the JavaScript function ``give`` gives for each of ``asked`` once the parts of ``script`` have run, but for
    those ``without``, which need a page. Files ``before`` run after them and before anything is asked."""
    parts = [str(each) for each in sorted((PAGES / script).glob("*.js")) if each.name not in without]
    asked = {"files": [*parts, *before], "give": give, "asked": list(asked)}
    done = tools.node("page_scripts.mjs", asked, 120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
