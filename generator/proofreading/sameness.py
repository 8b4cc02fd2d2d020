"""When two texts say the same."""

from __future__ import annotations

import re
import unicodedata

_NOISE = re.compile(r"[\s\u3000“”‘’\"'「」『』《》〈〉·•.,，。、；;:：!！?？()（）【】\[\]—\-_~～]+")


def folded(text: str) -> str:
    """``text`` as it is compared: width, case, blanks, quotation marks and punctuation do not count."""
    plain = _NOISE.sub("", text)
    if unicodedata.is_normalized("NFKC", plain):  # as nearly all are without their punctuation, and it takes a third of the time
        return plain.casefold()
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).casefold())
