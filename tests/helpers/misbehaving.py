"""A worker for pictures that does what the end of some pictures tells it. Run by ``test_workers.py``."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from generator.media.formats import decode
from generator.media.workers import job

MARK = b"\nmisbehave: "
_JPEG = b"\xff\xd8\xff\xe0"
_ANSWERS: Mapping[str, tuple[dict[str, Any], bytes]] = {
    "other fault": ({"fault": "SEC-006", "values": {}}, b""),
    "page": ({"made": [["webp", 8, 8, 15]], "tint": ""}, b"<!DOCTYPE html>"),
    "long tint": ({"made": [["jpeg", 8, 8, 4]], "tint": 'tint-000" onload="x'}, _JPEG),
    "too little": ({"made": [["jpeg", 8, 8, 400]], "tint": ""}, _JPEG),
    "text": ({"made": [["jpeg", '8" onload="x', 8, 4]], "tint": ""}, _JPEG),
    "much": ({"made": [["jpeg", 8, 8, 4]], "tint": ""}, _JPEG * 2),
    "list": ({"made": 3}, b""),
    "no size": ({"fault": "IMG-004", "values": ["x"]}, b""),
}
_decoded = decode.picture


def _picture(raw: bytes, *rest: Any) -> Any:
    _, mark, how = raw.rpartition(MARK)
    if mark:
        _misbehave(how.decode())
    return _decoded(raw, *rest)


def _misbehave(how: str) -> None:
    if how == "exit":
        os._exit(3)
    elif how == "segfault":
        ctypes.string_at(0)
    elif how == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif how == "raise":
        raise SystemExit("an error of ours")
    elif how == "sleep":
        time.sleep(600)
    elif how == "spin":
        while True:
            pass
    elif how == "gobble":
        bytearray(1 << 30)
    elif how.startswith("once "):
        _once(Path(how.removeprefix("once ")))
    elif how == "slowly":
        for _ in range(4):
            time.sleep(0.6)
            job.send(_replies, {"step": "on the way"})
    elif how == "steps":
        while True:
            job.send(_replies, {"step": "for ever"})
    else:
        _answer(how)


def _once(file: Path) -> None:
    if not file.exists():
        file.touch()
        os._exit(3)


def _answer(how: str) -> None:
    """Write something else than an answer, and wait for the end."""
    if how == "noise":
        _replies.write(os.urandom(4096))
    elif how == "half":
        _replies.write(b'\0\0\0\x0c{"size": 90}x')
    elif how == "long":
        _replies.write(b"\xff\xff\xff\xff")
    elif how in _ANSWERS:
        job.send(_replies, *_ANSWERS[how])
        time.sleep(600)
    _replies.flush()
    os._exit(0)


def main() -> None:
    """Be a worker, but for some pictures."""
    global _replies
    decode.picture = _picture
    send = job.send

    def remembered(stream: BinaryIO, head: Mapping[str, Any], body: bytes = b"") -> None:
        global _replies
        _replies = stream
        send(stream, head, body)

    job.send = remembered
    job.main()


_replies: BinaryIO = sys.stdout.buffer

if __name__ == "__main__":
    main()
