"""Pieces that texts in YAML are made of."""

from __future__ import annotations

from hypothesis import strategies as st

TOKENS = st.sampled_from(
    (
        *(
            "a",
            "b: ",
            "- ",
            "? ",
            ": ",
            "\n",
            "\n  ",
            "\n    ",
            "  ",
            "\t",
            "[",
            "]",
            "{",
            "}",
            ", ",
            "'",
            '"',
            "|",
            ">",
        ),
        *(
            "|-\n",
            ">+2\n",
            "&x ",
            "*x",
            "<<: ",
            "!t ",
            "!!str ",
            "!<u> ",
            "---\n",
            "...\n",
            "%YAML 1.2\n",
            "%TAG ! x\n",
        ),
        *("# c\n", "~", "null", "\\", "\\u202e", "@", "`", "%", "品牌", "😀", "\ufffd", "=", "a: 1\n", "a: 2\n"),
    )
)
