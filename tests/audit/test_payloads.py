"""Payloads through the whole pipeline, in every text field and in stories, as a browser parses what comes out.

The checks refuse most of them; here they are off for markup, so that what holds is the escaping. ``EXHIBIT_PAYLOADS`` names a
folder of ``*.json`` files, lists of strings, that are tried beside the payloads of the tests: public collections are too
large and too variously licensed to lie here.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TypeVar

import pytest
from playwright.sync_api import Browser, Dialog, Page

from generator.kinds.brand import KIND
from generator.problems import Problem
from generator.schema import fields, parts
from generator.source.files import LINE_LIMIT, TEXT_LIMIT
from generator.story import read
from tests.helpers.driver import SiteDriver
from tests.helpers.growth import assert_ends_within
from tests.helpers.payloads import PAYLOADS, hung

MORE = os.environ.get("EXHIBIT_PAYLOADS")
SLOWEST = 5.0  # seconds for one payload
BRANDS = 150  # of one site

_FORMS = ("{0}", "前 {0} 后", "- {0}", "> {0}", "## {0}", "| {0} | b |\n| --- | --- |\n| c | {0} |", "a[^1]\n\n[^1]: {0}",
          "**{0}**", "[{0}](x.md)", "![{0}](x.png)", '[a](x.md "{0}")', "[a](<{0}>)", "[a]({0})", "<{0}>",
          "[r]: <{0}> '{0}'\n\n[r] ![r]", "`{0}`", "```{0}\n{0}\n```")  # fmt: skip

# What could run, load or lead astray, as the parser of a browser sees it; nothing of it is ours but what is named.
_ACTIVE = r"""(pages) => {
  const parser = new DOMParser(), found = [];
  const scripted = /^[\u0000-\u0020]*(?:j\s*a\s*v\s*a\s*s\s*c\s*r\s*i\s*p\s*t|vbscript|data|blob|file)\s*:/i;
  const ours = /^(?:\.\.\/)*(?:assets\/[a-z-]+\.[0-9a-f]{12}\.js|search\/|walls\/)/;
  for (const [name, html] of pages) {
    const tree = parser.parseFromString(html, "text/html");
    for (const each of tree.querySelectorAll("*")) {
      const tag = each.localName, type = each.getAttribute("type");
      if (["iframe", "object", "embed", "frame", "applet", "base", "portal", "math", "noscript", "style"].includes(tag) && name !== "404.html")
        found.push([name, tag]);
      if (tag === "script" && type !== "application/ld+json" && name !== "404.html" && !ours.test(each.getAttribute("src") || ""))
        found.push([name, "script " + each.outerHTML.slice(0, 80)]);
      if (tag === "meta" && /refresh|set-cookie/i.test(each.getAttribute("http-equiv") || "") && !/^[a-z]\//.test(name))
        found.push([name, "meta"]);
      if (tag === "form" && each.getAttribute("role") !== "search") found.push([name, "form"]);
      if (each.closest("svg") && !each.closest("svg").hasAttribute("aria-hidden") && !each.closest("svg").hasAttribute("role"))
        found.push([name, "svg"]);
      for (const {name: key, value} of each.attributes) {
        if (key.startsWith("on") || key === "style" || key === "srcdoc") found.push([name, tag + " " + key]);
        if (["href", "src", "action", "formaction", "xlink:href", "poster", "data", "srcset", "background"].includes(key)
            && scripted.test(value)) found.push([name, tag + " " + key + "=" + value.slice(0, 60)]);
      }
    }
  }
  return found;
}"""


def _payloads() -> tuple[str, ...]:
    more = [each for file in sorted(Path(MORE).glob("*.json")) for each in json.loads(file.read_text("utf-8"))] if MORE else []
    return tuple(dict.fromkeys(each.encode("utf-8", "replace").decode() for each in (*PAYLOADS, *more)))


ALL = _payloads()
Thing = TypeVar("Thing")


def batched(things: Sequence[Thing], size: int) -> Iterator[Sequence[Thing]]:
    """``things`` in parts of ``size``."""
    return (things[at : at + size] for at in range(0, len(things), size))


def _assert_inert(page: Page, pages: list[tuple[str, str]]) -> None:
    for some in batched(pages, 400):
        assert page.evaluate(_ACTIVE, list(some)) == []


@pytest.mark.browser
def test_the_eye_of_the_browser_sees_what_is_active(chromium: Browser) -> None:
    """The search itself can find: each of these is found."""
    page = chromium.new_page()
    for html in ("<img onerror=x>", "<a href=' java\tscript:x'>", "<p style=x>", "<iframe>", "<svg><a xlink:href=data:x>",
                 "<meta http-equiv=Refresh>", "<base href=x>", "<script>x</script>", "<form>", "<script src=//x>"):  # fmt: skip
        assert page.evaluate(_ACTIVE, [["x", html]]), html


@pytest.mark.browser
def test_in_stories_no_payload_comes_to_life(chromium: Browser) -> None:
    page, made, slowest = chromium.new_page(), [], (0.0, "")
    for payload in ALL:
        for at, form in enumerate(_FORMS):
            text = form.format(payload.replace("\r", " ").replace("\n", " ") if at else payload)
            started = perf_counter()
            made.append((f"{at}", hung(text)))
            slowest = max(slowest, (perf_counter() - started, text))
        if len(made) > 4_000:
            _assert_inert(page, made)
            made = []
    _assert_inert(page, made)
    assert_ends_within(SLOWEST, lambda: hung(slowest[1]))


# -- every text field of a brand, with the checks off ------------------------------------------------------------------


@pytest.fixture
def unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is refused, for its markup, its length or anything else that is told."""
    monkeypatch.setattr(Problem, "is_error", property(lambda each: False))
    monkeypatch.setattr(fields, "_MARKUP", re.compile(r"(?!)"))
    monkeypatch.setattr(fields, "_with_config", lambda value, info, marker: value)


MARKS = """id: {id}
name: {0}
slogan: {0}
aliases: [{0}]
unit: court
category: fazhi
year: 2024
status: published
published_on: 2024-05-01
established_on: 2023-03-01
logo: {{src: img/logo.png, alt: {0}, meaning: {0}, caption: {0}, credit: {0}, uses_party_emblem: false, parts: [{{at: [50, 50], text: {0}}}]}}
concept: {0}
connotation: {0}
title: {0}
background: {0}
method_code: {0}
practices:
  - {{title: {0}, body: {0}}}
  - {{title: {0}, body: {0}}}
results:
  - {{text: {0}}}
honours:
  - {{title: {0}, issuer: {0}, date: 2023-12}}
gallery:
  - {{src: img/hall.jpg, alt: {0}, caption: {0}, credit: {0}, licence: {0}}}
contact: {{office: {0}}}
sources:
  - {{title: {0}, where: {0}}}
revisions:
  - {{date: 2024-06-01, what: {0}, why: {0}}}
reviews:
  - {{stage: 初审, role: {0}, date: 2024-03-01}}
  - {{stage: 终审, role: {0}, date: 2024-04-01}}
"""
_LONG = frozenset({"concept", "background", "meaning", "body", "text"})


def _site(folder: Path, payloads: tuple[str, ...]) -> SiteDriver:
    site = SiteDriver.copy("good/small", folder)
    config = (site.root / "site_config.yml").read_text("utf-8")
    site.write("site_config.yml", config.replace("wall_page: 4", "wall_page: 200"))
    for at, payload in enumerate(payloads):
        id, line = f"p{at}", " ".join(f"x {payload}".split())
        if at:
            site.copy_folder("brands/qingfeng", f"brands/{id}")
            site.write(f"brands/{id}/brand.yml", MARKS.format(json.dumps(line), id=id))
            site.write(f"brands/{id}/story.md", f"{payload}\n\n## {line}\n\n- {line}\n\n[{line}](<{line}>)\n")
    return site


@pytest.mark.browser
@pytest.mark.usefixtures("unchecked")
def test_in_no_text_field_of_a_site_does_a_payload_come_to_life(chromium: Browser, tmp_path: Path) -> None:
    page, shown = chromium.new_page(), 0
    dialogs: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    visitor = chromium.new_page()
    visitor.on("dialog", dismiss)
    for number, some in enumerate(batched(ALL, BRANDS)):
        site = _site(tmp_path / str(number), ("", *some))
        site.build(keep_going=True)
        assert site.is_published()
        files = {name: content.decode() for name, content in site.files().items() if name.endswith(".html")}
        _assert_inert(page, list(files.items()))
        of_payloads = [name for name in files if re.fullmatch(r"brands/p\d+/index\.html", name)]
        shown += len(of_payloads)
        for name in ("index.html", "brands/index.html", *of_payloads[:: max(1, len(of_payloads) // 10)]):
            visitor.goto((site.out / name).as_uri())
            visitor.wait_for_timeout(30)
    assert dialogs == []
    assert shown >= len(ALL) * 0.9, (shown, len(ALL))


def test_every_text_field_of_a_brand_is_filled_with_a_payload() -> None:
    """Or named here with the reason why none gets into it."""

    def names(model: type[fields.Part]) -> Iterator[str]:
        for field in parts.text_fields(model):
            yield field.name
            yield from names(field.part) if field.part else ()

    assert {each for each in names(KIND.model) if f"{each}:" not in MARKS} == UNFILLED


UNFILLED = frozenset(
    {
        *("withdrawn_reason", "consent_ref", "emblem_review", "basis"),  # shown nowhere, or of records that are gone
        *("suppressions", "reason", "reviewer"),  # shown to who checks
        "phone",  # digits
    }
)


# -- cmark's pathological inputs (test/pathological_tests.py) ------------------------------------------------------------

PATHOLOGICAL = {
    "nested emphasis": "*a **a " * 13_000 + "b" + " a** a*" * 13_000,
    "closers without openers": "a_ " * 25_000,
    "openers without closers": "_a " * 25_000,
    "link closers": "a]" * 25_000,
    "link openers": "[a" * 25_000,
    "mismatched": "*a_ " * 25_000,
    "openers of links, closers of emphasis": "[ a_" * 25_000,
    "brackets": "[ (](" * 40_000,
    "pictures in nothing": "![[]()" * 40_000,
    "nested brackets": "[" * 25_000 + "a" + "]" * 25_000,
    "nested quotes": "> " * 25_000 + "a",
    "nested lists": "".join("  " * depth + "* a\n" for depth in range(500)),
    "backticks": "".join("e" + "`" * each for each in range(1, 700)),
    "unclosed links": "[a](<b" * 30_000,
    "unclosed links without brackets": "[a](b" * 30_000,
    "comments": "</" + "<!--" * 60_000,
    "empty lines in nested lists": "- " * 30_000 + "x" + "\n" * 30_000,
    "empty lines in lists in a quote": "> " + "- " * 30_000 + "x\n" + ">\n" * 3_000,
    "emphasis in a deep quote": ">" * 60_000 + "a*" * 60_000,
    "many references": "".join(f"[{each}]: u\n" for each in range(3_900)) + "[0] " * 5_000,
    "references of one name": "[a]: u\n" * 3_900 + "[a] " * 20_000,
    "notes": "[^a]" * 40_000 + "\n\n[^a]: x\n",
    "columns": "|" * 10_000 + "\n" + "|-" * 10_000 + "|\n",
    "rows": "|a|b|\n|-|-|\n" + "|x|y|\n" * 3_900,
    "tildes": "~~a " * 25_000,
    "entities": "&#x0;" * 40_000,
    "autolinks": "<https://a" * 20_000,
    "addresses": "a@b." * 40_000,
    "escapes": "\\" * 200_000,
    "nested pictures": "![" * 20_000 + "a" + "](x)" * 20_000,
    "alerts": "> [!NOTE]\n" * 3_900,
    "terms": "a\n: b\n" * 1_900,
    "tasks": "- [ ] a\n" * 3_900,
}


@pytest.mark.parametrize("name", PATHOLOGICAL)
def test_no_text_takes_long(name: str) -> None:
    text = PATHOLOGICAL[name][:TEXT_LIMIT]
    for width in (LINE_LIMIT, 1_900, 70):
        shaped = "\n".join(text[at : at + width] for at in range(0, len(text), width))[:TEXT_LIMIT]
        assert_ends_within(SLOWEST, partial(read, "s.md", shaped))
        story, _ = read("s.md", shaped)
        assert len(story.html) <= 20 * len(shaped) + 65_536
