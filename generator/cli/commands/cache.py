"""``exhibit cache stat`` and ``exhibit cache prune``: what the cache holds, and less of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from generator.cli.answering import fail
from generator.cli.calling import common, settings_of
from generator.cli.console import Screen
from generator.cli.usage import Choose, command, pass_screen
from generator.messages import Language, say
from generator.preview import kept
from generator.publishing.staging import SPARES, Spares
from generator.stages.settings import Settings
from generator.system import cache


@command("cache")
@common
@click.argument("what", type=Choose("stat", "prune"))
@pass_screen
def cache_command(screen: Screen, what: str, lang: Language, **options: Any) -> None:
    """What the cache holds; remove what was not used."""
    settings = settings_of(lang, **options)
    if what == "stat":
        screen.say("\n".join(_stat(settings, lang)))
        return
    text, is_done = _prune(settings, lang)
    if not is_done:
        fail(text)
    screen.say(text)


def _stat(settings: Settings, language: Language) -> Iterator[str]:
    """Lines that say what the cache holds: files and bytes of each step, and how much of it the newest build did not
    use."""
    root = settings.own_cache().root
    found = cache.stat(root)
    yield say("cache.folder", language, folder=root)
    for each in found:
        yield say("cache.step", language, step=each.step, files=each.files, size=_size(each.size), unused=each.unused)
    files, size = sum(each.files for each in found), sum(each.size for each in found)
    yield say("cache.total", language, files=files, size=_size(size), bytes=size)


def _prune(settings: Settings, language: Language) -> tuple[str, bool]:
    """Remove what the newest build did not use. The line that says what was done, and whether it could be."""
    try:
        removed = cache.prune(settings.own_cache().root)
    except cache.InUse:
        return say("cache.in_use", language), False
    kept.clear_all()  # whatever was built: a preview is no build that the cache counts
    if removed is None:
        return say("cache.no_build", language), True
    Spares(settings.own_cache().root / SPARES).clear()
    files, size = removed
    return say("cache.pruned", language, files=files, size=_size(size)), True


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
