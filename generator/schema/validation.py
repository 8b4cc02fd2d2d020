"""Values and problems from trees: a tree is validated against a model, and each mistake is named and placed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from generator.messages import Words, words
from generator.problems import Problem, Span, problem
from generator.schema import advice
from generator.schema.fields import Part, short
from generator.schema.guesses import (
    did_you_mean,
    guess_field,
    listing,
    listing_of_names,
    nearest,
    option_hint,
    shown_guess,
)
from generator.schema.parts import (
    fields_at,
    knowing,
    label_of,
    part_of,
    part_paths,
    reference_paths,
    values_at,
)
from generator.text.destinations import without_secret
from generator.yaml.strict import KeyPath, Tree


def read(
    model: type[Part], tree: Tree, context: Mapping[str, Any] | None, at: KeyPath = ()
) -> tuple[Any | None, tuple[Problem, ...]]:
    """Validate the value of ``tree`` at ``at`` against ``model``.

    ``context`` holds the configured ``choices`` and ``limits``, and the ``zone`` of times without one. Returns the model, or ``None`` with a problem for
    each mistake, except those at places the tree itself already reported.
    """
    value = tree.at(at)
    if not isinstance(value, dict):
        return None, (
            problem(
                "SCH-003",
                tree.span(at),
                label=words("type.record"),
                expected=words("type.mapping"),
                advice=words("advice.record"),
            ),
        )
    data, errors, written = _validated(model, _without_blanks(value), context)
    if not errors:
        return data, ()
    places = [(_Place(model, tree, at, tuple(each["loc"]), written(tuple(each["loc"]))), each) for each in errors]
    left = [(place, each) for place, each in places if not _is_known(tree, place.where, each)]
    misspelt = {_meant(model, each) for _, each in left if each["type"] == "extra_forbidden"}
    found = (_problem(place, each) for place, each in left if not _follows_from_another(each, misspelt))
    return None, tuple(dict.fromkeys(found))


def _validated(
    model: type[Part], value: dict[str, Any], context: Mapping[str, Any] | None
) -> tuple[Any | None, list[ErrorDetails], Callable[[KeyPath], KeyPath]]:
    """The model, or what is wrong; and where something is written that is understood at a path: a field whose name is
    misspelt is read under the name that was meant, so that its value is checked too."""
    renamed: dict[KeyPath, KeyPath] = {}
    told: list[ErrorDetails] = []

    def written(path: KeyPath) -> KeyPath:
        for length in range(len(path), 0, -1):
            if path[:length] in renamed:
                return (*renamed[path[:length]], *path[length:])
        return path

    while True:
        try:
            return model.model_validate(value, context=context), told, written
        except ValidationError as error:
            details = error.errors(include_url=False)
        moved = [each for each in details if _is_renamed(model, value, each, renamed, written)]
        if not moved:
            return None, [*told, *details], written
        told += moved


def _is_renamed(
    model: type[Part],
    value: Any,
    error: ErrorDetails,
    renamed: dict[KeyPath, KeyPath],
    written: Callable[[KeyPath], KeyPath],
) -> bool:
    """Whether ``error`` is a misspelt name, which is then changed in ``value``."""
    meant = _meant(model, error) if error["type"] == "extra_forbidden" else None
    path = tuple(error["loc"])
    for step in path[:-1]:
        value = value[step]
    if meant is None or meant[-1] in value:
        return False
    place = written(path)
    value[meant[-1]] = value.pop(path[-1])
    renamed[meant] = place
    return True


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
    guess = guess_field(str(key), fields_at(model, tuple(parent)))
    return (*parent, guess) if guess else None


def _is_known(tree: Tree, where: KeyPath, error: ErrorDetails) -> bool:
    """Whether a mistake was already told: at a place that was, or by the marks between two versions, of which one ends
    where the lines that both share begin."""
    return tree.is_spoiled(where) or (error["type"] == "missing" and tree.is_repeated(where[:-1]))


class _Place(NamedTuple):
    """A field that has something wrong: where it is understood to stand, and where it is written."""

    model: type[Part]
    tree: Tree
    at: KeyPath
    loc: KeyPath
    written: KeyPath

    @property
    def where(self) -> KeyPath:
        """Its path in the tree."""
        return (*self.at, *self.written)

    @property
    def key(self) -> str:
        """What is written before the value: the name of the field, or the dash of an item."""
        return str(self.loc[-1]) if self.loc and isinstance(self.loc[-1], str) else "-"

    @property
    def field(self) -> FieldInfo | None:
        """The field, or the list that the item stands in."""
        named = next((depth for depth in range(len(self.loc), 0, -1) if isinstance(self.loc[depth - 1], str)), 0)
        return fields_at(self.model, self.loc[: named - 1]).get(str(self.loc[named - 1])) if named else None

    @property
    def indent(self) -> int:
        """The column at which its key begins, from 0."""
        return self.tree.key_span(self.where).column - 1


def _problem(place: _Place, error: ErrorDetails) -> Problem:
    kind, context, tree = error["type"], error.get("ctx", {}), place.tree
    label, where = label_of(place.model, place.loc), place.where
    span = tree.span(where)
    if kind in ("missing", "blank") or error["input"] is None:
        return _missing(place, label)
    if kind == "extra_forbidden":
        return _unknown(place)
    if kind == "markup":
        return problem("SEC-003", tree.find(where, context["needle"]), label=label, markup=short(context["shown"]))
    if kind == "bad_address":
        return problem("SEC-002", span, label=label, address=short(without_secret(context["needle"])))
    if kind == "misleading":
        return problem(context["code"], span, label=label, address=short(without_secret(context["needle"])))
    if kind == "bad_id":
        return problem("ID-003", span, label=label, text=context["text"], why=words(context["why"]))
    if kind == "bad_date":
        typed = advice.of_day(error["input"], context["form"], place.key)
        return problem("DAT-001", span, label=label, text=context["text"], advice=typed)
    if kind == "bad_moment":
        typed = advice.of_moment(error["input"], place.key)
        return problem("DAT-006", span, label=label, text=context["text"], advice=typed)
    if kind == "no_such_date":
        return problem("DAT-002", span, label=label, text=context["text"])
    if kind in ("far_date", "open_end"):
        typed = advice.of_far_day(place.key, context["is_open"])
        return problem(_DATED[kind], span, label=label, text=context["text"], advice=typed)
    if kind == "too_long":
        return problem("SCH-040", span, label=label, **{key: context[key] for key in ("text", "digits", "decimals")})
    if kind == "own":  # a form that only one kind has, with a code of its own
        return problem(context["code"], span, label=label, text=context["text"])
    if kind == "one_line":
        return problem("SCH-008", span, label=label)
    if kind == "choice":
        return _choice_problem(place, label, context)
    if kind in ("literal_error", "enum"):
        hint, typed = option_hint(place.field, place.key, error["input"], context["expected"])
        return problem("SCH-004", span, label=label, text=short(error["input"]), hint=hint, advice=typed)
    return _size_problem(place, kind, context, label, error["input"])


def _missing(place: _Place, label: Words) -> Problem:
    """A field that has to be there: at its own line if it is empty, else behind the line after which it belongs."""
    tree, where, field = place.tree, place.where, place.field
    if where in tree.keys or (where in tree.marks and place.key == "-") or field is None:
        typed = advice.filled("advice.fill", lines=_lines(place, field, place.indent if field else 0))
        span = tree.key_span(where) if where in tree.keys else tree.span(where)
        return problem("SCH-001", span, label=label, advice=typed)
    names = list(fields_at(place.model, place.loc[:-1]))
    before = [(*where[:-1], name) for name in names[: names.index(place.key)] if (*where[:-1], name) in tree.keys]
    inside = tree.span(where[:-1])
    if tree.is_flow(where[:-1]):
        typed = advice.filled("advice.flow", lines=advice.skeleton(place.key, field, 0))
        return problem("SCH-001", inside, label=label, advice=typed)
    if not before:
        typed = advice.filled("advice.before", line=inside.line, lines=_lines(place, field, inside.column - 1))
        return problem("SCH-001", inside, label=label, advice=typed)
    key = tree.key_span(before[-1])
    last = max(tree.lines(before[-1])[1], key.line)
    typed = advice.filled("advice.after", line=last, lines=_lines(place, field, key.column - 1))
    return problem("SCH-001", Span(tree.path, last, tree.column_in(last, key.column)), label=label, advice=typed)


def _lines(place: _Place, field: FieldInfo | None, indent: int) -> str:
    return advice.skeleton(place.key, field, indent, is_item=place.key == "-") if field else f"{place.key}: …"


def _unknown(place: _Place) -> Problem:
    known = fields_at(place.model, place.loc[:-1])
    key = str(place.loc[-1])
    guess = guess_field(key, known)
    if guess is not None:
        hint, typed = shown_guess(guess, known[guess].title), advice.filled("advice.rename", key=key, name=guess)
    else:
        hint, typed = listing(known), advice.filled("advice.names", names=_labelled(known))
    return problem("SCH-002", place.tree.key_span(place.where), key=key, hint=hint, advice=typed)


def _labelled(known: Mapping[str, FieldInfo]) -> Words:
    return Words(
        "、".join(f"{name}（{field.title}）" if field.title else name for name, field in known.items()),
        ", ".join(known),
    )


def _choice_problem(place: _Place, label: Words, context: Mapping[str, Any]) -> Problem:
    known, text = context["known"], context["text"]
    guess = nearest(text, known) or next((id for id, name in known.items() if name == text), None)
    guess = guess or nearest(text, {name: id for id, name in known.items()})
    guess = guess if guess is None or guess in known else next(id for id, name in known.items() if name == guess)
    hint = shown_guess(guess, known[guess]) if guess else listing_of_names(known)
    if guess is None:
        typed = words("advice.choose")
    elif place.tree.value_is(place.where, text):
        typed = advice.filled("advice.write", key=place.key, value=guess)
    else:
        typed = advice.filled("advice.rename", key=text, name=guess)
    return problem("SCH-004", place.tree.span(place.where), label=label, text=text, hint=hint, advice=typed)


def _size_problem(place: _Place, kind: str, context: Mapping[str, Any], label: Words, value: object) -> Problem:
    span = place.tree.span(place.where)
    if kind == "length":
        code = "SCH-005" if context["actual"] > context["high"] else "SCH-006"
        return problem(code, span, label=label, actual=context["actual"], low=context["low"], high=context["high"])
    if kind == "too_short":
        least, field = context["min_length"], place.field
        typed = advice.skeleton(place.key, field, place.indent).partition(advice.NEW_LINE)[2] if field else "- …"
        actual = context["actual_length"]
        return problem("SCH-007", span, label=label, least=least, actual=actual, lines=typed)
    if kind in ("greater_than_equal", "less_than_equal"):
        bound = context.get("ge", context.get("le"))
        sign = "≥" if "ge" in context else "≤"
        return problem("SCH-009", span, label=label, text=short(value), bound=f"{sign} {bound}")
    expected = context["what"] if kind == "expected" else _EXPECTED.get(kind, "type.other")
    advised = advice.of_type(expected, place.key, value, place.field, place.indent)
    return problem("SCH-003", span, label=label, expected=words(expected), advice=advised)


_DATED = {"far_date": "DAT-011", "open_end": "DAT-012"}
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

__all__ = [
    "did_you_mean",
    "knowing",
    "label_of",
    "nearest",
    "part_of",
    "part_paths",
    "read",
    "reference_paths",
    "values_at",
]
