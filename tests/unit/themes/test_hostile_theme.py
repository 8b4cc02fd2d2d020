"""Themes and folders made to run something on the machine of whoever looks at an entry: nothing runs, and there is an answer."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jinja2
import pytest

from generator.engines.mkdocs import MkDocsEngine
from generator.stages.settings import DEFAULT_THEME
from generator.themes.basis import Basis
from generator.themes.sandbox import MOST_STEPS, Sandbox, TooMuch
from generator.themes.templates import environment, piece
from tests.helpers.driver import SiteDriver
from tests.helpers.places import ROOT
from tests.helpers.processes import environment as variables
from tests.helpers.processes import said
from tests.helpers.templates import ENDLESS, rendered

SENTINEL = "RAN-BY-AN-ENTRY"
_RUN = f"touch {SENTINEL}"

# What is known to lead out of templates, and what leads to the same places by other words.
ESCAPES = (
    f'{{{{ cycler.__init__.__globals__.os.system("{_RUN}") }}}}',
    f'{{{{ joiner.__init__.__globals__.os.popen("{_RUN}").read() }}}}',
    f'{{{{ namespace.__init__.__globals__.os.system("{_RUN}") }}}}',
    f'{{{{ lipsum.__globals__["os"].system("{_RUN}") }}}}',
    f'{{{{ lipsum|attr("__globals__")|attr("get")("os")|attr("system")("{_RUN}") }}}}',
    f'{{{{ self._TemplateReference__context.cycler.__init__.__globals__.os.system("{_RUN}") }}}}',
    f'{{{{ self.__init__.__globals__.__builtins__.__import__("os").system("{_RUN}") }}}}',
    f'{{{{ request.application.__globals__.os.system("{_RUN}") }}}}',
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''['__class__'] }}",
    '{{ ""|attr("__class__") }}',
    '{{ ""|attr("\\x5f\\x5fclass\\x5f\\x5f") }}',
    '{{ [""]|map(attribute="__class__")|list }}',
    '{{ [""]|groupby("__class__") }}',
    '{{ [""]|sum(attribute="__class__") }}',
    '{{ "{0.__class__}".format(1) }}',
    '{{ "{a.__class__}".format_map({"a": 1}) }}',
    '{{ ("{0.__class__}"|string).format(1) }}',
    '{{ "%s"|attr("format")|string }}',
    '{{ [day]|map("call")|list }}',
    f'{{{{ t.__globals__["os"].system("{_RUN}") }}}}',
    f'{{{{ script.__wrapped__.__globals__["os"].system("{_RUN}") }}}}',
    "{{ is_first_picture.__code__ }}",
    "{{ (1).__class__.__base__.__subclasses__() }}",
    "{% for each in [].append.__self__.__class__.__mro__ %}{{ each }}{% endfor %}",
    "{% set x = [] %}{{ x.append(1) }}",
    "{% set x = {} %}{{ x.update(a=1) }}{{ x.pop('a') }}",
    "{{ range.mro() }}",
    "{{ dict.fromkeys('a') }}",
    "{{ dict.mro() }}",
    "{{ (1).from_bytes(b'') }}",
    "{% macro m() %}{% endmacro %}{{ m._func.__globals__ }}",
    "{% macro m() %}{% endmacro %}{{ m._environment }}",
    "{% for i in [1] %}{{ loop._iterable.__class__ }}{{ loop.__init__.__globals__ }}{% endfor %}",
    "{{ caller.__globals__ }}",
    "{{ undefined_name.__init__.__globals__ }}",
    "{{ none.__class__ }}",
    "{{ page_address.__class__.__mro__ }}",
)
OUTSIDE = (
    '{% include "/etc/hostname" %}',
    '{% include "../../site_config.yml" %}',
    '{% include "..\\\\..\\\\site_config.yml" %}',
    '{% include "exhibits/../../../site_config.yml" %}',
    '{% import "/etc/passwd" as x %}',
    '{% import "../frame/../../secret.txt" as x %}',
    '{% extends "../../secret.txt" %}',
    '{% from "../../secret.txt" import x %}',
    '{% include ["/etc/hostname", "../../secret.txt"] %}',
    '{% include "\u2025/secret.txt" %}',
    '{% include "C:\\\\secret.txt" %}',
)


@pytest.fixture(scope="module")
def sandbox() -> Sandbox:
    return environment(DEFAULT_THEME, "zh")


@pytest.mark.parametrize("template", ESCAPES)
def test_no_template_gets_out(template: str, sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    try:
        made = rendered(sandbox, template)
    except (jinja2.TemplateError, TypeError, AttributeError) as refused:
        made = str(refused)
        assert "<class" not in made and "0x" not in made
    else:
        assert not [each for each in ("class", "function", "<bound", "<built-in", "0x") if each in made], made
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("template", OUTSIDE)
def test_no_template_reads_files_outside_of_its_theme(template: str, tmp_path: Path) -> None:
    theme = tmp_path / "site/theme"
    shutil.copytree(DEFAULT_THEME, theme)
    for each in (tmp_path / "secret.txt", tmp_path / "site/secret.txt", tmp_path / "site/site_config.yml"):
        each.write_text("SECRET")
    with pytest.raises(jinja2.TemplateNotFound):
        rendered(environment(theme, "zh"), template)


@pytest.mark.parametrize("template", ENDLESS[::8])
def test_a_template_comes_to_an_end(template: str, sandbox: Sandbox) -> None:
    """All of them are tried by tests/audit/test_endless_templates.py."""
    with pytest.raises((TooMuch, RecursionError, OverflowError)):
        rendered(sandbox, template)


def test_a_page_or_a_piece_has_its_bounds_to_itself(sandbox: Sandbox) -> None:
    loop = "{% for i in range(20000) %}{% endfor %}"
    sandbox.begin()
    sandbox._steps = MOST_STEPS
    with pytest.raises(TooMuch):
        sandbox.from_string(loop).render()
    sandbox._steps = MOST_STEPS
    assert rendered(sandbox, loop) == ""
    sandbox._steps = MOST_STEPS
    piece(sandbox, "parts.html", "cards", "", [])
    assert sandbox._steps < MOST_STEPS


def test_what_a_theme_needs_works(sandbox: Sandbox) -> None:
    template = (
        '{% macro m(x) %}[{{ x }}]{{ caller() if caller is defined }}{% endmacro %}{{ m("<") }}{% call m(1) %}c{% endcall %}'
        '{% for k, v in {"a": 1}.items() %}{{ loop.index }}{{ loop.cycle("x", "y") }}{{ k ~ v }}{% endfor %}'
        '{{ "%02d" | format(7) }}{{ "a-b".split("-") | join("+") }}{{ 2 ** 10 }}{{ 7 % 3 }}{{ "é".upper() }}{{ "<" ~ 1 }}'
        "{% set ns = namespace(n=0) %}{% for i in range(3) %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}"
        '{% for x in [[[]], []] recursive %}({{ loop(x) }}){% endfor %}{% for x in [] %}{% else %}none{% endfor %}'
        '{{ "x" | center(5) }}{{ dict(a=1).get("a") }}{{ "2024-05-01" | day }}{{ "a" | here }}'
    )
    plain = (
        '[&lt;][1]c1xa107a+b10241É&lt;13(())()none  x  1<time datetime="2024-05-01">2024年5月1日</time>'
    )
    assert rendered(sandbox, template).startswith(plain)


def test_the_counter_begins_anew_with_each_page(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.themes.sandbox.MOST_STEPS", 10_000)
    loop = "{% for i in range(9000) %}{% endfor %}"
    for _ in range(3):
        assert rendered(sandbox, loop) == ""
    with pytest.raises(TooMuch):
        rendered(sandbox, loop * 2)


# -- the frame, which sees what MkDocs made ----------------------------------------------------------------------------

IN_FRAME = (
    f'{{{{ config.theme.get_env().from_string("{{{{ cycler.__init__.__globals__.os.system(\'{_RUN}\') }}}}").render() }}}}',
    '{{ config.load_file("/etc/passwd") }}',
    '{{ config.load_dict({"site_name": "x"}) }}',
    '{{ config.plugins.run_event("x") }}',
    '{{ page.read_source(config) }}',
    '{{ page.file.copy_file() }}',
    f'{{{{ page.file.generated(config, "{SENTINEL}", content="x") }}}}',
    '{{ page.render(config, pages) }}',
    '{{ config.docs_dir }}|{{ config.theme.dirs }}|{{ page.file.abs_dest_path }}|{{ page.file.content_string }}',
    '{{ config["docs_dir"] ~ config.user_configs }}',
    '{{ nav.items[0].file.__init__.__globals__ }}',
    '{{ build_date_utc.__class__ }}',
    '{{ pages|map(attribute="abs_dest_path")|list }}',
)


@pytest.mark.audit
@pytest.mark.parametrize("payload", IN_FRAME)
def test_a_frame_that_reaches_for_the_engine_ends_the_build(
    payload: str, small: SiteDriver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    theme = _theme(small.root, lambda each: _prepend(each / "frame/main.html", payload))
    before = set(tmp_path.rglob(SENTINEL))
    try:
        small.build(engine=MkDocsEngine(), basis=Basis(theme, small.root))
    except jinja2.TemplateError:
        assert not small.out.exists()
    else:
        text = small.page("units/") if small.is_published() else ""
        for each in ("root:x:", str(ROOT), str(tmp_path), "/docs/", "/site/", "<class", "<bound", "&lt;class"):
            assert each not in text.split("<html")[0], text[:500]
    assert set(tmp_path.rglob(SENTINEL)) == before == set()


# -- folders of entries, as a reviewer meets them ----------------------------------------------------------------------


def _theme(root: Path, change: Callable[[Path], object]) -> Path:
    shutil.copytree(DEFAULT_THEME, root / "theme")
    change(root / "theme")
    return root / "theme"


def _prepend(file: Path, text: str) -> None:
    file.write_text(text + file.read_text("utf-8"), "utf-8")


def _put(root: Path, path: str, text: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


_PYTHON = f'import pathlib; pathlib.Path("{{place}}").joinpath("{SENTINEL}").touch()\n'
_NAMES = (
    "generator/__init__.py",
    "generator/__main__.py",
    "generator/cli/commands/main.py",
    "yaml.py",
    "jinja2.py",
    "click.py",
    "sitecustomize.py",
    "usercustomize.py",
    "mkdocs/__init__.py",
    "material/__init__.py",
    "signal.py",
    "PIL/__init__.py",
    "setup.py",
    "conftest.py",
    "hooks.py",
    "theme/__init__.py",
    "theme/hooks.py",
    "theme/exhibits/__init__.py",
    "brands/__init__.py",
    "content/sitecustomize.py",
)
_FILES = {
    "Makefile": f"$(shell {_RUN})\nall:\n\t{_RUN}\n",
    "GNUmakefile": f"$(shell {_RUN})\n",
    "pyproject.toml": '[build-system]\nrequires = []\nbuild-backend = "hooks"\nbackend-path = ["."]\n',
    "mkdocs.yml": "hooks: [hooks.py]\nplugins: [x]\ntheme: {name: null, custom_dir: theme}\n",
    "theme/mkdocs_theme.yml": "extends: ../..\n",
    "evil.pth": f"import os; os.system('{_RUN}')\n",
    ".env": f"EXHIBIT_TRACEBACK=1\nPYTHONSTARTUP=hooks.py\nX=$({_RUN})\n",
    ".envrc": f"{_RUN}\n",
    "pip.conf": "[global]\nindex-url = http://127.0.0.1:9/\n",
    ".vscode/settings.json": '{"python.defaultInterpreterPath": "hooks.py"}',
    "requirements.txt": "./evil\n",
    "ffprobe": f"#!/bin/sh\n{_RUN}\n",
    "git": f"#!/bin/sh\n{_RUN}\n",
    ".git/config": f"[core]\n\tfsmonitor = {_RUN}\n\thooksPath = .\n",
    "evil-1.dist-info/entry_points.txt": "[mkdocs.themes]\nmaterial = hooks\n[mkdocs.plugins]\nx = hooks:X\n",
    "content/releases/.git": "gitdir: /\n",
}
_TEMPLATES = {
    "exhibits": ("exhibits/units.html", ESCAPES[0]),
    "frame": ("frame/main.html", ESCAPES[0]),
    "parts": ("exhibits/parts.html", ESCAPES[3]),
    "missing": ("exhibits/not-found.html", ESCAPES[2]),
}


def _reviewed(root: Path, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    """The program as it is installed, apart from the entry: a script whose folder is not the entry's."""
    program = root.parent / "bin/exhibit"
    program.parent.mkdir(exist_ok=True)
    program.write_text("from generator.__main__ import main\nmain()\n")
    command = [sys.executable, str(program), *arguments, "--root", str(root), "--cache", str(root.parent / "cache")]
    return subprocess.run(
        command, cwd=cwd or root, env=variables(), capture_output=True, check=False, timeout=120
    )


