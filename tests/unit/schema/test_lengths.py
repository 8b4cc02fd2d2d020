"""No field of words is without a bound, and what stands on cards, in lists and in navigations has a narrow one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from generator.config import SiteConfig
from generator.kinds import KINDS
from generator.schema.fields import LABEL_MOST, LINE_MOST, TEXT_MOST, TITLE_MOST, Label, Line, Part, Text, Title
from generator.schema.parts import text_fields
from tests.helpers.driver import SiteDriver

BOUNDS = {Text: TEXT_MOST, Line: LINE_MOST, Title: TITLE_MOST, Label: LABEL_MOST}


def _fields(model: type[Part], seen: frozenset[type[Part]] = frozenset()) -> Iterator[tuple[type[Part], str]]:
    for field in text_fields(model):
        if field.is_text:
            yield model, field.name
        if field.part is not None and field.part not in seen:
            yield from _fields(field.part, seen | {model})


EVERY = sorted({each for model in (*(kind.model for kind in KINDS), SiteConfig) for each in _fields(model)}, key=str)


def _bounds(value: Any) -> Iterator[bool]:
    """Whether each description of a text within a schema has a bound of some sort."""
    if isinstance(value, dict):
        if "string" in value.get("type", ()):
            yield bool({"maxLength", "pattern", "x-limit", "x-choices", "enum", "format"} & value.keys())
        for each in value.values():
            yield from _bounds(each)
    elif isinstance(value, list):
        for each in value:
            yield from _bounds(each)


@pytest.mark.parametrize(("model", "name"), EVERY, ids=lambda each: getattr(each, "__name__", each))
def test_every_field_of_words_says_how_long_it_may_be(model: type[Part], name: str) -> None:
    found = list(_bounds(model.model_json_schema()["properties"][name]))
    assert found and all(found)


@pytest.mark.parametrize("kind", BOUNDS, ids=("text", "line", "title", "label"))
def test_a_text_may_be_as_long_as_its_bound_and_no_longer(kind: Any) -> None:
    adapter, most = TypeAdapter(kind), BOUNDS[kind]
    assert len(adapter.validate_python("字" * most)) == most
    with pytest.raises(ValidationError) as error:
        adapter.validate_python("字" * (most + 1))
    assert error.value.errors()[0]["type"] == "length"


def test_a_field_that_is_too_long_is_told_once_with_its_place(small: SiteDriver) -> None:
    small.edit("brands/qingfeng/brand.yml", "title: 公开庭审", f"title: {'审' * (TITLE_MOST + 1)}").build()
    assert small.codes() == [("SCH-005", "brands/qingfeng/brand.yml", 19)]
    assert f"最多 {TITLE_MOST} 个字" in small.lines()[0]


def test_a_field_of_the_configuration_that_is_too_long_is_told(small: SiteDriver) -> None:
    text = (small.root / "site_config.yml").read_text("utf-8")
    small.write("site_config.yml", text.replace("name: 小城品牌展", f"name: {'展' * 61}", 1)).build()
    assert [code for code, path, _ in small.codes() if path == "site_config.yml"] == ["SCH-005"]
