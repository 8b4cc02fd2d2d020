"""Values and problems from trees: a tree is validated against a model, and each mistake is named and placed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, NamedTuple, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails
from rapidfuzz import fuzz, process

from generator.fields import PROSE, Choice, Limit, Part, Reference, short
from generator.messages import Words, words
from generator.problems import Problem, problem
from generator.yamltree import KeyPath, Tree


def read(
    model: type[Part], tree: Tree, context: Mapping[str, Any] | None, at: KeyPath = ()
) -> tuple[Any | None, tuple[Problem, ...]]:
    """Validate the value of ``tree`` at ``at`` against ``model``.

    ``context`` holds the configured ``choices`` and ``limits``, and the ``zone`` of times without one. Returns the model, or ``None`` with a problem for
    each mistake, except those at places the tree itself already reported.
    """
    value = tree.value
    for step in at:
        value = value[step]
    if not isinstance(value, dict):
        return None, (problem("SCH-003", tree.span(at), label=words("type.record"), expected=words("type.mapping")),)
    try:
        return model.model_validate(_without_blanks(value), context=context), ()
    except ValidationError as error:
        details = [each for each in error.errors(include_url=False) if not _is_known(tree, at, each)]
        misspelt = {_meant(model, each) for each in details if each["type"] == "extra_forbidden"}
        found = tuple(_problem(model, tree, at, each) for each in details if not _follows_from_another(each, misspelt))
        return None, found


def _without_blanks(value: Any) -> Any:
    """``slogan:`` with nothing behind it means the same as no such line: templates are full of them."""
    if isinstance(value, dict):
        return {key: _without_blanks(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_without_blanks(item) for item in value]
    return value


def _follows_from_another(error: ErrorDetails, misspelt: set[KeyPath | None]) -> bool:
    """Whether a mistake is only another one seen again: a misspelt field that is missing, or a list that is too short
    because one of its items is wrong."""
    if error["type"] == "missing":
        return tuple(error["loc"]) in misspelt
    return error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]


def _meant(model: type[Part], error: ErrorDetails) -> KeyPath | None:
    """The path of the field that an unknown key was probably meant to be: it is misspelt, not also missing."""
    *parent, key = error["loc"]
    guess = nearest(str(key), _fields_at(model, tuple(parent)))
    return (*parent, guess) if guess else None


def _is_known(tree: Tree, at: KeyPath, error: ErrorDetails) -> bool:
    return tree.is_spoiled((*at, *error["loc"]))


def _problem(model: type[Part], tree: Tree, at: KeyPath, error: ErrorDetails) -> Problem:
    where = (*at, *error["loc"])
    kind, context = error["type"], error.get("ctx", {})
    label = label_of(model, error["loc"])
    span = tree.span(where)
    if kind == "missing" or error["input"] is None:
        span = tree.key_span(where) if where in tree.keys else tree.span(where)
        return problem("SCH-001", span, label=label)
    if kind == "extra_forbidden":
        known = _fields_at(model, error["loc"][:-1])
        guess = nearest(str(error["loc"][-1]), known)
        hint = _guess(guess, known[guess].title if guess else None) if guess else _listing(known)
        return problem("SCH-002", tree.key_span(where), key=error["loc"][-1], hint=hint)
    if kind == "markup":
        return problem("SEC-003", tree.find(where, context["needle"]), label=label, markup=short(context["shown"]))
    if kind == "bad_address":
        return problem("SEC-002", span, label=label, address=short(context["needle"]))
    if kind == "bad_id":
        return problem("ID-003", span, label=label, text=context["text"])
    if kind == "bad_date":
        return problem("DAT-001", span, label=label, text=context["text"], form=context["form"])
    if kind == "bad_moment":
        return problem("DAT-006", span, label=label, text=context["text"])
    if kind == "no_such_date":
        return problem("DAT-002", span, label=label, text=context["text"])
    if kind == "own":  # a form that only one kind has, with a code of its own
        return problem(context["code"], span, label=label, text=context["text"])
    if kind == "one_line":
        return problem("SCH-008", span, label=label)
    if kind == "choice":
        return _choice_problem(span, label, context)
    if kind in ("literal_error", "enum"):
        return problem("SCH-004", span, label=label, text=short(error["input"]), hint=_quoted(context["expected"]))
    return _size_problem(kind, context, span, label, error["input"])


def _choice_problem(span: Any, label: Words, context: Mapping[str, Any]) -> Problem:
    known = context["known"]
    guess = nearest(context["text"], known) or next((k for k, name in known.items() if name == context["text"]), None)
    hint = _guess(guess, known[guess]) if guess else _listing_of_names(known)
    return problem("SCH-004", span, label=label, text=context["text"], hint=hint)


def _size_problem(kind: str, context: Mapping[str, Any], span: Any, label: Words, value: object) -> Problem:
    if kind == "length":
        code = "SCH-005" if context["actual"] > context["high"] else "SCH-006"
        return problem(code, span, label=label, actual=context["actual"], low=context["low"], high=context["high"])
    if kind == "too_short":
        least = context["min_length"]
        return problem("SCH-007", span, label=label, least=least, actual=context["actual_length"])
    if kind == "blank":
        return problem("SCH-001", span, label=label)
    if kind in ("greater_than_equal", "less_than_equal"):
        bound = context.get("ge", context.get("le"))
        sign = "≥" if "ge" in context else "≤"
        return problem("SCH-009", span, label=label, text=short(value), bound=f"{sign} {bound}")
    expected = context["what"] if kind == "expected" else _EXPECTED.get(kind, "type.other")
    return problem("SCH-003", span, label=label, expected=words(expected))


_EXPECTED = {
    "string_type": "type.text",
    "list_type": "type.list",
    "tuple_type": "type.list",
    "model_type": "type.mapping",
    "model_attributes_type": "type.mapping",
    "dict_type": "type.mapping",
    "int_type": "type.integer",
    "int_parsing": "type.integer",
    "bool_type": "type.flag",
    "bool_parsing": "type.flag",
    "decimal_parsing": "type.number",
    "decimal_type": "type.number",
}


def nearest(text: str, known: Mapping[str, Any] | tuple[str, ...]) -> str | None:
    """The entry of ``known`` that ``text`` was probably meant to be, or ``None``."""
    plain = unicodedata.normalize("NFKC", text)  # an id in wide letters is misspelt too
    hit = process.extractOne(text if text in known else plain, list(known), scorer=fuzz.ratio, score_cutoff=65)
    return hit[0] if hit else None


def did_you_mean(text: str, known: Mapping[str, Any] | tuple[str, ...], names: Mapping[str, str]) -> Words:
    """A sentence that names the nearest of ``known`` by id or the one called so; empty when there is none."""
    guess = nearest(text, known) or next((key for key, name in names.items() if name == text), None)
    return _guess(guess, names.get(guess)) if guess else Words("", "")


def _guess(key: str, name: str | None) -> Words:
    shown = f"{key}（{name}）" if name and name != key else key
    return Words(f"是不是“{shown}”？", f'Did you mean "{key}"?')


def _listing(known: Mapping[str, FieldInfo]) -> Words:
    return Words(f"这里可以写：{'、'.join(known)}。", f"Known here: {', '.join(known)}.")


def _listing_of_names(known: Mapping[str, str]) -> Words:
    return Words(
        f"可以填：{'、'.join(f'{key}（{name}）' for key, name in known.items())}。", f"Allowed: {', '.join(known)}."
    )


def _quoted(expected: str) -> Words:
    values = re.findall(r"'([^']*)'", expected)
    return Words(f"可以填：{'、'.join(values)}。", f"Allowed: {', '.join(values)}.")


def label_of(model: type[Part], where: tuple[str | int, ...]) -> Words:
    """The label of the field at ``where``: the schema's Chinese title with its key, and the key path in English."""
    title = ""
    for depth, step in enumerate(where):
        fields = _fields_at(model, where[:depth])
        if isinstance(step, str) and step in fields:
            title = fields[step].title or step
    key = ".".join(str(step + 1) if isinstance(step, int) else step for step in where)
    return Words(f"“{title}”（{key}）" if title and title != key else f"“{key}”", f'"{key}"')


