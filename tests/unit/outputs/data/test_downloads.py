"""Downloads: every format says the same, none holds a formula, nothing that is not public is in any of them."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.config import SiteConfig
from generator.kinds import KINDS, PRESENTERS
from generator.outputs.data import downloads
from generator.outputs.data.formats.cells import harmless, readable
from generator.outputs.data.formats.csv import to_csv
from generator.outputs.data.formats.json import to_json
from generator.outputs.data.formats.xlsx import MOST_CHARACTERS, to_xlsx
from generator.outputs.data.open_records import schemas
from generator.pipeline import survey
from generator.site.tables import SEPARATOR, Cell, Column, Provenance, Table, joined
from generator.stages.settings import Settings
from tests.helpers.driver import SiteDriver
from tests.helpers.places import CITY

IMPRINT = Provenance("小城品牌展", "zh", "https://example.org/", "小城机关工委", ("CC BY 4.0", "https://example.org/l"))
DAY = date(2024, 5, 1)

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)
LIKE_FORMULAS = st.tuples(
    st.text(" \u3000\t\r\n'\"“\u200b\ufeff\xa0", max_size=3),
    st.sampled_from([*"=+-@＝＋－＠﹢﹣﹦﹫−"]),
    st.text(max_size=10),
).map("".join)
MARKUP = st.sampled_from(["_x0041_", "_x005F_", "<f>1</f>", "&#13;", "]]>", "https://example.org", "1", "TRUE", "#N/A"])
TEXTS = st.one_of(ANY_TEXT, LIKE_FORMULAS, MARKUP)


def _table(rows: list[tuple[Cell, ...]], types: tuple[str, ...], **more: Any) -> Table:
    columns = tuple(Column(f"c{at}", f"列{at}", each, "说明") for at, each in enumerate(types))  # type: ignore[arg-type]
    return Table(
        **{"name": "t", "title": "表", "about": "测试", "updated": DAY} | more, columns=columns, rows=tuple(rows)
    )


def _csv(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def _workbook(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def _strings(content: bytes) -> dict[str, str]:
    """The texts of the first sheet by cell. openpyxl drops every ``x005F_``, also one that an author wrote."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        shared = ElementTree.fromstring(parts.read("xl/sharedStrings.xml"))
        sheet = ElementTree.fromstring(parts.read("xl/worksheets/sheet1.xml"))
    texts = [
        re.sub("_x([0-9A-F]{4})_", lambda code: chr(int(code[1], 16)), each.findtext(f"{space}t") or "")
        for each in shared.iter(f"{space}si")
    ]
    return {
        cell.attrib["r"]: texts[int(cell.findtext(f"{space}v") or 0)]
        for cell in sheet.iter(f"{space}c")
        if cell.get("t") == "s"
    }


def _undone(text: str) -> str:
    """A text of a CSV or XLSX as it was before it was made harmless."""
    return text[1:] if text.startswith("'") and harmless(text[1:]) != text[1:] else text


# -- what every format must keep ----------------------------------------------------------------------------------


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
def test_csv_gives_back_every_text(rows: list[tuple[str, str]]) -> None:
    found = _csv(to_csv(_table(rows, ("text", "text")), IMPRINT))
    assert found[0] == ["列0", "列1"]
    assert [[_undone(cell) for cell in row] for row in found[1:]] == [[readable(cell) for cell in row] for row in rows]


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
def test_xlsx_gives_back_every_text_and_has_no_formula(rows: list[tuple[str, str]]) -> None:
    content = to_xlsx(_table(rows, ("text", "text"), title=rows[0][0] if rows else "表"), IMPRINT)
    found = _strings(content)
    for down, row in enumerate(rows, 2):
        assert [_undone(found.get(f"{letter}{down}", "")) for letter in "AB"] == [readable(cell) for cell in row]
    types = {cell.data_type for row in _workbook(content).worksheets[0].iter_rows(min_row=2) for cell in row}
    assert types <= {"s", "n"}  # n is what openpyxl calls an empty cell
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/")]
        assert not any(re.search(b"<f[ >/]|<hyperlink", each) for each in sheets)


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
def test_json_gives_back_every_text(rows: list[tuple[str, str]]) -> None:
    found = json.loads(to_json(_table(rows, ("text", "text")), IMPRINT))
    assert [(row["c0"], row["c1"]) for row in found["rows"]] == [(readable(a), readable(b)) for a, b in rows]


