"""A Hugo site of like parts: the like site of ``hugo_site.py`` with what pages of an exhibition have besides.

Header and footer have the bytes of a page of ours; every page has a policy, cards for sharing and linked data; every brand a short
address that leads to it, lists have feeds, and all brands stand in one data file. Pagefind then makes the search.
"""

from __future__ import annotations

import re
import shutil
from importlib.util import find_spec
from pathlib import Path

_LINKED = """{{ $d := dict "@context" "https://schema.org" "@graph" (slice
 (dict "@type" "WebPage" "@id" .RelPermalink "url" .RelPermalink "name" .Title "description" (.Params.slogan | default site.Params.description)
  "inLanguage" "zh-CN" "datePublished" .Params.published_on "dateModified" .Params.published_on
  "isPartOf" (dict "@type" "WebSite" "@id" "/#website" "name" site.Title "url" "/")
  "mainEntity" (dict "@id" (printf "%s#it" .RelPermalink) "name" .Title "url" .RelPermalink "@type" "CreativeWork"
   "alternativeHeadline" .Params.slogan "abstract" .Params.concept "genre" .Params.category "dateCreated" .Params.established_on
   "creator" (dict "@type" "GovernmentOrganization" "name" .Params.unit_label) "award" .Params.honours))
 (dict "@type" "BreadcrumbList" "itemListElement" (slice (dict "@type" "ListItem" "position" 1 "name" site.Title "item" "/")
  (dict "@type" "ListItem" "position" 2 "name" .Section "item" (printf "/%s/" .Section))
  (dict "@type" "ListItem" "position" 3 "name" .Title "item" .RelPermalink)))) }}
<script type="application/ld+json">{{ $d | jsonify | safeJS }}</script>"""
_HEAD = """<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; \
img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'">\
<link rel="alternate" type="application/atom+xml" title="{{ site.Title }}" href="/index.xml">\
<meta property="og:title" content="{{ .Title }}">\
<meta property="og:description" content="{{ .Params.slogan | default site.Params.description }}">\
<meta property="og:type" content="article"><meta property="og:site_name" content="{{ site.Title }}">\
<meta property="og:locale" content="zh_CN"><meta name="twitter:card" content="summary">{{ partial "ld.html" . }}""".replace("\\\n", "")
_FIELDS = ("year", "slogan", "concept", "connotation", "background", "practices", "results", "honours", "contact", "sources")
_DATA = (
    '[{{ range $i, $p := where site.RegularPages "Section" "brands" }}{{ if $i }},{{ end }}'
    '{{ dict "id" .File.ContentBaseName "title" .Title "url" .RelPermalink '
    + " ".join(f'"{each}" .Params.{each}' for each in _FIELDS)
    + " | jsonify }}\n{{ end }}]"
)
_OUTPUTS = """outputs: {home: [html, rss, json], section: [html, rss], taxonomy: [html], term: [html, rss], page: [html]}
services: {rss: {limit: 100}}
"""
_ICON = '<link rel="icon"'


def pagefind_binary() -> Path | None:
    """Pagefind from the ``pagefind_bin`` package of this Python, or from the path; ``None`` where there is neither."""
    spec = find_spec("pagefind_bin")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        binary = next((each for each in Path(folder).iterdir() if each.stem == "pagefind" and each.suffix != ".py"), None)
        if binary is not None:
            return binary
    found = shutil.which("pagefind")
    return Path(found) if found else None


def write_rich_site(plain: Path, out: Path, built: Path) -> None:
    """Copy the like site ``plain`` to ``out`` and give it all parts; ``built`` is an exhibition of ours, the bytes of whose
    header and footer it gets."""
    shutil.copytree(plain, out)
    page = next((built / "brands").glob("*/index.html")).read_text("utf-8")
    layouts = out / "layouts"
    for name, pattern in (("header", r'<nav class="skips".*?</header>'), ("footer", r"<footer.*?</footer>")):
        found = re.search(pattern, page, re.DOTALL)
        if found is None:
            raise ValueError(f"a page of ours has no {name}")
        _write(layouts / "_partials" / f"{name}.html", _literal(found[0].replace("../../", "/")))
    _write(layouts / "_partials" / "ld.html", _LINKED)
    base = (layouts / "baseof.html").read_text("utf-8")
    if _ICON not in base:
        raise ValueError("the layout has no icon")
    _write(layouts / "baseof.html", base.replace(_ICON, _HEAD + _ICON, 1))
    short = next((built / "b").glob("*/index.html")).read_text("utf-8")
    _write(layouts / "alias.html", re.sub(r"(?:\.\./)+brands/[a-z0-9-]+/", "{{ .Permalink }}", _literal(short)))
    _write(layouts / "home.json", _DATA)
    config = (out / "hugo.yaml").read_text("utf-8").replace("disableKinds: [rss, sitemap]", "disableKinds: []")
    _write(out / "hugo.yaml", config + _OUTPUTS)
    for each in (out / "content/brands").glob("brand-*.md"):
        _write(each, each.read_text("utf-8").replace("---\n", f"---\naliases: [/b/{each.stem}/]\n", 1))


def _literal(html: str) -> str:
    return html.replace("{{", "{ {")


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")
