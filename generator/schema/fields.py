"""The types that the fields of records are made of.

Strings come in, typed values go out. Each type carries its JSON Schema, so an editor that reads the exported schema
explains and completes a field with the same words the checker uses. A value that does not fit raises a named fault,
which ``schema`` turns into a problem.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from generator.privacy.masking import mask_quoted
from generator.text import dates
from generator.text.destinations import REFUSED, misleading
from generator.text.pathnames import is_reserved

_MARKUP = re.compile(r"<[A-Za-z/!?][^>\n]{0,40}>?")
_ID = re.compile(r"\A[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_ADDRESS = re.compile(r"\A(?:https?://[^/\\\s]|mailto:[^\s]+@|tel:[+0-9])[^\s\\]*\Z", re.IGNORECASE)
_ONE_PHONE = r"[0-9+() -]{3,30}(?:转[0-9]{1,6})?"
PHONES = rf"{_ONE_PHONE}(?:、{_ONE_PHONE}){{0,4}}"  # several numbers, each perhaps with an extension
ID_LIMIT = 60
ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_GIVEN: set[str] = set()
_give = object.__setattr__


class Part(BaseModel):
    """Base of every model that is read from a source file: nothing unknown, nothing changed afterwards.

    ``internal`` names the fields that are never handed out as data, wherever they stand; a part adds its own. Nobody asks
    which fields were given, and a set of them for each part would be a seventh of what a site takes, so all share one.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
    internal: ClassVar[frozenset[str]] = frozenset(
        {"status", "reviews", "emblem_review", "consent_ref", "suppressions", "withdrawn_on", "withdrawn_reason"}
    )

    def model_post_init(self, context: Any) -> None:
        """See above."""
        _give(self, "__pydantic_fields_set__", _GIVEN)

    def __getstate__(self) -> Any:
        return self.__dict__, self.__pydantic_private__

    def __setstate__(self, state: Any) -> None:
        values, private = state
        _give(self, "__pydantic_fields_set__", _GIVEN)
        _give(self, "__pydantic_extra__", None)
        _give(self, "__pydantic_private__", private)
        _give(self, "__dict__", values)


@dataclass(frozen=True, slots=True)
class Reference:
    """Marks a string as the id of a record of ``kind``."""

    kind: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Marks a string as one of the ids that the site's configuration lists under ``name``."""

    name: str


@dataclass(frozen=True, slots=True)
class Limit:
    """Marks a string whose length in characters the site's configuration bounds under ``name``."""

    name: str


@dataclass(frozen=True, slots=True)
class Prose:
    """Marks a string as words that somebody reads as they are written."""


PROSE = Prose()


@dataclass(frozen=True, slots=True)
class Destination:
    """Marks a string as an address of something outside."""


DESTINATION = Destination()


def fault(kind: str, **values: Any) -> PydanticCustomError:
    """The error that says a value does not fit, by the name that ``schema`` has a problem for."""
    return PydanticCustomError(kind, kind, values)


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        hit = _MARKUP.search(value)
        if hit:
            raise fault("markup", needle=hit.group(), shown=mask_quoted(value)[hit.start() : hit.end()])
    return value


LINE_MOST, TEXT_MOST = (
    300,
    20_000,
)  # characters; nobody reads a longer line, and a film of an hour has a shorter transcript
TITLE_MOST, LABEL_MOST = 60, 40  # four lines of a card on a phone; an item of a navigation, a tag, a short name
CAPTION_MOST = 120  # two sentences, what is read standing
PANEL_MOST = 200  # three sentences, what is read between two things
WORD_LEAST, WORD_MOST = 2, 8  # a longer one that no title breaks inside leaves ragged lines, and has no room on a phone


def _at_most(most: int, least: int = 1) -> Any:
    def check(value: str) -> str:
        if not least <= len(value) <= most:
            raise fault("length", low=least, high=most, actual=len(value))
        return value

    return AfterValidator(check)


def _words(most: int, least: int = 1) -> Any:
    return WithJsonSchema({"type": "string", "minLength": least, "maxLength": most})


def _some_text(value: str) -> str:
    """Text without blanks around it. Blanks alone, also wide ones, are as good as nothing."""
    if not value.strip():
        raise fault("blank")
    return value.strip()


def _one_line(value: str) -> str:
    if "\n" in value.strip():
        raise fault("one_line")
    return " ".join(value.split())


def number_of(text: str, digits: int, decimals: int) -> Decimal:
    """The number that ``text`` is, with at most so many digits before and behind the point. Nothing longer is ever
    computed with. Raises the fault of what is no number or too long."""
    written = re.fullmatch(r"-?([0-9]+)(?:\.([0-9]+))?", text)
    if written is None or (written[2] and not decimals):
        raise fault("expected", what="type.number" if decimals else "type.integer")
    if len(written[1]) > digits or len(written[2] or "") > decimals:
        raise fault("too_long", text=short(text), digits=digits, decimals=decimals)
    return abs(Decimal(text)) if not Decimal(text) else Decimal(text)  # nobody means a zero below zero


