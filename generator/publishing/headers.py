"""The same policy as headers, with the others that a public site is asked for: for nginx, and for hosts of static files
that read a file named ``_headers``.

A browser that gets a policy by header and another by ``<meta>`` obeys both, so the header's must allow what any page of
the site does. It is therefore read from the pages of a built site, and adds what only a header can say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, Literal

from generator.ledger.lines import is_page
from generator.ledger.mounted import TIMEMAPS
from generator.messages import Language, say
from generator.outputs.data.formats import PUBLISHED
from generator.policy import Policy, read, union
from generator.publishing.manifest import MANIFEST, is_preview, read_manifest
from generator.system import plainfiles
from generator.text.dates import http_date
from generator.text.legible import in_line
from generator.text.media_types import FEEDS, LINKS, is_text

ServerForm = Literal["nginx", "static"]
_LONGEST = 64 << 20  # bytes of a page
FORMS: tuple[ServerForm, ...] = ("nginx", "static")
# Whatever no page uses is switched off (W3C, Permissions Policy).
UNUSED = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
FOR_EVER, FOR_A_DAY, ASK_AGAIN = "public, max-age=31536000, immutable", "public, max-age=86400", "no-cache"
FOR_A_MONTH = "public, max-age=2592000"  # a frozen year: it never changes unless an office takes it back
# Files named by what is in them: an address that never means anything else.
NAMED_BY_CONTENT = (
    r"assets/[^/]+\.[0-9a-f]{12}\.(?:css|js)$",
    r"media/[0-9a-f]{20}-",
    r"videos/[^/]+/[^/]+-[0-9a-f]{12}\.",
)
# The same with the digest in the query, as scripts ask for the parts of the search and of walls. Only the head of the
# search, which names all stamps, is asked for anew.
ASKED_BY_CONTENT = (
    r"search/[gktp][0-9a-z]+\.js\?[0-9A-Za-z_-]{5}$",
    r"search/(?:table|facets|stamps)\.js\?[0-9A-Za-z_-]{5}$",
    r"walls/[^?]+\.js\?v=[0-9a-f]{12}$",
)


class Refused(Exception):
    """Headers cannot be made of what was given. The message says why."""


def of_site(folder: Path, form: ServerForm, at: str, ancestors: tuple[str, ...], language: Language) -> str:
    """The file for a server of the built site in ``folder``. ``at`` is the path the site lies at, ``/`` or ``/pinpai/``,
    ``ancestors`` are the sites that may show it in a frame. Raises ``Refused``."""
    if not re.fullmatch(r"/(?:[A-Za-z0-9_-]+/)*", at):
        raise Refused(say("cli.bad_path", language, at=at))
    strange = next((each for each in ancestors if not re.fullmatch(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?", each)), None)
    if strange is not None:
        raise Refused(say("cli.bad_ancestor", language, origin=strange))
    if not (folder / "index.html").is_file():  # in any other folder, which may be a whole disk, nothing is looked for
        raise Refused(say("cli.no_site", language, file=in_line(str(folder))))
    manifest = read_manifest(folder) or {}
    if is_preview(manifest):
        raise Refused(say("cli.headers_of_preview", language, out=folder))
    has_gzip = next(folder.rglob("*.gz"), None) is not None
    policy, withdrawn = policy_of_site(folder, language), withdrawn_of(manifest)
    return written(form, policy, at, ancestors, language, withdrawn, frozen_of(manifest), has_gzip=has_gzip)


def withdrawn_of(manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """The addresses of pages that only say that something was withdrawn, and of files that went with one; what is no plain
    address is left out."""
    listed = manifest.get("withdrawn")
    found = [each for each in listed if isinstance(each, str)] if isinstance(listed, list) else []
    return tuple(each for each in found if re.fullmatch(r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*(?:[A-Za-z0-9_-]+/|[A-Za-z0-9][A-Za-z0-9._-]*)", each))


def frozen_of(manifest: Mapping[str, Any]) -> Mapping[str, date]:
    """The frozen years in the site, and the day of each; what is no year and day is left out."""
    told = manifest.get("mounted")
    found: dict[str, date] = {}
    for year, each in told.items() if isinstance(told, dict) else ():
        day = each.get("on") if isinstance(each, dict) else None
        if re.fullmatch("[0-9]{4}", year) and isinstance(day, str):
            with suppress(ValueError):
                found[year] = date.fromisoformat(day)
    return dict(sorted(found.items()))


def policy_of_site(folder: Path, language: Language = "zh") -> Policy:
    """The policy that allows what any page below ``folder`` does. Raises ``Refused`` where a page has none."""
    pages = sorted(_pages(folder))
    found = [(page, read((plainfiles.read(page, _LONGEST) or b"").decode("utf-8", "replace"))) for page in pages]
    bare = next((page for page, policy in found if policy is None), None if pages else folder)
    if bare is not None:
        raise Refused(say("cli.no_site", language, file=in_line(str(bare))))
    return union(policy for _, policy in found if policy is not None)


def _pages(folder: Path) -> Iterator[Path]:
    """The pages of the site, of the frozen years in it, and of others that were put into it by hand. What else was put there, such as a page by which a search
    engine knows the owner, is nobody's page to be asked for a policy."""
    manifest = read_manifest(folder)
    if manifest is None:
        yield from folder.rglob("*.html")
        return
    yield from (folder / name for name in manifest["files"] if name.endswith(".html"))
    for frozen in folder.glob(f"[0-9][0-9][0-9][0-9]/{MANIFEST}"):
        if f"{frozen.parent.name}/{MANIFEST}" not in manifest["files"]:
            yield from _pages(frozen.parent)


