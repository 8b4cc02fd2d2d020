"""The same as a page that needs nothing else: to be kept beside an archive, printed, and completed by hand.

Chinese comes first and English with it, for whoever reads it may know one of them. It has no script, asks nobody for
anything, and says no time: when it was looked at is written by whoever signs.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from html import escape

from generator import __version__
from generator.archive.verify.report import ASPECTS, Aspect, Report, State
from generator.messages import LANGUAGES, Language, say
from generator.privacy.masking import mask
from generator.problems import Problem
from generator.text.legible import in_line

_NUMERALS = "一二三四"
_STATES: tuple[State, ...] = ("passed", "warned", "failed", "manual")
_STYLE = """
:root { color-scheme: light dark; --paper: #fff; --ink: #1c1c1c; --soft: #4d4d4d; --line: #8a8a8a; --bad: #a3120f; --good: #1b5e20; --odd: #7a4b00 }
@media (prefers-color-scheme: dark) {
  :root { --paper: #161616; --ink: #ededed; --soft: #bdbdbd; --line: #7a7a7a; --bad: #ff9c94; --good: #8fd694; --odd: #f0c36d }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.7 system-ui, sans-serif; overflow-wrap: anywhere }
main, footer { max-width: 52rem; margin: 0 auto; padding: 1.5rem 1.25rem }
h1 { font-size: 1.75rem; line-height: 1.3; margin: 0 0 1rem }
h2 { font-size: 1.3rem; line-height: 1.4; margin: 2.5rem 0 .5rem; padding-top: 1rem; border-top: 2px solid var(--ink) }
[lang=en] { color: var(--soft); font-size: .9em }
h1 [lang=en], h2 [lang=en] { font-weight: normal }
dl { display: grid; grid-template-columns: minmax(6em, auto) 1fr; gap: .25rem 1rem; margin: 0 }
dt { color: var(--soft) } dd { margin: 0 }
ul { list-style: none; margin: 0; padding: 0 }
.items > li { display: grid; grid-template-columns: 7em 1fr; gap: 0 1rem; padding: .6rem 0; border-bottom: 1px solid var(--line) }
.state { font-weight: bold } .state [lang=en] { display: block; font-weight: normal }
.passed .state { color: var(--good) } .warned .state { color: var(--odd) } .failed .state { color: var(--bad) }
.item [lang=en] { display: block }
.problems { grid-column: 1 / -1 } .problems > li { border-left: 4px solid var(--bad); padding-left: .75rem; margin: .75rem 0 }
.problems > .warning { border-color: var(--odd) } .problems p { margin: .1rem 0 }
.result { border: 2px solid currentColor; padding: .6rem 1rem; margin: 1.25rem 0; font-weight: bold }
.result [lang=en] { display: block } .result.failed { color: var(--bad) } .result.warned { color: var(--odd) } .result.passed { color: var(--good) }
table { border-collapse: collapse; width: 100%; margin: 1rem 0 } caption { text-align: left; font-weight: bold }
th, td { border: 1px solid var(--line); padding: .35rem .5rem; text-align: left; vertical-align: top } td { font-variant-numeric: tabular-nums }
th [lang=en] { display: block; font-weight: normal } th { overflow-wrap: normal }
.hand { display: none; grid-column: 1 / -1; margin: .3rem 0 0 }
footer { border-top: 1px solid var(--line); color: var(--soft); font-size: .9rem }
@media (max-width: 30rem) { .items > li { grid-template-columns: 1fr } dl { grid-template-columns: 1fr } dd { margin-bottom: .5rem } th, td { padding: .3rem } th { font-size: .9rem } th [lang=en] { font-size: .7rem } }
@media print {
  :root { --paper: #fff; --ink: #000; --soft: #333; --line: #777; --bad: #000; --good: #000; --odd: #000 }
  @page { size: A4; margin: 18mm 16mm }
  body { font-size: 10pt } main, footer { max-width: none; padding: 0 } .hand { display: block } .items > li, .problems > li, tr { break-inside: avoid } h2 { break-after: avoid }
}
"""


def as_page(report: Report, path: str) -> str:
    """The page of a report of what lies at ``path``, ordered as the four tests of archives are. What it shows of names is
    masked and escaped as everywhere."""
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title = say("verify.page.title", "zh")
    name = escape(in_line(mask(path)))
    body = "\n".join((*_head(report, name), *_overview(report), *(line for each in ASPECTS for line in _aspect(report, each))))
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}：{name}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n"
        f"<footer><p>{_both('verify.page.foot', version=__version__)}</p></footer>\n</body>\n</html>\n"
    )


def _both(key: str, **values: object) -> str:
    """A wording in both languages, the English one marked as such."""
    return f'{escape(say(key, "zh", **values))} <span lang="en">{escape(say(key, "en", **values))}</span>'


def _head(report: Report, name: str) -> Iterator[str]:
    yield f"<h1>{_both('verify.page.title')}</h1>"
    rows = [
        ("path", f"<code>{name}</code>"),
        ("kind", _both(f"verify.kind.{report.kind}")),
        ("files", f"{report.files:,}"),
        ("bytes", f"{report.size:,}"),
    ]
    if report.parts:
        parts = (f"<li><code>{escape(in_line(mask(name)))}</code> {_both(f'verify.kind.{kind}')}</li>" for name, kind in report.parts)
        rows.append(("parts", f"<ul>{''.join(parts)}</ul>"))
    yield "<dl>"
    yield from (f"<dt>{_both(f'verify.page.{key}')}</dt><dd>{value}</dd>" for key, value in rows)
    yield "</dl>"
    warnings = sum(1 for each in report.problems if not each.is_error)
    errors = len(report.problems) - warnings
    state, key = ("failed", "failed") if errors else ("warned", "warned") if warnings else ("passed", "clean")
    yield f'<p class="result {state}">{_both(f"verify.{key}", errors=errors, warnings=warnings)}</p>'


def _overview(report: Report) -> Iterator[str]:
    """How many items of each of the four came out how."""
    heads = "".join(f'<th scope="col">{_both(f"verify.state.{each}")}</th>' for each in _STATES)
    yield f"<table><caption>{_both('verify.page.overview')}</caption>"
    yield f'<thead><tr><th scope="col">{_both("verify.page.aspect")}</th>{heads}</tr></thead><tbody>'
    for aspect in ASPECTS:
        states = [state for _, state in report.rows(aspect)]
        cells = "".join(f"<td>{states.count(each)}</td>" for each in _STATES)
        yield f'<tr><th scope="row">{_both(f"verify.aspect.{aspect}")}</th>{cells}</tr>'
    yield "</tbody></table>"
    yield f'<p class="hand">{_both("verify.page.signed")}</p>'


def _aspect(report: Report, aspect: Aspect) -> Iterator[str]:
    number = ASPECTS.index(aspect)
    zh, en = (say(f"verify.aspect.{aspect}", language) for language in ("zh", "en"))
    yield f'<section aria-labelledby="{aspect}">'
    yield f'<h2 id="{aspect}">{_NUMERALS[number]}、{escape(zh)} <span lang="en">{number + 1}. {escape(en)}</span></h2>'
    yield '<ul class="items">'
    for item, state in report.rows(aspect):
        yield f'<li class="{state}"><span class="state">{_both(f"verify.state.{state}")}</span>'
        yield f'<span class="item">{_both(f"verify.item.{item}")}</span>'
        if state == "manual":
            yield f'<p class="hand">{_both("verify.page.by_hand")}</p>'
        found = report.of(item)
        if found:
            yield f'<ul class="problems">{"".join(map(_problem, found))}</ul>'
        yield "</li>"
    yield "</ul></section>"


def _problem(each: Problem) -> str:
    place = in_line(mask(each.span.path)) + (f":{each.span.line}" if each.span.line else "")
    zh, en = (_told(each, language) for language in LANGUAGES)
    return f'<li class="{each.level}"><p><code>{escape(place)}</code> <strong>{each.code}</strong> {zh}</p><p lang="en">{en}</p></li>'


def _told(each: Problem, language: Language) -> str:
    """What is wrong and what to do, two paragraphs without the tags around them."""
    mark = ' lang="en"' if language == "en" else ""
    return f"{escape(each.text(language))}</p><p{mark}>{escape(say('cli.fix', language))}: {escape(each.remedy(language))}"
