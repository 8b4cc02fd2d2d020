"""``exhibit schema``: what an editor has to know of the records of a kind."""

from __future__ import annotations

from pathlib import Path

import click

from generator import config as configuration
from generator.cli.answering import fail
from generator.cli.calling import LANG, ROOT
from generator.cli.console import Screen
from generator.cli.places import check_out, find_root, shown
from generator.cli.usage import Place, command, guess, option, pass_screen, quoted
from generator.kinds import BY_NAME
from generator.messages import Language, say
from generator.outputs.data import jsonschema
from generator.system.plainfiles import write_new


@command("schema")
@ROOT
@LANG
@option("--out", type=Place(), metavar="DIR", help="help.schemas")
@click.argument("kind", required=False)
@pass_screen
def schema_command(screen: Screen, root: Path | None, lang: Language, out: Path | None, kind: str | None) -> None:
    """Print the JSON Schema of KIND, or write all of them to --out."""
    site = find_root(root, lang)
    config, _, _ = configuration.load(site)
    if out is not None:
        if kind is not None:
            fail(say("usage.extra", lang, arguments=quoted(kind)))
        check_out(out, site, lang)
        out.mkdir(parents=True, exist_ok=True)
        schemas = jsonschema.all_schemas(config)
        for name, text in schemas.items():
            write_new(out / name, text.encode())
        screen.say(say("cli.schemas", lang, count=len(schemas), out=shown(out)))
        return
    others = jsonschema.of_site()
    if kind is not None and kind in others:
        screen.hand_over(jsonschema.as_text(others[kind]))
        return
    if kind is None or kind not in BY_NAME:
        known = [*BY_NAME, *others]
        key, hint = ("cli.no_kind", guess(kind, known, lang)) if kind else ("cli.which_kind", "")
        fail(say(key, lang, name=quoted(kind), known=", ".join(known), guess=hint))
    screen.hand_over(jsonschema.as_text(jsonschema.schema_of(BY_NAME[kind], config)))