def _fields_at(model: type[Part], where: tuple[str | int, ...]) -> Mapping[str, FieldInfo]:
    current: type[Part] | None = model
    for step in where:
        if isinstance(step, str) and current is not None and step in current.model_fields:
            current = part_of(current.model_fields[step].annotation)
    return current.model_fields if current is not None else {}


@cache
def _unwrapped(annotation: Any) -> tuple[Any, ...]:
    """The annotation with every part inside ``Annotated``, ``Optional``, ``tuple`` and ``list``, outermost first."""
    inner = [each for each in get_args(annotation) if each not in (type(None), Ellipsis)]
    if get_origin(annotation) is Annotated:
        inner = inner[:1]
    return (annotation, *(part for each in inner for part in _unwrapped(each)))


def part_of(annotation: Any) -> type[Part] | None:
    """The model inside an annotation such as ``tuple[Practice, ...] | None``, or ``None``."""
    for each in _unwrapped(annotation):
        if isinstance(each, type) and issubclass(each, Part):
            return each
    return None


def _markers(field: FieldInfo) -> Iterator[Any]:
    yield from field.metadata
    for each in _unwrapped(field.annotation):
        if get_origin(each) is Annotated:
            yield from each.__metadata__


@cache
def reference_paths(model: type[Part]) -> tuple[tuple[KeyPath, str], ...]:
    """Where the fields of ``model`` name other records: (path with ``*`` for any item, kind)."""
    found: list[tuple[KeyPath, str]] = []
    for name, field in model.model_fields.items():
        many: KeyPath = ("*",) if _is_list(field.annotation) else ()
        found += [((name, *many), each.kind) for each in _markers(field) if isinstance(each, Reference)]
        inner = part_of(field.annotation)
        if inner:
            found += [((name, *many, *path), kind) for path, kind in reference_paths(inner)]
    return tuple(found)


