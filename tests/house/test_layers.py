"""Imports go downward only, one module knows MkDocs, and modules stay small enough to read."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import generator

PACKAGE = Path(generator.__file__).parent
LIMIT = 400  # lines of a module
LONGEST = 50  # lines of a function
MOST = 14  # modules of a folder

# The rooms of the house, the lowest first, a line a room: a folder with its modules, or a module that stands alone. A
# module imports only from its own room and from rooms of earlier lines; what only a type checker reads counts as well.
# Each folder of a kind is a room; they stand on one line, and none of them import each other in a circle.
ROOMS = (
    "generator",
    "patterns",
    "messages",
    "text",
    "system",
    "program",
    "watch",
    "executors",
    "cluster",
    "privacy",
    "policy",
    "problems",
    "source",
    "yaml.mending",
    "yaml",
    "story",
    "schema",
    "proofreading",
    "ledger",
    "config",
    "catalog",
    "standing",
    "media.formats",
    "themes",
    "media.workers",
    "media",
    "media.cards",
    "checks",
    "site",
    "kinds.*",
    "kinds",
    "outputs.data.formats",
    "outputs.data",
    "pages",
    "outputs",
    "outputs.search",
    "page",
    "publishing",
    "archive",
    "archive.deposit",
    "archive.freezing",
    "archive.verify",
    "engines",
    "stages",
    "init",
    "pipeline",
    "freeze",
    "rebuild",
    "preview.http",
    "preview",
    "cli",
    "cli.commands.archives",
    "cli.verified",
    "cli.commands",
    "__main__",
)
RANK = {room: rank for rank, room in enumerate(ROOMS)}


@cache
def modules() -> Mapping[str, Path]:
    """The dotted name of every module without ``generator.`` → its file."""
    found = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        parts = file.relative_to(PACKAGE).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts) or "generator"] = file
    return found


def room_of(module: str) -> str:
    """The room in which a module stands."""
    is_folder = modules()[module].name == "__init__.py"
    return module if is_folder or "." not in module else module.rpartition(".")[0]


def line_of(room: str) -> str:
    """The line of ``ROOMS`` on which a room stands."""
    return "kinds.*" if room.startswith("kinds.") else room


def _imports(file: Path) -> Iterator[str]:
    """The modules that a file names in an import, wherever that stands."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            known = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (each if each.removeprefix("generator.") in modules() else node.module for each in known)


@cache
def arrows() -> Mapping[str, frozenset[str]]:
    """Module → the modules of the package that it imports."""
    found = {}
    for name, file in modules().items():
        own = (each for each in _imports(file) if each.split(".")[0] == "generator")
        found[name] = frozenset(each.removeprefix("generator.") for each in own) - {name}
    return found


def test_every_module_has_its_room() -> None:
    assert {line_of(room_of(each)) for each in modules()} == set(ROOMS)


def test_imports_go_downward() -> None:
    upward = [
        f"{name} imports {target}"
        for name, targets in arrows().items()
        for target in targets
        if RANK[line_of(room_of(target))] > RANK[line_of(room_of(name))]
    ]
    assert upward == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    try:
        TopologicalSorter(arrows()).prepare()
    except CycleError as error:
        raise AssertionError(" → ".join(error.args[1])) from None


def test_no_rooms_import_each_other_in_a_circle() -> None:
    below: dict[str, set[str]] = {}
    for name, targets in arrows().items():
        below.setdefault(room_of(name), set()).update(room_of(each) for each in targets if room_of(each) != room_of(name))
    try:
        TopologicalSorter(below).prepare()
    except CycleError as error:
        raise AssertionError(" → ".join(error.args[1])) from None


def test_no_folder_is_too_full_to_know() -> None:
    folders: dict[str, int] = {}
    for file in modules().values():
        folders[str(file.parent.relative_to(PACKAGE))] = folders.get(str(file.parent.relative_to(PACKAGE)), 0) + 1
    assert {name: count for name, count in folders.items() if count > MOST} == {}


