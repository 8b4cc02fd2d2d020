"""What to type: for a missing field its lines, for a value of the wrong form the value as it should be written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from generator.messages import Words, words
from generator.schema import meaning
from generator.schema.fields import PHONES, Choice, Reference, short
from generator.schema.parts import is_list, markers_of, part_of, unwrapped
from generator.schema.synonyms import field_called
from generator.text.dates import LONG_TERM

NEW_LINE = " ⏎ "
_TYPED = {
    "type.integer": meaning.whole,
    "type.number": meaning.number,
    "type.flag": meaning.flag,
    "type.phone": meaning.phone,
}
_EXAMPLES = {
    "type.integer": "2023",
    "type.number": "96.5",
    "type.flag": "false",
    "type.phone": "0571-87654321",
    "type.colour": '"#9b1b1f"',
    "type.zone": "Asia/Shanghai",
    "type.drawings": "content/img/marks",
    "type.sample": "true",
}
_PLACEHOLDERS = (("date", "2024-05-01"), ("date-time", "2024-05-01T15:00"), ("uri", "https://example.org/"))


def filled(wording: str, /, **values: object) -> Words:
    """The ``wording`` with ``values`` in both languages; a value may be ``Words``."""
    form = words(wording)
    shown = [
        {name: value[at] if isinstance(value, Words) else value for name, value in values.items()} for at in (0, 1)
    ]
    return Words(form.zh.format(**shown[0]), form.en.format(**shown[1]))


def of_type(expected: str, key: str, value: object, field: FieldInfo | None, indent: int) -> Words:
    """What to type where ``expected`` is wanted and ``value`` was written."""
    if expected == "type.list" and field is not None:
        return filled("advice.lines", lines=_as_list(key, value, field, indent))
    if expected == "type.one_id":
        several = field is not None and key == "-" and isinstance(value, str)
        return filled("advice.ids", lines=_dashes(str(value), indent) if several else f"{key}: {_first(value)}")
    if expected == "type.mapping" and field is not None and part_of(field.annotation):
        return filled("advice.lines", lines=skeleton(key, field, indent, is_item=key == "-"))
    if expected == "type.text" and isinstance(value, (list, dict)):
        return filled("advice.text", key=key)
    meant = meant_by(expected, value)
    if expected == "type.phone":
        return filled("advice.phone", key=key, value=meant if meant and is_phone(meant) else _EXAMPLES[expected])
    if meant is not None:
        return filled("advice.write", key=key, value=meant)
    if expected in _EXAMPLES:
        return filled("advice.like", key=key, value=_EXAMPLES[expected])
    return filled("advice.described", key=key, text=(field.description or "") if field else "")


def is_phone(text: str) -> bool:
    """Whether ``text`` is one or more telephone numbers, each perhaps with an extension."""
    return re.fullmatch(PHONES, text) is not None


def meant_by(expected: str, value: object) -> str | None:
    """``value`` as it should be written where ``expected`` is wanted, ``None`` if nobody can tell."""
    read = _TYPED.get(expected)
    return read(value) if read and isinstance(value, str) else None


def of_day(text: object, form: str, key: str) -> Words:
    """What to type for a date of the wrong form; ``form`` says which forms there are."""
    loosely = "/" in form
    written = text if isinstance(text, str) else ""
    meant = meaning.day(written, loosely=loosely)
    if meant is not None:
        return filled("advice.write", key=key, value=meant)
    month = meaning.month(written)
    if month is not None:
        return filled("advice.day", key=key, value=f"{month}-01")
    return filled("advice.date", form=form)


def of_far_day(key: str, is_open: bool) -> Words:
    """What to type for a day that is none of ours, or no day at all; ``is_open`` where there may be no end."""
    return filled("advice.open_end" if is_open else "advice.real_day", key=key, open=LONG_TERM)


def of_moment(text: object, key: str) -> Words:
    """What to type for a time of the wrong form."""
    meant = meaning.day_and_time(text) if isinstance(text, str) else None
    if meant is not None:
        return filled("advice.write", key=key, value=meant)
    return words("advice.moment")


def option(field: FieldInfo | None, text: object, options: tuple[str, ...]) -> str | None:
    """The one of ``options`` that ``text`` names in other words: those of the field's own description, or usual ones."""
    if not isinstance(text, str):
        return None
    described = (field.description or "") if field else ""
    pairs = {
        hit: each
        for each in options
        for hit in re.findall(rf"(?<![A-Za-z]){re.escape(each)}\s*([\u4e00-\u9fff]{{2,6}})", described)
    }
    return meaning.one_of(text, options, pairs | dict(meaning.STATUS))


