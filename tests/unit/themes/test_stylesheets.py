"""What is left out of a style sheet: rules that can match nothing here, and nothing else."""

from __future__ import annotations

import gzip

import pytest

from generator.config import Colours
from generator.engines.mkdocs import MkDocsEngine
from generator.pipeline import DEFAULT_THEME
from generator.themes.assets import gather, vocabulary
from generator.themes.stylesheets import lean, words_of

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
    (style,) = (content for name, content in gather(DEFAULT_THEME, engine, COLOURS).files.items() if name[-3:] == "css")
    assert b".md-typeset blockquote" in style
    assert b"md-header" not in style
    assert len(gzip.compress(style, 9)) <= 32_000
    assert sum(len(gzip.compress(each.encode(), 9)) for each in engine) > 20_000, "nothing was left out"
