"""When two texts say the same: what does not count is left out, and nothing else."""

from __future__ import annotations

import sys
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from generator.proofreading import sameness
from generator.proofreading.sameness import folded

_ODD = st.sampled_from("Ａ，。・“”é ́～～①ﬁŉİß한ᄒ\u3099か̸<=\u3000")


@given(st.text(st.one_of(_ODD, st.characters()), max_size=12))
def test_what_is_compared_is_the_normal_form_without_blanks_and_punctuation(text: str) -> None:
    assert folded(text) == sameness._NOISE.sub("", unicodedata.normalize("NFKC", text).casefold())


def test_no_sign_that_does_not_count_becomes_one_that_does() -> None:
    signs = [each for each in map(chr, range(sys.maxunicode + 1)) if sameness._NOISE.fullmatch(each)]
    assert len(signs) > 60
    assert [each for each in signs if not sameness._NOISE.fullmatch(unicodedata.normalize("NFKC", each))] == []
