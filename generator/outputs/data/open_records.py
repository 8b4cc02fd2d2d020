"""Records as open data: what of a public record is handed out, and the JSON Schema that says so.

Left out are the fields that a part calls ``internal``, ids of what the public cannot see, and fields that are samples. A picture is given by its published forms, a story as the HTML that its page shows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache, partial
from typing import Any, ClassVar

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema

from generator.catalog.kind import Kind
from generator.catalog.model import Media, RecordData
from generator.catalog.record import Record
from generator.catalog.samples import Sampled
from generator.config import SiteConfig
from generator.kinds import PRESENTING
from generator.messages import Language, say
from generator.outputs.data.jsonschema import configured
from generator.problems import Span
from generator.schema.fields import Part
from generator.schema.naming import about_of, title_of
from generator.schema.validation import reference_paths
from generator.site.context import Page, Public, Site
from generator.site.presenter import WORDING, Presenter
from generator.text.dates import stamp
from generator.text.media_types import TYPES

_ROOT = Page("", "", "", Span("data"))  # links of stories are relative to the site's root
_ALWAYS = ("id", "title")


def public(record: Record, site: Site) -> dict[str, Any]:
    """``record`` as it is handed out. What has no value is left out; addresses are relative to the site's root."""
    data: RecordData = record.data
    kind = site.kinds[record.kind]
    address = kind.address(record.id) if kind.address else None
    made: dict[str, Any] = {"id": record.id, "title": data.heading}
    if address is not None and address.partition("#")[0] in site.plan.pages:
        made["page"] = address
    made |= _part(data, record, site, _ALWAYS)
    made |= PRESENTING[record.kind].opened(record, site)
    if record.story:
        made["story"] = site.story(record.story, _ROOT, enlarges=False)
    return made if data.sample is not False else {key: value for key, value in made.items() if key != "sample"}


def _part(part: Part, record: Record, public: Public, skipped: Collection[str] = ()) -> dict[str, Any]:
    made: dict[str, Any] = {}
    shown = part.shown if isinstance(part, Sampled) else partial(getattr, part)
    for name, target in _open_fields(type(part)):
        value = shown(name)
        if value is None or value == () or name in skipped:
            continue
        if target:
            value = _seen(value, target, public)
        value = value if type(value) is str else _value(value, record, public)
        if value is not None and value != []:
            made[name] = value
    if isinstance(part, Media):
        made |= _picture(part, record, public)
    return made


def _picture(media: Media, record: Record, public: Public) -> dict[str, Any]:
    view = public.picture(record, media)
    if view is None:
        return {}
    fallback = {"address": view["address"], "width": view["width"], "type": view["type"]}
    made = [{**each, "type": source["type"]} for source in view["sources"] for each in source["variants"]]
    return {"files": [*made, fallback], "width": view["width"], "height": view["height"]}