@cache
def part_paths(model: type[Part], wanted: type[Part]) -> tuple[KeyPath, ...]:
    """Where ``model`` holds parts of type ``wanted``, with ``*`` for any item of a list."""
    found: list[KeyPath] = []
    for name, field in model.model_fields.items():
        inner = part_of(field.annotation)
        if inner is None:
            continue
        many: KeyPath = ("*",) if _is_list(field.annotation) else ()
        if issubclass(inner, wanted):
            found.append((name, *many))
        else:
            found += [(name, *many, *path) for path in part_paths(inner, wanted)]
    return tuple(found)


def _is_list(annotation: Any) -> bool:
    return any(get_origin(each) in (tuple, list) for each in _unwrapped(annotation))


def values_at(value: Any, pattern: KeyPath, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    """The values of a model at ``pattern`` (``*`` is any item) with the path of each; absent ones are skipped."""
    if value is None:
        return
    if not pattern:
        yield path, value
    elif pattern[0] == "*":
        for index, item in enumerate(value):
            yield from values_at(item, pattern[1:], (*path, index))
    else:
        yield from values_at(getattr(value, str(pattern[0])), pattern[1:], (*path, pattern[0]))


class TextField(NamedTuple):
    """A field of a model that holds text or parts: its name, whether it is written in words, its part, its own marks."""

    name: str
    is_text: bool
    part: type[Part] | None
    limit: str | None


@cache
def text_fields(model: type[Part]) -> tuple[TextField, ...]:
    """The fields of ``model`` that hold words or parts. What is an id, a date, a choice or a number is none."""
    found = []
    for name, field in model.model_fields.items():
        marks = tuple(_markers(field))
        is_text = PROSE in marks and not any(isinstance(each, (Reference, Choice)) for each in marks)
        limit = next((each.name for each in marks if isinstance(each, Limit)), None)
        part = part_of(field.annotation)
        if is_text or part is not None:
            found.append(TextField(name, is_text, part, limit))
    return tuple(found)
