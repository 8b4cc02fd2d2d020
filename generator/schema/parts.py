"""What a model's fields are: their labels, their parts, and where in a model something stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, NamedTuple, get_args, get_origin

from pydantic.fields import FieldInfo

from generator.messages import Words
from generator.schema.fields import DESTINATION, PROSE, Choice, Limit, Part, Reference
from generator.schema.synonyms import names_for
from generator.yaml.mending.lines import KeyPath, Knows


def label_of(model: type[Part], where: tuple[str | int, ...]) -> Words:
    """The label of the field at ``where``: the schema's Chinese title with its key, and the key path in English."""
    title = ""
    for depth, step in enumerate(where):
        fields = fields_at(model, where[:depth])
        if isinstance(step, str) and step in fields:
            title = fields[step].title or step
    key = ".".join(str(step + 1) if isinstance(step, int) else step for step in where)
    return Words(f"“{title}”（{key}）" if title and title != key else f"“{key}”", f'"{key}"')


def fields_at(model: type[Part], where: tuple[str | int, ...]) -> Mapping[str, FieldInfo]:
    """The fields that may stand in the part at ``where``, none where there is no part."""
    current: type[Part] | None = model
    for step in where:
        if isinstance(step, str) and current is not None and step in current.model_fields:
            current = part_of(current.model_fields[step].annotation)
    return current.model_fields if current is not None else {}


@cache
def unwrapped(annotation: Any) -> tuple[Any, ...]:
    """The annotation with every part inside ``Annotated``, ``Optional``, ``tuple`` and ``list``, outermost first."""
    inner = [each for each in get_args(annotation) if each not in (type(None), Ellipsis)]
    if get_origin(annotation) is Annotated:
        inner = inner[:1]
    return (annotation, *(part for each in inner for part in unwrapped(each)))


def part_of(annotation: Any) -> type[Part] | None:
    """The model inside an annotation such as ``tuple[Practice, ...] | None``, or ``None``."""
    for each in unwrapped(annotation):
        if isinstance(each, type) and issubclass(each, Part):
            return each
    return None


def markers_of(field: FieldInfo) -> Iterator[Any]:
    """What is noted of a field beside its type, such as what it refers to."""
    yield from field.metadata
    for each in unwrapped(field.annotation):
        if get_origin(each) is Annotated:
            yield from each.__metadata__


@cache
def reference_paths(model: type[Part]) -> tuple[tuple[KeyPath, str], ...]:
    """Where the fields of ``model`` name other records: (path with ``*`` for any item, kind)."""
    found: list[tuple[KeyPath, str]] = []
    for name, field in model.model_fields.items():
        many: KeyPath = ("*",) if is_list(field.annotation) else ()
        found += [((name, *many), each.kind) for each in markers_of(field) if isinstance(each, Reference)]
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
        many: KeyPath = ("*",) if is_list(field.annotation) else ()
        if issubclass(inner, wanted):
            found.append((name, *many))
        else:
            found += [(name, *many, *path) for path in part_paths(inner, wanted)]
    return tuple(found)


def is_list(annotation: Any) -> bool:
    """Whether an annotation says that there may be several."""
    return any(get_origin(each) in (tuple, list) for each in unwrapped(annotation))


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


@cache
def knowing(model: type[Part]) -> Knows:
    """Whether a field of ``model``, by its name or its label, may stand at a path of a file of such records."""

    @cache
    def known(parent: tuple[str, ...]) -> frozenset[str]:
        fields = fields_at(model, parent)
        return frozenset(fields) | {each for name, field in fields.items() for each in names_for(name, field.title)}

    return lambda path: path[-1] in known(tuple(each for each in path[:-1] if isinstance(each, str)))


class TextField(NamedTuple):
    """A field of a model that holds text or parts: its name, whether it is written in words, its part, its own marks,
    whether it is an address of something outside."""

    name: str
    is_text: bool
    part: type[Part] | None
    limit: str | None
    is_address: bool = False


@cache
def text_fields(model: type[Part]) -> tuple[TextField, ...]:
    """The fields of ``model`` that hold words, addresses or parts. What is an id, a date, a choice or a number is none."""
    found = []
    for name, field in model.model_fields.items():
        marks = tuple(markers_of(field))
        is_text = PROSE in marks and not any(isinstance(each, (Reference, Choice)) for each in marks)
        limit = next((each.name for each in marks if isinstance(each, Limit)), None)
        part = part_of(field.annotation)
        is_address = DESTINATION in marks
        if is_text or is_address or part is not None:
            found.append(TextField(name, is_text, part, limit, is_address))
    return tuple(found)
