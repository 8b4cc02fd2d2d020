"""Thousands of files that want to be pictures: none crashes or hangs the build, each is a picture or one problem."""

from __future__ import annotations

import io
import random
import struct
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from generator.media import workers
from generator.media.pictures import Limits, Wanted, develop, encoded
from generator.media.workers import job
from generator.problems import Span
from generator.source.files import discover
from generator.system.cache import Cache

LIMITS = Limits(20 << 20, 40_000_000)
ENDING = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif"}
CODES = {"IMG-002", "IMG-003", "IMG-004", "IMG-005", "IMG-007"}
HTML = b"<!DOCTYPE html><html><body><script>alert('secret')</script><!--"
ZIP = b"PK\x03\x04" + b"\0" * 26 + b"secret" + b"PK\x05\x06" + b"\0" * 18
PUBLISHED_EVERY = 10  # of the files, one in so many is published as well; decoding is the same


def _saved(image: Image.Image, form: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "secret camera"
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 20.0, 0.0), 29: "2024:05:01"})
    return exif


def _originals() -> list[tuple[str, bytes]]:
    """Sound files of every kind that the formats know: (format, bytes)."""
    noise = Image.effect_noise((48, 40), 90)
    colours = Image.merge("RGB", [noise, noise.transpose(Image.Transpose.ROTATE_180), noise])
    alpha = colours.convert("RGBA")
    alpha.putalpha(noise)
    frames = [colours, colours.transpose(Image.Transpose.ROTATE_180), alpha.convert("RGB")]
    moving: dict[str, Any] = {"save_all": True, "append_images": frames[1:], "duration": 100}
    found = [("JPEG", colours, {}), ("JPEG", noise, {}), ("JPEG", colours.convert("CMYK"), {})]
    found += [("JPEG", colours, {"progressive": True, "exif": _exif(), "comment": HTML})]
    found += [("PNG", each, {}) for each in (colours, alpha, noise, noise.convert("LA"), noise.convert("1"))]
    found += [("PNG", colours.quantize(64), {"transparency": 0}), ("PNG", noise.convert("I;16"), {})]
    found += [("PNG", colours, {**moving, "exif": _exif()})]
    found += [
        ("WEBP", colours, {}),
        ("WEBP", alpha, {"lossless": True}),
        ("WEBP", colours, {**moving, "exif": _exif()}),
    ]
    found += [("AVIF", colours, {"speed": 10}), ("AVIF", alpha, {"speed": 10, "exif": _exif()})]
    found += [("AVIF", colours, {**moving, "speed": 10})]
    return [(form, _saved(image, form, **options)) for form, image, options in found]


def _flipped(raw: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 1, 3, 30))):
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)


