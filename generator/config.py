"""``site_config.yml``: the names, colours, navigation, footer, enumerations and limits of one city's site."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, tzinfo
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, GetJsonSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError

from generator.ledger.keeping import Keeping
from generator.messages import Language, say
from generator.problems import Problem, Span, problem
from generator.proofreading import personal_data, values
from generator.schema import fields
from generator.schema.fields import Address, Flag, Id, Label, Line, Part, Phone, Text, Title, Whole, outside_address
from generator.schema.validation import knowing, read
from generator.source.files import SourceFile, read_text, sort_of
from generator.text.addresses import as_uri
from generator.text.pathnames import is_portable_path
from generator.yaml.strict import Tree, parse

CONFIG_FILE = "site_config.yml"


def _colour(value: str) -> str:
    if len(value) != 7 or value[0] != "#" or any(each not in "0123456789abcdefABCDEF" for each in value[1:]):
        raise PydanticCustomError("expected", "expected", {"what": "type.colour"})
    return value.lower()


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise PydanticCustomError("expected", "expected", {"what": "type.zone"}) from None
    return value


def _drawing_folder(value: str) -> str:
    parts = value.removesuffix("/").split("/")
    if len(parts) < 2 or parts[0] != "content" or any(each in ("", ".", "..") for each in parts):
        raise PydanticCustomError("expected", "expected", {"what": "type.drawings"})
    return "/".join(parts)


def _site_address(value: str) -> str:
    try:
        as_uri(value)  # refuses what is no name of a host
        is_plain = re.match(r"https?://", value, re.IGNORECASE) and not any(each in value for each in "?#@")
    except ValueError:
        is_plain = None
    if not is_plain:
        raise PydanticCustomError("expected", "expected", {"what": "type.site_address"})
    return value


def _uuid(value: str) -> str:
    if not re.fullmatch(_UUID, value):
        raise PydanticCustomError("expected", "expected", {"what": "type.uuid"})
    return value.lower()


def _former(value: str) -> str:
    path = value.strip("/")
    *folders, last = path.split("/")
    is_plain = all(re.fullmatch(_SEGMENT, each) for each in folders)
    if not is_plain or not re.fullmatch(rf"{_SEGMENT}(?:\.html?)?", last):
        raise PydanticCustomError("expected", "expected", {"what": "type.former"})
    if not is_portable_path(path):
        raise PydanticCustomError("own", "own", {"code": "ID-021", "text": value})
    return path if last.endswith((".html", ".htm")) else f"{path}/"


def _inside(value: str) -> str:
    if value.startswith("//") or not re.fullmatch(r"[A-Za-z0-9._/-]*", value):
        raise PydanticCustomError("expected", "expected", {"what": "type.inside"})
    path = value.strip("/")
    return f"{path}/" if path and not path.endswith(".html") else path


def _parameter(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_.-]{1,40}", value):
        raise PydanticCustomError("expected", "expected", {"what": "type.parameter"})
    return value


def _report(value: Any) -> Any:
    return ReportError(address=outside_address(value)) if isinstance(value, str) else value


_UUID = "[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
_SEGMENT = "[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?"
_PATH = WithJsonSchema({"type": "string", "pattern": r"^[A-Za-z0-9._/-]+$"})
SiteId = Annotated[str, AfterValidator(_uuid), WithJsonSchema({"type": "string", "pattern": f"^{_UUID}$"})]
SiteAddress = Annotated[Address, AfterValidator(_site_address)]
FormerAddress = Annotated[str, AfterValidator(_former), _PATH]
InsideAddress = Annotated[str, AfterValidator(_inside), _PATH]
Parameter = Annotated[
    str, AfterValidator(_parameter), WithJsonSchema({"type": "string", "pattern": "^[A-Za-z0-9_.-]{1,40}$"})
]

Colour = Annotated[str, AfterValidator(_colour), WithJsonSchema({"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"})]
DrawingFolder = Annotated[
    str, AfterValidator(_drawing_folder), WithJsonSchema({"type": "string", "pattern": "^content/[^/]+(/[^/]+)*/?$"})
]


class Colours(Part):
    """The five colours a city changes; every shade in light, dark and print follows from them."""

    accent: Colour = Field(title="主色", description="主办单位的主色，用于标题、链接和重点。")
    paper: Colour = Field(title="纸色", description="浅色页面的底色。")
    ink: Colour = Field(title="墨色", description="浅色页面的文字颜色。")
    gold: Colour = Field(title="金色", description="只用于荣誉。")
    night: Colour = Field(title="夜色", description="深色页面的底色。")


class Opening(Part):
    """What opens the home page."""

    title: Text = Field(title="年度主题", description="首页开篇的大标题，十余字为宜；要换行就写成两行。")
    subtitle: Line | None = Field(None, title="副题", description="大标题下的一句话。")
    picture: Line | None = Field(None, title="开篇图", description="content/ 中的图片，相对仓库根目录书写。")
    picture_alt: Line | None = Field(None, title="开篇图说明", description="给看不到图片的人的说明；纯装饰可不填。")


class Wordmark(Part):
    """The name of the site as a picture, where it has one; otherwise it is typeset."""

    picture: Line = Field(
        title="站名图", description="content/ 中的图片，相对仓库根目录书写；横式、底色透明、高 96 像素以上为宜。"
    )
    alt: Line = Field(title="站名图说明", description="图上的文字，照写；给看不到图片的人。")


class HostItem(Part):
    """A line of the site that this one is part of, with or without a link."""

    title: Label = Field(title="文字", description="显示的文字，如上级门户的名称。")
    address: Address | None = Field(None, title="地址", description="以 https:// 开头的完整地址；只显示文字就不填。")


class Host(Part):
    """What the portal that this site is a column of puts above and below every page: plain lines and links."""

    header: tuple[HostItem, ...] = Field((), title="页眉上方", description="每页最上方的一行，如返回门户首页的链接。")
    footer: tuple[HostItem, ...] = Field((), title="页脚下方", description="每页最下方的一行。")


class NavigationItem(Part):
    """An item of the main navigation."""

    title: Label = Field(title="文字", description="导航上显示的文字，2 至 6 字。")
    to: Line = Field(title="去向", description="站内地址，如 brands/ 或 about/；首页写 /。")


class FooterLink(Part):
    """A link in the footer, for instance to the portal this site is a column of."""

    title: Label = Field(title="文字", description="链接显示的文字。")
    address: Address = Field(title="地址", description="以 https:// 开头的完整地址。")


class ReportError(Part):
    """Where an error is reported, and under which names a form takes what it is told. Written as a plain address where
    the usual names will do."""

    address: Address = Field(title="纠错地址", description="https:// 开头的表单地址，或 mailto: 邮箱。")
    page_parameter: Parameter = Field("url", title="网址参数", description="表单接收页面地址的参数名，不填即 url。")
    title_parameter: Parameter = Field("title", title="标题参数", description="接收页面标题的参数名，不填即 title。")
    version_parameter: Parameter = Field(
        "version", title="版本参数", description="接收内容截至日期的参数名，不填即 version。"
    )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        whole = {key: value for key, value in handler(schema).items() if key != "description"}
        return {"anyOf": [{"type": "string", "format": "uri"}, whole]}


class Redirect(Part):
    """A page that was renamed: who asks for its former address is sent to the one it has now."""

    old: FormerAddress = Field(title="旧地址", description="以前的站内地址，如 about/history/ 或 about/old.html。")
    new: InsideAddress = Field(title="新地址", description="现在的站内地址，如 about/；首页写 /。")


class Footer(Part):
    """Obligations of a government site (国办发〔2017〕47号): each item is shown only where it is given."""

    organiser: Line | None = Field(None, title="主办单位", description="页脚显示的主办单位全称。")
    undertaker: Line | None = Field(None, title="承办单位", description="页脚显示的承办单位全称。")
    contact: Line | None = Field(None, title="联系方式", description="联系科室或地址。")
    phone: Phone | None = Field(None, title="联系电话", description="办公电话，不填个人手机号。")
    site_code: Line | None = Field(None, title="网站标识码", description="十位网站标识码。")
    icp: Line | None = Field(None, title="ICP 备案号", description="如“某ICP备00000000号”。")
    police: Line | None = Field(None, title="公安备案号", description="公安机关联网备案编号。")
    report_error: Annotated[ReportError, BeforeValidator(_report)] | None = Field(
        None, title="我要纠错", description="纠错的网址或 mailto: 地址，自动带上页面和版本；参数名可以另设。"
    )
    links: tuple[FooterLink, ...] = Field((), title="友情链接", description="页脚的站外链接。")


class Licence(Part):
    """Under what conditions the data may be used."""

    name: Title = Field(title="许可名称", description="许可的全称，如“政府数据开放许可”或 CC BY 4.0。")
    address: Address = Field(title="许可全文", description="许可全文的网址，以 https:// 开头。")


class OpenData(Part):
    """What the downloads say of themselves; each item is shown only where it is given."""

    publisher: Line | None = Field(None, title="数据发布单位", description="对数据负责的单位；不填时用页脚的主办单位。")
    licence: Licence | None = Field(None, title="使用许可", description="数据的使用许可；没有确定就不填，页面不提。")
    frequency: Literal["一次性", "每年", "每季度", "每月", "不定期"] | None = Field(
        None, title="更新频率", description="一次性、每年、每季度、每月或不定期。"
    )
    keywords: tuple[Label, ...] = Field((), title="关键词", description="便于查找的词，每个几个字。")
    contact: Line | None = Field(None, title="数据联系方式", description="科室和办公电话，不写个人姓名和手机号。")


class Term(Part):
    """One allowed value of an enumeration: the id is permanent and part of addresses, the name may change."""

    id: Id = Field(title="编号", description="小写字母、数字和连字符，用在网址里，定了不改。")
    name: Label = Field(title="名称", description="显示给访客的名称。")


# Defaults are constructed as they are: to validate them would build each model twice, also where no site is read.


class Length(Part):
    """Bounds of a text, in characters."""

    least: Whole = Field(1, ge=0, title="最少字数", description="最少几个字。")
    most: Whole = Field(ge=1, title="最多字数", description="最多几个字。")


class Limits(Part):
    """Bounds a city may set for itself."""

    brand_name: Length = Field(Length.model_construct(least=2, most=12), title="品牌名称", description="品牌名称的字数。")
    slogan: Length = Field(Length.model_construct(least=1, most=30), title="品牌口号", description="品牌口号的字数。")
    wall_page: Whole = Field(24, ge=4, le=200, title="每页品牌数", description="品牌墙每页显示多少个品牌。")
    picture_megabytes: Whole = Field(20, ge=1, le=20, title="图片大小", description="单张图片最大多少 MB。")
    picture_megapixels: Whole = Field(40, ge=1, le=40, title="图片像素", description="单张图片最多多少百万像素。")
    video_megabytes: Whole = Field(
        50, ge=1, le=2000, title="视频大小", description="放在仓库里的单个视频最大多少 MB；更大的放到别处，填网址。"
    )
    file_megabytes: Whole = Field(20, ge=1, le=100, title="其他文件大小", description="仓库里其他文件最大多少 MB。")


class Share(Part):
    """What people pass on."""

    cards: Flag = Field(True, title="分享卡片", description="转发链接时显示的图片；要填写了正式网址 address 才会生成。")
    posters: Flag = Field(True, title="分享海报", description="品牌、项目和发布的手机海报；填写了正式网址才带二维码。")


TIMEZONE = "Asia/Shanghai"  # where nothing else is said


def aware(as_of: datetime | date, zone: tzinfo) -> datetime:
    """The moment that ``as_of`` means in ``zone``: of a day the first, of a time without a zone the one there."""
    if not isinstance(as_of, datetime):
        return datetime.combine(as_of, time(), zone)
    return as_of if as_of.tzinfo else as_of.replace(tzinfo=zone)


class SiteConfig(Part):
    """The whole configuration of a site."""

    name: Title = Field(title="站点名称", description="显示在每页页眉的名称。")
    description: Line = Field(title="站点说明", description="一句话，用于搜索引擎和分享。")
    language: Literal["zh-CN", "en"] = Field("zh-CN", title="页面语言", description="zh-CN 或 en。")
    timezone: Annotated[str, AfterValidator(_zone)] = Field(
        TIMEZONE, title="时区", description="判断“今天”和发布时刻所用的时区。"
    )
    id: SiteId | None = Field(
        None, title="网站编号", description="一个 UUID，订阅和日历靠它认出本站；定了永远不改，改名、换网址也不改。"
    )
    address: SiteAddress | None = Field(None, title="正式网址", description="站点的永久地址，以 / 结尾；未定可不填。")
    opening: Opening = Field(title="首页开篇", description="首页最上方的主题。")
    wordmark: Wordmark | None = Field(None, title="站名图", description="页眉里代替站名文字的图片；不填就用文字。")
    host: Host = Field(Host.model_construct(), title="所在门户", description="本站是门户的一个栏目时，门户要求的页眉页脚文字和链接。")
    colours: Colours = Field(title="配色", description="五种颜色决定整站配色。")
    navigation: tuple[NavigationItem, ...] = Field(min_length=1, title="导航", description="页眉导航，从左到右。")
    footer: Footer = Field(Footer.model_construct(), title="页脚", description="只显示填写了的项目。")
    data: OpenData = Field(OpenData.model_construct(), title="开放数据", description="数据下载页和下载文件里的说明。")
    share: Share = Field(Share.model_construct(), title="分享", description="分享卡片和海报，不需要的填 false。")
    archive: Keeping = Field(Keeping.model_construct(), title="归档", description="每年封存移交档案部门时写在里面的。")
    systems: tuple[Term, ...] = Field(min_length=1, title="系统", description="单位所属系统。")
    categories: tuple[Term, ...] = Field(min_length=1, title="品牌类别", description="品牌的类别。")
    terms: tuple[fields.Word, ...] = Field(
        (), title="不拆开的词", description="标题换行时不从中间断开的词，每个 2 至 8 字；品牌、单位等的名称自动算在内。")
    redirects: tuple[Redirect, ...] = Field(
        (), title="改名的页面", description="旧地址和新地址；打开旧地址的人会被带到新地址，印出去的地址不会失效。"
    )
    drawings: tuple[DrawingFolder, ...] = Field(
        (),
        title="矢量图文件夹",
        description="可以放 SVG 的文件夹，只能在 content/ 下面，由本站维护人员自己管；里面的 SVG 照矢量图发布；其他地方的画成图片再发布。",
    )
    limits: Limits = Field(Limits.model_construct(), title="限度", description="字数、页数、图片和视频的限度。")

    @property
    def words(self) -> Language:
        """The language of the pages, as the message catalogue names it."""
        return "zh" if self.language == "zh-CN" else "en"

    @property
    def zone(self) -> tzinfo:
        """The zone in which a date begins and ends."""
        return ZoneInfo(self.timezone)

    def aware(self, as_of: datetime | date) -> datetime:
        """A day means its first moment where the site is; a time without a zone is a time there."""
        return aware(as_of, self.zone)

    def in_year(self, year: int | None, *, is_frozen: bool = False) -> SiteConfig:
        """The configuration of the edition of ``year``: its name says so. Frozen it has an address of its own."""
        if year is None:
            return self
        at = {"address": f"{self.address.rstrip('/')}/{year}/"} if is_frozen and self.address else {}
        return self.model_copy(update={"name": say("edition.name", self.words, name=self.name, year=year), **at})

    @property
    def pictures(self) -> tuple[str, ...]:
        """The paths of the pictures that the configuration itself names."""
        wordmark = self.wordmark.picture if self.wordmark else None
        return tuple(each for each in (self.opening.picture, wordmark) if each)

    @property
    def choices(self) -> Mapping[str, Mapping[str, str]]:
        """The enumerations: name → id → label."""
        return {name: {term.id: term.name for term in getattr(self, name)} for name in ENUMERATIONS}

    @property
    def context(self) -> Mapping[str, Any]:
        """What the schema needs to know of the configuration to check a record."""
        limits = {name: (getattr(self.limits, name).least, getattr(self.limits, name).most) for name in LENGTHS}
        return {"choices": self.choices, "limits": limits, "zone": self.zone}


ENUMERATIONS = ("systems", "categories")
LENGTHS = ("brand_name", "slogan")


def load(root: Path) -> tuple[SiteConfig | None, Tree | None, tuple[Problem, ...]]:
    """Read the configuration of the site at ``root`` with its places; ``None`` with its problems when it cannot be
    used."""
    path = root / CONFIG_FILE
    if path.is_symlink():
        return None, None, (problem("SEC-005", Span(CONFIG_FILE)),)
    if path.exists() and not path.is_file():
        return None, None, (problem("SEC-020", Span(CONFIG_FILE), what=sort_of(path.stat().st_mode)),)
    if not path.is_file():
        return None, None, (problem("CFG-001", Span(CONFIG_FILE)),)
    text, problems = read_text(SourceFile(CONFIG_FILE, path, path.stat().st_size))
    if text is None:
        return None, None, problems
    problems += tuple(personal_data.written(text))
    tree, found = parse(CONFIG_FILE, text.text, knows=knowing(SiteConfig), hidden=text.hidden)
    problems += found
    if tree is None:
        return None, None, problems
    config, found = read(SiteConfig, tree, None)
    problems += found
    hidden = {(each.span.path, each.span.line) for each in problems if each.code == "SEC-001"}
    problems += tuple(values.without_replaced(values.values(SiteConfig, tree), hidden))
    problems += tuple(personal_data.hidden(tree))
    if tree.is_mended or not text.is_sound:
        return None, None, problems
    if config is not None:
        for name in ENUMERATIONS:
            problems += tuple(_repeated_terms(name, getattr(config, name), tree.span))
        problems += tuple(_impossible_lengths(config.limits, tree.span))
    return config, tree, problems


def _impossible_lengths(limits: Limits, span: Any) -> Any:
    for name in LENGTHS:
        length: Length = getattr(limits, name)
        if length.least > length.most:
            yield problem("CFG-011", span(("limits", name)), name=name, least=length.least, most=length.most)


def _repeated_terms(name: str, terms: tuple[Term, ...], span: Any) -> Any:
    seen: dict[str, int] = {}
    for index, term in enumerate(terms):
        if term.id in seen:
            first = span((name, seen[term.id], "id"))
            yield problem("ID-001", span((name, index, "id")), id=term.id, first=str(first))
        seen.setdefault(term.id, index)
