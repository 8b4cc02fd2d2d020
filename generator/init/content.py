"""What a new site consists of: files of ``template/``, the guides that come with the program, and its schemas."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2

import generator
from generator import config as configuration
from generator.kinds import BY_NAME, KINDS
from generator.ledger.tombstones import TOMBSTONES
from generator.messages import Language, say
from generator.outputs.data import jsonschema
from generator.problems import Problem, any_errors
from generator.system import resources

TEMPLATE = Path(__file__).parent / "template"
SCHEMA_FOLDER = "docs/schema"
GUIDES = ("content-guide", "season-guide", "hosting", "reviewing", "archiving", "verifying", "without-make", "fields", "checks", "commands", "data")
_READMES: Mapping[Language, str] = {"zh": "README.zh.md", "en": "README.en.md"}
_SECTIONS = ("brand", "project", "exhibition", "video", "release", "report", "pioneer")  # as in the navigation
_CODES: Mapping[Language, str] = {"zh": "zh-CN", "en": "en"}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a city says of its new site. Without ``organiser`` none is named; ``site_id`` is never changed again."""

    name: str
    language: Language = "zh"
    organiser: str | None = None
    examples: bool = True
    site_id: str | None = None


def fill(folder: Path, wishes: Wishes) -> tuple[Problem, ...]:
    """Write the new site into the empty ``folder``. What is wrong with the wishes comes back as problems of the
    configuration made from them; the folder is then not complete."""
    for path, text in _texts(wishes):
        _write(folder / path, text)
    config, _, problems = configuration.load(folder)
    if config is None or any_errors(problems):
        return problems
    for name, text in jsonschema.all_schemas(config).items():
        _write(folder / SCHEMA_FOLDER / name, text)
    for guide in _guides():
        shutil.copyfile(guide, folder / "docs" / guide.name)
    if wishes.examples:
        shutil.copytree(TEMPLATE / "examples", folder, dirs_exist_ok=True, copy_function=shutil.copyfile)
    return ()


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8", newline="\n")


def _texts(wishes: Wishes) -> Iterator[tuple[str, str]]:
    """Path → text of everything that depends on the wishes."""
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATE / "base"),
        autoescape=False,  # noqa: S701  plain text files; what goes into YAML is quoted by its filter
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters["yaml"] = quoted
    env.globals["t"] = lambda key: say(key, wishes.language)
    given = _given(wishes)
    for file in sorted((TEMPLATE / "base").rglob("*")):
        name = file.relative_to(TEMPLATE / "base").as_posix()
        if file.is_file() and name not in _READMES.values():
            yield name.replace("dot-", "."), env.get_template(name).render(given)
    yield "README.md", env.get_template(_READMES[wishes.language]).render(given)
    yield ".vscode/settings.json", _as_json(_editor_settings())
    yield ".vscode/extensions.json", _as_json({"recommendations": ["redhat.vscode-yaml"]})


def _given(wishes: Wishes) -> dict[str, Any]:
    return {
        "name": wishes.name,
        "description": say("init.description", wishes.language, name=wishes.name),
        "organiser": wishes.organiser,
        "examples": wishes.examples,
        "site_id": wishes.site_id,
        "lang": wishes.language,
        "language": _CODES[wishes.language],
        "navigation": list(_navigation(wishes)),
        "version": generator.__version__,
    }


def _navigation(wishes: Wishes) -> Iterator[tuple[str, str]]:
    for name in _SECTIONS:
        yield say(f"init.section.{name}", wishes.language), BY_NAME[name].index
    yield say("init.section.years", wishes.language), "years/"
    yield say("init.section.units", wishes.language), "units/"
    if wishes.examples:
        yield say("init.section.about", wishes.language), "about/"


def _editor_settings() -> dict[str, Any]:
    """Settings that switch the schemas on. The editor asks nobody else for schemas and reports nothing."""
    schemas = {
        f"./{SCHEMA_FOLDER}/{jsonschema.CONFIG_SCHEMA}.json": configuration.CONFIG_FILE,
        f"./{SCHEMA_FOLDER}/{jsonschema.TOMBSTONE_SCHEMA}.json": TOMBSTONES,
    }
    for kind in KINDS:
        if kind.layout.form != "markdown":
            pattern = kind.layout.pattern.replace("{id}", "*").replace("{year}", "*")
            schemas[f"./{SCHEMA_FOLDER}/{jsonschema.file_name(kind.name)}"] = pattern
    return {
        "yaml.schemas": schemas,
        "yaml.schemaStore.enable": False,
        "redhat.telemetry.enabled": False,
        "[yaml]": {"editor.insertSpaces": True, "editor.tabSize": 2},
        "files.encoding": "utf8",
        "files.eol": "\n",
    }


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _guides() -> Iterator[Path]:
    for name in GUIDES:
        yield from sorted(resources.GUIDES.glob(f"{name}*.md"))


def quoted(value: str) -> str:
    """``value`` as YAML writes it: plain where it is nothing but Chinese words, else in quotation marks."""
    is_plain = value.isalpha() and not any(each.isascii() for each in value)
    return value if is_plain else json.dumps(value, ensure_ascii=False)