def headers(policy: Policy, ancestors: tuple[str, ...]) -> Mapping[str, str]:
    """The headers of every answer. ``ancestors`` are the sites that may show this one in a frame, beside itself."""
    framed = " ".join(("'self'", *ancestors))
    return {
        "Content-Security-Policy": f"{policy}; frame-ancestors {framed}",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": ", ".join(f"{each}=()" for each in UNUSED),
        "Cross-Origin-Opener-Policy": "same-origin",
    }


def written(
    form: ServerForm,
    policy: Policy,
    at: str,
    ancestors: tuple[str, ...],
    language: Language,
    withdrawn: tuple[str, ...] = (),
    frozen: Mapping[str, date] | None = None,
    *,
    has_gzip: bool = False,
) -> str:
    """The file for a server: ``at`` is the path the site lies at, ``/`` or ``/pinpai/``, ``withdrawn`` are the addresses of
    what is gone for good, ``frozen`` are the frozen years in the site with their days. ``has_gzip`` says that the site has compressed files beside its own."""
    given = headers(policy, ancestors)
    years = frozen or {}
    lines = _nginx(given, at, withdrawn, years, has_gzip) if form == "nginx" else _static(given, at, withdrawn, years)
    note = say(f"headers.{form}", language, at=at)
    return "".join(f"# {each}\n" for each in note.split("\n")) + "\n" + "\n".join(lines) + "\n"


