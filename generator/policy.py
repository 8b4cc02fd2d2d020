"""What a page may load, as a content security policy computed from the page itself (W3C, Content Security Policy 3).

The policy allows what the page has and nothing more. Behind it stands a wall: a page that would load anything from
elsewhere, or that carries an event handler, a style attribute or a frame, is a fault of ours and is never written. An
author cannot bring such a page about: what entries may hold is checked long before.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urlsplit

from generator.privacy.masking import mask
from generator.text.media_types import JSON_LD, TYPES

SELF, NONE, DATA = "'self'", "'none'", "data:"
# The order in which a policy is written; ``default-src 'none'`` stands for every directive that is not.
DIRECTIVES = ("script-src", "style-src", "img-src", "media-src", "connect-src", "form-action", "base-uri")
_CLOSED = frozenset({"form-action", "base-uri"})  # those that ``default-src`` does not cover

# Bytes in lower case are searched four times as fast as text whatever its case, and keep their places.
_TAG = re.compile(
    rb"<(script|style|link|img|image|use|source|video|audio|track|input|form|base|iframe|frame|embed|object|applet|portal)"
    rb"(?=[\s/>])((?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*+)>"
)
_ATTRIBUTE = re.compile(r"([^\s\"'=<>/]++)(?:\s*=\s*(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++)))?")
# Begun with letters, so that they are searched fast; what stands before them is looked at afterwards.
_ATTRIBUTES_OF_NONE = (re.compile(rb"on[a-z]++\s*="), re.compile(rb"style\s*="), re.compile(rb"srcdoc\s*="))
_BEFORE = frozenset(b" \t\n\r\f\v\"'/")
_META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_STYLE_ADDRESS = re.compile(r"url\(\s*([\"']?)(.*?)\1\s*\)|@import\s+([\"'])(.*?)\3", re.IGNORECASE | re.DOTALL)
_STYLE_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BLANKS = re.compile(r"[\x00-\x20]+")
_INERT = frozenset({JSON_LD, TYPES["json"]})  # data blocks: never run, so no policy speaks of them
_FRAMES = frozenset({"iframe", "frame", "embed", "object", "applet", "portal"})
_LOADED_BY = {"preload": "", "icon": "img-src", "stylesheet": "style-src", "apple-touch-icon": "img-src"}
_SCRIPTED = frozenset({"modulepreload", "manifest", "prefetch", "prerender", "preconnect", "dns-prefetch"})
_PRELOADED = {"script": "script-src", "style": "style-src", "image": "img-src"}


class Unsafe(Exception):
    """A page of ours loads or runs what no page may. The message names the page and the element."""


@dataclass(frozen=True, slots=True)
class Policy:
    """A content security policy: directive → the sources it allows. What is not named is forbidden."""

    allowed: Mapping[str, frozenset[str]]

    def __str__(self) -> str:
        """The policy as it is written, always in the same order."""
        parts = [f"default-src {NONE}"]
        for name in DIRECTIVES:
            if sources := self.allowed.get(name):
                parts.append(f"{name} {' '.join(sorted(sources, key=_order))}")
            elif name in _CLOSED:
                parts.append(f"{name} {NONE}")
        return "; ".join(parts)


def _order(source: str) -> tuple[bool, str]:
    return (source != SELF, source)


def union(policies: Iterable[Policy]) -> Policy:
    """The policy that allows what any of ``policies`` does: that of a header for the whole site."""
    allowed: dict[str, frozenset[str]] = {}
    for policy in policies:
        for name, sources in policy.allowed.items():
            allowed[name] = allowed.get(name, frozenset()) | sources
    return Policy(allowed)


def read(html: str) -> Policy | None:
    """The policy that the page ``html`` carries, ``None`` without one."""
    found = _META.search(html)
    if found is None:
        return None
    parts = (each.split() for each in unescape(found[1]).split(";"))
    return Policy({name: frozenset(sources) for name, *sources in parts if name != "default-src" and sources != [NONE]})


def seal(html: str, address: str, *, data_pictures: bool = False) -> str:
    """The page ``html`` with its policy as the first thing in its head.

    ``data_pictures`` says that its style sheet has pictures of its own. Raises ``Unsafe`` for a page that may not be
    published.
    """
    allowed = dict(policy_of(html, address).allowed)
    if data_pictures and "style-src" in allowed:
        allowed["img-src"] = allowed.get("img-src", frozenset()) | {DATA}
    allowed["connect-src"] = frozenset({SELF})  # for audits, which fetch robots.txt from within the page
    meta = f'<head><meta http-equiv="Content-Security-Policy" content="{Policy(allowed)}">'
    sealed = html.replace("<head>", meta, 1)
    if sealed == html:
        raise Unsafe(f"{address}: there is no <head> for a policy")
    return sealed


def seal_preview(html: str, address: str) -> str:
    """A sealed page to which the live preview has added its script and its style sheet, with the policy of what it is
    now."""
    before = read(html)
    data_pictures = before is not None and DATA in before.allowed.get("img-src", frozenset())
    return seal(_META.sub("", html, count=1), address, data_pictures=data_pictures)


def policy_of(html: str, address: str) -> Policy:
    """The policy that allows what the page at ``address`` has. Raises ``Unsafe`` for what no page may have."""
    written = html.encode()
    lowered = written.lower()
    if _is_suspect(lowered):
        _refuse_attributes(html, address)
    allowed: dict[str, set[str]] = {}
    try:
        for found in _TAG.finditer(lowered):
            tag = found[1].decode()
            attributes = written[found.start(2) : found.end(2)]
            if tag in ("script", "style"):
                needs: Iterable[tuple[str, str]] = _block(
                    tag, dict(_attributes(attributes.decode())), written, found.end()
                )
            else:
                needs = _needs(tag, attributes)
            for directive, source in needs:
                allowed.setdefault(directive, set()).add(source)
    except Unsafe as error:
        raise Unsafe(f"{address}: {error}") from None
    return Policy({name: frozenset(sources) for name, sources in allowed.items()})


def _is_suspect(lowered: bytes) -> bool:
    """Whether a page in lower case may have an attribute that no element of ours has."""
    found = (hit.start() for each in _ATTRIBUTES_OF_NONE for hit in each.finditer(lowered))
    return any(start and lowered[start - 1] in _BEFORE for start in found)


def _attributes(text: str) -> Iterator[tuple[str, str]]:
    for found in _ATTRIBUTE.finditer(text):
        yield found[1].lower(), unescape(found[2] or found[3] or found[4] or "")


@lru_cache(maxsize=4096)  # the frame of every page has the same elements, which are asked for again and again
def _needs(tag: str, written: bytes) -> tuple[tuple[str, str], ...]:
    """What an element needs whose attributes are ``written`` so: (directive, source)."""
    return tuple(_found_needs(tag, dict(_attributes(written.decode()))))


def _found_needs(tag: str, attributes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if tag in _FRAMES:
        raise Unsafe(f"<{tag}> is not for pages of this site")
    if tag == "link":
        yield from _link(attributes)
    elif tag == "base":
        yield "base-uri", SELF
    elif tag == "form":
        yield "form-action", _target(attributes.get("action", ""))
    elif tag == "input":
        if "formaction" in attributes:
            yield "form-action", _target(attributes["formaction"])
        yield from _loaded("img-src", attributes, ("src",))
    elif tag in ("img", "image", "use"):
        yield from _loaded("img-src", attributes, ("src", "srcset", "href", "xlink:href"))
    else:  # source, video, audio, track
        yield from _loaded("img-src", attributes, ("srcset", "poster"))
        yield from _loaded("media-src", attributes, ("src",))


def _block(tag: str, attributes: Mapping[str, str], page: bytes, start: int) -> Iterator[tuple[str, str]]:
    """What a script or a style sheet needs whose content begins at ``start`` of ``page``."""
    directive = f"{tag}-src"
    if tag == "script" and "src" in attributes:
        yield directive, _inside(attributes["src"])
    elif tag == "style" or attributes.get("type", "").strip().lower() not in _INERT:
        end = re.compile(f"</{tag}".encode(), re.IGNORECASE).search(page, start)
        content = page[start : end.start() if end else len(page)]
        yield directive, f"'sha256-{b64encode(sha256(content).digest()).decode()}'"


def _link(attributes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for rel in attributes.get("rel", "").lower().split():
        if rel in _SCRIPTED:
            raise Unsafe(f"a link with rel={rel} asks for what no policy of ours names")
        if rel in _LOADED_BY:
            directive = _LOADED_BY[rel] or _PRELOADED.get(attributes.get("as", ""), "img-src")
            yield from _loaded(directive, attributes, ("href", "imagesrcset"))


def _loaded(directive: str, attributes: Mapping[str, str], names: Iterable[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        value = attributes.get(name)
        if value is None or value.startswith("#"):  # a part of the same page
            continue
        if name.endswith("srcset"):
            for each in value.split(","):
                yield directive, _inside(each.strip().partition(" ")[0])
        elif directive == "media-src" and _BLANKS.sub("", value).lower().startswith("data:text/vtt"):
            yield directive, DATA  # captions of a site in a folder; see decision 015
        else:
            yield directive, _inside(value)


def _inside(value: str) -> str:
    """The source of something on this site. Raises ``Unsafe`` for anything else."""
    if is_elsewhere(value):
        raise Unsafe(f"{mask(value)[:200]} would be loaded from elsewhere")
    return SELF


def _target(action: str) -> str:
    """The source of where a form leads: this site, or the one host it names."""
    if not is_elsewhere(action):
        return SELF
    parts = urlsplit(action)
    if parts.scheme not in ("http", "https"):
        raise Unsafe(f"a form cannot lead to {mask(action)[:200]}")
    return f"{parts.scheme}://{parts.netloc}"


def is_elsewhere(value: str) -> bool:
    """Whether a browser would take ``value`` for more than a path on this site (URL Standard: blanks and control
    characters fall away, a backslash is a slash)."""
    plain = _BLANKS.sub("", value).replace("\\", "/")
    return plain.startswith("//") or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", plain) is not None


def _refuse_attributes(html: str, address: str) -> None:
    """Raise ``Unsafe`` for an element with an event handler or a style of its own. Text may speak of both."""
    reader = _Attributes()
    reader.feed(html)
    reader.close()
    if reader.found:
        raise Unsafe(f"{address}: no element may have the attribute {reader.found[0]}")


class _Attributes(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [
            f"{name} of <{tag}>" for name, _ in attrs if name in ("style", "srcdoc") or name.startswith("on")
        ]


def has_data_pictures(css: str, name: str) -> bool:
    """Whether the style sheet ``css`` holds pictures of its own. Raises ``Unsafe`` when it loads anything from
    elsewhere."""
    found = False
    for each in _STYLE_ADDRESS.finditer(_STYLE_COMMENT.sub("", css)):
        value = each[2] or each[4] or ""
        if value.startswith("data:image/"):
            found = True
        elif is_elsewhere(value):
            raise Unsafe(f"{name}: {mask(value)[:200]} would be loaded from elsewhere")
    return found
