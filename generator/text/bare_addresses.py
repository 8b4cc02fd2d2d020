"""Addresses written without brackets: where they begin and end in Chinese text, and the links they become.

They consist of ASCII. So full-width punctuation, brackets, quotes and Han end them, as they do for a reader; a rule made
for English runs on to the next blank and swallows the sentence.
"""

from __future__ import annotations

import re
from html import escape

_BODY = r"(?:(?![,;](?i:https?://|www\.))[!#$%&'()*+,\-./0-9:;=?@A-Z_a-z~])"  # up to the next address of a list
PATTERN = (
    r"(?<![A-Za-z0-9])(?i:https?://)(?=[A-Za-z0-9])" + _BODY + r"+"
    r"|(?<![A-Za-z0-9./@_\-])(?i:www\.)[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+(?:[/?#:]" + _BODY + r"*)?"
    r"|(?<![A-Za-z0-9._+\-])[A-Za-z0-9][A-Za-z0-9._+\-]{0,63}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63})+(?![A-Za-z0-9@_\-])"
)
_ENTITY_END = re.compile(r"&[A-Za-z0-9]+;\Z")
_MOST_TRIMMED = 200  # a run of brackets longer than that is no address


def length(written: str) -> int:
    """How much of ``written``, which matches ``PATTERN``, is the address: a full stop or a bracket behind it is not."""
    end, trimmed = len(written), 0
    brackets = written.count("(") - written.count(")")
    while end and trimmed < _MOST_TRIMMED:
        last = written[end - 1]
        if last in "?!.,:*_~'(":
            end -= 1
        elif last == ")" and brackets < 0:
            end, brackets = end - 1, brackets + 1
        elif last == ";" and (entity := _ENTITY_END.search(written, max(0, end - 40), end)):
            end = entity.start()
        elif last == ";":
            end -= 1
        else:
            break
        trimmed += 1
    return end


def link(address: str) -> str:
    """The link that a bare address becomes."""
    if address[:4].lower() == "www.":
        target = f"http://{address}"
    else:
        target = address if "://" in address else f"mailto:{address}"
    return f'<a href="{escape(target)}">{escape(address)}</a>'
