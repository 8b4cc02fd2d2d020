"""What a local ``ffprobe`` says of a film: how long it is and how it is coded. Never needed, never trusted.

ffprobe takes bytes from outside apart, so it is told which format to expect and to read the container only, not to
decode; it may open nothing but files, gets no more than ``TIMEOUT`` seconds, and what it prints is read like any other
untrusted text.
"""

from __future__ import annotations

import json
import math
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Literal

from generator.media.workers import KEPT
from generator.system import lifeline
from generator.system.cache import Cache, key

TIMEOUT = 10  # seconds
PLAYED_EVERYWHERE = frozenset({"h264", "vp9", "av1", "aac", "opus"})  # by ffmpeg's names
_STEP = "probes"
_RECIPE = "1"
_DEMUXERS = {"mp4": "mov", "webm": "matroska"}
_ENTRIES = "format=duration:stream=codec_type,codec_name:stream_disposition=attached_pic"
_MEMORY = 256 << 20  # bytes that ffprobe may ask for at once
_CODEC = re.compile(r"[a-z0-9_]{1,32}")
_LONGEST = 100 * 3600  # seconds; longer is no film


@dataclass(frozen=True, slots=True)
class Findings:
    """How long a film is in seconds (``None``: unknown), and the codecs of its pictures and sound, each once."""

    seconds: float | None
    codecs: tuple[str, ...]

    @property
    def unusual(self) -> tuple[str, ...]:
        """The codecs that many devices cannot play."""
        return tuple(each for each in self.codecs if each not in PLAYED_EVERYWHERE)


def read(output: bytes) -> Findings | None:
    """What ffprobe printed as JSON, ``None`` where it is nothing of the kind. Anything odd in it is left out."""
    try:
        told = json.loads(output)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict):
        return None
    streams = told.get("streams")
    codecs = (_codec(each) for each in streams) if isinstance(streams, list) else ()
    found = Findings(_seconds(told.get("format")), tuple(sorted({each for each in codecs if each})))
    return found if found.seconds is not None or found.codecs else None


def _seconds(form: Any) -> float | None:
    text = form.get("duration") if isinstance(form, dict) else None
    if not isinstance(text, str) or not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,12})?", text):
        return None
    seconds = float(text)
    return seconds if math.isfinite(seconds) and 0 < seconds <= _LONGEST else None


def _codec(stream: Any) -> str | None:
    if not isinstance(stream, dict) or stream.get("codec_type") not in ("video", "audio"):
        return None
    disposition = stream.get("disposition")
    if isinstance(disposition, dict) and disposition.get("attached_pic"):
        return None  # a cover, not the film
    name = stream.get("codec_name")
    return name if isinstance(name, str) and _CODEC.fullmatch(name) else None


def found(root: Path) -> str | None:
    """The ffprobe of this machine, ``None`` where there is none: never one that came with the site at ``root`` or with
    the folder we are in, whatever the search path says."""
    folders = [each for each in os.environ.get("PATH", os.defpath).split(os.pathsep) if Path(each).is_absolute()]
    tool = shutil.which("ffprobe", path=os.pathsep.join(folders)) if folders else None
    if tool is None:
        return None
    own = (root.resolve(), Path.cwd())
    is_ours = any(Path(place).is_relative_to(each) for place in (tool, Path(tool).resolve()) for each in own)
    return None if is_ours else tool


def ask(ffprobe: str, film: BinaryIO, form: Literal["mp4", "webm"], digest: str, cache: Cache | None) -> Findings | None:
    """What ``ffprobe`` (a path) says of an open file, whose content has the SHA-256 ``digest``; ``None`` where it says
    nothing of use. Its answer is kept under the digest, so the same content is asked about once."""
    name = key(_STEP, _RECIPE, (digest, form, _identity(ffprobe)))
    ask_it = partial(_run, ffprobe, film, form)
    output = cache.get_or_make(_STEP, name, ask_it) if cache else ask_it()
    return read(output) if output else None


def _identity(tool: str) -> str:
    """Which ffprobe it is: another release may see more."""
    try:
        facts = Path(tool).stat()
    except OSError:
        return tool
    return f"{tool} {facts.st_size} {facts.st_mtime_ns}"


def _run(ffprobe: str, film: BinaryIO, form: str) -> bytes | None:
    """What ffprobe printed, empty where it gave up, ``None`` where it could not be asked or took too long. It gets the file
    that we opened, so it sees what we see, and none of the secrets that a CI keeps in variables."""
    film.seek(0)
    protocol, name = ("file", "/dev/stdin") if Path("/dev/stdin").exists() else ("pipe", "0")
    command = [] if sys.platform == "win32" else [sys.executable, "-IS", lifeline.__file__, str(os.getpid()), str(TIMEOUT)]
    command += [ffprobe, "-v", "quiet", "-max_alloc", str(_MEMORY), "-protocol_whitelist", protocol, "-of", "json"]
    command += ["-nofind_stream_info", "-show_entries", _ENTRIES, "-f", _DEMUXERS[form], "-i", f"{protocol}:{name}"]
    try:
        done = subprocess.run(
            command,
            stdin=film,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=TIMEOUT,
            check=False,
            env={each: os.environ[each] for each in KEPT if each in os.environ},
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout if done.returncode == 0 else b""
