"""Style sheets and scripts: what is left out of one made for everybody, what is dead in the theme, how they are joined."""

from __future__ import annotations

import ast as python
import gzip
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import get_args

import pytest
import tinycss2
from tinycss2 import ast

from generator.catalog.model import Focus, focus_class
from generator.config import Colours
from generator.engines.mkdocs import MkDocsEngine
from generator.stages.settings import DEFAULT_THEME
from generator.story import VOCABULARY
from generator.themes.assets import gather, vocabulary
from generator.themes.stylesheets import lean, words_of
from tests.helpers.places import ROOT

NAMES = words_of(['<p class="lead md-typeset" hidden>', "<table><tr><td>"])
COLOURS = Colours(accent="#9b1b1f", paper="#faf7f1", ink="#23211f", gold="#8a6420", night="#171412")


@pytest.mark.parametrize(
    ("rule", "kept"),
    [
        ("p{color:red}", "p{color:red;}"),
        (".lead{color:red}", ".lead{color:red;}"),
        (".md-nav{color:red}", ""),
        (".lead .md-nav p{color:red}", ""),
        (".lead,.md-nav,td:hover{color:red}", ".lead,td:hover{color:red;}"),
        ("section{color:red}", ""),
        ("#other p{color:red}", ""),
        ("p[hidden]{color:red}", "p[hidden]{color:red;}"),
        ("[data-x=y] p{color:red}", ""),
        ("p:not(.md-nav){color:red}", "p:not(.md-nav){color:red;}"),
        (":is(.md-nav,p){color:red}", ":is(.md-nav,p){color:red;}"),
        ("*,:after{color:red}", "*,:after{color:red;}"),
        ('p::before{content:"a,b}"}', 'p::before{content:"a,b}";}'),
        ("html{color:red!important}", "html{color:red!important;}"),
        ("@media print{.md-nav{color:red}}", ""),
        ("@media print{p,.md-nav{color:red}}", "@media print{p{color:red;}}"),
        ("@supports (color:red){@media print{p{color:red}}}", "@supports (color:red){@media print{p{color:red;}}}"),
        ('@charset "UTF-8";p{color:red}', "p{color:red;}"),
        ("/* p{} */p{color:red}", "p{color:red;}"),
        (".md-nav{animation:turn 1s}@keyframes turn{to{opacity:0}}", ""),
        ("p{animation:turn 1s}@keyframes turn{to{opacity:0}}", "p{animation:turn 1s;}@keyframes turn{to{opacity:0}}"),
        (":root{--a:1;--b:2}p{width:var(--a)}", ":root{--a:1;}p{width:var(--a);}"),
        (
            ":root{--a:var(--b);--b:2;--c:var(--d);--d:3}p{width:var(--a)}",
            ":root{--a:var(--b);--b:2;}p{width:var(--a);}",
        ),
    ],
)
def test_a_rule_stays_exactly_when_it_can_match(rule: str, kept: str) -> None:
    assert lean(rule, NAMES) == kept


def test_what_the_other_sheets_use_stays() -> None:
    sheet = ":root{--a:1;--b:2}@keyframes turn{to{opacity:0}}"
    assert lean(sheet, NAMES, "td{width:var(--b);animation:turn 1s}") == ":root{--b:2;}@keyframes turn{to{opacity:0}}"


def test_nothing_more_goes_when_it_is_done_twice() -> None:
    names = vocabulary(DEFAULT_THEME)
    for sheet in MkDocsEngine().stylesheets():
        once = lean(sheet, names)
        assert lean(once, names) == once


@pytest.mark.engine
def test_the_style_sheet_of_the_site_stays_small() -> None:
    engine = MkDocsEngine().stylesheets()
    made = gather(DEFAULT_THEME, engine, COLOURS)
    style = made.files[made.styles[0]]
    assert b".md-typeset blockquote" in style
    assert b"md-header" not in style
    single = max(len(gzip.compress(made.files[each], 9)) for each in made.page_styles.values())
    assert sum(len(gzip.compress(made.files[each], 9)) for each in made.styles) + single <= 32_000
    assert sum(len(gzip.compress(each.encode(), 9)) for each in engine) > 20_000, "nothing was left out"


# -- the theme's own ---------------------------------------------------------------------------------------------------

SHEETS = sorted((DEFAULT_THEME / "assets" / "css").rglob("*.css"))
_NAME = re.compile(r"[A-Za-z][\w-]*")
_BEGUN = re.compile(r"([A-Za-z][\w-]*(?:--|-|__))\{")  # goes on with what a view, a record or a call says
_SAYS_NOTHING = {"is-", "data-"}  # such names have to be written out


def _classes(sheet: str) -> set[str]:
    """Every class that a rule of ``sheet`` asks for, also within conditions and within ``:is()`` and its like."""
    found: set[str] = set()

    def walk(tokens: Iterable[ast.Node]) -> None:
        before = ""
        for token in tokens:
            if token.type == "ident" and before == ".":
                found.add(token.value)
            walk(getattr(token, "arguments", None) or ())
            before = token.value if token.type == "literal" else ""

    def rules(nodes: Iterable[ast.Node]) -> None:
        for node in nodes:
            if node.type == "qualified-rule":
                walk(node.prelude)
            elif node.type == "at-rule" and node.lower_at_keyword in ("media", "supports") and node.content:
                rules(tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True))

    rules(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True))
    return found