def test_only_the_cluster_knows_dask() -> None:
    dask = ("dask", "distributed", "cloudpickle")
    assert {name for name, file in modules().items() for each in _imports(file) if each.split(".")[0] in dask} == {"cluster"}


@pytest.mark.parametrize(
    ("library", "places"),
    [("warcio", {"archive.warc"}), ("minisign", {"archive.signing"}), ("rfc3161_client", {"archive.stamps"}), ("cryptography", {"archive.stamps"}), ("typst", {"archive.deposit.setting"}), ("pikepdf", {"archive.deposit.joining"})],
)
def test_one_module_knows_a_library_of_deposits_and_no_verifier_does(library: str, places: set[str]) -> None:
    assert {name for name, file in modules().items() for each in _imports(file) if each.split(".")[0] == library} == places


def test_only_the_engine_knows_mkdocs() -> None:
    knowing = {
        name for name, file in modules().items() for each in _imports(file) if each.split(".")[0] in ("mkdocs", "material")
    }
    assert knowing == {"engines.mkdocs"}


# What only some commands or sites need, and takes longer to load than a small site to be checked.
UNNEEDED = {
    *("PIL", "filelock", "icalendar", "jinja2", "mkdocs", "multiprocessing", "pypinyin", "rapidfuzz", "rich", "segno"),
    *("tinycss2", "urllib.request", "xlsxwriter", "generator.cli.commands.build", "generator.cli.commands.init"),
    *("generator.engines", "generator.outputs.make", "generator.preview", "generator.publishing.publish"),
}


def test_a_check_loads_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    code = "import sys; from generator.__main__ import main\ntry: main()\nfinally: print('\\n'.join(sys.modules))"
    site = PACKAGE.parent / "tests/sites/good/unit"
    command = [sys.executable, "-c", code, "check", "--lang", "en", "--root", str(site), "--cache", str(tmp_path)]
    done = subprocess.run(command, cwd=PACKAGE.parent, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines())
    assert "generator.cli.commands.check" in loaded and loaded & UNNEEDED == set()


def test_no_module_is_too_long_to_read() -> None:
    long = {name: len(file.read_text("utf-8").splitlines()) for name, file in modules().items()}
    assert {name: lines for name, lines in long.items() if lines > LIMIT} == {}


def test_no_function_is_too_long_to_read() -> None:
    long = {
        f"{name}.{node.name}": lines
        for name, file in modules().items()
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and (lines := (node.end_lineno or 0) - node.lineno + 1) > LONGEST
    }
    assert long == {}


def test_every_public_function_says_what_it_does() -> None:
    silent = [
        f"{name}.{node.name}"
        for name, file in modules().items()
        for node in ast.parse(file.read_text("utf-8")).body
        if isinstance(node, (ast.FunctionDef, ast.ClassDef))
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


def test_errors_are_never_swallowed_without_a_word() -> None:
    silent = [
        f"{name}:{node.lineno}"
        for name, file in modules().items()
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or all(isinstance(each, ast.Pass) for each in node.body))
    ]
    assert silent == []


def test_a_kind_of_several_modules_says_in_its_first_only_what_it_is() -> None:
    """The fields are in one of them, the pages in another, and so on; see "Where to add" in docs/architecture.md."""
    divided = [each.parent for each in sorted((PACKAGE / "kinds").glob("*/model.py"))]
    assert len(divided) > 5
    for folder in divided:
        body = ast.parse((folder / "__init__.py").read_text("utf-8")).body
        made = [ast.unparse(each).partition("(")[0] for each in body if not isinstance(each, (ast.Import, ast.ImportFrom, ast.Expr))]
        assert made == ["KIND = Kind", "PRESENTER = Presenter"], folder.name
        data, pages = (folder / f"{name}.py" for name in ("data", "pages"))
        assert not (data.exists() and pages.exists() and f"kinds.{folder.name}.data" in pages.read_text("utf-8")), folder.name
