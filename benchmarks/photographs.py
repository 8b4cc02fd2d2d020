"""Pictures with the statistics of photographs, the same for the same seed: what the pictures are measured with.

A scene is put together from fractal noise, gradients, sharp edges, occluding shapes of all sizes, fine texture and
smooth areas, and then "taken": slight blur, fall-off to the corners, a tone curve and the noise of a sensor. None
of them shows anything. Needs numpy, which the project itself does not; its FFT may round differently elsewhere, so
the same bytes are promised for the same machine and the same releases of numpy and Pillow only.
"""

from __future__ import annotations

import argparse
import io
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw, ImageFilter

Field = np.ndarray  # float32, height × width or height × width × 3, values about 0 to 1
Scene = Callable[[Generator, int, int], Field]

SIZE = (1600, 1000)
QUALITY = (88, 93)  # of the JPEG file, drawn for each picture


def noise(rng: Generator, width: int, height: int, slope: float, stretch: float = 1.0) -> Field:
    """Noise whose amplitude falls with frequency to the power ``slope`` (photographs: about 1), mean 0, deviation 1.
    ``stretch`` > 1 draws it out sideways."""
    down = np.fft.fftfreq(height)[:, None] * height
    across = np.fft.rfftfreq(width)[None, :] * width * stretch * height / width
    radius = np.hypot(down, across).astype(np.float32)
    radius[0, 0] = 1
    spectrum = np.fft.rfft2(rng.standard_normal((height, width), dtype=np.float32)) * radius**-slope
    spectrum[0, 0] = 0
    field = np.fft.irfft2(spectrum, s=(height, width)).astype(np.float32)
    return field / field.std()


def ramp(top: Field, bottom: Field, width: int, height: int) -> Field:
    """A gradient between two colours from the top to the bottom."""
    at = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
    return np.broadcast_to(top * (1 - at) + bottom * at, (height, width, 3)).copy()


def colour(rng: Generator, low: float, high: float, spread: float = 0.25) -> Field:
    """A muted colour with a lightness between ``low`` and ``high``."""
    tint = rng.uniform(-spread, spread, 3).astype(np.float32)
    return np.clip(np.float32(rng.uniform(low, high)) * (1 + tint - tint.mean()), 0, 1)


def blend(below: Field, above: Field, share: Field) -> Field:
    """``above`` over ``below`` where ``share`` is 1."""
    return below + (above - below) * share[..., None]


def drawn(width: int, height: int, draw: Callable[[ImageDraw.ImageDraw], None], blur: float = 0) -> Field:
    """What ``draw`` leaves on a black picture."""
    image = Image.new("RGB", (width, height))
    draw(ImageDraw.Draw(image))
    return as_field(image.filter(ImageFilter.GaussianBlur(blur)) if blur else image)


def as_field(image: Image.Image) -> Field:
    """The pixels of ``image`` from 0 to 1."""
    return np.asarray(image, dtype=np.float32) / 255


def ink(rgb: Field) -> tuple[int, int, int]:
    """A colour as Pillow takes it."""
    red, green, blue = (int(each) for each in np.clip(rgb, 0, 1) * 255)
    return red, green, blue


# -- scenes ------------------------------------------------------------------------------------------------------------


def hills(rng: Generator, width: int, height: int) -> Field:
    """A sky with clouds above ridges that pale into the distance, grass in front."""
    sky = ramp(np.float32([0.25, 0.45, 0.75]) * rng.uniform(0.8, 1.2), colour(rng, 0.75, 0.95, 0.1), width, height)
    clouds = np.clip(noise(rng, width, height, 1.7, 2.5) * 0.6 + rng.uniform(-0.4, 0.4), 0, 1)
    scene = blend(sky, np.full_like(sky, 0.95), clouds * 0.8)
    rows = np.arange(height, dtype=np.float32)[:, None]
    ridges = int(rng.integers(3, 6))
    for number in range(ridges):
        near = (number + 1) / ridges
        line = height * (0.3 + 0.45 * near) + noise(rng, width, 8, 1.6)[3] * height * 0.06
        land = colour(rng, 0.15, 0.35) * np.float32([0.9, 1.15, 0.7])
        rough = noise(rng, width, height, 1.5 - 0.5 * near) * 0.12 * near
        surface = land * near + np.float32([0.62, 0.7, 0.8]) * (1 - near) + rough[..., None]
        scene = blend(scene, surface, np.clip(rows - line[None, :], 0, 1))
    grass = noise(rng, width, height, 0.7, 0.12) * 0.12
    share = np.clip((rows - height * 0.85) / (height * 0.08), 0, 1) * np.ones((1, width), np.float32)
    return blend(scene, colour(rng, 0.2, 0.4) * np.float32([0.8, 1.2, 0.5]) + grass[..., None], share)


