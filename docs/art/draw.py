"""Draws the logos and pictures of the sample brands, and the opening picture of the home page.

    python docs/art/draw.py                       everything
    python docs/art/draw.py fangxin-cheng         one brand
    python docs/art/draw.py aibo-yilu/dawn-road   one picture
    python docs/art/draw.py opening               the opening picture
    python docs/art/draw.py --sheet /tmp/sheet    contact sheets, to look at

Only Pillow is needed, and no font: the drawings carry no text. Every picture comes from a seed,
so that a second run gives the same picture.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from studio.catalogue import LOGOS, SCENES
from studio.opening import opening
from studio.paint import PAPER, Logo, Scene

ROOT = Path(__file__).resolve().parents[2]


def draw_logo(brand: str, root: Path = ROOT) -> Path:
    """Draws the logo of a brand and gives back its place."""
    logo = Logo()
    LOGOS[brand](logo)
    path = root / "brands" / brand / "img" / "logo.png"
    logo.save(path)
    return path


def draw_picture(brand: str, name: str, paint: Callable[[Scene], None], root: Path = ROOT) -> Path:
    """Draws a picture of a brand and gives back its place."""
    scene = Scene(f"{brand}/{name}")
    paint(scene)
    path = root / "brands" / brand / "img" / f"{name}.jpg"
    scene.finish(path)
    return path


def draw_opening(root: Path = ROOT) -> Path:
    """Draws the opening picture of the home page and gives back its place."""
    scene = Scene("opening", 2000, 1000)
    opening(scene)
    path = root / "content" / "img" / "opening.jpg"
    scene.finish(path, 175_000, 0.10)
    return path


def contact_sheet(paths: list[Path], columns: int, size: tuple[int, int], target: Path) -> None:
    """Puts small copies of the pictures side by side."""
    rows = -(-len(paths) // columns)
    sheet = Image.new("RGB", (columns * (size[0] + 16), rows * (size[1] + 16)), PAPER)
    for i, path in enumerate(paths):
        with Image.open(path) as picture:
            small = picture.convert("RGBA").resize(size, Image.Resampling.LANCZOS)
        sheet.paste(small, ((i % columns) * (size[0] + 16) + 8, (i // columns) * (size[1] + 16) + 8), small)
    sheet.save(target)


def main() -> None:
    """Draws what the command line names, or everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="brand ids, brand/picture, or opening; all when none is given")
    parser.add_argument("--sheet", type=Path, help="also write contact sheets into this folder")
    args = parser.parse_args()
    wanted = set(args.names)
    known = {"opening", *LOGOS, *(f"{brand}/{name}" for brand, scenes in SCENES.items() for name in scenes)}
    if unknown := wanted - known:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    logos, pictures = [], []
    for brand in LOGOS:
        if not wanted or brand in wanted:
            logos.append(draw_logo(brand))
        for name, paint in SCENES[brand].items():
            if not wanted or brand in wanted or f"{brand}/{name}" in wanted:
                pictures.append(draw_picture(brand, name, paint))
    if not wanted or "opening" in wanted:
        pictures.append(draw_opening())
    if args.sheet:
        args.sheet.mkdir(parents=True, exist_ok=True)
        if logos:
            contact_sheet(logos, 6, (300, 300), args.sheet / "logos.png")
        for n in range(0, len(pictures), 9):
            contact_sheet(pictures[n : n + 9], 3, (640, 400), args.sheet / f"pictures-{n // 9 + 1}.png")


if __name__ == "__main__":
    main()
