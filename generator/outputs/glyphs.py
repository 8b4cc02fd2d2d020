"""IMG-021: what a share card or a poster would show as ``〓``, because its font lacks the character.

Asked of the very texts that are drawn, and told where the character is written: in the record, or in the unit that its
cards name. Characters that only vary or join others are not missed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from generator.catalog.making import attempt
from generator.catalog.record import Record
from generator.media.cards.faces import CardFace
from generator.media.cards.typesetting import lacking
from generator.outputs.share import forms_of
from generator.problems import Problem, problem
from generator.site.context import Public
from generator.site.presenter import Presenter
from generator.yaml.strict import leaves


def check(public: Public, presenters: Iterable[Presenter]) -> Iterator[Problem]:
    """What the cards and posters of the records of ``public`` cannot show; the places are those of the sources."""
    for presenter in presenters:
        face = presenter.face
        if face is None or not forms_of(presenter, public.config):
            continue
        for record in public.catalog.all(presenter.kind.name):
            shown = attempt(lambda: face(record, public), record.span(), "card", record.id)  # noqa: B023  at once
            if isinstance(shown, Problem):
                yield shown
            elif missing := lacking("".join(_texts(shown))):
                yield from _told(record, missing, public)


def _texts(face: CardFace) -> Iterator[str]:
    yield from (face.title, face.label, face.line, face.unit, face.text, face.credit, face.note)
    yield from chain.from_iterable(face.entries)


def _told(record: Record, missing: tuple[str, ...], public: Public) -> Iterator[Problem]:
    """One problem for each value that holds some of ``missing``; at the record where none does."""
    unit = public.catalog.get("unit", getattr(record.data, "unit", None))
    left = set(missing)
    for holder in (record, unit):
        for path, text in _leaves(holder) if holder and left else ():
            held = tuple(each for each in missing if each in text)
            if held:
                left -= set(held)
                yield _problem(held, holder, path)
    if left:
        yield _problem(tuple(each for each in missing if each in left), record, ())


def _leaves(record: Record) -> Iterator[tuple[tuple[str | int, ...], str]]:
    value = record.tree.value
    for step in record.at:
        value = value[step]
    return leaves(value)


def _problem(characters: tuple[str, ...], record: Record, path: tuple[str | int, ...]) -> Problem:
    span = record.tree.find((*record.at, *path), characters[0])
    numbers = " ".join(f"U+{ord(each):04X}" for each in characters[:8])
    return problem("IMG-021", span, character="".join(characters[:8]), number=numbers)
