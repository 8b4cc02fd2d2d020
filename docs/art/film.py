"""Makes the sample films and the posters of the films from the drawings of the brands.

    python docs/art/film.py                          everything
    python docs/art/film.py kandejian-de-gongzheng   one film

Run it after draw.py. Needs Pillow, ffmpeg with libx264, and the fonts Noto Serif CJK and Noto Sans CJK
(Debian: apt-get install ffmpeg fonts-noto-cjk). Another ffmpeg gives other bytes: it prints the SHA-256
that belongs into video.yml. The films are silent; what they tell stands in their captions.
"""

from __future__ import annotations

import argparse
import subprocess
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont
from studio.paint import INK, PAPER, RED

ROOT = Path(__file__).resolve().parents[2]
FONTS = Path("/usr/share/fonts/opentype/noto")
SIZE, POSTER = (960, 540), (1280, 720)
RATE = 12  # pictures a second: the camera moves slowly
FADE = 0.6  # seconds from one shot to the next
Window = tuple[float, float, float]  # left, top and width of the part that is seen, in shares of the drawing's width


@dataclass(frozen=True)
class Shot:
    """A drawing under a moving camera, or a mark on paper, with words above it."""

    picture: str
    seconds: float
    start: Window = (0, 0, 1)
    end: Window = (0, 0, 1)
    title: str = ""
    line: str = ""
    dark: bool = False  # dark words for a light sky
    top: float = 0.13  # where the words begin, as a share of the height


@dataclass(frozen=True)
class Film:
    """The shots of a film; the first one is also its poster. Without ``is_here`` only the poster is made."""

    shots: tuple[Shot, ...]
    is_here: bool = True


FILMS = {
    "kandejian-de-gongzheng": Film(
        (
            Shot(
                "yangguang-tianping/img/sunrise.jpg",
                5,
                (0, 0.06, 1),
                (0.04, 0.08, 0.92),
                "看得见的公正",
                "阳光天平",
                dark=True,
                top=0.215,
            ),
            Shot("yangguang-tianping/img/steps.jpg", 9, (0, 0, 1), (0.2, 0.06, 0.62)),
            Shot("yangguang-tianping/img/logo.png", 6, title="阳光天平"),
        )
    ),
    "yi-tiao-he-zai-bian-qing": Film(
        (
            Shot("yiye-zhiqing/img/wetland.jpg", 5, (0, 0, 1), (0.05, 0.03, 0.9), "一条河，在变清", "一叶知清", True),
            Shot("yiye-zhiqing/img/river.jpg", 8, (0.28, 0.03, 0.7), (0, 0.03, 1)),
            Shot("yiye-zhiqing/img/logo.png", 5, title="一叶知清"),
        )
    ),
    "lu-shang-de-yi-tian": Film(
        (Shot("aibo-yilu/img/dawn-road.jpg", 5, (0, 0.02, 1), (0, 0, 1), "路上的一天", "爱播一路"),), is_here=False
    ),
}


def frame(shot: Shot, share: float, size: tuple[int, int], soft: bool = True) -> Image.Image:
    """The picture of ``shot`` when ``share`` of it is over."""
    drawing = _opened(shot.picture, soft)
    if shot.picture.endswith(".png"):
        return _mark(shot, drawing, size)
    left, top, width = (a + (b - a) * share for a, b in zip(shot.start, shot.end, strict=True))
    unit, height = drawing.width, width * size[1] / size[0]
    box = (left * unit, top * unit, (left + width) * unit, (top + height) * unit)
    image = drawing.resize(size, Image.Resampling.BICUBIC, box)
    colour = INK if shot.dark else PAPER
    x, y = size[0] * 0.07, size[1] * shot.top
    draw = ImageDraw.Draw(image)
    if shot.title:
        draw.text((x, y), shot.title, colour, _font("NotoSerifCJK-Bold.ttc", size[1] * 0.1))
        draw.text(
            (x, y + size[1] * 0.16),
            shot.line,
            RED if shot.dark else PAPER,
            _font("NotoSansCJK-Regular.ttc", size[1] * 0.048),
        )
    return image


@cache
def _opened(picture: str, soft: bool) -> Image.Image:
    with Image.open(ROOT / "brands" / picture) as opened:
        if picture.endswith(".png"):
            return opened.convert("RGBA")
        drawing = opened.convert("RGB")
    # the grain of the drawings would cost most of the bytes of a film
    return drawing.filter(ImageFilter.GaussianBlur(1.2)) if soft else drawing


def _mark(shot: Shot, mark: Image.Image, size: tuple[int, int]) -> Image.Image:
    image = Image.new("RGB", size, PAPER)
    side = round(size[1] * 0.42)
    small = mark.resize((side, side), Image.Resampling.LANCZOS)
    image.paste(small, ((size[0] - side) // 2, round(size[1] * 0.14)), small)
    font = _font("NotoSerifCJK-Bold.ttc", size[1] * 0.085)
    ImageDraw.Draw(image).text((size[0] / 2, size[1] * 0.68), shot.title, INK, font, anchor="mm")
    return image


def _font(name: str, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / name, round(size), index=2)  # 2: simplified Chinese


def film(id: str, made: Film) -> Path:
    """Makes the film beside its record and gives back its place."""
    target = ROOT / "content/videos" / id / f"{id}.mp4"
    command = [
        *("ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{SIZE[0]}x{SIZE[1]}"),
        *("-r", str(RATE), "-i", "-", "-an", "-c:v", "libx264", "-profile:v", "baseline", "-pix_fmt", "yuv420p"),
        *("-preset", "veryslow", "-tune", "animation", "-crf", "32", "-g", str(RATE * 5), "-threads", "1"),
        *(
            "-map_metadata",
            "-1",
            "-fflags",
            "+bitexact",
            "-flags:v",
            "+bitexact",
            "-movflags",
            "+faststart",
            str(target),
        ),
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as coder:
        assert coder.stdin is not None
        before: Image.Image | None = None
        for shot in made.shots:
            count = round(shot.seconds * RATE)
            for number in range(count):
                image = frame(shot, number / count, SIZE)
                if before is not None and number < FADE * RATE:
                    image = Image.blend(before, image, (number + 1) / (FADE * RATE + 1))
                coder.stdin.write(image.tobytes())
            before = frame(shot, 1, SIZE)
    assert coder.returncode == 0, "ffmpeg could not make the film"
    return target


def poster(id: str, made: Film) -> Path:
    """Draws the poster of a film and gives back its place."""
    path = ROOT / "content/videos" / id / "img" / "poster.jpg"
    path.parent.mkdir(parents=True, exist_ok=True)
    frame(made.shots[0], 0.4, POSTER, soft=False).save(path, quality=84, optimize=True, progressive=True)
    return path


def main() -> None:
    """Makes what the command line names, or everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="ids of films; all when none is given")
    args = parser.parse_args()
    if unknown := set(args.names) - set(FILMS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    for id, made in FILMS.items():
        if args.names and id not in args.names:
            continue
        for path in (poster(id, made), *((film(id, made),) if made.is_here else ())):
            content = path.read_bytes()
            print(f"{path.relative_to(ROOT)}  {len(content) // 1024} KB  {sha256(content).hexdigest()}")


if __name__ == "__main__":
    main()
