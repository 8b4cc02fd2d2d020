"""In which language a command speaks: what was asked for, else what the system is set to, else Chinese."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.messages import LANGUAGES, Language

_SAMPLE = "检查"  # a console that cannot show this shows nothing of a Chinese message


def spoken(arguments: Sequence[str], environ: Mapping[str, str], encoding: str) -> Language:
    """The language of messages. ``arguments`` are those of the command line: ``--lang`` decides even when the rest of them
    is wrong. Then come ``LANGUAGE``, ``LC_ALL``, ``LC_MESSAGES`` and ``LANG`` (GNU gettext, section 2.3); where none of
    them says Chinese or English, it is Chinese, unless the console's ``encoding`` has no Chinese characters."""
    asked = next(_asked(arguments), None)
    if asked is not None:
        return asked
    if not _can_show(encoding):
        return "en"
    return next(_configured(environ), "zh")


def _asked(arguments: Sequence[str]) -> Iterator[Language]:
    for each, following in zip(arguments, (*arguments[1:], ""), strict=False):
        if each == "--":
            return
        name, _, value = each.partition("=")
        if name == "--lang":
            yield from (language for language in LANGUAGES if (value or following) == language)


def _configured(environ: Mapping[str, str]) -> Iterator[Language]:
    named = [*environ.get("LANGUAGE", "").split(":"), *(environ.get(name, "") for name in _VARIABLES)]
    for each in named:
        code = each.lower().replace("-", "_").split("_")[0].split(".")[0]
        yield from (language for language in LANGUAGES if language == code)


_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def _can_show(encoding: str) -> bool:
    try:
        _SAMPLE.encode(encoding)
    except (LookupError, UnicodeError):
        return False
    return True
