"""What `docs/architecture.md` says of where to add things, done in a copy of the repository and counted by files."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.places import ROOT
from tests.helpers.processes import environment

NEEDED = ("generator", "theme", "tests", "docs", "pyproject.toml")
NOT_NEEDED = shutil.ignore_patterns("node_modules", "__pycache__", "city", "images", "art", "decisions", ".*")

# What the house asks of every module and every wording.
HOUSE = (
    *(f"tests/house/test_layers.py::test_{each}" for each in (
        "every_module_has_its_room",
        "imports_go_downward",
        "no_rooms_import_each_other_in_a_circle",
        "every_public_function_says_what_it_does",
    )),
    *(f"tests/house/test_docs.py::test_{each}" for each in (
        "every_problem_is_worded_in_both_languages_with_the_same_values",
        "every_code_of_the_catalogue_is_used_and_every_used_code_is_there",
        "every_wording_has_both_languages",
    )),
    "tests/house/test_unused.py::test_every_function_and_class_is_used",
)


class Copy:
    """A copy of the repository in which something is added."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in NEEDED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, root / name, ignore=NOT_NEEDED, symlinks=True)
            else:
                shutil.copy(source, root / name)
        self.before = self._files()

    def _files(self) -> dict[str, bytes]:
        made = (each for each in self.root.rglob("*") if each.is_file() and "__pycache__" not in each.parts)
        return {each.relative_to(self.root).as_posix(): each.read_bytes() for each in made}

    def touched(self) -> dict[str, int]:
        """The files that are not as they were, with how many lines they have more."""
        return {
            name: len(content.splitlines()) - len(self.before.get(name, b"").splitlines())
            for name, content in self._files().items()
            if self.before.get(name) != content
        }

    def write(self, name: str, text: str) -> None:
        """Add a file."""
        file = self.root / name
        assert not file.exists()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def insert(self, name: str, after: str, line: str) -> None:
        """Add lines to a file, below the one and only line ``after``."""
        file = self.root / name
        text = file.read_text("utf-8")
        assert text.count(f"{after}\n") == 1
        file.write_text(text.replace(f"{after}\n", f"{after}\n{line}\n"), "utf-8")

    def run(self, *arguments: str, code: int = 0) -> str:
        """Run Python there."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.root,
            env=environment(PYTHONPATH=str(self.root), XDG_CACHE_HOME=str(self.root.parent / "cache")),
            capture_output=True,
            check=False,
            timeout=240,
        )
        said = (done.stdout + done.stderr).decode("utf-8", "replace")
        assert done.returncode == code, said
        return said

    def test(self, *arguments: str) -> None:
        """Run tests there."""
        self.run("-m", "pytest", "-n", "0", "-p", "no:cacheprovider", *arguments)

    def build(self, site: str) -> Path:
        """Build a fixture site there."""
        out = self.root.parent / "out"
        self.run("-m", "generator", "build", "--root", f"tests/sites/{site}", "--as-of", "2026-06-01", "--out", str(out))
        return out


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path / "copy")


KIND = '''"""Medal 奖章: what a department was given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import Field

from generator.catalog.catalog import Catalog
from generator.catalog.inspection import Inspection
from generator.catalog.kind import Kind, Layout
from generator.catalog.model import YearData
from generator.catalog.record import Record
from generator.config import SiteConfig
from generator.messages import Words
from generator.problems import Problem, problem
from generator.schema.fields import Line, Title, reference
from generator.site.context import Page, Public
from generator.site.presenter import Presenter
from generator.site.record_page import index_page
from generator.site.tables import Table, columns, record_table

PLACE = "content/medals.yml"
SECTION = "medals/"
_COLUMNS = columns("id title giver")


class Medal(YearData):
    """A medal."""

    title: Title = Field(title="奖章名称", description="奖章的全称。")
    giver: Line = Field(title="授予单位", description="谁授予的。")
    unit: reference("unit") = Field(title="单位", description="谁得到的。")  # type: ignore[valid-type]


