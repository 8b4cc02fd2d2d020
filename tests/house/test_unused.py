"""Nothing is kept that nobody uses: no wording, no function, no class, no file."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import generator
from generator.messages import _table
from tests.helpers.places import ROOT

PACKAGE = Path(generator.__file__).parent
HOLE = "\0"
UNDER = "search.say."  # what a script is given with ``words_under``


@cache
def _modules() -> dict[Path, ast.Module]:
    return {file: ast.parse(file.read_text("utf-8")) for file in sorted(PACKAGE.rglob("*.py"))}


@cache
def _pages() -> tuple[str, ...]:
    """The templates and scripts of the theme and of a new site."""
    files = (each for folder in (ROOT / "theme", PACKAGE / "init/template") for each in folder.rglob("*"))
    found = (each.read_bytes() for each in files if each.is_file())
    return tuple(each.decode() for each in found if b"\0" not in each)


def _texts() -> Iterator[str]:
    """Every text in the program, with a hole for each value that is filled in, and those in templates and scripts."""
    for tree in _modules().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
            elif isinstance(node, ast.JoinedStr):
                yield "".join(str(each.value) if isinstance(each, ast.Constant) else HOLE for each in node.values)
    for text in _pages():
        for key, joined in re.findall(r"""["']([\w.-]+)["']( *~)?""", text):
            yield key + (HOLE if joined else "")
        yield from (f"frame.{name}" for name in re.findall(r"\bwords\.(\w+)", text))  # what every page is given


def _of_index_pages() -> Iterator[str]:
    """The wordings that ``index_page`` takes, by the keys it is given."""
    for tree in _modules().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "index_page":
                key = ast.literal_eval(node.args[1])
                yield from (f"{key}.title", f"{key}.description")


def test_every_wording_is_used() -> None:
    """By its key, by a key with a hole, or as one of those below a key: the words of a table, and explanations."""
    texts = set(_texts())
    holed = (each for each in texts if HOLE in each and re.match("[a-z][a-z_-]*[.]", each))
    patterns = [re.compile(".+".join(map(re.escape, each.split(HOLE)))) for each in holed]
    below = (UNDER, *(f"{each}." for each in texts if each.endswith(".table")))
    keys = {"table.sample", "table.sample_fields"} | texts | set(_of_index_pages())

    def is_used(key: str) -> bool:
        return key in keys or key.startswith(below) or any(each.fullmatch(key) for each in patterns)

    unused = [each for each in _table("words") if not is_used(each) and not is_used(each.removesuffix(".about"))]
    assert unused == []


_PLAIN = {"property", "staticmethod", "classmethod", "cache", "lru_cache", "contextmanager", "cached_property", "override"}


def _decorators(node: ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef) -> set[str]:
    """The last names of the decorators; those that are no plain ones hand the function to somebody who calls it."""
    found = set()
    for each in node.decorator_list:
        target = each.func if isinstance(each, ast.Call) else each
        found.add(target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", ""))
    return found - _PLAIN


def _defined() -> Iterator[tuple[str, str]]:
    """Every public function, class and method, as (module, name), but for those that a library calls."""
    for file, tree in _modules().items():
        module = file.relative_to(PACKAGE).as_posix()
        classes = [each for each in tree.body if isinstance(each, ast.ClassDef)]
        for node in [*tree.body, *(each for one in classes if not _is_of_library(one) for each in one.body)]:
            is_one = isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
            if is_one and not node.name.startswith("_") and not _decorators(node) - {"dataclass"}:
                yield module, node.name


def _is_of_library(node: ast.ClassDef) -> bool:
    """Whether a library calls methods of the class by their names."""
    own = {each.name for tree in _modules().values() for each in tree.body if isinstance(each, ast.ClassDef)}
    return any(ast.unparse(each) not in own for each in node.bases if ast.unparse(each) not in ("Protocol", "NamedTuple"))


# Used from outside of the program.
ELSEWHERE = {
    "cli/reports.py catalogue_table": "docs/generate.py",
    "engines/memory.py MemoryEngine": "tests/helpers/driver.py",  # what stands behind the interface of engines
    "outputs/search/coding.py read_column": "tests/unit/outputs/search/test_search.py",  # what the script of the search does, kept beside
}


def _named() -> Counter[str]:
    found: Counter[str] = Counter()
    for tree in _modules().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Name):
                found[node.id] += 1
            elif isinstance(node, ast.Attribute):
                found[node.attr] += 1
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found[node.value] += 1  # also a name that is asked for as a text
    return found


def test_every_function_and_class_is_used() -> None:
    named = _named()
    for template in (ROOT / "theme").rglob("*.html"):
        named.update(re.findall(r"\w+", template.read_text("utf-8")))
    unused = [f"{module} {name}" for module, name in _defined() if not named[name]]
    assert unused == sorted(ELSEWHERE)
    for use, file in ELSEWHERE.items():
        assert use.rpartition(" ")[2] in (ROOT / file).read_text("utf-8")
