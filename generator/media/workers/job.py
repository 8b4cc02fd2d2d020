"""What a worker process does: it takes the bytes of one picture after another and answers with what is published.

It reads requests from its standard input and writes answers to its standard output, each a *frame*: the size of a JSON
head (4 bytes, big endian), the head, and a body whose size the head gives. A worker opens no file and is told no path.
Started by ``workers.py`` as ``python -m generator.media.workers.job``.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Mapping
from typing import IO, Any, BinaryIO

from generator.system import lifeline

MEMORY = 512 << 20  # bytes that a worker may take, where the system can hold it to that
LONGEST_HEAD = 1 << 16
LONGEST_BODY = 256 << 20
_DRAWN = 384  # pixels; how wide a drawing is made that is only checked
Frame = tuple[dict[str, Any], bytes]


def send(stream: IO[bytes], head: Mapping[str, Any], body: bytes = b"") -> None:
    """Write one frame. Raises ``OSError`` when nobody listens any more."""
    text = json.dumps({**head, "size": len(body)}).encode()
    stream.write(len(text).to_bytes(4, "big") + text + body)
    stream.flush()


def receive(stream: IO[bytes]) -> Frame | None:
    """Read one frame, ``None`` at the end of the stream. Raises ``ValueError`` for anything that is no frame."""
    raw = stream.read(4)
    if not raw:
        return None
    size = int.from_bytes(raw, "big")
    if size > LONGEST_HEAD:
        raise ValueError("the head of a frame is too long")
    try:
        head = json.loads(stream.read(size))
    except RecursionError:
        raise ValueError("the head of a frame is too deep") from None
    length = head.pop("size", None) if isinstance(head, dict) else None
    if type(length) is not int or not 0 <= length <= LONGEST_BODY:
        raise ValueError("the head of a frame gives no size")
    body = stream.read(length)
    if len(body) != length:
        raise ValueError("the body of a frame is cut short")
    return head, body


def limit_memory(size: int) -> None:
    """Hold this process to ``size`` bytes. Windows has no such limit; macOS accepts it and does not keep it."""
    try:
        import resource
    except ImportError:
        return
    for name in ("RLIMIT_AS", "RLIMIT_DATA"):
        limit = getattr(resource, name, None)
        if limit is not None:
            resource.setrlimit(limit, (size, size))


def answers(requests: BinaryIO, replies: BinaryIO) -> None:
    """Answer every request until there are no more. A request is a picture's bytes with ``widths``, ``file_size``,
    ``pixels`` and ``publish``; each answer is ``{"fault": code, "values": …}``, ``{"lost": reason}`` or
    ``{"made": [[form, width, height, bytes], …], "tint": …, "seen": [width, height] or null for a drawing, "blank": …}``
    with all files in its body; of a refused drawing the fault also has a ``"place"``. Before it, ``{"step": …}`` shows that
    there is progress."""
    while (request := receive(requests)) is not None:
        head, raw = request
        reply, body = _answer(head, raw, replies)
        del request, raw
        send(replies, reply, body)


def _answer(head: Mapping[str, Any], raw: bytes, replies: BinaryIO) -> Frame:
    from generator.media.formats import decode, encode, forms, vector

    widths, limits = head["widths"], forms.Limits(head["file_size"], head["pixels"])
    is_drawn = forms.form_of(raw) is None and vector.is_drawing(raw)
    try:
        if is_drawn:
            image = vector.pixels(raw, max(widths, default=_DRAWN), limits.pixels)
        else:
            image = decode.picture(raw, limits, max(widths, default=0))
        send(replies, {"step": "decoded"})
        told = {"seen": None if is_drawn else image.size, "blank": decode.is_blank(image)}
        if not head["publish"]:
            return {"made": [], "tint": "", **told}, b""
        made = encode.variants(image, widths, lambda: send(replies, {"step": "encoded"}))
        listed = [(each.form, each.width, each.height, len(each.content)) for each in made]
        return {"made": listed, "tint": encode.tint(image), **told}, b"".join(each.content for each in made)
    except vector.Refused as refused:
        return {
            "fault": "IMG-009",
            "values": {"reason": refused.reason, "what": refused.what},
            "place": refused.place,
        }, b""
    except decode.PictureFault as fault:
        return {"fault": fault.code, "values": fault.values}, b""
    except MemoryError:
        return {"lost": "memory"}, b""


def main() -> None:
    """Say that the worker is there, then answer. What libraries print goes nowhere. Ctrl+C in a terminal reaches every
    process of it; a worker leaves the answer to whoever started it, and ends when its input does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    lifeline.hold_by_input()
    from generator.media.formats import vector  # noqa: F401  loaded before the limit and before the clock runs

    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    limit_memory(MEMORY)
    send(replies, {"step": "ready"})
    answers(sys.stdin.buffer, replies)


if __name__ == "__main__":
    main()