def _sized(raw: bytearray, chance: random.Random) -> None:
    """Numbers that may be sizes, set to extremes."""
    at = chance.randrange(min(len(raw) - 4, 200))
    raw[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\0", b"\0\0\xff\xff"))


def _shifted(raw: bytearray, chance: random.Random) -> None:
    """A piece taken out, doubled, or put elsewhere."""
    start = chance.randrange(len(raw))
    piece = bytes(raw[start : start + chance.randrange(1, 200)])
    if chance.random() < 0.6:
        del raw[start : start + len(piece)]
    at = chance.randrange(len(raw) + 1)
    raw[at:at] = piece * chance.randrange(3)


def _cut(raw: bytearray, chance: random.Random) -> None:
    del raw[chance.randrange(1, len(raw)) :]


def _joined(raw: bytearray, chance: random.Random) -> None:
    """Another file inside or behind this one."""
    at = chance.choice((len(raw), chance.randrange(len(raw))))
    raw[at:at] = chance.choice((HTML, ZIP, HTML + ZIP))


def _mutants(each: int) -> Iterator[tuple[str, bytes]]:
    """``each`` spoiled copies of each original, the same in every run, some with the ending of another format."""
    chance = random.Random(20)
    for form, original in _originals():
        for _ in range(each):
            raw = bytearray(original)
            for _ in range(chance.choice((1, 1, 2))):
                chance.choice((_flipped, _sized, _shifted, _cut, _joined))(raw, chance)
                raw = raw or bytearray(b"\0")
            ending = ENDING[form] if chance.random() < 0.96 else chance.choice(["jpg", "png", "webp", "avif", "gif"])
            yield ending, bytes(raw)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def _png(width: int, height: int, depth: int, colour: int, *chunks: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join((_chunk(b"IHDR", head), *chunks, _chunk(b"IEND", b"")))


def _bombs() -> Iterator[tuple[str, bytes]]:
    """Small files that promise, or unpack to, far more than they are."""
    zeros = zlib.compress(b"\0" * 30_000_000, 9)
    for side in (6_000, 6_324, 6_400, 16_383, 16_384, 65_535, 1 << 24, (1 << 31) - 1):
        for colour in (0, 2, 3, 6):
            yield "png", _png(side, side, 8, colour, _chunk(b"IDAT", zeros))
            yield "png", _png(side, 1, 8, colour, _chunk(b"IDAT", zeros))
            yield "png", _png(1, side, 16 if colour != 3 else 8, colour, _chunk(b"IDAT", zeros))
    pixel = _chunk(b"IDAT", zlib.compress(b"\0" * 4))
    for name in (b"zTXt", b"iTXt", b"iCCP", b"eXIf"):
        yield "png", _png(1, 1, 8, 2, _chunk(name, b"x\0\0" + zeros), pixel)
    yield "png", _png(1, 1, 8, 2, *[_chunk(b"tEXt", b"a\0" + b"b" * 40)] * 5_000, pixel)
    yield "png", _png(1, 1, 8, 2, *[_chunk(b"fcTL", b"\0" * 26)] * 5_000, pixel)
    jpeg = _saved(Image.new("RGB", (16, 16)), "JPEG")
    at = jpeg.index(b"\xff\xc0") + 5
    for width, height in ((6_300, 6_300), (65_500, 600), (600, 65_500), (65_535, 65_535), (0, 0), (1, 65_535)):
        yield "jpg", jpeg[:at] + struct.pack(">HH", height, width) + jpeg[at + 4 :]
    yield "jpg", jpeg[:2] + (b"\xff\xe1\xff\xff" + b"\0" * 65_533) * 100 + jpeg[2:]
    for turn in range(12):
        exif = Image.Exif()
        exif[0x0112] = turn
        yield "jpg", _saved(Image.new("RGB", (30, 20)), "JPEG", exif=exif)
    for width, height in ((16_383, 16_383), (1, 1)):
        yield "webp", b"RIFF\x16\0\0\0WEBPVP8L\x0a\0\0\0/" + struct.pack("<I", width - 1 | height - 1 << 14) + b"\0" * 6
        yield "webp", b"RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\x12\0\0\0" + b"\xff" * 6


@pytest.fixture
def peaks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The most memory that each worker ever had, in KiB, where the system tells."""
    found: list[int] = []
    end = workers._Worker.end

    def ended(worker: workers._Worker) -> None:
        try:
            status = Path(f"/proc/{worker._process.pid}/status").read_text("ascii")
        except OSError:
            status = ""
        found.extend(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
        end(worker)

    monkeypatch.setattr(workers._Worker, "end", ended)
    return found


@pytest.mark.audit
@pytest.mark.parametrize(("make", "least"), [(lambda: _mutants(190), 3_000), (_bombs, 100)], ids=["mutants", "bombs"])
def test_every_hostile_file_is_a_picture_or_one_problem(
    make: Callable[[], Iterator[tuple[str, bytes]]], least: int, tmp_path: Path, peaks: list[int]
) -> None:
    files = list(make())
    assert len({content for _, content in files}) >= least
    folder = tmp_path / "brands/x"
    folder.mkdir(parents=True)
    wanted = []
    for at, (ending, content) in enumerate(files):
        (folder / f"{at}.{ending}").write_bytes(content)
        wanted.append(Wanted(f"brands/x/{at}.{ending}", Span("a.yml", at + 1), (16,), at % PUBLISHED_EVERY == 0))
    sources, _ = discover(tmp_path)
    cache = Cache(tmp_path / "cache")
    pictures, problems = develop(wanted, sources, cache, LIMITS, jobs=2)

    problems = tuple(each for each in problems if each.code not in ("PII-010", "PII-011"))  # told of good ones, too
    refused = Counter(each.span.line for each in problems)
    assert set(refused.values()) <= {1}
    for each, known in zip(wanted, (number + 1 in refused for number in range(len(wanted))), strict=True):
        assert (each.path in pictures) == (each.public and not known)
    codes = Counter(each.code for each in problems)
    assert set(codes) <= CODES and codes["IMG-004"] > 10 and pictures
    for each in problems:
        assert each.is_error and each.text("zh") and each.remedy("zh") and each.text("en") and each.remedy("en")
    for content in dict(encoded(pictures.values(), cache)).values():
        assert b"secret" not in content
        with Image.open(io.BytesIO(content)) as image:
            image.load()
            assert max(image.size) <= 16 * 3_000
    if sys.platform.startswith("linux"):
        assert peaks and max(peaks) <= job.MEMORY >> 10
