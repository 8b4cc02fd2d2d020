"""The mistakes: first those of the signs of YAML, then of values, names and files."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from tests.helpers.clerk import BRAND, FOLDER, RECORD, STORY, TALE, Break, Mistake, here, line, record, story
from tests.helpers.driver import SiteDriver

SLOGAN, NAME, YEAR, DATE = "slogan: 群众的事马上办", "name: 一线速递", "year: 2023", "established_on: 2023-05-01"
ALT, BODY, PHONE, UNIT = "  alt: 一支绿色的", "    body: 每封来信", "phone: 0571-87654321", "unit: transport"
CONCEPT, SRC, REVIEW = (
    "|\n  把来信当家书，把",
    "src: img/window.jpg",
    "{stage: 初审, role: 市交通局机关党委, date: 2023-06-01}",
)
TITLE, LAST, STATUS, FLAG = "  - title: 来信当天", "来信当天登记，写明由哪个支部办。", "status: review", "emblem: false"

REVIEWS = f"reviews:\n  - {REVIEW}"


def _undashed(text: str) -> str:
    return text.replace("  - title: 来信当天登记\n    body:", "  title: 来信当天登记\n  body:")


SIGNS = (
    Mistake("a Chinese colon", line(NAME, "name：一线速递"), here("SCH-020", 3, 5, "name: 一线速递")),
    Mistake(
        "a Chinese colon below a field", line(ALT, "  alt：一支绿色的"), here("SCH-020", 12, 6, "alt: 一支绿色的箭头")
    ),
    Mistake("no blank after the colon", line(NAME, "name:一线速递"), here("SCH-021", 3, 5, "name: 一线速递")),
    Mistake("a tab before a field", line(ALT, "\talt: 一支绿色的"), here("SCH-011", 12, 1, "换成空格")),
    Mistake("a quotation never closed", line(NAME, 'name: "一线速递'), here("SCH-026", 3, 7, 'name: "一线速递"')),
    Mistake(
        "a quotation closed by a Chinese mark",
        line(NAME, 'name: "一线速递”'),
        here("SCH-026", 3, 7, 'name: "一线速递"'),
    ),
    Mistake("Chinese quotation marks", line(NAME, "name: “一线速递”"), ()),
    Mistake(
        "a no-break blank after the colon",
        line(SLOGAN, "slogan:\u00a0群众的事马上办"),
        here("SCH-027", 4, 8, "slogan: 群众的事"),
    ),
    Mistake(
        "wide blanks before a field", line(ALT, "\u3000alt: 一支绿色的"), here("SCH-027", 12, 1, "alt: 一支绿色的箭头")
    ),
    Mistake("an item's field one blank short", line(BODY, "   body: 每封来信"), here("SCH-023", 21, 4, "4 个空格")),
    Mistake(
        "a dash without a blank", line(TITLE, "  -title: 来信当天"), here("SCH-025", 20, 3, "- title: 来信当天登记")
    ),
    Mistake("a Chinese dash", line(TITLE, "  — title: 来信当天"), here("SCH-025", 20, 3, "- title: 来信当天登记")),
    Mistake("a list that stands below its field", line(REVIEWS, REVIEWS.replace("  -", "-")), ()),
    Mistake(
        "a colon inside a slogan",
        line(SLOGAN, "slogan: 口号: 马上办"),
        here("SCH-030", 4, 11, 'slogan: "口号: 马上办"'),
    ),
    Mistake("text between asterisks", line(SLOGAN, "slogan: *马上办*"), here("SCH-028", 4, 9, 'slogan: "*马上办*"')),
    Mistake("a slogan like a comment", line(SLOGAN, "slogan: #马上办"), (("TXT-002", RECORD, 4, 8, "英文引号"),)),
    Mistake(
        "a field written twice",
        line("category: fuwu", "unit: transport\ncategory: fuwu"),
        here("SCH-012", 6, 1, "只保留一处"),
    ),
    Mistake(
        "text that is not indented", line("  把来信当家书，把", "把来信当家书，把"), here("SCH-022", 16, 1, "2 格")
    ),
    Mistake(
        "marks of a conflict",
        line(SLOGAN, f"<<<<<<< HEAD\n{SLOGAN}\n=======\nslogan: 马上就办\n>>>>>>> theirs"),
        tuple(("SCH-031", RECORD, each, 1, "只留下正确的一份") for each in (4, 6, 8)),
    ),
    Mistake("Chinese commas in braces", line(REVIEW, REVIEW.replace(", ", "，")), here("SCH-024", 37, 15, REVIEW)),
    Mistake("a field one level too deep", line(ALT, "    alt: 一支绿色的"), here("SCH-023", 12, 5, "2 个空格")),
    Mistake(
        "a second line that is not indented", line(SLOGAN, "slogan:\n群众的事马上办"), here("SCH-022", 5, 1, "2 格")
    ),
    Mistake(
        "a percentage with a colon",
        line(SLOGAN, "slogan: 100%满意: 马上办"),
        here("SCH-030", 4, 15, '"100%满意: 马上办"'),
    ),
    Mistake("a slogan that begins with @", line(SLOGAN, "slogan: @所有人"), here("SCH-028", 4, 9, 'slogan: "@所有人"')),
    Mistake("a slogan that begins with %", line(SLOGAN, "slogan: %满意"), here("SCH-028", 4, 9, 'slogan: "%满意"')),
    Mistake(
        "a slogan between grave accents", line(SLOGAN, "slogan: `马上办`"), here("SCH-028", 4, 9, 'slogan: "`马上办`"')
    ),
    Mistake(
        "a slogan that begins with a dash",
        line(SLOGAN, "slogan: - 马上办"),
        here("SCH-028", 4, 9, 'slogan: "- 马上办"'),
    ),
    Mistake(
        "text behind a bracket",
        line(SLOGAN, "slogan: [马上办] 一线"),
        here("SCH-029", 4, 15, 'slogan: "[马上办] 一线"'),
    ),
    Mistake(
        "text behind a quotation",
        line(SLOGAN, 'slogan: "马上办"一线'),
        here("SCH-029", 4, 14, "slogan: '\"马上办\"一线'"),
    ),
    Mistake(
        "an item whose first field is missing",
        line(TITLE, "  - 来信当天"),
        here("SCH-039", 20, 5, "- title: 来信当天登记"),
    ),
    Mistake(
        "an item whose colon is missing",
        line(TITLE, "  - title 来信当天"),
        here("SCH-035", 20, 10, "- title: 来信当天登记"),
    ),
    Mistake(
        "items that are numbered", line(TITLE, "  1. title: 来信当天"), here("SCH-025", 20, 3, "- title: 来信当天登记")
    ),
    Mistake("Chinese brackets", line(SLOGAN, "slogan: 【马上办】一线"), ()),
    Mistake(
        "two fields on one line",
        record(lambda text: text.replace("year: 2023\nstatus: review", "year: 2023 status: review")),
        here("SCH-050", 7, 12, "status: review"),
    ),
    Mistake(
        "a story below the record",
        record(lambda text: f"---\n{text}---\n\n一位老人写信说，公交站搬走了。\n"),
        here("SCH-017", 39, 1, "story.md"),
    ),
)


def _in_one_line(text: str) -> str:
    start, end = text.index("practices:"), text.index("results:")
    return f"{text[:start]}practices: 来信当天登记；三天给回音\n{text[end:]}"


VALUES = (
    Mistake("nothing wrong", line(NAME, NAME), ()),
    Mistake("a misspelt field", line("slogan:", "slogna:"), here("SCH-002", 4, 1, "“slogna”改成“slogan”")),
    Mistake("a Chinese label", line("slogan:", "口号:"), here("SCH-002", 4, 1, "“口号”改成“slogan”")),
    Mistake("wide digits in a date", line(DATE, "established_on: ２０２３-０５-０１"), here("DAT-001", 9, 17, DATE)),
    Mistake("a year of wide digits", line(YEAR, "year: ２０２３"), here("SCH-003", 7, 7, YEAR)),
    Mistake("a year with its word", line(YEAR, "year: 2023年"), here("SCH-003", 7, 7, YEAR)),
    Mistake("a date with slashes", line(DATE, "established_on: 2023/5/1"), here("DAT-001", 9, 17, DATE)),
    Mistake("a Chinese date", line(DATE, "established_on: 2023年5月1日"), here("DAT-001", 9, 17, DATE)),
    Mistake("a date without its day", line(DATE, "established_on: 2023年5月"), here("DAT-001", 9, 17, "还要写上日子")),
    Mistake("a date with points", line(DATE, "established_on: 2023.5.1"), here("DAT-001", 9, 17, DATE)),
    Mistake("a date of single digits", line(DATE, "established_on: 2023-5-1"), here("DAT-001", 9, 17, DATE)),
    Mistake("a date with a full stop", line(DATE, f"{DATE}。"), here("DAT-001", 9, 17, DATE)),
    Mistake(
        "the month of an honour",
        line("contact:", "honours:\n  - title: 先进\n    issuer: 省厅\n    date: 2024年5月\ncontact:"),
        here("DAT-001", 29, 11, "date: 2024-05"),
    ),
    Mistake("a unit's name for its id", line(UNIT, "unit: 市交通局"), here("REF-001", 5, 7, "核对编号")),
    Mistake("a misspelt unit", line(UNIT, "unit: transprt"), here("REF-001", 5, 7, "核对编号")),
    Mistake(
        "a category's name", line("category: fuwu", "category: 为民服务"), here("SCH-004", 6, 11, "category: fuwu")
    ),
    Mistake("a Chinese status", line(STATUS, "status: 审核中"), here("SCH-004", 8, 9, STATUS)),
    Mistake("否 for false", line(FLAG, "emblem: 否"), here("SCH-003", 14, 22, "uses_party_emblem: false")),
    Mistake(
        "a field that is missing",
        line("concept: |\n  把来信当家书，把来访当家人。\n", ""),
        here("SCH-001", 14, 1, "concept: （品牌理念）"),
    ),
    Mistake(
        "one practice",
        line("  - title: 三天给回音\n    body: 三个工作日内电话回复一次。\n", ""),
        here("SCH-007", 20, 3, "- title:"),
    ),
    Mistake("a list in one line", record(_in_one_line), here("SCH-003", 19, 12, "- title: （做法名称）")),
    Mistake(
        "brackets where text belongs",
        line("caption: 来信", "caption: [来信]"),
        here("SCH-029", 32, 18, '"[来信]登记窗口"'),
    ),
    Mistake(
        "a list where text belongs",
        line("caption: 来信登记窗口", "caption: [来信, 登记]"),
        here("SCH-003", 32, 14, 'caption: "'),
    ),
    Mistake(
        "a name that is too long",
        line(NAME, "name: 市交通局一线速递便民服务党建品牌项目"),
        here("SCH-005", 3, 7, "压缩到 12 个字"),
    ),
    Mistake("HTML in a practice", line("三个工作日内", "<b>三个</b>工作日内"), here("SEC-003", 23, 11, "删去标记")),
    Mistake(
        "a mobile number in a text",
        line("三个工作日内", "请打13912345678，三个工作日内"),
        here("PII-002", 23, 13, "办公电话"),
    ),
    Mistake("a mobile number as telephone", line(PHONE, "phone: 13912345678"), here("PII-002", 28, 10, "办公电话")),
    Mistake("an extension", line(PHONE, f"{PHONE}转8001"), ()),
    Mistake("two telephones", line(PHONE, f"{PHONE}、87654322"), ()),
    Mistake(
        "a telephone in wide digits", line(PHONE, "phone: ０５７１－８７６５４３２１"), here("SCH-003", 28, 10, PHONE)
    ),
    Mistake(
        "a telephone with a word before it", line(PHONE, "phone: 电话：0571-87654321"), here("SCH-003", 28, 10, PHONE)
    ),
    Mistake("a telephone of digits alone", line(PHONE, "phone: 057187654321"), ()),
    Mistake("a method that is not quoted", line("practices:", "method_code: 1+7+N\npractices:"), ()),
    Mistake("yes as a name", line(NAME, "name: yes"), ()),
    Mistake("a number as a name", line(NAME, "name: 12345"), ()),
    Mistake(
        "published without date and review",
        line(STATUS, "status: published"),
        (("DAT-003", RECORD, 8, 9, "published_on"), ("REV-001", RECORD, 37, 3, "终审")),
    ),
    Mistake("an id that is none", line("id: yixian-sudi", "id: Yixian_Sudi"), here("ID-003", 2, 5, "小写字母")),
    Mistake("a hidden character", line(UNIT, "unit: transport\u200b"), here("SEC-001", 5, 16, "删去重新输入")),
    Mistake(
        "an address without its scheme",
        line("https://example.gov.cn", "www.example.gov.cn"),
        here("TXT-056", 35, 12, "https://www.example.gov.cn"),
    ),
    Mistake("a name in a contact", line("office: 市交通局机关党委", "office: 市交通局机关党委（李某）"), here("PII-007", 27, 20, "姓名")),
    Mistake("an emoji in a slogan", line(SLOGAN, "slogan: 群众的事马上办💪"), ()),
    Mistake("a text that says picture", line(ALT, "  alt: 图片 一支绿色的"), ()),
)


def _moved(site: SiteDriver) -> None:
    site.copy_folder(FOLDER, "brands/Yi_Xian 速递").remove(FOLDER)


def _picture(name: str, content: bytes | None = None) -> Break:
    def make(site: SiteDriver) -> None:
        held = (site.root / FOLDER / "img/window.jpg").read_bytes()
        site.remove(f"{FOLDER}/img/window.jpg")
        site.write(f"{FOLDER}/img/{name}", held if content is None else content)
        site.write(RECORD, BRAND.replace(SRC, f"src: img/{name}"))

    return make


def _large() -> bytes:
    made = BytesIO()
    Image.new("1", (8000, 6000)).save(made, "PNG")
    return made.getvalue()


def _chinese(site: SiteDriver) -> None:
    site.write(f"{FOLDER}/img/窗口.jpg", (site.root / FOLDER / "img/window.jpg").read_bytes())
    site.write(STORY, f"{TALE}\n![窗口前排着队](img/窗口.jpg)\n")


FILES = (
    Mistake("a backslash", line(SRC, r"src: img\window.jpg"), here("SEC-006", 30, 10, "img/window.jpg")),
    Mistake(
        "a path of one's own computer",
        line(SRC, r"src: C:\Users\王\window.jpg"),
        here("SEC-006", 30, 10, "img/window.jpg"),
    ),
    Mistake(
        "a path from the root",
        line(SRC, f"src: {FOLDER}/img/window.jpg"),
        here("IMG-001", 30, 10, "写成：img/window.jpg"),
    ),
    Mistake("a picture that is not there", line(SRC, "src: img/none.jpg"), here("IMG-001", 30, 10, "img/ 文件夹")),
    Mistake(
        "a picture's name in other letters", line(SRC, "src: img/WINDOW.jpg"), here("IMG-006", 30, 10, "实际大小写")
    ),
    Mistake("a picture with the ending of another", _picture("window.png"), here("IMG-003", 30, 10, ".jpg")),
    Mistake(
        "a photograph of a telephone",
        _picture("a.heic", b"\0\0\0\x18ftypheic" + b"\0" * 40),
        here("IMG-002", 30, 10, "JPEG"),
    ),
    Mistake("an empty picture", _picture("b.jpg", b""), here("IMG-002", 30, 10, "JPEG")),
    Mistake("a picture that moves", _picture("c.gif", b"GIF89a" + b"\0" * 40), here("IMG-002", 30, 10, "JPEG")),
    Mistake("a bitmap", _picture("d.bmp", b"BM" + b"\0" * 60), here("IMG-002", 30, 10, "JPEG")),
    Mistake(
        "a film as a picture", _picture("a.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 40), here("IMG-002", 30, 10, "JPEG")
    ),
    Mistake("an ending that cameras use", _picture("a.jfif"), here("IMG-003", 30, 10, ".jpg")),
    Mistake("too many pixels", _picture("large.png", _large()), here("IMG-005", 30, 10, "4000 像素")),
    Mistake("a Chinese name in a story", _chinese, ()),
    Mistake("a Chinese name with blanks", _picture("窗 口.jpg"), ()),
    Mistake("large letters everywhere", _picture("window.JPG"), ()),
    Mistake("ends of lines of Windows", record(lambda text: text.replace("\n", "\r\n")), ()),
    Mistake("a byte order mark", record(lambda text: "\ufeff" + text.replace("\n", "\r\n")), ()),
    Mistake("GBK", record(lambda text: text.encode("gb18030")), here("TXT-001", 3, 8, "UTF-8")),
    Mistake("UTF-16", record(lambda text: text.encode("utf-16")), here("TXT-001", 1, 1, "UTF-8")),
    Mistake("a story in GBK", story(TALE.encode("gb18030")), (("TXT-001", STORY, 1, 5, "UTF-8"),)),
    Mistake(
        "a form renamed to a story",
        story(b"PK\x03\x04\n" + bytes(range(128, 250))),
        (("SCH-038", STORY, 1, 1, "story.md"),),
    ),
    Mistake("a folder whose name is no id", _moved, (("ID-007", "brands/Yi_Xian 速递", 1, 1, "小写字母"),)),
    Mistake(
        "brand.yaml",
        record(str, f"{FOLDER}/brand.yaml"),
        (("SCH-037", f"{FOLDER}/brand.yaml", 1, 1, "改名为 brand.yml"),),
    ),
    Mistake(
        "brand.yml.txt",
        record(str, f"{FOLDER}/brand.yml.txt"),
        (("SCH-037", f"{FOLDER}/brand.yml.txt", 1, 1, "改名为 brand.yml"),),
    ),
    Mistake(
        "brands.yml",
        record(str, f"{FOLDER}/brands.yml"),
        (("SCH-037", f"{FOLDER}/brands.yml", 1, 1, "改名为 brand.yml"),),
    ),
    Mistake(
        "Brand.YML", record(str, f"{FOLDER}/Brand.YML"), (("SCH-037", f"{FOLDER}/Brand.YML", 1, 1, "改名为 brand.yml"),)
    ),
    Mistake(
        "story.txt", story(TALE, f"{FOLDER}/story.txt"), (("SCH-037", f"{FOLDER}/story.txt", 1, 1, "改名为 story.md"),)
    ),
    Mistake("an empty record", record(lambda text: ""), here("SCH-016", 1, 1, "填写内容")),
    Mistake(
        "a Word form beside it",
        lambda site: site.write(f"{FOLDER}/申报表.docx", b"PK\x03\x04"),
        (("ID-008", f"{FOLDER}/申报表.docx", 1, 1, "放错了位置"),),
    ),
    Mistake(
        "what Windows leaves behind",
        lambda site: site.write(f"{FOLDER}/Thumbs.db", b"x").write(f"{FOLDER}/~$申报表.docx", b"x"),
        (),
    ),
    Mistake("a heading of the first level", story("# 一线速递\n\n正文。\n"), (("A11-002", STORY, 1, 1, "##"),)),
    Mistake("a picture without a text", story(f"{TALE}\n![](img/window.jpg)\n"), (("A11-001", STORY, 9, 1, "方括号"),)),
    Mistake(
        "a table of HTML",
        story(f"{TALE}\n<table><tr><td>年度</td></tr></table>\n"),
        (("SEC-004", STORY, 9, 1, "Markdown"),),
    ),
    Mistake(
        "an identity number in a story",
        story(f"{TALE}\n身份证 11010519491231002X\n"),
        (("PII-001", STORY, 9, 5, "删去"),),
    ),
    Mistake(
        "a link without its scheme",
        story(f"{TALE}\n[官网](www.example.gov.cn)\n"),
        (("LNK-001", STORY, 9, 1, "核对路径"),),
    ),
)

MISTAKES = (*SIGNS, *VALUES, *FILES)
