"""The theme's own files as the site carries them: one style sheet, one script and those of single pages, each named by
its content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from generator.config import Colours
from generator.media.formats import tints
from generator.story import VOCABULARY
from generator.system.cache import Cache
from generator.themes import stylesheets
from generator.themes.colours import contrasting, palettes, readable, standing, standing_in_contrast, triplet


@dataclass(frozen=True, slots=True)
class Assets:
    """``files`` maps addresses to bytes; ``styles`` and ``scripts`` are those every page loads, in order;
    ``page_styles`` and ``page_scripts`` are the others by name, for the templates that ask for one. Behind the first of
    ``styles`` those of single pages have their place."""

    styles: tuple[str, ...]
    scripts: tuple[str, ...]
    files: Mapping[str, bytes] = field(repr=False)
    page_scripts: Mapping[str, str] = field(default_factory=dict, repr=False)
    page_styles: Mapping[str, str] = field(default_factory=dict, repr=False)


def gather(theme: Path, engine_styles: Iterable[str], colours: Colours, cache: Cache | None = None) -> Assets:
    """Join what the theme and stories can use of the engine's style sheets, the site's colours, the theme's ``css/``
    (by file name) and the colours behind pictures into one style sheet, its ``css/last/`` into another, the theme's
    ``js/`` into one script, and take the style sheets in its ``css/pages/``, the scripts in its ``js/pages/``, its
    pointers and its icon. ``cache`` keeps what is left of the engine's style sheets."""
    own = [_variables(colours)]
    own += [_text(each) for each in _sheets(theme, "")]
    own.append(tints.rules())
    names = vocabulary(theme)
    single, last = ({each.stem: _text(each) for each in _sheets(theme, folder)} for folder in ("pages", "last"))
    every = "\n".join([*own, *single.values(), *last.values()])
    sheets = [*(stylesheets.kept(each, names, every, cache) for each in engine_styles), *own]
    files = dict(_sheet(name, parts) for name, parts in (("exhibit", sheets), ("last", last.values())) if parts)
    styles = tuple(files)
    page_styles = {name: _named(name, "css", sheet.encode()) for name, sheet in single.items()}
    files |= {page_styles[name]: sheet.encode() for name, sheet in single.items()}
    parts = [_text(each) for each in sorted((theme / "assets" / "js").glob("*.js"))]
    scripts: tuple[str, ...] = ()
    if parts:  # one request, which the first paint waits for
        script = "\n".join(parts).encode()
        scripts = (_named("exhibit", "js", script),)
        files[scripts[0]] = script
    page_scripts: dict[str, str] = {}
    for name, content in _page_scripts(theme / "assets" / "js" / "pages"):
        page_scripts[name] = _named(name, "js", content)
        files[page_scripts[name]] = content
    for each in sorted((theme / "assets").glob("pointer*.svg")):
        files[f"assets/{each.name}"] = _text(each).encode()
    files["assets/icon.svg"] = _icon(_text(theme / "assets" / "icon.svg"), colours)
    return Assets(styles, scripts, files, page_scripts, page_styles)


def _sheets(theme: Path, folder: str) -> list[Path]:
    return sorted((theme / "assets" / "css" / folder).glob("*.css"))


def _sheet(name: str, parts: Iterable[str]) -> tuple[str, bytes]:
    style = "\n".join(part.strip() for part in parts).encode()
    return _named(name, "css", style), style


def _page_scripts(pages: Path) -> Iterator[tuple[str, bytes]]:
    """Name and content of each script of single pages: a file, or the files of a folder by their names, joined."""
    for each in sorted(pages.glob("*")):
        if parts := sorted(each.glob("*.js")) if each.is_dir() else [each] if each.suffix == ".js" else []:
            yield each.stem, "\n".join(_text(part) for part in parts).encode()


def _text(file: Path) -> str:
    r"""The text of ``file`` with line ends as ``\n``: a checkout on Windows may have others, and builds the same bytes."""
    return file.read_text("utf-8-sig")


def _icon(text: str, colours: Colours) -> bytes:
    """The icon in the city's colours: it is shown outside of any page, so its custom properties are filled in."""
    given = {
        "accent": colours.accent,
        "on-accent": readable("#ffffff", colours.accent, least=3.0),
    }  # a sign, not a text
    for name, colour in given.items():
        text = text.replace(f"var(--{name})", colour)
    return text.encode()


def vocabulary(theme: Path) -> frozenset[str]:
    """Every name of a class, an id, an attribute or an element that a page of ``theme`` can contain, and more."""
    files = [each for ending in ("html", "js") for each in theme.rglob(f"*.{ending}")]
    return stylesheets.words_of(each.read_text("utf-8") for each in files) | VOCABULARY


def _named(stem: str, ending: str, content: bytes) -> str:
    return f"assets/{stem}.{sha256(content).hexdigest()[:12]}.{ending}"


def _variables(colours: Colours) -> str:
    """The colours as custom properties: light, dark where the system asks for it, and either where the visitor does;
    then the same in high contrast. On paper it is always light."""
    light, dark = (_declarations(each) for each in palettes(colours))
    strong_light, strong_dark = (_declarations(each) for each in contrasting(colours))
    same, strong_same = (_standing(each) for each in (standing(colours), standing_in_contrast(colours)))
    return "\n".join(
        [
            f":root{{color-scheme:light;{light}}}",
            f":root{{{same}}}",
            f":root[data-contrast=high]{{{strong_same}}}",
            f"@media (prefers-contrast:more){{:root:not([data-contrast=normal]){{{strong_same}}}}}",
            f"@media screen and (prefers-color-scheme:dark){{:root:not([data-scheme=light]){{color-scheme:dark;{dark}}}}}",
            f"@media screen{{:root[data-scheme=dark]{{color-scheme:dark;{dark}}}}}",
            *_in_contrast("[data-contrast=high]", strong_light, strong_dark),
            "@media (prefers-contrast:more){",
            *_in_contrast(":not([data-contrast=normal])", strong_light, strong_dark),
            "}",
        ]
    )


def _in_contrast(asked: str, light: str, dark: str) -> tuple[str, ...]:
    return (
        f":root{asked}{{{light}}}",
        f"@media screen and (prefers-color-scheme:dark){{:root{asked}:not([data-scheme=light]){{{dark}}}}}",
        f"@media screen{{:root[data-scheme=dark]{asked}{{{dark}}}}}",
    )


def _standing(palette: Mapping[str, str]) -> str:
    return f"{_declarations(palette)}--veil:{triplet(palette['plate'])};"


def _declarations(palette: Mapping[str, str]) -> str:
    return "".join(f"--{name}:{value};" for name, value in palette.items())