def _ran(top: Path) -> list[Path]:
    return [each for each in top.rglob("*") if each.name == SENTINEL]


def _hostile(root: Path, case: str) -> None:
    """Change the entry in ``root`` in the way that ``case`` names."""
    kind, _, name = case.partition(":")
    if kind == "python":
        _put(root, name, _PYTHON.format(place=root))
    elif kind == "file":
        _put(root, name, _FILES[name])
        (root / name).chmod(0o755)
    else:
        path, payload = _TEMPLATES[name]
        _theme(root, lambda each: _prepend(each / path, payload))


CASES = (
    *(f"python:{each}" for each in _NAMES),
    *(f"file:{each}" for each in _FILES),
    *(f"template:{each}" for each in _TEMPLATES),
)


def _all_at_once(root: Path) -> None:
    for case in CASES:
        if not case.startswith("template:"):
            _hostile(root, case)
    shutil.rmtree(root / "theme")
    _theme(root, lambda each: [_prepend(each / path, text) for path, text in _TEMPLATES.values()])


@pytest.mark.audit
def test_nothing_of_an_entry_runs_when_it_is_checked(small: SiteDriver) -> None:
    _all_at_once(small.root)
    done = _reviewed(small.root, "check")
    assert done.returncode == 0, said(done)
    assert _ran(small.root.parent) == []