def _check(record: Record, inspection: Inspection) -> Iterator[Problem]:
    if record.data.giver == record.data.title:
        yield problem("MED-001", record.span("giver"))


def _pages(catalog: Catalog, config: SiteConfig) -> Iterator[Page]:
    if catalog.all("medal"):
        yield index_page(SECTION, "medals", config, PLACE, "medal.html", _view, downloads=("medals",))


def _view(page: Page, public: Public) -> Mapping[str, Any]:
    medals = public.catalog.all("medal")
    return {"medals": [{"id": each.id, "name": each.data.heading, "giver": each.data.giver} for each in medals]}


def _tables(public: Public) -> Iterator[Table]:
    medals = public.catalog.all("medal")
    rows = ((each.data, {"id": each.id, "title": each.data.heading, "giver": each.data.giver}) for each in medals)
    yield record_table("medals", "medals.table", public.config.words, _COLUMNS, rows, public.last_change(medals))


KIND = Kind(
    name="medal", label=Words("奖章", "medal"), model=Medal, layout=Layout("roster", PLACE),
    address=lambda id: f"{SECTION}#{id}", check=_check, order=lambda record: record.at, about="名册。",
)

PRESENTER = Presenter(KIND, pages=_pages, tables=_tables)
'''

WORDS = '''"medals.title" = {zh = "奖章", en = "Medals"}
"medals.description" = {zh = "{site}的奖章。", en = "The medals of {site}."}
"medals.table" = {zh = "奖章一览", en = "Medals"}
"medals.table.about" = {zh = "每枚奖章一行。", en = "A row for each medal."}
"medals.table.id" = {zh = "编号", en = "Id"}
"medals.table.id.about" = {zh = "永久编号。", en = "The permanent id."}
"medals.table.title" = {zh = "奖章名称", en = "Name"}
"medals.table.title.about" = {zh = "全称。", en = "The whole name."}
"medals.table.giver" = {zh = "授予单位", en = "Given by"}
"medals.table.giver.about" = {zh = "谁授予的。", en = "Who gave it."}
'''

FIELDS = '''"Medal.title" = {title = "Name", about = "The whole name of the medal."}
"Medal.giver" = {title = "Given by", about = "Who gave it."}
"Medal.unit" = {title = "Unit", about = "Who got it."}
'''

PROBLEMS = '''[MED-001]
level = "error"
zh = "授予单位和奖章同名。"
en = "The giver has the name of the medal."
fix_zh = "写授予单位的全称。"
fix_en = "Give the whole name of the giver."
'''

TEMPLATE = '''<div class="inner">
  <header class="page-head"><h1>{{ t("medals.title") }}</h1></header>
  <ul class="names">{% for each in medals %}<li id="{{ each.id }}">{{ each.name }} {{ each.giver }}</li>{% endfor %}</ul>
</div>
'''

MEDALS = '''- id: gongxun
  title: 集体一等功
  year: 2026
  unit: court
  status: published
  published_on: 2026-05-01
  giver: 市委市政府
  reviews:
    - {stage: 初审, role: 办公室, date: 2026-04-01}
    - {stage: 复审, role: 办公室, date: 2026-04-02}
    - {stage: 终审, role: 办公室, date: 2026-04-03}
'''


PLAIN = '''"""Song 歌曲: what a department sings."""

from pydantic import Field

from generator.catalog.kind import Kind, Layout
from generator.catalog.model import YearData
from generator.messages import Words
from generator.schema.fields import Line, Title
from generator.site.presenter import Presenter


class Song(YearData):
    """A song."""

    title: Title = Field(title="歌名", description="歌曲的全称。")
    singer: Line = Field(title="演唱", description="谁演唱。")


KIND = Kind(
    name="song", label=Words("歌曲", "song"), model=Song, layout=Layout("folder", "content/songs/{id}/song.yml"),
    address=lambda id: f"songs/{id}/", order=lambda record: record.id, index="songs/", short="s",
)

