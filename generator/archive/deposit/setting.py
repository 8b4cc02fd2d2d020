"""Typst as a program that ends with all that it kept: ``python setting.py FOLDER FILE SECONDS FONTS…``.

It sets ``year.typ`` in ``FOLDER`` as the PDF ``FILE``, dated ``SECONDS`` after 1970, with the fonts of the folders ``FONTS``, and
prints why not where it cannot. Nothing of this program is loaded, so it needs little more memory than Typst alone.
"""

from __future__ import annotations

import sys
from typing import Literal

STANDARDS: tuple[Literal["a-2a"], Literal["ua-1"]] = ("a-2a", "ua-1")
TEMPLATE = "year.typ"
ENVIRONMENT = {
    "RAYON_NUM_THREADS": "1",  # threads make it no faster, and each keeps memory of its own
    "MALLOC_MMAP_THRESHOLD_": "65536",  # glibc: what is large goes back to the system once it is free (mallopt(3))
    "MALLOC_TRIM_THRESHOLD_": "65536",
    "PYTHONIOENCODING": "utf-8",
}


def main() -> None:
    """Do what the arguments say."""
    import typst

    folder, file, seconds, *fonts = sys.argv[1:]
    try:
        _, warnings = typst.compile_with_warnings(
            f"{folder}/{TEMPLATE}",
            output=file,
            root=folder,
            font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=fonts),
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=list(STANDARDS),
            timestamp=int(seconds),
            package_path=f"{folder}/packages",  # there are none, and none are fetched
            package_cache_path=f"{folder}/packages",
        )
    except typst.TypstError as error:
        print(error)
        return
    for each in warnings:  # such as a font that is not there: the text would be missing without another word
        print(each)


if __name__ == "__main__":
    main()