def street(rng: Generator, width: int, height: int) -> Field:
    """House fronts with rows of windows, a bright sky, paving."""
    scene = ramp(colour(rng, 0.6, 0.9, 0.15), colour(rng, 0.8, 1, 0.05), width, height)
    ground = int(height * rng.uniform(0.72, 0.85))

    def fronts(pen: ImageDraw.ImageDraw) -> None:
        left = -int(rng.integers(0, 120))
        while left < width:
            wide, top = int(rng.integers(130, 420)), int(height * rng.uniform(0.05, 0.5))
            wall = colour(rng, 0.3, 0.75)
            pen.rectangle((left, top, left + wide, ground), ink(wall))
            step, storey = int(rng.integers(26, 60)), int(rng.integers(34, 70))
            for x in range(left + step // 3, left + wide - step // 2, step):
                for y in range(top + storey // 3, ground - storey // 2, storey):
                    pane = colour(rng, 0.05, 0.4) if rng.random() < 0.85 else colour(rng, 0.7, 1)
                    pen.rectangle((x, y, x + step // 2, y + storey // 2), ink(pane))
                    pen.line((x, y + storey // 2 + 1, x + step // 2, y + storey // 2 + 1), ink(wall * 1.3))
            left += wide + int(rng.integers(-10, 30))

    houses = drawn(width, height, fronts)
    there = (houses.max(axis=2) > 0).astype(np.float32)
    houses *= 1 + 0.1 * noise(rng, width, height, 0.9)[..., None] + 0.12 * noise(rng, width, height, 1.8)[..., None]
    scene = blend(scene, houses, there)
    paving = colour(rng, 0.3, 0.55, 0.08) + 0.09 * noise(rng, width, height, 0.6, 3)[..., None]
    return blend(scene, paving, np.repeat((np.arange(height) > ground).astype(np.float32)[:, None], width, 1))


def leaves(rng: Generator, width: int, height: int) -> Field:
    """Shapes of all sizes that hide each other (the "dead leaves" model of natural pictures), lit from one side."""

    def fall(pen: ImageDraw.ImageDraw) -> None:
        ground = colour(rng, 0.3, 0.6)
        pen.rectangle((0, 0, width, height), ink(ground * 0.4))
        for size in np.sort(9 / np.sqrt(rng.uniform(0.0007, 1, 7000)))[::-1]:
            x, y = rng.uniform(-50, width + 50), rng.uniform(-50, height + 50)
            wide, high = size * rng.uniform(0.3, 1), size * rng.uniform(0.3, 1)
            shade = ink(ground * np.float32(rng.uniform(0.3, 1.9)) + rng.uniform(-0.08, 0.08, 3).astype(np.float32))
            if rng.random() < 0.6:
                pen.ellipse((x - wide, y - high, x + wide, y + high), shade)
            else:
                corners = [(x + rng.uniform(-wide, wide), y + rng.uniform(-high, high)) for _ in range(4)]
                pen.polygon(corners, shade)

    light = 1 + 0.3 * noise(rng, width, height, 2)[..., None] + 0.09 * noise(rng, width, height, 0.9)[..., None]
    return drawn(width, height, fall) * light


def faces(rng: Generator, width: int, height: int) -> Field:
    """Smooth rounded forms with hair and cloth before lights that are out of focus."""

    def lights(pen: ImageDraw.ImageDraw) -> None:
        for _ in range(60):
            x, y, size = rng.uniform(0, width), rng.uniform(0, height), rng.uniform(10, 70)
            pen.ellipse((x - size, y - size, x + size, y + size), ink(colour(rng, 0.1, 0.6, 0.5)))

    scene = ramp(colour(rng, 0.1, 0.4), colour(rng, 0.2, 0.5), width, height) * 0.6 + drawn(width, height, lights, 14)
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    people = int(rng.integers(1, 4))
    for number in range(people):
        middle, line = width * (number + rng.uniform(0.35, 0.65)) / people, height * rng.uniform(0.3, 0.42)
        size = height * rng.uniform(0.13, 0.2)
        cloth = colour(rng, 0.1, 0.7, 0.5) * (1 + 0.12 * noise(rng, width, height, 0.5)[..., None])
        cloth = cloth * (1 + 0.25 * noise(rng, width, height, 1.9)[..., None])
        hair = colour(rng, 0.05, 0.2) * (1 + 0.5 * noise(rng, width, height, 0.8, 0.05)[..., None])
        body = _round(down, across, line + size * 3.6, middle, size * 2.4, size * 2.1)
        scene = blend(scene, cloth, body)
        scene = blend(scene, hair, _round(down, across, line - size * 0.15, middle, size * 1.3, size * 1.05))
        light = 0.75 + 0.3 * (middle - across) / size / 2 - 0.15 * (down - line) / size
        skin = np.float32([0.85, 0.66, 0.54]) * light[..., None] + 0.012 * noise(rng, width, height, 0.7)[..., None]
        scene = blend(scene, skin, _round(down, across, line + size * 0.15, middle, size * 1.05, size * 0.8))
    return scene


def _round(down: Field, across: Field, y: float, x: float, high: float, wide: float) -> Field:
    return np.clip((1 - np.hypot((down - y) / high, (across - x) / wide)) * high / 2, 0, 1)


def board(rng: Generator, width: int, height: int) -> Field:
    """Rows of small strokes like writing on a lit wall, with a headline and framed pictures."""
    paper = colour(rng, 0.75, 0.95, 0.1)
    dark = colour(rng, 0.02, 0.25, 0.5)

    def write(pen: ImageDraw.ImageDraw) -> None:
        pen.rectangle((0, 0, width, height), ink(paper))
        for left in range(60, width - 300, 390):
            y = int(rng.integers(50, 110))
            while y < height - 60:
                size = int(rng.choice([60, 26, 20, 15, 15, 15]))
                for x in range(left, left + int(rng.uniform(0.6, 1) * 330), size):
                    _glyph(rng, pen, x, y, size, ink(dark))
                y += int(size * 1.6)
                if rng.random() < 0.12 and y < height - 260:
                    pen.rectangle((left, y, left + 330, y + 200), ink(colour(rng, 0.2, 0.6, 0.6)))
                    y += 225

    light = 1 + 0.12 * noise(rng, width, height, 2.2)[..., None] + 0.02 * noise(rng, width, height, 0.8)[..., None]
    image = Image.fromarray(_bytes(drawn(width, height, write)))
    shear = rng.uniform(-0.05, 0.05)
    turned = image.transform(
        image.size,
        Image.Transform.AFFINE,
        (1, shear, 0, -shear, 1, 0),
        Image.Resampling.BICUBIC,
        fillcolor=ink(paper * 0.6),
    )
    return as_field(turned) * light


def _glyph(rng: Generator, pen: ImageDraw.ImageDraw, x: int, y: int, size: int, shade: tuple[int, int, int]) -> None:
    inner, thick = size * 0.82, max(1, size // 11)
    for _ in range(int(rng.integers(4, 9))):
        at, end = rng.uniform(0, inner, 2), rng.uniform(0, inner, 2)
        end[int(rng.integers(0, 2))] = at[int(rng.integers(0, 2))]
        pen.line((x + at[0], y + at[1], x + end[0], y + end[1]), shade, thick)


def water(rng: Generator, width: int, height: int) -> Field:
    """Waves that reflect a low sun, a far shore."""
    scene = ramp(colour(rng, 0.5, 0.9, 0.4), colour(rng, 0.6, 1, 0.4), width, height)
    horizon = int(height * rng.uniform(0.25, 0.5))
    waves = noise(rng, width, height, 1.1, 6)
    depth = np.clip((np.arange(height, dtype=np.float32) - horizon) / (height - horizon), 0, 1)[:, None]
    sea = colour(rng, 0.15, 0.4) * np.float32([0.7, 1, 1.25]) + (waves * (0.05 + 0.12 * depth))[..., None]
    across = np.arange(width, dtype=np.float32)[None, :] / width - rng.uniform(0.2, 0.8)
    glitter = np.clip(noise(rng, width, height, 0.8, 5) - 1.2, 0, 1) * np.exp(-((across / 0.15) ** 2))
    scene = blend(scene, sea + glitter[..., None], (depth > 0) * np.ones((1, width), np.float32))
    shore = np.abs(np.arange(height)[:, None] - horizon) < 6 + 10 * np.abs(noise(rng, width, 8, 1.3)[3])[None, :]
    return blend(scene, np.full_like(scene, 0.12), shore.astype(np.float32))


def night(rng: Generator, width: int, height: int) -> Field:
    """Lamps and their glow over dark forms."""

    def lamps(pen: ImageDraw.ImageDraw) -> None:
        for _ in range(int(rng.integers(80, 250))):
            x, y, size = rng.uniform(0, width), height * rng.beta(3, 2), rng.uniform(1, 7)
            pen.ellipse((x - size, y - size, x + size, y + size), ink(colour(rng, 0.7, 1, 0.5)))

    points = drawn(width, height, lamps)
    glow = as_field(Image.fromarray(_bytes(points)).filter(ImageFilter.GaussianBlur(25))) * 3
    return leaves(rng, width, height) * 0.3 + street(rng, width, height) * 0.12 + points + glow


def table(rng: Generator, width: int, height: int) -> Field:
    """A few things on woven cloth, seen closely: what is behind is out of focus."""
    cloth = colour(rng, 0.3, 0.8, 0.3) * (1 + 0.15 * noise(rng, width, height, 0.6)[..., None])
    things = leaves(rng, width // 4, height // 4)
    large = Image.fromarray(_bytes(things)).resize((width, height), Image.Resampling.BICUBIC)
    soft = as_field(large.filter(ImageFilter.GaussianBlur(rng.uniform(3, 10))))
    sharp = as_field(large) * (1 + 0.12 * noise(rng, width, height, 1)[..., None])
    scene = blend(cloth, soft, np.clip(noise(rng, width, height, 2) * 2, 0, 1))
    return blend(scene, sharp, np.clip(noise(rng, width, height, 2.2) * 8, 0, 1))


SCENES: tuple[Scene, ...] = (hills, street, leaves, faces, board, water, night, table)


# -- the camera --------------------------------------------------------------------------------------------------------


def photograph(number: int, seed: int = 1, size: tuple[int, int] = SIZE) -> Image.Image:
    """The picture ``number`` of ``seed`` in pixels. Neighbours show different scenes."""
    rng = np.random.default_rng((seed, number))
    width, height = size
    scene = SCENES[number % len(SCENES)](rng, width, height)
    down, across = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].astype(np.float32)
    scene = np.clip(scene, 0, None) * (1 - rng.uniform(0.02, 0.15) * (down**2 + across**2))[..., None]
    scene = np.clip(scene * rng.uniform(0.9, 1.1), 0, 1)
    focused = as_field(Image.fromarray(_bytes(scene)).filter(ImageFilter.GaussianBlur(rng.uniform(0.45, 0.8))))
    grain = rng.uniform(0.004, 0.018) * np.sqrt(focused + 0.1)
    coarse = noise(rng, width, height, 0.2)[..., None] * 0.8 + rng.standard_normal(scene.shape, np.float32) * 0.5
    return Image.fromarray(_bytes(np.clip(focused + grain * coarse, 0, 1)))


def jpeg(number: int, seed: int = 1, size: tuple[int, int] = SIZE) -> bytes:
    """The picture as a camera's file."""
    out = io.BytesIO()
    quality = QUALITY[0] + (number * 7 + seed) % (QUALITY[1] - QUALITY[0])
    photograph(number, seed, size).save(out, "JPEG", quality=quality)
    return out.getvalue()


def write(folder: Path, count: int, seed: int = 1, jobs: int = 2, size: tuple[int, int] = SIZE) -> list[Path]:
    """Write ``count`` pictures as ``0000.jpg`` and so on; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{number:04}.jpg" for number in range(count)]
    with ProcessPoolExecutor(jobs) as workers:
        for file, content in zip(files, workers.map(partial(jpeg, seed=seed, size=size), range(count)), strict=True):
            file.write_bytes(content)
    return files


def _bytes(field: Field) -> np.ndarray:
    return (np.clip(field, 0, 1) * 255 + 0.5).astype(np.uint8)


def main() -> None:
    """Write pictures from the command line."""
    parser = argparse.ArgumentParser(description="Write pictures with the statistics of photographs.")
    parser.add_argument("--count", type=int, default=24)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    for file in write(options.out, options.count, options.seed):
        print(f"{file.name}  {file.stat().st_size:>9,}")


if __name__ == "__main__":
    main()