@pytest.mark.audit
def test_nothing_of_an_entry_runs_when_it_is_built(small: SiteDriver) -> None:
    plain = SiteDriver.copy("good/small", small.root.parent / "plain")
    _all_at_once(small.root)
    outs = []
    for site in (small, plain):
        out = site.root.parent / "built"
        done = _reviewed(site.root, "build", "--out", str(out), "--as-of", "2026-06-01", "--jobs", "2")
        assert done.returncode == 0, said(done)
        outs.append({each.relative_to(out): each.read_bytes() for each in out.rglob("*") if each.is_file()})
    assert outs[0] == outs[1], "the theme of the program, whatever the entry holds"
    assert _ran(small.root.parent) == []


def test_also_as_a_module_started_in_the_entry(small: SiteDriver) -> None:
    for name in ("yaml.py", "jinja2.py", "click.py", "PIL/__init__.py", "mkdocs/__init__.py"):
        _put(small.root, name, _PYTHON.format(place=small.root))
    for command in (("build", "--out", str(small.out)),):
        done = subprocess.run(
            [sys.executable, "-m", "generator", *command, "--cache", str(small.root.parent / "cache")],
            cwd=small.root,
            env=variables(),
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, said(done)
    assert _ran(small.root.parent) == []


# -- what --theme means ------------------------------------------------------------------------------------------------


def _base(tmp_path: Path) -> SiteDriver:
    return SiteDriver.copy("good/small", tmp_path / "base")


def test_with_a_site_as_the_base_theme_and_configuration_are_the_bases(small: SiteDriver, tmp_path: Path) -> None:
    base = _base(tmp_path)
    _theme(base.root, lambda each: _prepend(each / "exhibits/units.html", "<p>of the base</p>"))
    _theme(small.root, lambda each: _prepend(each / "exhibits/units.html", ESCAPES[0]))
    config = (small.root / "site_config.yml").read_text("utf-8")
    small.write("site_config.yml", config.replace("name: ", "name: 被改", 1))
    done = _reviewed(small.root, "build", "--theme", str(base.root), "--out", str(small.out))
    text = said(done)
    assert done.returncode == 0 and "CFG-015" in text and "CFG-016" in text, text
    page = small.page("units/")
    assert "<p>of the base</p>" in page and "被改" not in page and _ran(tmp_path) == []


def test_a_changed_configuration_that_is_wrong_is_told(small: SiteDriver, tmp_path: Path) -> None:
    base = _base(tmp_path)
    config = (small.root / "site_config.yml").read_text("utf-8")
    small.write("site_config.yml", f"{config}\nnmae: x\n")
    done = _reviewed(small.root, "check", "--theme", str(base.root))
    assert done.returncode == 1 and "site_config.yml" in said(done) and "nmae" in said(done)


def test_an_entry_that_changes_neither_is_told_nothing(small: SiteDriver, tmp_path: Path) -> None:
    base = _base(tmp_path)
    shutil.copytree(DEFAULT_THEME, small.root / "theme")
    for file in (small.root / "site_config.yml", small.root / "theme/exhibits/units.html"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    done = _reviewed(small.root, "check", "--theme", str(base.root))
    assert done.returncode == 0 and "CFG-01" not in said(done), said(done)


@pytest.mark.audit
def test_a_sites_own_theme_needs_to_be_named(small: SiteDriver) -> None:
    _theme(small.root, lambda each: _prepend(each / "exhibits/units.html", "<p>our own</p>"))
    for given, is_used in (((), False), (("--theme", "theme"), True), (("--theme", "."), True)):
        done = _reviewed(small.root, "build", "--out", str(small.out), *given)
        assert done.returncode == 0, said(done)
        assert ("<p>our own</p>" in small.page("units/")) is is_used
        assert ("CFG-016" in said(done)) is not is_used


@pytest.mark.audit
@pytest.mark.parametrize(("folder", "told"), [("nowhere", "不存在"), ("brands", "既不是"), ("site_config.yml", "不存在")])
def test_a_theme_that_is_none_is_told(folder: str, told: str, small: SiteDriver) -> None:
    done = _reviewed(small.root, "check", "--theme", folder)
    assert done.returncode == 2 and told in said(done)


def _links(theme: Path) -> None:
    (theme / "exhibits/stolen.html").symlink_to("/etc/passwd")
    (theme / "assets/css/9-stolen.css").symlink_to("/etc/passwd")
    (theme / "frame/.icons").symlink_to("/etc")


def _pipe(theme: Path) -> None:
    os.mkfifo(theme / "assets/js/9-endless.js")


def _large(theme: Path) -> None:
    (theme / "assets/css/9-large.css").write_bytes(b"a" * (5 << 20))


def _many(theme: Path) -> None:
    for number in range(2_001):
        (theme / f"exhibits/{number}.html").touch()


def _script(theme: Path) -> None:
    (theme / "assets/icon.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')


def _handler(theme: Path) -> None:
    (theme / "assets/pointer.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "utf-16")


def _bytes(theme: Path) -> None:
    (theme / "exhibits/units.html").write_bytes(b"\xff\xfe\x00")


def _deep(theme: Path) -> None:
    (theme / "/".join(["d"] * 40)).mkdir(parents=True)


REFUSED = (
    (_links, {"SEC-005": 3}),
    (_pipe, {"SEC-020": 1}),
    (_deep, {"SEC-025": 1}),
    (_large, {"SEC-026": 1}),
    (_many, {"SEC-027": 1}),
    (_script, {"SEC-028": 1}),
    (_handler, {"SEC-028": 1}),
    (_bytes, {"SEC-029": 1}),
)


@pytest.mark.parametrize(("change", "told"), REFUSED)
def test_a_theme_with_what_no_theme_has_is_refused(
    change: Callable[[Path], None], told: dict[str, int], small: SiteDriver
) -> None:
    theme = _theme(small.root, change)
    small.build(basis=Basis(theme, small.root), keep_going=True)
    codes = [code for code, path, _ in small.codes() if path.startswith("theme")]
    assert {each: codes.count(each) for each in codes} == told and not small.is_published()


def test_links_and_pipes_of_a_theme_elsewhere_are_refused_too(small: SiteDriver, tmp_path: Path) -> None:
    theme = _theme(tmp_path / "elsewhere", lambda each: (_links(each), _pipe(each)))
    small.build(basis=Basis(theme, small.root), keep_going=True)
    assert [code for code, _, _ in small.codes()] == ["SEC-025"] * 4 and not small.is_published()


@pytest.mark.audit
def test_a_theme_that_is_a_link_itself(small: SiteDriver, tmp_path: Path) -> None:
    shutil.copytree(DEFAULT_THEME, tmp_path / "elsewhere")
    (small.root / "theme").symlink_to(tmp_path / "elsewhere")
    done = _reviewed(small.root, "build", "--theme", ".", "--out", str(small.out))
    assert done.returncode == 1 and said(done).count("SEC-005") == 1 and "SEC-025" not in said(done) and not small.out.exists()
    done = _reviewed(small.root, "build", "--out", str(small.out))
    assert done.returncode == 1 and said(done).count("SEC-005") == 1 and "CFG-016" in said(done)


@pytest.mark.audit
@pytest.mark.parametrize("file", ["0-first.css", "pages/wall.css", "last/33-end.css"])
@pytest.mark.parametrize("style", ["@import 'https://evil.example/x.css';", "a{background:url(//evil.example/x)}"])
def test_a_theme_whose_styles_load_from_elsewhere_is_refused(style: str, file: str, small: SiteDriver) -> None:
    theme = _theme(small.root, lambda each: _put(each, f"assets/css/{file}", style))
    done = _reviewed(small.root, "build", "--theme", str(theme), "--out", str(small.out))
    assert done.returncode != 0 and "evil.example" in said(done) and not small.out.exists()
