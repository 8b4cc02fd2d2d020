"""Proofreading: what a careful reader would see in a submission although every field has its right form.

Text that nobody meant to publish (TXT-*), persons' names and pointers are found in what was read, valid or not, so that
all of it is reported at once; numbers of persons are ``personal_data.py``'s. Values are looked at as they are shown and placed where they are written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from generator.messages import Words, words
from generator.problems import Places, Problem, Span, problem
from generator.proofreading import markdown as markdown_marks
from generator.proofreading import names, placeholders
from generator.schema.fields import Part, short
from generator.schema.parts import TextField, label_of, text_fields
from generator.text import characters
from generator.text.destinations import REFUSED, misleading, without_secret
from generator.text.pinyin import is_quoted
from generator.yaml.strict import KeyPath, Tree

_FILES = frozenset({"src", "captions", "picture", "to"})  # fields whose words name a file or a page
_CONTACTS = frozenset({"contact"})  # a person's name has no place here
_PHONES = frozenset({"phone", "office_phone"})
_OWN_NAMES = frozenset({"name", "short_name", "display_name", "theme", "former_names", "aliases"})
# A whole value such as www.example.gov.cn/a.html: a host with a usual ending, and no word beside it.
_BARE_ADDRESS = re.compile(
    r"(?:www\.(?:[a-z0-9-]+\.)+[a-z]{2,}|(?:[a-z0-9-]+\.)+(?:gov|com|net|org|edu|ac|cn|top|info|io))(?::[0-9]+)?(?:[/?#][!-~]*)?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?|mailto|tel):\S+\Z")
_QUOTED = re.compile(r"\A\s*[“”\"'‘’「」『』《»«＂＇].*[“”\"'‘’「」『』》»«＂＇]\s*\Z", re.DOTALL)
_QUOTE = re.compile(r"[\"'＂＇`´]|[“”‘’「」『』]")
_CODE_SPAN = re.compile(r"`[^`\n]*`")
_PICTURE = re.compile(r"!\[([^\]\n]*)\]\(")
_ODD_CODES = {
    "emoji": "TXT-041",
    "selector": "TXT-042",
    "lookalike": "TXT-043",
    "broken": "TXT-044",
    "mixed": "TXT-045",
    "dot": "TXT-046",
    "blank": "TXT-047",
    "wide": "TXT-048",
    "accent": "TXT-049",
}


class Standing(NamedTuple):
    """How public a text is to be: what is published must be finished, a sample may keep somebody unnamed."""

    is_published: bool = True
    is_sample: bool = False


class Leaf(NamedTuple):
    """A value in words: where it stands, what its field is, and whether it is a sample."""

    path: KeyPath
    text: str
    field: TextField
    is_sample: bool


def values(model: type[Part], tree: Tree, at: KeyPath = ()) -> Iterator[Problem]:
    """What a reader sees in the values of ``tree`` at ``at`` that the form of ``model`` does not tell: Markdown,
    placeholders, odd characters, names and quotes where none belong."""
    value = tree.value
    for step in at:
        value = value[step]
    if not isinstance(value, dict):
        return
    found = [each for each in _leaves(model, value, at, value.get("sample")) if not tree.is_spoiled(each.path)]
    reader = _Reader(tree, model, at, _standing(model, value), _Look.at("\n".join(each.text for each in found)))
    for each in found:
        yield from reader.read(each)


def without_replaced(problems: Iterable[Problem], hidden: Collection[tuple[str, int]]) -> Iterator[Problem]:
    """``problems`` without characters that only stand for hidden ones, which were reported in their lines."""
    return (each for each in problems if each.code != "TXT-044" or (each.span.path, each.span.line) not in hidden)


def _standing(model: type[Part], value: Mapping[str, object]) -> Standing:
    status = model.model_fields.get("status")
    written = value.get("status") or (status.default if status else "published")
    return Standing(written == "published", value.get("sample") == "true")


def standing(model: type[Part], tree: Tree, at: KeyPath = ()) -> Standing:
    """How public the record of ``tree`` is to be."""
    value = tree.value
    for step in at:
        value = value[step]
    return _standing(model, value if isinstance(value, dict) else {})


def _leaves(model: type[Part], value: Mapping[str, object], at: KeyPath, sample: object) -> Iterator[Leaf]:
    partly = frozenset(sample) if isinstance(sample, list) and all(isinstance(each, str) for each in sample) else ()
    for field in text_fields(model):
        written = value.get(field.name)
        if written is None:
            continue
        is_sample = sample is True or sample == "true" or field.name in partly
        for path, each in _items(written, (*at, field.name)):
            if isinstance(each, str) and (field.is_text or field.is_address):
                yield Leaf(path, each, field, is_sample)
            elif isinstance(each, dict) and field.part is not None:
                yield from _leaves(field.part, each, path, is_sample or each.get("sample"))


def _items(value: object, path: KeyPath) -> Iterator[tuple[KeyPath, object]]:
    if isinstance(value, list):
        for index, each in enumerate(value):
            yield (*path, index), each
    else:
        yield path, value


class _Look(NamedTuple):
    """What there may be to find in the values of a record, so that nothing is looked for in vain in each of them."""

    odd: bool
    markdown: bool
    placeholders: bool

    @classmethod
    def at(cls, text: str) -> _Look:
        return cls(characters.may_be_odd(text), markdown_marks.may_hold(text), placeholders.may_hold(text))


class _Reader:
    """Reads the values of one record."""

    def __init__(self, tree: Tree, model: type[Part], at: KeyPath, standing: Standing, look: _Look) -> None:
        self.tree, self.model, self.at, self.standing, self.look = tree, model, at, standing, look
        self.places: Places | None = None

    def read(self, leaf: Leaf) -> Iterator[Problem]:
        """What is wrong with one value: at most one problem of a sort."""
        if leaf.field.is_address:
            yield from self.destination(leaf)
        if leaf.field.name in _FILES or not leaf.field.is_text:
            yield from self.oddities(leaf)
            return
        yield from self.placeholder(leaf)
        yield from self.oddities(leaf)
        yield from self.address(leaf)
        yield from self.markdown(leaf)
        yield from self.quotes(leaf)
        yield from self.person(leaf)

    def span(self, leaf: Leaf, needle: str) -> Span:
        """The place of ``needle`` inside the value, or that of the value where it is written in another way."""
        mark = self.tree.marks.get(leaf.path)
        at = self.tree.text.find(needle, mark.start, mark.end) if mark and needle else -1
        if at < 0:
            return self.tree.span(leaf.path)
        if self.places is None:
            root = self.tree.marks[()]
            before = self.tree.text.count("\n", 0, root.start)
            self.places = Places(self.tree.path, self.tree.text, root.line - before)
        return self.places.span(at)

    def label(self, leaf: Leaf) -> Words:
        """What the field is called."""
        return label_of(self.model, leaf.path[len(self.at) :])

    def address(self, leaf: Leaf) -> Iterator[Problem]:
        """TXT-056: an address that is one for the author and not for a browser."""
        written = leaf.text.strip()
        if _BARE_ADDRESS.fullmatch(written):
            right = f"https://{written}"
            yield problem("TXT-056", self.tree.span(leaf.path), label=self.label(leaf), text=short(written), right=right)

    def destination(self, leaf: Leaf) -> Iterator[Problem]:
        """LNK-018, LNK-019: an address that few can open. What is worse the field itself refuses."""
        code = misleading(leaf.text.strip())
        if code is not None and code not in REFUSED:
            yield problem(code, self.tree.span(leaf.path), label=self.label(leaf), address=short(without_secret(leaf.text)))

    def markdown(self, leaf: Leaf) -> Iterator[Problem]:
        """TXT-040: marks that nobody renders."""
        if not self.look.markdown or _ADDRESS.match(leaf.text):
            return
        found = [each for each in markdown_marks.find(leaf.text) if each.kind != "rule" or "\n" in leaf.text.strip()]
        if found:
            first = leaf.text[found[0].start : found[0].end].strip()
            kinds = _joined([words(f"mark.{each.kind}") for each in found])
            yield problem("TXT-040", self.span(leaf, first), label=self.label(leaf), mark=short(first), kinds=kinds)

    def placeholder(self, leaf: Leaf) -> Iterator[Problem]:
        """TXT-050 to TXT-053: what was still to be written, descriptions and telephones that are none."""
        text, name = leaf.text, leaf.field.name
        if name == "alt" and placeholders.is_no_description(text):
            yield problem("TXT-052", self.tree.span(leaf.path), text=short(text))
            return
        if name in _PHONES:
            if placeholders.is_no_telephone(text) and not leaf.is_sample:
                yield problem("TXT-053", self.tree.span(leaf.path), label=self.label(leaf), text=short(text))
            return
        found = list(placeholders.find(text, is_field=True)) if self.look.placeholders else []
        found = [each for each in found if not (leaf.is_sample and each.is_stand_in)]
        is_sure = not found or found[0].is_sure
        if found:
            shown = text[found[0].start : found[0].end]
        elif placeholders.is_whole(text, name):
            shown = text.strip()
        elif placeholders.is_perhaps(text, name):
            shown, is_sure = text.strip(), False
        else:
            return
        code = "TXT-050" if is_sure and self.standing.is_published and not leaf.is_sample else "TXT-051"
        yield problem(code, self.span(leaf, shown), label=self.label(leaf), text=short(shown))

    def oddities(self, leaf: Leaf) -> Iterator[Problem]:
        """TXT-041 to TXT-049: characters that are not what they show."""
        found = list(characters.odd(leaf.text)) if self.look.odd else []
        if leaf.field.name in _OWN_NAMES:
            found += characters.odd_in_name(leaf.text)
        yield from odd_problems(leaf.text, found, lambda at, shown: self.span(leaf, shown), frozenset())

    def quotes(self, leaf: Leaf) -> Iterator[Problem]:
        """TXT-054: quotation marks around a name, or in a short one: pages set their own."""
        if leaf.field.name not in _OWN_NAMES:
            return
        hit = _QUOTE.search(leaf.text) if leaf.field.limit else None
        if hit or is_quoted(leaf.text):
            mark = hit.group() if hit else leaf.text.strip()[0]
            plain = _QUOTE.sub("", leaf.text).strip("《》 ") if hit else leaf.text.strip()[1:-1]
            yield problem("TXT-054", self.span(leaf, mark), label=self.label(leaf), mark=mark, plain=short(plain))

    def person(self, leaf: Leaf) -> Iterator[Problem]:
        """PII-007: somebody's name where people are told whom to ask."""
        if not _CONTACTS.intersection(map(str, leaf.path)):
            return
        for start, end in names.find(leaf.text):
            name = leaf.text[start:end]
            yield problem(
                "PII-007", self.span(leaf, name), label=self.label(leaf), name=name[0] + "*" * (len(name) - 1)
            )


