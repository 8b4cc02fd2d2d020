"""What the record of a film holds."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from generator.catalog.model import Media, YearData
from generator.schema.fields import (
    DESTINATION,
    LINE_MOST,
    Flag,
    Line,
    Part,
    Text,
    Title,
    Whole,
    fault,
    leading_where_it_says,
    reference,
    short,
)
from generator.text import durations

_DIGEST = r"^[0-9A-Fa-f]{64}$"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")


def _source(value: str) -> str:
    """A file's name, or an ``https://`` address with a plain host."""
    if not _SCHEME.match(value) and not value.startswith("//"):
        return value
    if not _is_plain_address(value):
        raise fault("bad_address", needle=value)
    return leading_where_it_says(value)


def _is_plain_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        has_host = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return parts.scheme == "https" and has_host and "@" not in parts.netloc and not re.search(r"[\s\\]", value)


def _duration(value: Any) -> int:
    seconds = durations.seconds_of(value) if isinstance(value, str) else None
    if seconds is None:
        raise fault("own", code="VID-007", text=short(value))
    return seconds


def _digest(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(_DIGEST, value.strip()):
        raise fault("own", code="VID-008", text=short(value))
    return value.strip().lower()


_SCHEMA = WithJsonSchema({"type": "string", "minLength": 1, "maxLength": LINE_MOST})
Source = Annotated[Line, AfterValidator(_source), _SCHEMA, DESTINATION]
Duration = Annotated[
    int, BeforeValidator(_duration), WithJsonSchema({"type": "string", "pattern": durations.PATTERN})
]  # whole seconds
Digest = Annotated[str, BeforeValidator(_digest), WithJsonSchema({"type": "string", "pattern": _DIGEST})]


class VideoItem(Part):
    """What the film is about: one brand or one project."""

    brand: reference("brand") | None = Field(None, title="品牌", description="片中品牌的编号。")  # type: ignore[valid-type]
    project: reference("project") | None = Field(None, title="书记项目", description="片中书记项目的编号。")  # type: ignore[valid-type]


class Video(YearData):
    """A film."""

    internal: ClassVar[frozenset[str]] = Part.internal | {"src", "captions", "duration", "size"}  # see ``opened``

    name: Title = Field(title="片名", description="视频的名称，不加书名号。")
    unit: reference("unit") = Field(title="所属单位", description="content/units.yml 中单位的编号。")  # type: ignore[valid-type]
    src: Source = Field(
        title="视频", description="放在 video.yml 旁边的 .mp4 或 .webm 文件名；放在别处的填 https:// 开头的地址。"
    )
    sha256: Digest = Field(title="SHA-256 校验值", description="视频文件的 64 位十六进制 SHA-256 值，供人核对。")
    size: Whole | None = Field(
        None, ge=1, title="大小", description="放在别处的视频有多少字节；就在旁边的不用填，会自动计算。"
    )
    duration: Duration = Field(title="时长", description='“分:秒”或“时:分:秒”，如 "3:25"，要加引号。')
    poster: Media = Field(title="封面", description="播放前显示的图片，和视频画面同样的宽高比。")
    captions: Line = Field(title="字幕文件", description="放在 video.yml 旁边的 .vtt 文件名（WebVTT 格式）。")
    transcript: Text = Field(title="文字稿", description="完整的文字稿，一行一段；没有人声的，写清画面。")
    language: Literal["zh", "en"] = Field("zh", title="语言", description="字幕和文字稿的语言：zh 中文，en 英文。")
    sign_language: Flag = Field(False, title="手语", description="画面中有手语翻译填 true。")
    items: tuple[VideoItem, ...] = Field((), title="相关展品", description="片中的品牌或书记项目，每条写一个编号。")

    @property
    def host(self) -> str | None:
        """The host that holds the film, ``None`` for a file beside the record."""
        return urlsplit(self.src).hostname if _SCHEME.match(self.src) else None
