"""Records with mistakes, filled in for further checks.

What is wrong is read as it was probably meant; what is missing, or cannot be guessed, gets two quite different good
values, one in each of two fillings. Both are whole records, so every check can be made of them, and what is found in
both holds whatever the missing values are. Nothing of a filling is ever published.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from generator.schema import advice, meaning
from generator.schema.fields import Part
from generator.schema.guesses import clearly_nearest, guess_field, nearest
from generator.schema.parts import fields_at
from generator.yaml.mending.lines import KeyPath

ROUNDS = 60  # how often a record is tried at most
SIDES = 2
# Good values of every kind of field, from both ends: one filling takes the first that fits, the other the last.
_VALUES: tuple[Any, ...] = (
    *("清晨的窗口", "filled-first", "true", "1", "2001", "2001-02-03", "2001-02-03T04:05", "0000-1234567"),
    *({}, [], "https://example.org/first", "a" * 64, "00:01", "0:01", "#111111", "2001-Q1", "Asia/Shanghai"),
    *("content/first", "#eeeeee", "23:59", "1:59:59", "b" * 64, "https://example.org/last", [], {}),
    *("0000-7654321", "2199-02-03T04:05", "2199-02-03", "2199", "90", "0", "false", "filled-last", "傍晚的石桥"),
)


def fillings(
    model: type[Part], value: Any, context: Mapping[str, Any] | None, given: Mapping[KeyPath, str] | None = None
) -> tuple[Any, ...]:
    """Two good records of ``model`` made of ``value``, or none if it is too far from one. ``given`` are values that
    are known from elsewhere, should theirs be wrong."""
    made = (_Filling(model, value, context, given or {}, side).make() for side in range(SIDES))
    found = tuple(each for each in made if each is not None)
    return found if len(found) == SIDES else ()


class _Filling:
    def __init__(
        self,
        model: type[Part],
        value: Any,
        context: Mapping[str, Any] | None,
        given: Mapping[KeyPath, str],
        side: int,
    ) -> None:
        self.model, self.context, self.given, self.side = model, context, given, side
        self.value = copy.deepcopy(value)
        self.asked: set[KeyPath] = set()
        self.told: set[KeyPath] = set()
        self.tried: dict[tuple[KeyPath, int], int] = {}  # how many of so many values were tried

    def make(self) -> Any | None:
        if not isinstance(self.value, dict):
            return None
        for _ in range(ROUNDS):
            try:
                return self.model.model_validate(self.value, context=self.context)
            except ValidationError as error:
                details = error.errors(include_url=False)
            if not all(self.replace(each) for each in details):
                return None
        return None

    def replace(self, error: ErrorDetails) -> bool:
        """Put something better where ``error`` is. ``False`` if there is no such place."""
        where = tuple(error["loc"])
        holder = self.holder(where)
        if holder is None:
            return False
        if error["type"] == "extra_forbidden":
            self.rename(holder, where)
            return True
        if error["type"] == "too_short" and isinstance(error["input"], (list, tuple)):
            held = holder[where[-1]] if isinstance(holder[where[-1]], list) else []
            holder[where[-1]] = [*held, {}]
            return True
        better = self.better(where, error)
        if better is None:
            return False
        holder[where[-1]] = better
        return True

    def holder(self, where: KeyPath) -> Any | None:
        """The collection in which the value at ``where`` stands."""
        holder = self.value
        for step in where[:-1]:
            try:
                holder = holder[step]
            except (KeyError, IndexError, TypeError):
                return None
        if not where or not isinstance(holder, (dict, list)):
            return None
        return holder if isinstance(holder, dict) or isinstance(where[-1], int) else None

    def rename(self, holder: Any, where: KeyPath) -> None:
        known = fields_at(self.model, where[:-1])
        value = holder.pop(where[-1])
        guess = guess_field(str(where[-1]), known)
        if guess is not None and guess not in holder:
            holder[guess] = value

    def better(self, where: KeyPath, error: ErrorDetails) -> Any | None:
        """What was meant, then what is given, then one good value after the other."""
        if where not in self.asked:
            self.asked.add(where)
            meant = self.meant(where, error)
            if meant is not None:
                return meant
        if where in self.given and where not in self.told:
            self.told.add(where)
            return self.given[where]
        values = _options(error) or _VALUES
        at = self.tried.get((where, len(values)), 0)
        self.tried[where, len(values)] = at + 1
        if at >= len(values):
            return None
        return copy.deepcopy(values[at] if self.side == 0 else values[-1 - at])

    def meant(self, where: KeyPath, error: ErrorDetails) -> Any | None:
        value, kind, context = error["input"], error["type"], error.get("ctx", {})
        if kind == "one_line" and isinstance(value, str):
            return " ".join(value.split())
        if kind == "markup" and isinstance(value, str):
            return re.sub("[<>]", "", value)
        if kind == "length" and isinstance(value, str) and context["actual"] > context["high"]:
            return value[: context["high"]]
        if not isinstance(value, str):
            return None
        if kind == "bad_date":
            return meaning.day(value, loosely="/" in context["form"])
        if kind == "bad_moment":
            return meaning.day_and_time(value)
        if kind == "expected":
            return advice.meant_by(context["what"], value)
        if kind == "choice":
            known = {name: id for id, name in context["known"].items()}
            return known.get(value) or nearest(value, tuple(context["known"]))
        if kind in ("literal_error", "enum"):
            fields, options = fields_at(self.model, where[:-1]), _options(error)
            return advice.option(fields.get(str(where[-1])), value, options) or clearly_nearest(value, options)
        return None


def _options(error: ErrorDetails) -> tuple[str, ...]:
    """The few values that alone are good, where there are only a few."""
    context = error.get("ctx", {})
    if error["type"] == "choice":
        return tuple(context["known"])
    if error["type"] in ("literal_error", "enum"):
        return tuple(re.findall(r"'([^']*)'", context["expected"]))
    return ()