def _digits(value: Any) -> Any:
    return int(number_of(value, 12, 0)) if isinstance(value, str) else value


def _number(value: Any) -> Any:
    return number_of(value, 15, 6) if isinstance(value, str) else value


def _spot(value: Any) -> Any:
    if not isinstance(value, list | tuple) or len(value) != 2 or not all(isinstance(each, str | Decimal) for each in value):
        raise fault("expected", what="type.spot")
    try:
        spot = tuple(_number(each) for each in value)
    except PydanticCustomError as error:
        raise fault("expected", what="type.spot") from error
    if not all(0 <= each <= WHOLE for each in spot):
        raise fault("own", code="IMG-013", text=short(", ".join(f"{each:f}" for each in spot)))
    return spot


def _flag(value: Any) -> Any:
    if isinstance(value, str) and value not in ("true", "false"):
        raise fault("expected", what="type.flag")
    return value


def _day(value: Any) -> Any:
    return _read_day(value, is_open=False)


def _read_day(value: Any, *, is_open: bool) -> Any:
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise fault("bad_date", text=short(value), form="2024-05-01")
    if dates.means_open(value):
        raise fault("open_end", text=short(value), is_open=is_open)
    try:
        return dates.day_of(value)
    except dates.Unreadable as error:
        raise _undated(value, error.reason, is_open=is_open) from None


def _undated(value: str, reason: dates.Reason, form: str = "2024-05-01", *, is_open: bool = False) -> Exception:
    if reason == "years":
        return fault("far_date", text=short(value), is_open=is_open)
    return fault("bad_date" if reason == "form" else "no_such_date", text=short(value), form=form)


def _end(value: Any) -> Any:
    return value if value == dates.LONG_TERM else _read_day(value, is_open=True)


def _end_or_none(value: Any) -> Any:
    return None if value is None or value == dates.LONG_TERM else _read_day(value, is_open=True)


def _loose_day(value: Any) -> Any:
    form = "2024 / 2024-05 / 2024-05-01"
    if not isinstance(value, str):
        raise fault("bad_date", text=short(value), form=form)
    if dates.means_open(value):
        raise fault("open_end", text=short(value), is_open=False)
    is_loose = re.fullmatch(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?", value)
    try:
        dates.day_of((value + "-01-01")[:10] if is_loose else value)
    except dates.Unreadable as error:
        raise _undated(value, error.reason, form) from None
    return value


def _moment(value: Any, info: ValidationInfo) -> Any:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str):
        raise fault("bad_moment", text=short(value))
    if dates.means_open(value):
        raise fault("open_end", text=short(value), is_open=False)
    try:
        return dates.moment_of(value, (info.context or {}).get("zone", UTC))
    except dates.Unreadable as error:
        raise fault("far_date" if error.reason == "years" else "bad_moment", text=short(value), is_open=False) from None


def _id(value: str) -> str:
    if not _ID.match(value) or len(value) > ID_LIMIT:
        raise fault("bad_id", text=short(value), why="id.form")
    if is_reserved(value):
        raise fault("bad_id", text=value, why="id.reserved")
    return value


def outside_address(value: str) -> str:
    """``value`` if it may be the address of something outside: http(s), mailto or tel. Raises the fault of others."""
    if not _ADDRESS.match(value):
        raise fault("bad_address", needle=value)
    return leading_where_it_says(value)


def leading_where_it_says(value: str) -> str:
    """``value`` unless it leads to another host than a reader takes it for. Raises the fault of that."""
    code = misleading(value)
    if code in REFUSED:
        raise fault("misleading", code=code, needle=value)
    return value


def _phone(value: str) -> str:
    if not re.fullmatch(PHONES, value):
        raise fault("expected", what="type.phone")
    return value


def matches(pattern: str, text: str) -> bool:
    """Whether the whole of ``text`` fits ``pattern``."""
    return re.fullmatch(pattern, text) is not None


def short(value: object) -> str:
    """``value`` as it is quoted in a message, at most 30 characters; masked first, as half a number can still be read."""
    text = mask_quoted(str(value))
    return text if len(text) <= 30 else text[:29] + "…"


def _with_config(value: str, info: ValidationInfo, marker: Choice | Limit) -> str:
    if info.context is None:
        return value
    if isinstance(marker, Choice):
        known = info.context["choices"][marker.name]
        if value not in known:
            raise fault("choice", text=short(value), known=known)
        return value
    low, high = info.context["limits"][marker.name]
    if not low <= len(value) <= high:
        raise fault("length", low=low, high=high, actual=len(value))
    return value


def choice(name: str) -> Any:
    """The type of a string that must be one of the configured ids under ``name``."""
    marker = Choice(name)
    check = AfterValidator(lambda value, info: _with_config(value, info, marker))
    return Annotated[Line, check, marker, WithJsonSchema({"type": "string", "x-choices": name})]