PRESENTER = Presenter(KIND)
'''


@pytest.mark.audit
def test_a_simple_kind_is_a_model_and_a_template(copy: Copy) -> None:
    copy.write("generator/kinds/song/__init__.py", PLAIN)
    copy.insert("generator/kinds/__init__.py", '    "pioneer",', '    "song",')
    text = '{% import "parts.html" as parts with context %}<div class="inner"><h1>{{ title }}</h1><p>{{ singer }}</p></div>{{ parts.small_print(foot) }}'
    copy.write("theme/exhibits/song.html", text)
    song = MEDALS.replace("- id: gongxun", "  id: heart").replace("  unit: court\n", "").replace("giver", "singer")
    copy.write("tests/sites/good/small/content/songs/heart/song.yml", "\n".join(each[2:] for each in song.splitlines()))
    out = copy.build("good/small")
    assert 'songs/heart/"' in (out / "songs/index.html").read_text("utf-8")
    page = (out / "songs/heart/index.html").read_text("utf-8")
    assert "<h1>集体一等功</h1><p>市委市政府</p>" in page and 'class="section small-print"' in page


@pytest.mark.audit
def test_a_kind_is_one_folder_one_line_one_template_and_two_fixture_sites(copy: Copy) -> None:
    copy.write("generator/kinds/medal/__init__.py", KIND)
    for name, text in (("words", WORDS), ("fields", FIELDS), ("problems", PROBLEMS)):
        copy.write(f"generator/kinds/medal/{name}.toml", text)
    copy.insert("generator/kinds/__init__.py", '    "pioneer",', '    "medal",')
    copy.write("theme/exhibits/medal.html", TEMPLATE)
    for site, medals in (("good", MEDALS), ("bad", MEDALS.replace("市委市政府", "集体一等功"))):
        shutil.copytree(ROOT / "tests/sites/good/small", copy.root / f"tests/sites/{site}/medal")
        shutil.rmtree(copy.root / f"tests/sites/{site}/medal/expected")
        copy.write(f"tests/sites/{site}/medal/content/medals.yml", medals)
    copy.test("tests/whole/test_fixture_sites.py", "-k", "medal", "--update-expected")
    touched = copy.touched()
    copy.test("tests/whole/test_fixture_sites.py", "-k", "medal")
    copy.test(*HOUSE)
    assert {_place(each) for each in touched} == {
        "generator/kinds/medal/",
        "generator/kinds/__init__.py",
        "theme/exhibits/medal.html",
        "tests/sites/good/medal/",
        "tests/sites/bad/medal/",
    }
    assert touched["generator/kinds/__init__.py"] == 1
    assert "市委市政府" in (copy.root / "tests/sites/good/medal/expected/medals/index.html").read_text("utf-8")
    assert "MED-001" in (copy.root / "tests/sites/bad/medal/problems.txt").read_text("utf-8")


def _place(name: str) -> str:
    """The folder of a kind or of a fixture site, and of anything else the file itself."""
    found = re.match(r"generator/kinds/\w+/|tests/sites/\w+/\w+/", name)
    return found[0] if found else name


RULE = '''"""Names that shout."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog.inspection import Inspection
from generator.messages import Words
from generator.problems import Problem, declare, problem

LOUD = declare(
    "LOU-001",
    "warning",
    Words("名称里有感叹号。", "The name has an exclamation mark."),
    Words("去掉感叹号。", "Leave the exclamation mark out."),
)


def check(inspection: Inspection) -> Iterator[Problem]:
    """A name ends without an exclamation mark (LOU-001)."""
    for record in inspection.catalog:
        if "！" in record.data.heading:
            yield problem(LOUD, record.span("name"))
'''


@pytest.mark.audit
def test_a_rule_is_one_file_and_one_line(copy: Copy) -> None:
    copy.write("generator/checks/loud.py", RULE)
    copy.insert("generator/checks/__init__.py", '    "withdrawn",', '    "loud",')
    assert copy.touched() == {"generator/checks/loud.py": RULE.count("\n"), "generator/checks/__init__.py": 1}
    brand = copy.root / "tests/sites/good/small/brands/qingfeng/brand.yml"
    brand.write_text(re.sub("(?m)^name: (.*)$", r"name: \1！", brand.read_text("utf-8")), "utf-8")
    said = copy.run("-m", "generator", "check", "--root", "tests/sites/good/small", "--lang", "en")
    assert "LOU-001 The name has an exclamation mark." in said
    copy.test(*HOUSE)


CHECK_FORMAT = '''@_form
def as_codes(problems: Iterable[Problem], records: int, lifted: Iterable[Lifted], language: Language) -> str:
    """The codes alone, a line each."""
    return "\\\\n".join(each.code for each in problems)


@_form
def as_json('''


@pytest.mark.audit
def test_a_form_of_the_report_is_one_function(copy: Copy) -> None:
    file = copy.root / "generator/cli/reports.py"
    text = file.read_text("utf-8")
    assert text.count("@_form\ndef as_json(") == 1
    file.write_text(text.replace("@_form\ndef as_json(", CHECK_FORMAT.replace("\\\\", "\\")), "utf-8")
    assert [*copy.touched()] == ["generator/cli/reports.py"]
    assert "text|json|github|codes" in _unordered(copy.run("-m", "generator", "check", "--help"))
    said = copy.run("-m", "generator", "check", "--root", "tests/sites/bad/unit", "--format", "codes", code=1)
    assert "REF-001" in said.split()
    copy.test(*HOUSE)


def _unordered(said: str) -> str:
    return said.replace("text|codes|json|github", "text|json|github|codes")


DOWNLOAD_FORMAT = '''"""TSV: columns between tabs."""

from __future__ import annotations

from generator.outputs.data.formats.cells import harmless, readable
from generator.site.tables import Format, Provenance, Table


def to_tsv(table: Table, imprint: Provenance) -> bytes:
    """The table with a line for each row."""
    rows = ([each.label for each in table.columns], *table.rows)
    return "".join("\\t".join(harmless(readable(str(each))) for each in row) + "\\n" for row in rows).encode()


FORMAT = Format("tsv", "text/tab-separated-values", to_tsv, order=4)
'''


@pytest.mark.audit
def test_a_format_of_downloads_is_one_module(copy: Copy) -> None:
    copy.write("generator/outputs/data/formats/tsv.py", DOWNLOAD_FORMAT)
    assert [*copy.touched()] == ["generator/outputs/data/formats/tsv.py"]
    out = copy.build("good/unit")
    assert (out / "data/units.tsv").read_text("utf-8").count("\t") > 5
    assert 'units.tsv"' in (out / "data/index.html").read_text("utf-8")
    assert '"text/tab-separated-values"' in (out / "data/datapackage.json").read_text("utf-8")
    assert '"text/tab-separated-values"' in (out / "data/units/index.html").read_text("utf-8")
    headers = copy.run("-m", "generator", "headers", "--for", "nginx", "--root", "tests/sites/good/unit", "--out", str(out))
    assert "text/tab-separated-values tsv;" in headers
    (shrunk,) = (line for line in headers.splitlines() if "gzip_types" in line)
    assert "text/tab-separated-values" in shrunk
    assert [*copy.touched()] == ["generator/outputs/data/formats/tsv.py"]
    copy.test(*HOUSE)


SETTING = '    hours: Line | None = Field(None, title="开放时间", description="展厅何时开放，写成一句话。")'

PAGE_MODULE = '''"""When the hall can be visited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.config import CONFIG_FILE, SiteConfig
from generator.messages import say
from generator.problems import Span
from generator.site.context import Page, Site


