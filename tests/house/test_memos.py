"""What is remembered has no bound that a large site could pass: then it would be made anew each time it is asked for."""

from __future__ import annotations

import ast
from pathlib import Path

import generator

PACKAGE = Path(generator.__file__).parent

# Memos with a bound, and why what they are asked for in turn never is more than that.
BOUNDED = {
    "ledger/lines.py _day": "a site has published on fewer days; what is no day is not kept for long",
    "media/cards/faces.py _matrix": "the forms of one record are drawn one after the other",
    "media/cards/typesetting.py font": "a font is an open file; the sizes are those of the cards",
    "outputs/share.py _inks": "a site has one set of colours",
    "publishing/manifest.py _read": "the manifest of one site is read three times by a build, of two by a preview",
    "policy.py _needs": "the elements of the frame come on every page, those of one page never again",
    "preview/failing.py _read_all": "the files of the theme as they are now",
    "themes/stylesheets.py lean": "a site has one theme",
}


def _bounded() -> set[str]:
    found = set()
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            for each in getattr(node, "decorator_list", ()):
                if "lru_cache" in ast.unparse(each):
                    found.add(f"{file.relative_to(PACKAGE).as_posix()} {node.name}")  # type: ignore[attr-defined]
    return found


def test_every_bound_of_a_memo_has_its_reason() -> None:
    assert _bounded() == set(BOUNDED)
