"""Where problems go: to a person's terminal, to a program, to the annotations of a pull request."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape

from generator.messages import Language, say
from generator.privacy import mask, mask_digits, mask_line
from generator.problems import CATALOGUE, Entry, Problem
from generator.sources import TEXT_LIMIT
from generator.suppressions import Lifted

_WIDTH = 100  # cells of a source line that are shown around the caret


def write_text(problems: Iterable[Problem], language: Language, root: Path, console: Console) -> None:
    """Each problem with its source line, a caret under the place, and what to do."""
    lines = _Lines(root)
    for each in problems:
        colour = "red" if each.is_error else "yellow"
        level = say(f"cli.{each.level}", language)
        head = f"[bold]{escape(mask(str(each.span)))}[/] [{colour}]{level} {each.code}[/] {escape(each.text(language))}"
        console.print(head, highlight=False, soft_wrap=True)
        excerpt = lines.excerpt(each)
        if excerpt:
            line, caret = excerpt
            console.print(f"    {escape(line)}", highlight=False, soft_wrap=True, style="dim")
            console.print(f"    {caret}", highlight=False, soft_wrap=True, style=colour)
        console.print(
            f"    {say('cli.fix', language)}: {escape(each.remedy(language))}", highlight=False, soft_wrap=True
        )


class _Lines:
    """Lines of source files, each file read once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files: dict[str, list[str]] = {}

    def excerpt(self, each: Problem) -> tuple[str, str] | None:
        """The source line and a line with a caret under the column, both as wide on a terminal."""
        path, number, column = each.span
        if path not in self.files:
            self.files[path] = _read_lines(self.root / path)
        lines = self.files[path]
        if not 0 < number <= len(lines) or not lines[number - 1].strip():
            return None
        line = "".join(
            char if char.isprintable() else "\ufffd" for char in _masked(lines[number - 1], each).replace("\t", " ")
        )
        start = max(0, column - 1 - _WIDTH // 2)
        shown = line[start : start + _WIDTH]
        return shown, " " * cell_len(shown[: column - 1 - start]) + "^"


def _masked(line: str, about: Problem) -> str:
    """``line`` as it may be printed. A number that is written so that only the page shows it loses all its digits."""
    masked = mask_line(line)
    return mask_digits(line) if masked == line and about.code.startswith("PII-") else masked


def _read_lines(file: Path) -> list[str]:
    try:
        if file.is_symlink() or not file.is_file() or file.stat().st_size > TEXT_LIMIT:
            return []
        raw = file.read_bytes()
    except OSError:
        return []
    if b"\0" in raw:
        return []
    return raw.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n").split("\n")


def write_lifted(lifted: Iterable[Lifted], language: Language, console: Console) -> None:
    """What suppressions lifted, a line each: nothing is lifted in silence."""
    for each in lifted:
        values = {"place": mask(str(each.problem.span)), "code": each.problem.code, "reason": mask(each.reason)}
        until = say("cli.until", language, until=each.until.isoformat()) if each.until else ""
        text = say("cli.lifted", language, **values, reviewer=mask(each.reviewer), until=until)
        console.print(escape(text), highlight=False, soft_wrap=True, style="dim")


def as_json(problems: Iterable[Problem], lifted: Iterable[Lifted] = ()) -> str:
    """All problems in both languages and what was lifted, for programs. The shape is described in ``docs/checks.md``."""
    rows = [_row(each) for each in problems]
    raised = [
        {
            **_row(each.problem),
            "reason": mask(each.reason),
            "reviewer": mask(each.reviewer),
            "until": each.until.isoformat() if each.until else None,
            "suppressed_at": {"path": mask(each.span.path), "line": each.span.line},
        }
        for each in lifted
    ]
    return json.dumps({"problems": rows, "lifted": raised}, ensure_ascii=False, indent=2)


def _row(each: Problem) -> dict[str, Any]:
    return {
        "code": each.code,
        "level": each.level,
        "path": mask(each.span.path),
        "line": each.span.line,
        "column": each.span.column,
        "message": {"zh": each.text("zh"), "en": each.text("en")},
        "remedy": {"zh": each.remedy("zh"), "en": each.remedy("en")},
    }


def as_github(problems: Iterable[Problem], language: Language) -> str:
    """Workflow commands that a GitHub runner turns into annotations (workflow commands, ``::error``)."""
    return "\n".join(_annotation(each, language) for each in problems)


def _annotation(each: Problem, language: Language) -> str:
    place = f"file={_property(mask(each.span.path))},line={each.span.line},col={each.span.column},title={_property(each.code)}"
    message = f"{each.text(language)} {say('cli.fix', language)}: {each.remedy(language)}"
    return f"::{each.level} {place}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


Sink = Callable[[Iterable[Problem], Language], str]

MACHINE_SINKS: dict[str, Sink] = {
    "json": lambda problems, language: as_json(problems),
    "github": as_github,
}

FORMATS = ("text", *MACHINE_SINKS)


def catalogue_table(language: Language) -> str:
    """The catalogue of problems as a Markdown table, for the documentation."""
    head = ("| 代码 | 级别 | 问题 | 怎么改 |" if language == "zh" else "| code | level | problem | what to do |") + "\n"
    rows = [
        f"| {entry.code} | {_level(entry, language)} | {entry.text.in_language(language)} "
        f"| {entry.remedy.in_language(language)} |"
        for entry in CATALOGUE.values()
    ]
    return head + "| --- | --- | --- | --- |\n" + "\n".join(rows) + "\n"


def _level(entry: Entry, language: Language) -> str:
    level = say(f"cli.{entry.level}", language)
    return f"{level} · {say('lift.mark', language)}" if entry.can_be_lifted else level