def _value(value: Any, record: Record, public: Public) -> Any:
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, Part):
        return _part(value, record, public)
    if isinstance(value, (tuple, list)):
        return [_value(each, record, public) for each in value]
    if isinstance(value, Mapping):
        return {str(key): _value(each, record, public) for key, each in value.items()}
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime):
        return stamp(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _seen(value: Any, kind: str, public: Public) -> Any:
    """The ids of ``value`` without those of what the public cannot see."""
    if isinstance(value, str):
        return value if public.catalog.get(kind, value) else None
    return [each for each in value if public.catalog.get(kind, each)]


@cache
def _open_fields(part: type[Part]) -> tuple[tuple[str, str | None], ...]:
    """The fields of ``part`` that are handed out, each with the kind of record that it names, if it does."""
    closed = part.internal | ({"src"} if issubclass(part, Media) else set())
    targets = _targets(part)
    return tuple((name, targets.get(name)) for name in part.model_fields if name not in closed)


@cache
def _targets(part: type[Part]) -> Mapping[str, str]:
    """The fields of ``part`` itself that name other records, with the kind they name."""
    return {str(path[0]): kind for path, kind in reference_paths(part) if path[1:] in ((), ("*",))}


class _OpenSchema(GenerateJsonSchema):
    """Schemas of what ``public`` gives for a model, their words in ``language``."""

    language: ClassVar[Language]

    def model_schema(self, schema: Any) -> JsonSchemaValue:
        """See ``GenerateJsonSchema``: the schema of one model."""
        made = super().model_schema(schema)
        model = schema["cls"]
        if not issubclass(model, Part):
            return made
        optional = {*_targets(model), *(model.model_fields if issubclass(model, Sampled) else ())}
        given = made.get("properties", {})
        named = [name for name, _ in _open_fields(model) if name in given]
        said = {name: _said(model, name, self.language) for name in named}
        properties = {name: {**_open_property(given[name], name in optional), **said[name]} for name in named}
        required = [name for name in made.get("required", ()) if name in properties and name not in optional]
        if issubclass(model, RecordData):
            properties = _record_properties(self.language) | {name: each for name, each in properties.items() if name not in _ALWAYS}
            required = [*_ALWAYS]
        if issubclass(model, Media):
            properties |= _picture_properties(self.language)
        made = {key: value for key, value in made.items() if key not in ("description", "required")}
        return made | {"properties": properties} | ({"required": required} if required else {})


def _open_property(schema: Mapping[str, Any], is_optional: bool) -> dict[str, Any]:
    """The schema of a field where absence is said by leaving it out, never by ``null``."""
    made = {key: value for key, value in schema.items() if key != "default"}
    some = [each for each in made.get("anyOf", ()) if each.get("type") != "null"]
    if len(some) == 1:
        made = {**some[0], **{key: value for key, value in made.items() if key != "anyOf"}}
    if is_optional:
        made.pop("minItems", None)
    return made


class _ChineseSchema(_OpenSchema):
    language = "zh"


class _EnglishSchema(_OpenSchema):
    language = "en"


_IN: Mapping[Language, type[_OpenSchema]] = {"zh": _ChineseSchema, "en": _EnglishSchema}


def _said(model: type[Part], name: str, language: Language) -> dict[str, str]:
    given = {"title": title_of(model, name, language), "description": about_of(model, name, language)}
    return {key: text for key, text in given.items() if text}


def _labelled(key: str, language: Language, **schema: Any) -> dict[str, Any]:
    key = f"data.field.{key}"
    return {**schema, "title": say(key, language), "description": say(f"{key}.about", language)}


def _worded(node: Any, language: Language) -> Any:
    """A schema that a kind gives, its marks turned into the wordings they name."""
    if isinstance(node, list):
        return [_worded(each, language) for each in node]
    if not isinstance(node, Mapping):
        return node
    made = {key: _worded(value, language) for key, value in node.items() if key != WORDING}
    if WORDING in node:
        made |= {"title": say(node[WORDING], language), "description": say(f"{node[WORDING]}.about", language)}
    return made


def _record_properties(language: Language) -> dict[str, Any]:
    return {
        "id": _labelled("id", language, type="string"),
        "title": _labelled("title", language, type="string"),
        "page": _labelled("page", language, type="string"),
        "story": _labelled("story", language, type="string", contentMediaType=TYPES["html"]),
    }


def _picture_properties(language: Language) -> dict[str, Any]:
    file = {
        "type": "object",
        "properties": {"address": {"type": "string"}, "width": {"type": "integer"}, "type": {"type": "string"}},
        "required": ["address", "width", "type"],
        "additionalProperties": False,
    }
    return {
        "files": _labelled("files", language, type="array", items=file),
        "width": _labelled("width", language, type="integer"),
        "height": _labelled("height", language, type="integer"),
    }


def schemas(presenters: Iterable[Presenter], config: SiteConfig) -> tuple[dict[str, Any], dict[str, Any]]:
    """By the name of each kind the schema of its public records, and the definitions these refer to."""
    listed = list(presenters)
    made, whole = models_json_schema(
        [(each.kind.model, "serialization") for each in listed],
        schema_generator=_IN[config.words],
        ref_template="#/$defs/{model}",
    )
    entries = {each.kind.name: dict(made[each.kind.model, "serialization"]) for each in listed}
    definitions = whole.get("$defs", {})
    for each in listed:
        if each.opened_schema:
            model = definitions[entries[each.kind.name]["$ref"].rpartition("/")[2]]
            model["properties"] = {**model["properties"], **_worded(each.opened_schema, config.words)}
    used = _used(entries, definitions)
    return entries, configured(used, config.choices, config.context["limits"])


def _used(entries: Any, definitions: Mapping[str, Any]) -> dict[str, Any]:
    """The definitions that ``entries`` refer to, also by way of others."""
    found: set[str] = set()
    waiting = [entries]
    while waiting:
        new = {name for name in _references(waiting.pop()) if name not in found}
        found |= new
        waiting += [definitions[name] for name in new]
    return {name: each for name, each in definitions.items() if name in found}


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"].rpartition("/")[2]
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from _references(each)


def records(site: Site) -> Iterator[tuple[Kind, Iterator[dict[str, Any]]]]:
    """Every kind with its public records, each kind in its order."""
    for kind in site.kinds.values():
        yield kind, (public(each, site) for each in site.catalog.all(kind.name))
