"""The formats in which every table can be downloaded, a module each, found here by its ``FORMAT``."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from generator.site.tables import Format
from generator.text import media_types

_FOUND = (getattr(import_module(f"{__name__}.{each.name}"), "FORMAT", None) for each in iter_modules(__path__))
FORMATS: tuple[Format, ...] = tuple(sorted(filter(None, _FOUND), key=lambda each: (each.order, each.ending)))
# Every ending that a site publishes → its media type.
PUBLISHED = {**media_types.PUBLISHED, **{each.ending: each.media_type for each in FORMATS}}