def _nginx(
    given: Mapping[str, str], at: str, withdrawn: tuple[str, ...], frozen: Mapping[str, date], has_gzip: bool
) -> Iterator[str]:
    """A file to include in a ``server``. What is gone answers 410 with the page that says so (RFC 9110, section 15.5.11);
    asking for that file inside of the server comes back to the same headers. The headers stand in one place only: nginx forgets those of a level as soon as a
    deeper one has any of its own."""
    root = re.escape(at)
    yield f'set $exhibit_cache "{ASK_AGAIN}";'
    yield from _mementos(at, frozen)
    yield f'if ($uri ~ "^{root}(?:{"|".join(NAMED_BY_CONTENT)})") {{ set $exhibit_cache "{FOR_EVER}"; }}'
    yield f'if ($request_uri ~ "^{root}(?:{"|".join(ASKED_BY_CONTENT)})") {{ set $exhibit_cache "{FOR_EVER}"; }}'
    yield f'if ($uri ~ "^{root}(?:share/|assets/icon)") {{ set $exhibit_cache "{FOR_A_DAY}"; }}'
    yield ""
    yield f"location {at} {{"
    yield "  types {"
    for ending, type_ in PUBLISHED.items():
        yield f"    {type_} {ending};"
    yield "  }"
    yield "  charset utf-8;"
    yield "  charset_types text/css text/javascript text/plain text/csv text/calendar text/vtt;"
    yield "  index index.html;"
    yield f"  error_page 404 {at}404.html;"
    yield ""
    yield from _compression(has_gzip)
    yield ""
    for name, value in given.items():
        yield f'  add_header {name} "{value}" always;'
    yield "  add_header Cache-Control $exhibit_cache always;"
    if frozen:
        yield "  add_header Memento-Datetime $exhibit_memento;"
        yield "  add_header Link $exhibit_original;"
    yield ""
    for ending, type_ in FEEDS.items():
        yield f'  location ~ "^{root}feeds/.+\\.{ending}$" {{ types {{}} default_type {type_}; }}'
    for address in withdrawn:  # where a file was nothing can be read, so the page for all wrong addresses has to do
        page = f"{address}index.html" if address.endswith("/") else "404.html"
        yield f"  location = {at}{address} {{ error_page 410 {at}{page}; return 410; }}"
    yield "}"


def _mementos(at: str, frozen: Mapping[str, date]) -> Iterator[str]:
    """What a frozen page is: of when, and of which page (RFC 7089, 2.1). A header with nothing in it is not sent. The address is
    taken over only where it has no sign that could begin a header of its own."""
    if not frozen:
        return
    yield 'set $exhibit_memento "";'
    yield 'set $exhibit_original "";'
    for year, day in frozen.items():
        of_year = f"{re.escape(at)}{year}/"
        original = f'set $exhibit_original "<{at}$1>; rel=\\"original\\"";'
        yield f'if ($uri ~ "^{of_year}") {{ set $exhibit_cache "{FOR_A_MONTH}"; set $exhibit_memento "{http_date(day)}"; }}'
        yield f'if ($uri ~ "^{of_year}((?:[A-Za-z0-9._-]+/)*(?:[A-Za-z0-9._-]+)?)$") {{ {original} }}'
        yield rf'if ($uri ~ "^{of_year}((?:[A-Za-z0-9._-]+/)*)index\.html$") {{ {original} }}'


def _compression(has_gzip: bool) -> Iterator[str]:
    """Pages shrink to a fifth. ``gzip_static`` needs a module that not every nginx has, so it stands here only where the
    site brings the files for it."""
    texts = {each for each in PUBLISHED.values() if is_text(each)} - {PUBLISHED["html"]}  # which nginx never leaves out
    types = sorted({*texts, *FEEDS.values()})
    yield "  gzip on;"
    yield "  gzip_vary on;"
    yield "  gzip_proxied any;"
    yield "  gzip_comp_level 6;"
    yield "  gzip_min_length 1024;"
    yield f"  gzip_types {' '.join(types)};"
    if has_gzip:
        yield "  gzip_static on;"


def _static(
    given: Mapping[str, str], at: str, withdrawn: tuple[str, ...], frozen: Mapping[str, date]
) -> Iterator[str]:
    """Rules by path. Such hosts cannot answer 410; what is gone at least asks to be forgotten by search engines. Only a star
    at the end of a path means the same to all such hosts. They know the media types; where
    several rules fit they join the values of one header, so no two that fit say the same one."""
    yield f"{at}*"
    for name, value in given.items():
        yield f"  {name}: {value}"
    for place, kept in (("media/*", FOR_EVER), ("assets/*", FOR_A_DAY), ("share/*", FOR_A_DAY)):
        yield f"{at}{place}"
        yield f"  Cache-Control: {kept}"
    if frozen:
        yield f"{at}{TIMEMAPS}*"
        yield f"  Content-Type: {LINKS}"
    for year, day in frozen.items():
        yield f"{at}{year}/*"
        yield f"  Cache-Control: {FOR_A_MONTH}"
        yield f"  Memento-Datetime: {http_date(day)}"
    for address in filter(is_page, withdrawn):
        yield f"{at}{address}"
        yield "  X-Robots-Tag: noindex"