NUMBERS = st.decimals(-(10**9), 10**9, places=4, allow_nan=False)


@given(st.lists(st.tuples(st.integers(-(10**14), 10**14), NUMBERS, st.dates(date(1, 1, 1)), st.booleans()), max_size=5))
def test_numbers_dates_and_flags_keep_their_value_in_every_format(rows: list[tuple[Cell, ...]]) -> None:
    table = _table(rows, ("integer", "number", "date", "flag"))
    from_csv = [
        (int(a), Decimal(b), date.fromisoformat(c), {"是": True, "否": False}[d])
        for a, b, c, d in _csv(to_csv(table, IMPRINT))[1:]
    ]
    assert from_csv == rows
    from_json = [tuple(row.values()) for row in json.loads(to_json(table, IMPRINT))["rows"]]
    assert from_json == [(a, float(b), c.isoformat(), d) for a, b, c, d in rows]  # type: ignore[arg-type, union-attr]
    sheet = _workbook(to_xlsx(table, IMPRINT)).worksheets[0]
    for found, (a, b, c, d) in zip(sheet.iter_rows(min_row=2, values_only=True), rows, strict=False):
        assert (found[0], found[3]) == (a, "是" if d else "否")
        assert found[1] == pytest.approx(float(b))  # type: ignore[arg-type]
        day = found[2].date() if isinstance(found[2], datetime) else date.fromisoformat(str(found[2]))
        assert day == c


def test_no_value_is_an_empty_cell_and_null() -> None:
    table = _table([(None, None, None, None)], ("text", "number", "date", "flag"))
    assert _csv(to_csv(table, IMPRINT))[1] == ["", "", "", ""]
    assert json.loads(to_json(table, IMPRINT))["rows"] == [{"c0": None, "c1": None, "c2": None, "c3": None}]
    sheet = _workbook(to_xlsx(table, IMPRINT)).worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["列0", "列1", "列2", "列3"]
    assert sheet.max_row == 1


# -- formulas -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\tx",
        "  =1",
        "\u3000=1",
        '"=1',
        "'=1",
        "“=1",
        "\ufeff=1",
        "\u200b=1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "﹦1",
        "−1",
        '=HYPERLINK("https://example.org","x")',
    ],
)
def test_what_begins_like_a_formula_is_quoted(text: str) -> None:
    assert harmless(text) == f"'{text}"
    table = _table([(text,)], ("text",))
    assert _csv(to_csv(table, IMPRINT))[1][0].startswith("'")
    cell = _workbook(to_xlsx(table, IMPRINT)).worksheets[0]["A2"]
    assert cell.data_type == "s"
    assert cell.value.startswith("'")
    assert json.loads(to_json(table, IMPRINT))["rows"][0]["c0"] == readable(text)


@pytest.mark.parametrize("text", ["", "清风", "1+7+N", "a=b", "——说明", "0000-1234567", "'清风'", "“清风”", "5 - 3"])
def test_what_does_not_is_left_alone(text: str) -> None:
    assert harmless(text) == text


def test_every_sign_that_becomes_one_of_a_formula_is_known() -> None:
    import unicodedata

    signs = [chr(each) for each in range(0x20000) if unicodedata.normalize("NFKC", chr(each)) in {*"=+-@"}]
    assert len(signs) > 10
    assert [each for each in signs if harmless(each) == each] == []


@given(TEXTS)
@example("'\n")
@example("''\t=")
def test_making_harmless_can_be_undone(text: str) -> None:
    assert _undone(harmless(text)) == text


