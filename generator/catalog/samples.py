"""Sample content: what is made up to show how a page looks. It is marked on pages and blank in every form of the data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema, field_validator
from pydantic_core import PydanticCustomError

from generator.messages import Language
from generator.schema.fields import Part
from generator.schema.naming import title_of


def _sample(value: Any) -> Any:
    if isinstance(value, (list, tuple)) and all(isinstance(each, str) for each in value):
        return tuple(value)
    if value in ("true", "false"):
        return value == "true"
    if isinstance(value, bool):
        return value
    raise PydanticCustomError("expected", "expected", {"what": "type.sample"})


Sample = Annotated[
    Any,
    BeforeValidator(_sample),
    WithJsonSchema({"anyOf": [{"type": "boolean"}, {"type": "array", "items": {"type": "string"}}]}),
]


class Sampled(Part):
    """A record, or a part of one, whose field ``sample`` says that it is made up as a whole, or which of its fields."""

    @field_validator("sample", check_fields=False)
    @classmethod
    def _names_fields(cls, value: bool | tuple[str, ...]) -> bool | tuple[str, ...]:
        known = {name: field.title for name, field in cls.model_fields.items()}
        for name in value if isinstance(value, tuple) else ():
            if name not in known:
                raise PydanticCustomError("choice", "choice", {"text": name, "known": known})
        return value

    @property
    def is_sample(self) -> bool:
        """Whether all of it is made up."""
        return getattr(self, "sample", False) is True

    @property
    def sample_fields(self) -> tuple[str, ...]:
        """The names of the fields that are made up in what is otherwise true."""
        named = getattr(self, "sample", ())
        return named if isinstance(named, tuple) else ()

    def sample_titles(self, language: Language) -> Mapping[str, str]:
        """What people call those fields, by their names."""
        return {name: title_of(type(self), name, language) for name in self.sample_fields}

    def is_made_up(self, *names: str) -> bool:
        """Whether all of it or any of these fields is made up: where only a few are shown, a mark stands for those."""
        return self.is_sample or not set(names).isdisjoint(self.sample_fields)

    def shown(self, name: str) -> Any:
        """The value of a field as data pass it on: ``None`` where that field is made up. What is made up as a whole
        says so beside its values, which stay."""
        return None if name in self.sample_fields else getattr(self, name)