def field_meant(key: str, known: Mapping[str, FieldInfo]) -> str | None:
    """The field of ``known`` that ``key`` names by its Chinese label."""
    return field_called(key, {name: field.title for name, field in known.items()})


def skeleton(key: str, field: FieldInfo, indent: int, *, is_item: bool = False) -> str:
    """The lines of a field as they have to be typed, with its required parts."""
    before = " " * indent
    part = part_of(field.annotation)
    if part is None:
        example = _example(field)
        if is_list(field.annotation) and not is_item:
            return f"{before}{key}:{NEW_LINE}{before}  - {example}"
        return f"{before}{key}: {example}"
    rows = [f"{name}: {_example(each)}" for name, each in part.model_fields.items() if each.is_required()]
    if is_item:
        return NEW_LINE.join(f"{before}{'- ' if not number else '  '}{row}" for number, row in enumerate(rows))
    if is_list(field.annotation):
        lines = [f"{before}  {'- ' if not number else '  '}{row}" for number, row in enumerate(rows)]
    else:
        lines = [f"{before}  {row}" for row in rows]
    return NEW_LINE.join([f"{before}{key}:", *lines])


def _example(field: FieldInfo) -> str:
    for each in unwrapped(field.annotation):
        if get_origin(each) is Literal and get_args(each) != (LONG_TERM,):
            return str(get_args(each)[0])
    schemas = [getattr(each, "json_schema", None) for each in markers_of(field)]
    schema: Mapping[str, Any] = next((each for each in schemas if each), {})
    if (
        any(isinstance(each, (Reference, Choice)) for each in markers_of(field))
        or "pattern" in schema
        and "a-z0-9" in str(schema["pattern"])
    ):
        return f"（{field.title or ''}，小写字母的编号）" if not schema.get("format") else "2024-05-01"
    schema = schema.get("anyOf", (schema,))[0]
    kind = schema.get("type")
    if schema.get("format") or "T" in str(schema.get("pattern", "")):
        return dict(_PLACEHOLDERS).get(str(schema.get("format")), "2024-05-01T15:00")
    if kind in ("integer", "number"):
        return str(max(int(schema.get("minimum", 0)), 2024) if schema.get("minimum") else "1")
    return {"boolean": "false"}.get(str(kind), f"（{field.title or ''}）")


def _as_list(key: str, value: object, field: FieldInfo, indent: int) -> str:
    """A list written as one text, in the form of lines with dashes."""
    if part_of(field.annotation) is not None or not isinstance(value, str):
        return skeleton(key, field, indent)
    rows = _dashes(value, indent + 2)
    return f"{' ' * indent}{key}:{NEW_LINE}{rows}" if rows else skeleton(key, field, indent)


def _items(value: str) -> list[str]:
    parts = (each.strip(" -—－・·") for each in re.split(r"[，、,；;\n]", value.strip("[]［］【】")))
    return [each for each in parts if each]


def _dashes(value: str, indent: int) -> str:
    return NEW_LINE.join(f"{' ' * indent}- {short(each)}" for each in _items(value))


def _first(value: object) -> str:
    return next(iter(_items(str(value))), "")
