"""Typst as a program that ends with all that it kept: ``python setting.py FOLDER TEMPLATE INPUTS FILE SECONDS FONTS…``.

It sets ``TEMPLATE`` in ``FOLDER`` with the ``INPUTS`` (a JSON object of texts) as the PDF ``FILE``, dated ``SECONDS`` after
1970, with the fonts of the folders ``FONTS``, and prints why not where it cannot. A ``FILE`` that ends with ``.json`` holds
what the template tells of its pages instead. Nothing of this program is loaded, so it needs little more memory than Typst alone.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Literal

STANDARDS: tuple[Literal["a-2a"], Literal["ua-1"]] = ("a-2a", "ua-1")
TEMPLATES = ("look.typ", "front.typ", "records.typ")
ENVIRONMENT = {
    "RAYON_NUM_THREADS": "1",  # threads make it no faster, and each keeps memory of its own
    "MALLOC_MMAP_THRESHOLD_": "65536",  # glibc: what is large goes back to the system once it is free (mallopt(3))
    "MALLOC_TRIM_THRESHOLD_": "65536",
    "PYTHONIOENCODING": "utf-8",
}


def main() -> None:
    """Do what the arguments say."""
    import typst

    folder, template, inputs, file, seconds, *fonts = sys.argv[1:]
    counts = file.endswith(".json")
    compiler = typst.Compiler(
        f"{folder}/{template}",
        root=folder,
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=fonts),
        ignore_system_fonts=True,
        sys_inputs={**json.loads(inputs), **({"counts": "yes"} if counts else {})},
        package_path=f"{folder}/packages",  # there are none, and none are fetched
        package_cache_path=f"{folder}/packages",
    )
    try:
        if counts:
            Path(file).write_text(compiler.query("<told>", field="value", one=True), "utf-8")
            return
        _, warnings = compiler.compile_with_warnings(output=file, format="pdf", pdf_standards=list(STANDARDS), timestamp=int(seconds))
    except typst.TypstError as error:
        print(error)
        return
    for each in warnings:  # such as a font that is not there: the text would be missing without another word
        print(each)


if __name__ == "__main__":
    main()