def _joined(parts: list[Words]) -> Words:
    unique = list(dict.fromkeys(parts))
    return Words("、".join(each.zh for each in unique), ", ".join(each.en for each in unique))


def odd_problems(
    text: str, found: list[characters.Odd], place: Callable[[int, str], Span], spared: frozenset[str]
) -> Iterator[Problem]:
    """One problem for each sort of odd characters, at the first of them, naming them all."""
    sorts: dict[str, list[characters.Odd]] = {}
    for each in found:
        if each.kind not in spared:
            sorts.setdefault(each.kind, []).append(each)
    for kind, all_of_it in sorts.items():
        first = all_of_it[0]
        shown = "".join(dict.fromkeys(text[each.start : each.end] for each in all_of_it))
        named = characters.listed(shown)
        right = characters.plain_form(shown[:20])
        span = place(first.start, text[first.start : first.end])
        yield problem(_ODD_CODES[kind], span, names=named, shown=characters.printable(shown[:20]), right=right)


def prose(path: str, text: str, first_line: int, standing: Standing, hidden: frozenset[int]) -> Iterator[Problem]:
    """The same for a text of lines: a story, captions, a table. ``hidden`` are lines in which characters were already
    reported and replaced."""
    look = _Look.at(text)
    if not look.odd and not look.placeholders and "![" not in text:
        return
    is_fenced = False
    for number, line in enumerate(text.split("\n"), first_line):
        if line.lstrip().startswith(("```", "~~~")):
            is_fenced = not is_fenced
        found = list(characters.odd(line)) if characters.may_be_odd(line) else []
        spared = frozenset({"emoji", *(("broken",) if number in hidden else ())})
        yield from odd_problems(line, found, lambda at, _: Span(path, number, at + 1), spared)  # noqa: B023  called at once
        if is_fenced:
            continue
        yield from _unfinished(path, number, line, standing)
        hit = next((each for each in _PICTURE.finditer(line) if each[1].strip()), None)
        if hit and placeholders.is_no_description(hit[1]):
            yield problem("TXT-052", Span(path, number, hit.start(1) + 1), text=short(hit[1]))


def _unfinished(path: str, number: int, line: str, standing: Standing) -> Iterator[Problem]:
    if not placeholders.may_hold(line):
        return
    plain = _CODE_SPAN.sub(lambda hit: " " * len(hit[0]), line)
    for each in placeholders.find(plain):
        if standing.is_sample and each.is_stand_in:
            continue
        code = "TXT-050" if each.is_sure and standing.is_published and not standing.is_sample else "TXT-051"
        text = short(line[each.start : each.end])
        yield problem(code, Span(path, number, each.start + 1), label=words("label.text"), text=text)
        return
