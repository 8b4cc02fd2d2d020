"""Imports go downward only, one module knows MkDocs, and modules stay small enough to read."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import generator

PACKAGE = Path(generator.__file__).parent
LIMIT = 400

# Lowest first. A module imports only from layers above its own line in this list, that is, from earlier ones.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("generator.text",),
    ("generator.system",),
    ("generator.privacy",),
    ("generator.yaml",),
    ("generator.source",),
    ("generator.schema",),
    ("generator.proofreading",),
    ("generator.catalog",),
    ("generator.media.cards", "generator.media.formats",),
    ("generator.themes",),
    ("generator.site",),
    ("generator.pages",),
    ("generator.outputs", "generator.outputs.data",),
    ("generator.page",),
    ("generator.publishing",),
    ("generator.cli",),
    ("generator.text.numerals",),
    ("generator", "generator.messages", "generator.text.legible", "generator.text.pathnames", "generator.system.sealed", "generator.system.machine"),
    ("generator.privacy.digits",),
    ("generator.privacy.numbers",),
    ("generator.privacy.masking",),
    ("generator.system.failures", "generator.cli.console", "generator.cli.tongue", "generator.system.plainfiles"),
    ("generator.system.cache", "generator.system.gitindex"),
    (
        "generator.system.resources",
        "generator.themes.sandbox",
        "generator.init",
        "generator.text.characters",
        "generator.proofreading.markdown",
        "generator.proofreading.names",
        "generator.proofreading.placeholders",
        "generator.source.pointers",
        "generator.system.durable",
        "generator.publishing.scaffold",
        "generator.outputs.compress",
        "generator.text.addresses",
        "generator.text.destinations",
        "generator.media.formats.tints",
        "generator.themes.stylesheets",
        "generator.site.tables",
        "generator.text.dates",
        "generator.text.widths",
        "generator.kinds.report.scales",
        "generator.kinds.exhibition.tour",
        "generator.text.durations",
        "generator.policy",
        "generator.source.webvtt",
        "generator.kinds.release.scoring",
        "generator.kinds.calendar.workdays",
        "generator.site.shapes",
        "generator.text.joining",
        "generator.text.pinyin",
        "generator.yaml.mending.lines",
        "generator.text.synonyms",
        "generator.outputs.search.coding",
        "generator.outputs.search.packing",
    ),
    ("generator.outputs.search.folding", "generator.kinds.report.indicators", "generator.kinds.project.duties", "generator.schema.meaning"),
    ("generator.publishing.foreign", "generator.publishing.exchange"),
    ("generator.publishing.manifest", "generator.publishing.targets"),
    ("generator.publishing.in_place",),
    ("generator.outputs.search.grams", "generator.outputs.search.sounds", "generator.yaml.folds"),
    ("generator.kinds.release.contest", "generator.media.formats.decode", "generator.media.formats.encode", "generator.media.formats.svg", "generator.media.formats.tags", "generator.media.formats.vector"),
    ("generator.media.formats.attached", "generator.media.workers.lifeline"),
    ("generator.media.workers.job", "generator.media.workers.pools"),
    ("generator.media.workers",),
    ("generator.media.published",),
    ("generator.problems", "generator.outputs.data.spreadsheets", "generator.kinds.report.charts"),
    (
        "generator.problems.abridging",
        "generator.source.files",
        "generator.outputs.data.datapackage",
        "generator.yaml.placed",
        "generator.yaml.mending.probe",
        "generator.source.conflicts",
    ),
    ("generator.yaml.mending.layout", "generator.yaml.mending.markers", "generator.yaml.mending.signs"),
    ("generator.yaml.mending",),
    ("generator.yaml.lean",),
    ("generator.yaml.strict",),
    ("generator.story.addresses", "generator.story.model"),
    ("generator.story.official",),
    ("generator.story.blocks", "generator.story.markdown"),
    (
        "generator.story.cleaning",
        "generator.story.emphasis",
        "generator.story.foreign",
        "generator.story.lines",
        "generator.story.links",
        "generator.story.leftovers",
        "generator.story.notes",
    ),
    ("generator.story.structure", "generator.story.hanging"),
    ("generator.schema.fields",),
    ("generator.schema.parts",),
    ("generator.schema.advice",),
    ("generator.schema.guesses", "generator.source.misnamed"),
    ("generator.schema.filling",),
    ("generator.schema.validation", "generator.story"),
    ("generator.proofreading.personal_data", "generator.proofreading.values"),
    ("generator.config", "generator.catalog.kind", "generator.kinds.release.scoresheet"),
    ("generator.catalog.record",),
    ("generator.catalog.records",),
    ("generator.themes.colours", "generator.catalog.drafts", "generator.site.permanent_ids", "generator.catalog.making", "generator.kinds.report.model"),
    ("generator.themes.assets", "generator.catalog.catalog", "generator.themes.basis"),
    ("generator.catalog.suppressions",),
    ("generator.media", "generator.media.cards.typesetting"),
    ("generator.media.cards.canvas",),
    (
        "generator.media.pictures",
        "generator.kinds.video.probe",
        "generator.site.plan",
        "generator.kinds.report.derive",
    ),
    ("generator.media.cards.faces",),
    ("generator.media.cards.drawings",),
    (
        "generator.kinds.video.files",
        "generator.media.standins",
        "generator.site.context",
        "generator.site.wall",
        "generator.checks.batches",
        "generator.checks.dates",
        "generator.checks.files",
        "generator.checks.reviews",
        "generator.checks.root",
    ),
    ("generator.site.wall_data", "generator.checks.copies"),
    ("generator.checks.duplicates",),
    ("generator.kinds.report.checks", "generator.kinds.report.tables", "generator.kinds.report.drawing", "generator.site.citation"),
    ("generator.kinds.report.computed",),
    (
        "generator.kinds.report.pages",
        "generator.site.route",
        "generator.site.linked",
        "generator.pages.redirects",
        "generator.outputs.sitemap",
        "generator.site.unpublished",
    ),
    (
        "generator.checks",
        "generator.pages.withdrawal",
        "generator.kinds.branch",
        "generator.kinds.calendar",
        "generator.kinds.page",
    ),
    ("generator.kinds.release.model",),
    (
        "generator.kinds.release.awards",
        "generator.kinds.release.checks",
        "generator.kinds.release.explain",
        "generator.kinds.release.rewrite",
    ),
    ("generator.kinds.release.pages", "generator.kinds.brand.facets"),
    ("generator.kinds.brand",),
    (
        "generator.kinds.unit",
        "generator.kinds.release",
        "generator.kinds.report",
        "generator.kinds.project.model",
        "generator.kinds.exhibition.model",
        "generator.kinds.video.model",
        "generator.kinds.pioneer",
    ),
    ("generator.kinds.project", "generator.kinds.video"),
    ("generator.kinds.exhibition",),
    ("generator.kinds",),
    ("generator.pages.years", "generator.outputs.data.jsonschema", "generator.engines", "generator.init.placing"),
    ("generator.init.content",),
    ("generator.pages.lobby",),
    ("generator.outputs.feeds", "generator.page.linkeddata", "generator.outputs.share"),
    ("generator.page.head", "generator.page.footer", "generator.page.imprint"),
    ("generator.outputs.search.entries",),
    ("generator.outputs.search.index",),
    ("generator.outputs.search",),
    ("generator.outputs.data.open_records",),
    ("generator.outputs.data.downloads",),
    (
        "generator.engines.mkdocs",
        "generator.engines.memory",
        "generator.render",
        "generator.publishing.publish",
        "generator.cli.reports",
    ),
    ("generator.further",),
    ("generator.outputs.glyphs", "generator.publishing.headers", "generator.outputs.make", "generator.outputs.reserved"),
    ("generator.planning",),
    ("generator.pipeline",),
    ("generator.cli.places", "generator.cli.usage"),
    ("generator.preview", "generator.preview.hosts", "generator.preview.ranges", "generator.preview.connections"),
    ("generator.preview.files", "generator.preview.state", "generator.preview.watching", "generator.preview.failing"),
    ("generator.preview.panels",),
    ("generator.preview.server",),
    ("generator.cli.cache", "generator.cli.init", "generator.cli.release", "generator.preview.live"),
    ("generator.cli.asked", "generator.cli.calling"),
    ("generator.cli.commands",),
    ("generator.__main__",),
)
RANK = {module: rank for rank, layer in enumerate(LAYERS) for module in layer}


def _modules() -> Iterator[tuple[str, Path]]:
    for file in sorted(PACKAGE.rglob("*.py")):
        parts = file.relative_to(PACKAGE.parent).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), file


def _imports(file: Path) -> Iterator[str]:
    """The modules that a file imports when it runs; names needed by a type checker alone are not imports."""
    tree = ast.parse(file.read_text("utf-8"))
    skipped = {id(each) for node in ast.walk(tree) if _is_typing_block(node) for each in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            known = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (each if each in RANK else node.module for each in known)


def _is_typing_block(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def test_every_module_has_its_layer() -> None:
    assert {name for name, _ in _modules()} == set(RANK)


def test_imports_go_downward() -> None:
    upward = [
        f"{name} imports {target}"
        for name, file in _modules()
        for target in _imports(file)
        if target.split(".")[0] == "generator" and target != name and RANK[target] >= RANK[name]
    ]
    assert upward == []


def test_only_the_engine_knows_mkdocs() -> None:
    knowing = {
        name for name, file in _modules() for each in _imports(file) if each.split(".")[0] in ("mkdocs", "material")
    }
    assert knowing == {"generator.engines.mkdocs"}


def test_a_check_never_loads_the_engine() -> None:
    import subprocess
    import sys

    code = "import generator.cli.commands, sys; sys.exit(any(each.split('.')[0] == 'mkdocs' for each in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], cwd=PACKAGE.parent, check=False).returncode == 0


def test_no_module_is_too_long_to_read() -> None:
    long = {name: len(file.read_text("utf-8").splitlines()) for name, file in _modules()}
    assert {name: lines for name, lines in long.items() if lines > LIMIT} == {}


def test_every_public_function_says_what_it_does() -> None:
    silent = [
        f"{name}.{node.name}"
        for name, file in _modules()
        for node in ast.parse(file.read_text("utf-8")).body
        if isinstance(node, (ast.FunctionDef, ast.ClassDef))
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


def test_errors_are_never_swallowed_without_a_word() -> None:
    silent = [
        f"{name}:{node.lineno}"
        for name, file in _modules()
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or all(isinstance(each, ast.Pass) for each in node.body))
    ]
    assert silent == []