def limited(name: str) -> Any:
    """The type of a one-line text whose length the configuration bounds under ``name``."""
    marker = Limit(name)
    check = AfterValidator(lambda value, info: _with_config(value, info, marker))
    return Annotated[Line, check, marker, WithJsonSchema({"type": "string", "x-limit": name})]


def _one_id(value: str) -> str:
    if re.search("[，、；;,]", value):
        raise fault("expected", what="type.one_id")
    return value


def reference(kind: str) -> Any:
    """The type of a string that names a record of ``kind``."""
    return Annotated[
        Line,
        AfterValidator(_one_id),
        Reference(kind),
        WithJsonSchema({"type": "string", "pattern": ID_PATTERN, "x-reference": kind}),
    ]  # the catalog says more of a wrong one than its form could


_YEARS = r"(19|20|21)\d{2}"
_DATE = {"type": "string", "format": "date", "pattern": rf"^{_YEARS}-\d{{2}}-\d{{2}}$"}
_LOOSE_DATE = {"type": ["string", "integer"], "pattern": rf"^{_YEARS}(-\d{{2}}(-\d{{2}})?)?$"}
_OPEN = {"anyOf": [_DATE, {"type": "string", "const": dates.LONG_TERM}]}
_OPEN_OR_NONE = {"anyOf": [*_OPEN["anyOf"], {"type": "null"}]}
_MOMENT = {"type": "string", "pattern": rf"^{_YEARS}-" + r"\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?$"}

Text = Annotated[str, AfterValidator(_some_text), AfterValidator(_plain), _at_most(TEXT_MOST), _words(TEXT_MOST), PROSE]
_AnyLine = Annotated[str, AfterValidator(_some_text), AfterValidator(_one_line), AfterValidator(_plain), PROSE]
Line = Annotated[_AnyLine, _at_most(LINE_MOST), _words(LINE_MOST)]
Title = Annotated[_AnyLine, _at_most(TITLE_MOST), _words(TITLE_MOST)]  # what cards, lists and the head of a page show
Label = Annotated[_AnyLine, _at_most(LABEL_MOST), _words(LABEL_MOST)]  # what stands in a chip or a navigation
Word = Annotated[_AnyLine, _at_most(WORD_MOST, WORD_LEAST), _words(WORD_MOST, WORD_LEAST)]  # what no title breaks inside
Caption = Annotated[_AnyLine, _at_most(CAPTION_MOST), _words(CAPTION_MOST)]  # what hangs beside an exhibit
Panel = Annotated[_AnyLine, _at_most(PANEL_MOST), _words(PANEL_MOST)]  # what stands between two exhibits
Id = Annotated[str, AfterValidator(_id), WithJsonSchema({"type": "string", "pattern": ID_PATTERN})]
Address = Annotated[
    str, AfterValidator(outside_address), WithJsonSchema({"type": "string", "format": "uri"}), DESTINATION
]
Phone = Annotated[str, AfterValidator(_phone), WithJsonSchema({"type": "string", "pattern": f"^{PHONES}$"}), PROSE]
Flag = Annotated[bool, BeforeValidator(_flag), WithJsonSchema({"type": "boolean"})]
Whole = Annotated[int, BeforeValidator(_digits), WithJsonSchema({"type": "integer"})]
Number = Annotated[Decimal, BeforeValidator(_number), WithJsonSchema({"type": "number"})]  # keeps the decimals written
WHOLE = 100  # per cent
_PERCENT = {"type": "number", "minimum": 0, "maximum": WHOLE}
Spot = Annotated[  # a point of a picture: per cent of its width from the left, of its height from the top
    tuple[Decimal, Decimal],
    BeforeValidator(_spot),
    WithJsonSchema({"type": "array", "items": _PERCENT, "minItems": 2, "maxItems": 2}),
]
Year = Annotated[
    int,
    Field(ge=dates.FIRST_YEAR, le=dates.LAST_YEAR),
    BeforeValidator(_digits),
    WithJsonSchema({"type": "integer", "minimum": dates.FIRST_YEAR, "maximum": dates.LAST_YEAR}),
]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema(_DATE)]
End = Annotated[dates.End, BeforeValidator(_end), WithJsonSchema(_OPEN)]  # a day, or 长期 where there is no end
Until = Annotated[  # the same where nothing need be written: 长期 is read as nothing
    date | None,
    BeforeValidator(_end_or_none),
    WithJsonSchema(_OPEN_OR_NONE, mode="validation"),
    WithJsonSchema(_DATE, mode="serialization"),
]
Moment = Annotated[datetime, BeforeValidator(_moment), WithJsonSchema(_MOMENT)]  # aware; without a zone, the site's
LooseDay = Annotated[str, BeforeValidator(_loose_day), WithJsonSchema(_LOOSE_DATE)]