def test_a_heading_is_made_harmless_too() -> None:
    table = Table("t", "=表", "=1", (Column("c", "=列", "text", "@说明"),), (("x",),), DAY)
    assert _csv(to_csv(table, IMPRINT))[0] == ["'=列"]
    book = _workbook(to_xlsx(table, IMPRINT))
    values = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert "'=列" in values
    assert "'@说明" in values
    assert [each for each in values if str(each)[0] in "=+-@"] == []


def test_every_text_of_a_csv_is_quoted_so_that_no_other_separator_cuts_it() -> None:
    line = to_csv(_table([("甲;=1\t乙", 5)], ("text", "integer")), IMPRINT).decode("utf-8-sig").split("\r\n")[1]
    assert line == '"甲;=1\t乙",5'


# -- the workbook -----------------------------------------------------------------------------------------------------


def test_a_workbook_looks_as_promised() -> None:
    rows: list[tuple[Cell, ...]] = [("清风" * 20, 2024, Decimal("98.60"), DAY, True), ("短", 3, Decimal(7), DAY, False)]
    book = _workbook(to_xlsx(_table(rows, ("text", "integer", "number", "date", "flag")), IMPRINT))
    sheet = book.worksheets[0]
    assert book.sheetnames == ["表", "说明"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:E3"
    assert all(cell.font.bold for cell in sheet[1])
    assert [cell.number_format for cell in sheet[2]] == ["General", "0", "0.00", "yyyy-mm-dd", "General"]
    assert sheet["D2"].is_date
    assert sheet.column_dimensions["A"].width > 50
    assert sheet.column_dimensions["B"].width < 15
    notes = {row[0]: row[1] for row in book["说明"].iter_rows(values_only=True) if row[0]}
    assert notes["发布单位"] == "小城机关工委"
    assert notes["使用许可"] == "CC BY 4.0 https://example.org/l"
    assert notes["更新日期"] == "2024-05-01"
    assert notes["列0"] == "c0"


@pytest.mark.parametrize("title", ["[x]:*?/\\", "'表'", "说明", "History", "很长的名称" * 9, "😀" * 40, "", "\x00"])
def test_any_title_gives_a_name_that_excel_takes(title: str) -> None:
    name = _workbook(to_xlsx(_table([("x",)], ("text",), title=title), IMPRINT)).sheetnames[0]
    assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
    assert not re.search(r"[\[\]:*?/\\]|^'|'$", name)
    assert name.casefold() not in ("history", "说明")


def test_a_text_too_long_for_a_cell_is_cut_in_the_workbook_alone() -> None:
    text = "😀" * 20_000
    table = _table([(text,)], ("text",))
    cut = _workbook(to_xlsx(table, IMPRINT)).worksheets[0]["A2"].value
    assert len(cut.encode("utf-16-le")) // 2 <= MOST_CHARACTERS
    assert cut.endswith("😀…")
    assert _csv(to_csv(table, IMPRINT))[1][0] == text


def test_a_number_too_long_for_excel_is_text() -> None:
    cell = _workbook(to_xlsx(_table([(10**17 + 1,)], ("integer",)), IMPRINT)).worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == (str(10**17 + 1), "s")


@pytest.mark.parametrize(("updated", "year"), [(DAY, 2024), (None, 1980), (date(1975, 1, 1), 1980)])
def test_a_workbook_knows_no_clock(updated: date | None, year: int) -> None:
    content = to_xlsx(_table([("x",)], ("text",), updated=updated), IMPRINT)
    properties = _workbook(content).properties
    assert (properties.created.year, properties.modified.year) == (year, year)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {each.date_time for each in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert to_xlsx(_table([("x",)], ("text",), updated=updated), IMPRINT) == content


@given(st.lists(st.text("甲乙；;，", min_size=1, max_size=4), max_size=4))
def test_joined_values_can_be_taken_apart(values: list[str]) -> None:
    cell = joined(values)
    assert (cell.split(SEPARATOR) if cell else []) == [each.replace(";", "；") for each in values]


# -- on a site ------------------------------------------------------------------------------------------------------


@pytest.fixture
def data(tmp_path: Path) -> SiteDriver:
    """A built copy of the fixture site for downloads."""
    driver = SiteDriver.copy("good/data", tmp_path).build()
    assert driver.is_published(), driver.lines()
    return driver


def _json(driver: SiteDriver, name: str) -> Any:
    return json.loads((driver.out / "data" / name).read_bytes())


def _validate(value: Any, schema: Any) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(value)


def _texts(name: str, content: bytes) -> str:
    """Everything that stands in a file, also inside of a workbook."""
    if not name.endswith(".xlsx"):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "".join(parts.read(each).decode() for each in parts.namelist())


def test_every_table_has_three_files_and_a_dictionary(data: SiteDriver) -> None:
    files = {each for each in data.files() if each.startswith("data/")}
    tables = {f"data/{name}{ending}" for name in ("brands", "units") for ending in (".csv", ".xlsx", ".json")}
    pages = {"data/index.html", "data/brands/index.html", "data/units/index.html"}
    assert files == tables | pages | {downloads.WHOLE, downloads.SCHEMA, downloads.PACKAGE}


@pytest.mark.parametrize("case", ["small", "brand", "unit", "page", "data"])
def test_everything_public_fits_its_schema(case: str, tmp_path: Path) -> None:
    driver = SiteDriver.copy(f"good/{case}", tmp_path).build()
    whole = _json(driver, "exhibition.json")
    _validate(whole, _json(driver, "exhibition.schema.json"))
    assert {each["name"]: each["count"] for each in whole["kinds"]} == {
        name: len(rows) for name, rows in whole["records"].items()
    }


@pytest.mark.audit
def test_everything_public_of_an_exhibition_fits_its_schema(city_site: Path) -> None:
    whole, schema = (
        json.loads((city_site / "data" / each).read_bytes())
        for each in ("exhibition.json", "exhibition.schema.json")
    )
    _validate(whole, schema)
    assert len(whole["records"]["brand"]) > 10


def test_the_schema_refuses_what_it_does_not_declare(data: SiteDriver) -> None:
    whole, schema = _json(data, "exhibition.json"), _json(data, "exhibition.schema.json")
    whole["records"]["brand"][0]["status"] = "published"
    with pytest.raises(jsonschema.ValidationError):
        _validate(whole, schema)


def test_a_record_is_given_with_addresses_that_lead_somewhere(data: SiteDriver) -> None:
    files = data.files()
    whole = _json(data, "exhibition.json")
    brand = whole["records"]["brand"][0]
    assert (brand["id"], brand["title"], brand["page"]) == ("qingfeng", "清风", "brands/qingfeng/")
    assert whole["address"] == "https://example.org/brands-show/"
    assert f"{brand['page']}index.html" in files
    assert {each["address"] for each in brand["logo"]["files"] + brand["gallery"][0]["files"]} <= files.keys()
    targets = re.findall(r'(?:href|src)="([^"]+)"', brand["story"])
    assert len(targets) == 2
    assert {each if "." in each else f"{each}index.html" for each in targets} <= files.keys()


def test_what_is_internal_hidden_or_yet_to_come_is_in_no_download(data: SiteDriver) -> None:
    hidden = ("不公开的", "尚未公开", "没公开的单位", "hidden-office", "later", "2026-06-02", 'published"')
    for name, content in data.files().items():
        if name.startswith("data/") and name != downloads.SCHEMA:
            text = _texts(name, content)
            assert [each for each in hidden if each in text.replace("还没公开的，再看", "")] == [], name
    assert "尚未公开的名称" in "".join(
        _texts(name, content)
        for name, content in data.build(as_of=date(2026, 6, 2)).files().items()
        if name.startswith("data/")
    )


def test_a_field_that_is_only_a_sample_is_no_data(data: SiteDriver) -> None:
    brand = _json(data, "exhibition.json")["records"]["brand"][0]
    assert brand["sample"] == ["established_on"]
    assert "established_on" not in brand
    assert _json(data, "brands.json")["rows"][0]["established_on"] is None
    court = next(each for each in _json(data, "units.json")["rows"] if each["id"] == "court")
    assert court["valid_from"] is None


def test_no_field_of_a_record_stands_where_its_page_or_its_story_does() -> None:
    for kind in KINDS:
        assert not {"page", "story"} & kind.model.model_fields.keys(), kind.name


def test_no_kind_declares_an_internal_field_in_the_schema() -> None:
    config = SiteConfig.model_validate(_CONFIG)
    entries, definitions = schemas(PRESENTERS, config)
    names = {name for each in definitions.values() for name in each.get("properties", {})}
    assert set(entries) == {kind.name for kind in KINDS}
    assert "concept" in names
    assert names & {"status", "reviews", "consent_ref", "emblem_review", "recusals", "src"} == set()
    for each in definitions.values():
        assert each["additionalProperties"] is False
        for field in each["properties"].values():
            assert field["title"]
            assert field["description"]


_CONFIG = {
    "name": "站",
    "description": "站",
    "opening": {"title": "题"},
    "colours": dict.fromkeys(("accent", "paper", "ink", "gold", "night"), "#123456"),
    "navigation": [{"title": "品牌", "to": "brands/"}],
    "systems": [{"id": "a", "name": "甲"}],
    "categories": [{"id": "a", "name": "甲"}],
}


def test_the_package_names_every_file_with_its_size_and_digest(data: SiteDriver) -> None:
    package = _json(data, "datapackage.json")
    files = {name: content for name, content in data.files().items() if name.startswith("data/")}
    listed = {f"data/{each['path']}": each for each in package["resources"]}
    assert set(listed) == {name for name in files if not name.endswith(".html")} - {downloads.PACKAGE}
    for name, each in listed.items():
        assert each["bytes"] == len(files[name])
        assert each["hash"] == f"sha256:{sha256(files[name]).hexdigest()}"
    names = [each["name"] for each in package["resources"]]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[-a-z0-9._/]+", each) for each in names)


def test_the_package_says_who_what_and_when(data: SiteDriver) -> None:
    package = _json(data, "datapackage.json")
    assert package["contributors"] == [{"title": "小城机关工委信息科", "roles": ["publisher"]}]
    assert package["licenses"] == [
        {"name": "CC-BY-4.0", "title": "CC BY 4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}
    ]
    assert (package["frequency"], package["accrualPeriodicity"]) == ("每季度", "quarterly")
    assert package["keywords"] == ["机关党建", "品牌"]
    assert (package["created"], package["modified"]) == ("2024-05-01T00:00:00+08:00", "2024-06-01T00:00:00+08:00")
    assert package["version"] == "2024-06-01"


def test_the_columns_of_the_package_are_those_of_the_csv(data: SiteDriver) -> None:
    for resource in _json(data, "datapackage.json")["resources"]:
        if resource["format"] == "csv":
            fields = resource["schema"]["fields"]
            rows = _csv((data.out / "data" / resource["path"]).read_bytes())
            assert rows[0] == [each["name"] for each in fields]
            assert all(each["description"] for each in fields)
            for row in rows[1:]:
                for field, cell in zip(fields, row, strict=True):
                    assert _fits(cell, field), (field["name"], cell)


def _fits(cell: str, field: dict[str, Any]) -> bool:
    if cell == "" or field["type"] == "string":
        return True
    if field["type"] == "boolean":
        return cell in (*field["trueValues"], *field["falseValues"])
    if field["type"] == "date":
        return date.fromisoformat(cell).isoformat() == cell
    return re.fullmatch(r"-?\d+" if field["type"] == "integer" else r"-?\d+(\.\d+)?", cell) is not None


def test_all_formats_have_the_same_rows(data: SiteDriver) -> None:
    for name in ("brands", "units"):
        rows = _json(data, f"{name}.json")["rows"]
        from_csv = _csv((data.out / f"data/{name}.csv").read_bytes())[1:]
        sheet = _workbook((data.out / f"data/{name}.xlsx").read_bytes()).worksheets[0]
        from_xlsx = list(sheet.iter_rows(min_row=2, values_only=True))
        assert len(rows) == len(from_csv) == len(from_xlsx) > 0
        for row, plain, sheet_row in zip(rows, from_csv, from_xlsx, strict=True):
            assert [_shown(each) for each in row.values()] == [_undone(each) for each in plain]
            assert [_undone(_shown(each)) for each in sheet_row] == [_undone(each) for each in plain]


def _shown(cell: Any) -> str:
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return "" if cell is None else str(cell)


def test_a_site_says_nothing_of_a_licence_that_it_does_not_have(small: SiteDriver) -> None:
    files = small.build().files()
    for name, content in files.items():
        if name.startswith("data/"):
            assert "使用许可" not in _texts(name, content) or name == downloads.SCHEMA, name
    package = _json(small, "datapackage.json")
    assert "licenses" not in package
    assert "accrualPeriodicity" not in package
    assert package["publisher"] == "小城机关工委"


def test_a_frequency_that_is_none_is_a_problem(data: SiteDriver) -> None:
    data.edit("site_config.yml", "frequency: 每季度", "frequency: 经常").check()
    assert data.codes() == [("SCH-004", "site_config.yml", 20)]


def test_an_author_s_page_at_an_address_of_ours_is_blamed(small: SiteDriver) -> None:
    page = (small.root / "content/about/index.md").read_text("utf-8")
    head = page[: page.index("\n---", 3)]
    small.write("content/data/index.md", f"{head}\n---\n\n正文。\n").check()
    assert [(code, path) for code, path, _ in small.codes()] == [("ID-009", "content/data/index.md")]


def test_of_a_broken_catalog_no_table_is_made(small: SiteDriver) -> None:
    small.edit("brands/qingfeng/brand.yml", "unit: court", "unit: nowhere").check()
    assert [code for code, _, _ in small.codes()] == ["REF-001"]


def test_the_clock_changes_no_download(data: SiteDriver) -> None:
    first = data.build(as_of=date(2025, 1, 1)).files()
    assert data.build(as_of=date(2026, 6, 1)).files() == first


def test_lists_lead_to_their_files_and_say_how_large_they_are(data: SiteDriver) -> None:
    for page, name in (("brands/", "brands"), ("units/", "units")):
        html = data.main(page)
        size = max(1, round((data.out / f"data/{name}.json").stat().st_size / 1000))
        assert f'href="../data/{name}.json" download aria-label="' in html
        assert f"JSON {size} KB" in html
        assert f'href="../data/{name}/"' in html
        assert 'href="../data/"' in html
    assert "downloads" not in data.main("brands/by/year/2024/")


def test_columns_of_all_tables_are_named_once_and_explained(shared: Path) -> None:
    found = survey(Settings(CITY, date(2026, 11, 1), cache=shared / "cache"))
    assert [each.name for each in found.planned.tables]
    assert len({each.name for each in found.planned.tables}) == len(found.planned.tables)
    for table in found.planned.tables:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", table.name)
        assert table.about
        for key in ("name", "label"):
            keys = [getattr(each, key) for each in table.columns]
            assert len(keys) == len(set(keys)), table.name
        assert all(each.about and re.fullmatch(r"[a-z][a-z0-9_]*", each.name) for each in table.columns), table.name
        assert all(len(row) == len(table.columns) for row in table.rows), table.name


@pytest.mark.parametrize("text", ["<r>&x;</r>", "<r><t>rich</t></r>", "<r></r>", "<r>=1+1</r>"])
def test_a_text_that_looks_like_a_spreadsheets_markup_stays_text(text: str) -> None:
    table = Table("t", text, "t", (Column("a", text, "text", text),), ((text,), (text,)), None)
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(table, Provenance("s", "zh"))))
    cells = [each.value for each in next(iter(book.worksheets[0].columns))]
    assert cells == [text, text, text]
