"""Where problems go: to a person's terminal, to a program, to the annotations of a pull request."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from generator.catalog.suppressions import Lifted
from generator.cli.console import Screen
from generator.messages import Language, Words, say
from generator.privacy.masking import mask, mask_digits, mask_line
from generator.problems import CATALOGUE, Problem, ProblemEntry
from generator.problems.abridging import abridged, by_file, unshown_files
from generator.source.files import TEXT_LIMIT
from generator.text.destinations import without_secret
from generator.text.legible import in_line, printable, uncommanding

_ANNOTATED = 10  # annotations of each level that the platform shows of a step
_WIDTH = 100  # cells of a source line that are shown around the caret


def write_text(problems: Iterable[Problem], language: Language, root: Path, screen: Screen) -> None:
    """Each problem with its source line, a caret under the place, and what to do; of very many the first, and how many
    more there are."""
    lines = _Lines(root, screen.legible)
    told = abridged(problems)
    for found, path, left in by_file(told):
        for each in found:
            _write_problem(each, language, lines, screen)
        if left:
            screen.say(_more_of_file(path, left, language), "bold")
    if unshown_files(told):
        screen.say(say("more.of_files", language, files=unshown_files(told)), "bold")


def _write_problem(each: Problem, language: Language, lines: _Lines, screen: Screen) -> None:
    colour = "red" if each.is_error else "yellow"
    level = say(f"cli.{each.level}", language)
    place, text = each.place, each.text(language)
    screen.say_parts((place, "bold"), (" ", ""), (f"{level} {each.code}", colour), (f" {text}", ""))
    excerpt = lines.excerpt(each)
    if excerpt:
        line, caret = excerpt
        screen.say(f"    {line}", "dim")
        screen.say(f"    {caret}", colour)
    screen.say(f"    {say('cli.fix', language)}: {each.remedy(language)}")


def _more_of_file(path: str, left: int, language: Language) -> str:
    return say("more.of_file", language, path=in_line(mask(path)), count=left)


class _Lines:
    """Lines of source files, each file read once, as ``legible`` lets them be shown."""

    def __init__(self, root: Path, legible: Callable[[str], str]) -> None:
        self.root, self.legible = root, legible
        self.files: dict[str, list[str]] = {}

    def excerpt(self, each: Problem) -> tuple[str, str] | None:
        """The source line and a line with a caret under the column, both as wide on a terminal."""
        path, number, column = each.span
        if path not in self.files:
            self.files[path] = _read_lines(self.root / path)
        lines = self.files[path]
        if not 0 < number <= len(lines) or not lines[number - 1].strip():
            return None
        line = self.legible(_masked(lines[number - 1], each).replace("\t", " "))
        start = max(0, column - 1 - _WIDTH // 2)
        shown = line[start : start + _WIDTH]
        from rich.cells import cell_len

        return shown, " " * cell_len(shown[: column - 1 - start]) + "^"


def _masked(line: str, about: Problem) -> str:
    """``line`` as it may be printed. A number that is written so that only the page shows it loses all its digits."""
    line = without_secret(line)
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


def write_lifted(lifted: Iterable[Lifted], language: Language, screen: Screen) -> None:
    """What suppressions lifted, a line each: nothing is lifted in silence."""
    for each in lifted:
        place, reason, reviewer = (in_line(mask(part)) for part in (str(each.problem.span), each.reason, each.reviewer))
        until = say("cli.until", language, until=each.until.isoformat()) if each.until else ""
        values = {"place": place, "code": each.problem.code, "reason": reason, "reviewer": reviewer, "until": until}
        screen.say(say("cli.lifted", language, **values), "dim")


Sink = Callable[[Iterable[Problem], int, Iterable[Lifted], Language], str]
MACHINE_SINKS: dict[str, Sink] = {}


def _form(sink: Sink) -> Sink:
    """Offer ``as_<form>`` to ``check --format``: such a function is all that a form of the report needs."""
    MACHINE_SINKS[sink.__name__.removeprefix("as_")] = sink
    return sink


@_form
def as_json(problems: Iterable[Problem], records: int, lifted: Iterable[Lifted] = (), language: Language = "zh") -> str:
    """All problems in both languages, how many ``records`` were looked at and what was lifted, for programs. The shape is
    described in ``docs/checks.md``."""
    rows = [_row(each) for each in problems]
    raised = [
        {
            **_row(each.problem),
            "reason": in_line(mask(each.reason)),
            "reviewer": in_line(mask(each.reviewer)),
            "until": each.until.isoformat() if each.until else None,
            "suppressed_at": {"path": in_line(mask(each.span.path)), "line": each.span.line},
        }
        for each in lifted
    ]
    text = json.dumps({"problems": rows, "lifted": raised, "records": records}, ensure_ascii=False, indent=2)
    return text.replace("##[", "##\\u005b")  # only within strings; a runner would obey it in its log


def _row(each: Problem) -> dict[str, Any]:
    return {
        "code": each.code,
        "level": each.level,
        "path": in_line(mask(each.span.path)),
        "line": each.span.line,
        "column": each.span.column,
        "message": {"zh": each.text("zh"), "en": each.text("en")},
        "remedy": {"zh": each.remedy("zh"), "en": each.remedy("en")},
    }


@_form
def as_github(problems: Iterable[Problem], records: int, lifted: Iterable[Lifted], language: Language) -> str:
    """Workflow commands that a GitHub runner turns into annotations (workflow commands, ``::error``). It shows ten of each
    level, so where there are more the last line says how many there are."""
    told = abridged(problems)
    lines: list[str] = []
    for found, path, left in by_file(told):
        lines += (_annotation(each, language) for each in found)
        if left:
            lines.append(_more_of_file(path, left, language))
    if unshown_files(told):
        lines.append(say("more.of_files", language, files=unshown_files(told)))
    if max(told.errors, told.warnings) > _ANNOTATED:
        text = say("more.annotated", language, errors=told.errors, warnings=told.warnings)
        lines.append(f"::notice title=exhibit::{_data(text)}")
    return "\n".join(lines)


def _annotation(each: Problem, language: Language) -> str:
    place = f"file={_property(mask(each.span.path))},line={each.span.line},col={each.span.column},title={_property(each.code)}"
    message = f"{each.text(language)} {say('cli.fix', language)}: {each.remedy(language)}"
    return f"::{each.level} {place}::{_data(message)}"


def _data(text: str) -> str:
    return uncommanding(printable(text)).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMATS = ("text", *MACHINE_SINKS)


def catalogue_table(language: Language) -> str:
    """The catalogue of problems as a Markdown table, for the documentation."""
    def cell(words: Words) -> str:
        return words.in_language(language).replace("](", "]\\(")  # an example of a link is none

    head = ("| 代码 | 级别 | 问题 | 怎么改 |" if language == "zh" else "| code | level | problem | what to do |") + "\n"
    rows = [
        f"| {entry.code} | {_level(entry, language)} | {cell(entry.text)} "
        f"| {cell(entry.remedy)} |"
        for _, entry in sorted(CATALOGUE.items())
    ]
    return head + "| --- | --- | --- | --- |\n" + "\n".join(rows) + "\n"


def _level(entry: ProblemEntry, language: Language) -> str:
    level = say(f"cli.{entry.level}", language)
    return f"{level} · {say('lift.mark', language)}" if entry.can_be_lifted else level