def pages(config: SiteConfig) -> Iterator[Page]:
    """The page of a site that says its hours."""
    if config.hours:
        title = say("hours.title", config.words)
        yield Page("hours/", "", title, Span(CONFIG_FILE), config.hours, "hours.html", _view)


def _view(page: Page, site: Site) -> Mapping[str, Any]:
    return {"hours": site.config.hours}
'''

OUTPUT_MODULE = '''"""The names of all records, one a line."""

from __future__ import annotations

from collections.abc import Iterator

from generator.config import CONFIG_FILE
from generator.problems import Span
from generator.site.context import Output, Site


def outputs() -> Iterator[Output]:
    """The one file."""
    yield Output("names.txt", Span(CONFIG_FILE), _names)


def _names(site: Site) -> bytes:
    return "".join(f"{each.data.heading}\\n" for each in site.catalog).encode()
'''

PLANNING = "generator/stages/planning.py"
WHERE_OUTPUTS = "from generator.outputs import feeds, glyphs, reserved, search, seen, share, sitemap"


@pytest.mark.audit
def test_a_setting_a_wording_a_page_and_an_output_of_the_site_are_a_few_lines(copy: Copy) -> None:
    copy.insert("generator/config.py", '    limits: Limits = Field(Limits.model_construct(), title="限度", description="字数、页数、图片和视频的限度。")', SETTING)
    copy.write("generator/messages/words/hours.toml", '"hours.title" = {zh = "开放时间", en = "Hours"}\n')
    copy.write("generator/pages/hours.py", PAGE_MODULE)
    copy.write("theme/exhibits/hours.html", '<div class="inner"><h1>{{ t("hours.title") }}</h1><p>{{ hours }}</p></div>\n')
    copy.insert(PLANNING, WHERE_OUTPUTS, "from generator.pages import hours as opening_hours")
    copy.insert(PLANNING, "        *not_found.pages(config),", "        *opening_hours.pages(config),")
    copy.write("generator/outputs/names.py", OUTPUT_MODULE)
    copy.insert(PLANNING, WHERE_OUTPUTS, "from generator.outputs import names as all_names")
    copy.insert(PLANNING, "        *feeds.outputs(news),", "        *all_names.outputs(),")
    assert {name: lines for name, lines in copy.touched().items() if name in copy.before} == {
        "generator/config.py": 1,
        PLANNING: 4,
    }
    config = copy.root / "tests/sites/good/small/site_config.yml"
    config.write_text(config.read_text("utf-8") + "hours: 每周三下午\n", "utf-8")
    out = copy.build("good/small")
    page = (out / "hours/index.html").read_text("utf-8")
    assert "<h1>开放时间</h1><p>每周三下午</p>" in page
    assert 'hours/"' in (out / "sitemap/index.html").read_text("utf-8")
    assert len((out / "names.txt").read_text("utf-8").splitlines()) > 2
    copy.test(*HOUSE)


COMMAND = '''"""``exhibit names``: what the records are called."""