def _strings(source: str) -> Iterator[str]:
    """The strings of a Python module, with ``{`` for what is filled in, without its docstrings."""
    tree = python.parse(source)
    docs = {id(each.value) for each in python.walk(tree) if isinstance(each, python.Expr)}
    for each in python.walk(tree):
        if isinstance(each, python.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, python.Constant) else "{" for part in each.values)
        elif isinstance(each, python.Constant) and isinstance(each.value, str) and id(each) not in docs:
            yield each.value


def _written() -> tuple[set[str], tuple[str, ...]]:
    """Every name in the templates and in the strings of scripts and of Python, and what names begin with that are put
    together."""
    texts = [
        re.sub(r"\{#.*?#\}", "", each.read_text("utf-8"), flags=re.DOTALL) for each in DEFAULT_THEME.rglob("*.html")
    ]
    for each in DEFAULT_THEME.rglob("*.js"):
        lines = re.sub(r"(?m)^\s*//.*$", "", each.read_text("utf-8"))
        texts += [
            text + ("{" if goes_on else "") for text, goes_on in re.findall(r'"((?:[^"\\\n]|\\.)*)"( \+)?', lines)
        ]
    for each in (ROOT / "generator").rglob("*.py"):
        texts += _strings(each.read_text("utf-8"))
    names = {name for text in texts for name in _NAME.findall(text)}
    begun = {name for text in texts for name in _BEGUN.findall(text)} - _SAYS_NOTHING
    return names | VOCABULARY | {focus_class(each) for each in get_args(Focus)}, tuple(begun)


def test_every_class_of_the_style_sheets_is_one_that_something_writes() -> None:
    names, begun = _written()
    asked = {name: sheet.name for sheet in SHEETS for name in _classes(sheet.read_text("utf-8"))}
    assert len(asked) > 300 and len(names) > 2000
    dead = {name: sheet for name, sheet in asked.items() if name not in names and not name.startswith(begun)}
    assert dead == {}


def test_a_class_is_found_wherever_a_rule_asks_for_it() -> None:
    sheet = "@media print{@supports (color:red){.a > :is(.b, p:not(.c-d)){color:red}}} p.e::before,[f].g{width:.5em}"
    assert _classes(sheet) == {"a", "b", "c-d", "e", "g"}


def test_the_sheets_stand_in_the_order_of_their_numbers() -> None:
    common = sorted((each for each in SHEETS if each.parent.name != "pages"), key=lambda each: each.name)
    assert {each.parent.name for each in common} == {"css", "last"}
    assert [int(each.name.partition("-")[0]) for each in common] == list(range(1, len(common) + 1))


# -- scripts of single pages -------------------------------------------------------------------------------------------


def test_a_folder_of_scripts_becomes_one_and_a_file_is_one_itself(tmp_path: Path) -> None:
    pages = tmp_path / "assets" / "js" / "pages"
    for name, text in {
        "one.js": "1",
        "both/2-b.js": "b\r\n",
        "both/1-a.js": "a",
        "both/notes.txt": "no",
        "none/x.txt": "",
    }.items():
        (pages / name).parent.mkdir(parents=True, exist_ok=True)
        (pages / name).write_bytes(text.encode())
    (tmp_path / "assets" / "icon.svg").write_text("<svg/>", "utf-8")
    made = gather(tmp_path, (), COLOURS)
    assert {name: made.files[address] for name, address in made.page_scripts.items()} == {
        "one": b"1",
        "both": b"a\nb\n",
    }


def test_a_style_sheet_of_single_pages_is_a_file_of_its_own(tmp_path: Path) -> None:
    texts = {"css/1-all.css": "b{color:red}", "css/pages/walk.css": "i{color:red}", "css/last/2-end.css": "u{color:red}"}
    for name, text in {**texts, "css/pages/x.txt": "no"}.items():
        (tmp_path / "assets" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "assets" / name).write_text(text, "utf-8")
    (tmp_path / "assets" / "icon.svg").write_text("<svg/>", "utf-8")
    made = gather(tmp_path, (":root{--one:1;--two:2}i{color:var(--two)}",), COLOURS)
    assert {name: made.files[address] for name, address in made.page_styles.items()} == {"walk": b"i{color:red}"}
    common, last = (made.files[each] for each in made.styles)
    assert b"b{color:red}" in common and b"i{color:red}" not in common and last == b"u{color:red}"


def test_what_only_the_style_sheet_of_single_pages_uses_of_the_engine_stays(tmp_path: Path) -> None:
    (tmp_path / "assets" / "css" / "pages").mkdir(parents=True)
    (tmp_path / "assets" / "css" / "pages" / "walk.css").write_text("i{color:var(--one)}", "utf-8")
    (tmp_path / "assets" / "icon.svg").write_text("<svg/>", "utf-8")
    made = gather(tmp_path, (":root{--one:1;--two:2}",), COLOURS)
    assert b"--one" in made.files[made.styles[0]] and b"--two" not in made.files[made.styles[0]]


def test_no_script_or_style_sheet_is_too_long_to_read() -> None:
    assets = DEFAULT_THEME / "assets"
    lengths = {
        each.name: len(each.read_text("utf-8").splitlines())
        for end in ("css", "js")
        for each in assets.rglob(f"*.{end}")
    }
    assert len(lengths) > 50
    assert {name: lines for name, lines in lengths.items() if lines > 250} == {}
