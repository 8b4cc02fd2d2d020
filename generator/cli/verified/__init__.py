"""What a verification found, for a person and for a program."""

from __future__ import annotations

import json
from typing import Any

from generator.archive.verify.report import ASPECTS, Report
from generator.cli.console import Screen
from generator.messages import LANGUAGES, Language, say
from generator.privacy.masking import mask
from generator.problems import Problem, in_order
from generator.text.legible import in_line

FORMAT, VERSION = "exhibit-verification", 1
_STYLES = {"passed": "green", "warned": "yellow", "failed": "red", "manual": ""}
_NUMERALS = "一二三四"


def write_text(report: Report, path: str, language: Language, screen: Screen) -> None:
    """The report by its four aspects; below each item its problems."""
    kind = say(f"verify.kind.{report.kind}", language)
    screen.say(say("verify.head", language, path=path, kind=kind, files=report.files, size=report.size), "bold")
    for name, part in report.parts:
        screen.say(f"  {say('verify.part', language, path=in_line(name), kind=say(f'verify.kind.{part}', language))}")
    for number, aspect in enumerate(ASPECTS):
        title = say(f"verify.aspect.{aspect}", language)
        screen.say(f"{_NUMERALS[number]}、{title}" if language == "zh" else f"{number + 1}. {title}", "bold")
        for item, state in report.rows(aspect):
            text = f"{say(f'verify.state.{state}', language)}  {say(f'verify.item.{item}', language)}"
            screen.say(f"  {text}", _STYLES[state])
            for each in report.of(item):
                _write_problem(each, language, screen)
    warnings = sum(1 for each in report.problems if not each.is_error)
    errors = len(report.problems) - warnings
    key = "verify.failed" if errors else "verify.warned" if warnings else "verify.clean"
    screen.say(say(key, language, errors=errors, warnings=warnings), "bold" if errors else "green")


def _write_problem(each: Problem, language: Language, screen: Screen) -> None:
    style = "red" if each.is_error else "yellow"
    screen.say_parts(("    ", ""), (_place(each), "bold"), (f" {each.code}", style), (f" {each.text(language)}", ""))
    screen.say(f"      {say('cli.fix', language)}: {each.remedy(language)}")


def _place(each: Problem) -> str:
    place = in_line(mask(each.span.path))
    return f"{place}:{each.span.line}" if each.span.line else place


def as_json(report: Report, path: str) -> str:
    """The same for programs, with everything in both languages. The shape is described in ``docs/verifying.md``."""
    value = {
        "format": FORMAT,
        "version": VERSION,
        "path": in_line(mask(path)),
        "kind": report.kind,
        "parts": [{"path": in_line(mask(name)), "kind": kind} for name, kind in report.parts],
        "files": report.files,
        "bytes": report.size,
        "result": "failed" if report.has_failed else "passed",
        "aspects": [
            {
                "aspect": aspect,
                "title": _both(f"verify.aspect.{aspect}"),
                "items": [
                    {
                        "item": item,
                        "title": _both(f"verify.item.{item}"),
                        "state": state,
                        "problems": [_row(each) for each in report.of(item)],
                    }
                    for item, state in report.rows(aspect)
                ],
            }
            for aspect in ASPECTS
        ],
        "problems": [_row(each) for each in in_order(report.problems)],
    }
    return json.dumps(value, ensure_ascii=False, indent=2).replace("##[", "##\\u005b") + "\n"


def _both(key: str) -> dict[str, str]:
    return {language: say(key, language) for language in LANGUAGES}


def _row(each: Problem) -> dict[str, Any]:
    return {
        "code": each.code,
        "level": each.level,
        "path": in_line(mask(each.span.path)),
        "line": each.span.line or None,
        "message": {language: each.text(language) for language in LANGUAGES},
        "remedy": {language: each.remedy(language) for language in LANGUAGES},
    }
