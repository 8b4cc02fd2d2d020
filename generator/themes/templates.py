"""The environment in which templates run, and what they can call."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache as remembered
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from generator.messages import Language, followed, say
from generator.system.cache import Cache
from generator.text.addresses import LinkStyle, relative, to_root
from generator.text.dates import LONG_TERM
from generator.themes.compiled import Compiled
from generator.themes.sandbox import Sandbox
from generator.themes.titles import NO_TERMS, Terms

EXHIBITS = "exhibits"  # the folder of a theme with our own templates


def environment(
    theme: Path | Mapping[str, str],
    language: Language,
    links: LinkStyle = "site",
    scripts: Mapping[str, str] | None = None,
    cache: Cache | None = None,
) -> Sandbox:
    """The environment of our own templates: everything escaped, nothing undefined, addresses made relative.
    ``theme`` is its folder, or what its templates say by their names; ``scripts`` are those that a template may load with ``{{ script("name") }}``: name → address. ``cache`` keeps what was
    compiled."""
    env = Sandbox(
        loader=jinja2.FileSystemLoader(theme / EXHIBITS) if isinstance(theme, Path) else jinja2.DictLoader(theme),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=Compiled(cache, f"exhibits {language} {links}") if cache else None,
    )

    @jinja2.pass_context
    def here(context: jinja2.runtime.Context, address: str) -> str:
        return relative(context["page_address"], address, links)

    @jinja2.pass_context
    def srcset(context: jinja2.runtime.Context, source: Mapping[str, Any]) -> str:
        root = to_root(context["page_address"])
        return ", ".join(f"{root}{each['address']} {each['width']}w" for each in source["variants"])

    @jinja2.pass_context
    def script(context: jinja2.runtime.Context, name: str, *, at_once: bool = False) -> Markup:
        address = to_root(context["page_address"]) + (scripts or {})[name]
        return Markup('<script src="{}"{}></script>').format(address, "" if at_once else Markup(" defer"))

    @jinja2.pass_context
    def unbroken(context: jinja2.runtime.Context, title: str) -> str:
        return (context.get("terms") or NO_TERMS).marked(title)

    env.globals["script"] = script
    env.filters |= {
        "here": here,
        "srcset": srcset,
        "unbroken": unbroken,
        "day": lambda value: day(value, language),
        "paragraphs": paragraphs,
        "then": followed,
    }
    env.globals["is_first_picture"] = lambda: False
    env.globals["t"] = lambda key, **values: say(key, language, **values) if values else _wording(key, language)
    return env


@remembered
def _wording(key: str, language: Language) -> str:
    """The wording ``key``, marked as markup where that is the same, so that it is not escaped on every page."""
    text = say(key, language)
    return Markup(text) if escape(text) == text else text


def piece(env: Sandbox, file: str, macro: str, address: str, *given: Any, terms: Terms = NO_TERMS) -> str:
    """The markup that ``macro`` of a template ``file`` gives for ``given`` on the page at ``address``, where no title breaks
    inside ``terms``."""
    env.begin()
    module = env.get_template(file).make_module({"page_address": address, "terms": terms})
    return str(getattr(module, macro)(*given))


@remembered  # there are few days, and they stand on every card
def day(value: date | str | None, language: Language) -> Markup:
    """A date as read by people, marked up with the ISO form: 2024年5月1日, or less where less is known. What a preview
    shows may have none yet, and what is long-term says so."""
    if value is None or value == LONG_TERM:
        return Markup("{}").format(say("date.long_term" if value else "pending.undated", language))
    iso = value.isoformat() if isinstance(value, date) else value
    parts = [int(each) for each in iso.split("-")]
    if language == "zh":
        text = "".join(f"{number}{unit}" for number, unit in zip(parts, "年月日", strict=False))
    else:
        text = iso
    return Markup('<time datetime="{}">{}</time>').format(iso, text)


def paragraphs(text: str) -> Markup:
    """Plain text with its line breaks as paragraphs."""
    return Markup("").join(Markup("<p>{}</p>").format(line.strip()) for line in text.split("\n") if line.strip())