from __future__ import annotations

from typing import Any

from generator.cli.calling import common, settings_of
from generator.cli.console import Screen
from generator.cli.usage import command, pass_screen
from generator.messages import Language
from generator.pipeline import survey


@command("names")
@common
@pass_screen
def names_command(screen: Screen, lang: Language, **options: Any) -> None:
    """Print the names of all records."""
    for each in survey(settings_of(lang, **options)).reading.records:
        screen.say(each.data.heading)
'''
NAMES_WORDING = """"help.names" = {zh = "列出所有记录的名称。", en = "List the names of all records."}
"help.names.short" = {zh = "列出名称", en = "list the names"}
"""


@pytest.mark.audit
def test_a_command_is_one_module_and_its_name(copy: Copy) -> None:
    copy.write("generator/cli/commands/names.py", COMMAND)
    main = "generator/cli/commands/main.py"
    copy.insert(main, '    "init",', '    "names",')
    help_file = copy.root / "generator/messages/words/help.toml"
    help_file.write_text(help_file.read_text("utf-8").rstrip("\n") + f"\n{NAMES_WORDING}", "utf-8")
    assert copy.touched() == {
        "generator/cli/commands/names.py": COMMAND.count("\n"),
        main: 1,
        "generator/messages/words/help.toml": 2,
    }
    assert "list the names" in copy.run("-m", "generator", "--help", "--lang", "en")
    assert "清风" in copy.run("-m", "generator", "names", "--root", "tests/sites/good/small")
    copy.test(*HOUSE)
