"""What a page needs of a style sheet that was made for every page in the world.

A rule is left out when it can match nothing here: when each of its selectors wants a class, an id, an attribute or an
element that no template, script or story of this site can write. Names are compared as words, and what stands in
``:is()``, ``:not()`` and their like is not looked at, so the mistake this can make is to keep too much.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache

import tinycss2
from tinycss2 import ast

import generator
from generator import program
from generator.system.cache import Cache, key

_WORD = re.compile(r"[A-Za-z][\w-]*")
_USE = re.compile(r"var\(\s*(--[\w-]+)")
_STEP = "styles"
_CONDITIONAL = {"media", "supports", "container", "layer"}
_ALWAYS = {"html", "head", "body", "root"}


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """Every word of templates and scripts that could be the name of a class, an id, an attribute or an element."""
    return frozenset(word for text in texts for word in _WORD.findall(text))


def kept(sheet: str, names: frozenset[str], other: str, cache: Cache | None) -> str:
    """What ``lean`` leaves, from ``cache`` where that has it: to read the sheet takes half a second."""
    if cache is None:
        return lean(sheet, names, other)
    made_from = (program.state(), program.versions("tinycss2"), sheet, other, *sorted(names))
    return cache.get_or_make(
        _STEP, key(_STEP, generator.__version__, made_from), lambda: lean(sheet, names, other).encode()
    ).decode()


@lru_cache(maxsize=4)
def lean(sheet: str, names: frozenset[str], other: str = "") -> str:
    """``sheet`` without the rules that need a name outside ``names``, and without custom properties and key frames that
    neither the rest of it nor the style sheets ``other`` use. The order of what stays is that of ``sheet``."""
    rules = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    kept = "".join(_kept(rules, names | _ALWAYS))
    while True:
        leaner = "".join(_used(tinycss2.parse_stylesheet(kept), kept + other))
        if leaner == kept:
            return kept
        kept = leaner


def _kept(rules: Iterable[ast.Node], names: Collection[str]) -> Iterator[str]:
    """``rules`` without those that need a name outside ``names``."""

    def of_elements(rule: ast.Node) -> str:
        selectors = [_text(each) for each in _selectors(rule.prelude) if _can_match(each, names)]
        return f"{','.join(selectors)}{{{_text(rule.content)}}}" if selectors else ""

    return _sifted(rules, of_elements, lambda rule: rule.lower_at_keyword != "charset")


def _used(rules: Iterable[ast.Node], everything: str) -> Iterator[str]:
    """``rules`` without custom properties and key frames that ``everything`` does not use."""
    properties = frozenset(_USE.findall(everything))

    def of_elements(rule: ast.Node) -> str:
        declarations = "".join(_declarations(rule.content, properties))
        return f"{_text(rule.prelude)}{{{declarations}}}" if declarations else ""

    def is_used(rule: ast.Node) -> bool:
        return not rule.lower_at_keyword.endswith("keyframes") or _names_again(_text(rule.prelude), everything)

    return _sifted(rules, of_elements, is_used)


def _sifted(
    rules: Iterable[ast.Node], of_elements: Callable[[ast.Node], str], keeps: Callable[[ast.Node], bool]
) -> Iterator[str]:
    """What ``of_elements`` leaves of rules for elements, also inside conditions, and the other rules that ``keeps``."""
    for rule in rules:
        if rule.type == "qualified-rule":
            yield of_elements(rule)
        elif rule.type == "at-rule" and rule.lower_at_keyword in _CONDITIONAL and rule.content is not None:
            inside = "".join(_sifted(_rules(rule), of_elements, keeps))
            yield f"{_opening(rule)}{{{inside}}}" if inside else ""
        elif rule.type == "at-rule" and keeps(rule):
            yield rule.serialize()


def _declarations(content: list[ast.Node], properties: Collection[str]) -> Iterator[str]:
    """The declarations of a rule, or its whole content as it stands where it holds anything else."""
    found = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    if any(each.type != "declaration" for each in found):
        yield _text(content)
        return
    for each in found:
        if not each.name.startswith("--") or each.name in properties:
            important = "!important" if each.important else ""
            yield f"{each.name}:{_text(each.value)}{important};"


def _names_again(name: str, text: str) -> bool:
    """Whether the key frames ``name`` are named anywhere but where they are defined."""
    uses = re.findall(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)
    definitions = re.findall(rf"keyframes\s+{re.escape(name)}(?![\w-])", text)
    return len(uses) > len(definitions)


def _selectors(prelude: list[ast.Node]) -> Iterator[list[ast.Node]]:
    one: list[ast.Node] = []
    for token in prelude:
        if token == ",":
            yield one
            one = []
        else:
            one.append(token)
    yield one


def _can_match(selector: list[ast.Node], names: Collection[str]) -> bool:
    """Whether every class, id, attribute and element that ``selector`` asks for is one of ``names``."""
    before = ""
    for token in selector:
        if token.type == "ident" and before != ":" or token.type == "hash":
            wanted = token.value
        elif token.type == "[] block":
            wanted = next((each.value for each in token.content if each.type == "ident"), "")
        else:
            wanted = ""
        if wanted and wanted not in names:
            return False
        before = token.value if token.type == "literal" else ""
    return True


def _rules(rule: ast.AtRule) -> list[ast.Node]:
    return tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)


def _opening(rule: ast.AtRule) -> str:
    return f"@{rule.at_keyword} {_text(rule.prelude)}"


def _text(tokens: list[ast.Node]) -> str:
    return tinycss2.serialize(tokens).strip()
