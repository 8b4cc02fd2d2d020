"""What a city says of the archives of its years: for how long they are kept, and where the archive office files them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from generator.messages import Language, say
from generator.schema.fields import Label, Line, Part

Retention = Literal["永久", "30年", "10年"]


class Keeping(Part):
    """What the deposit of a frozen year says of itself; each item is written only where it is given. The periods are those of
    机关文件材料归档范围和文书档案保管期限规定 (2006)."""

    retention: Retention = Field("永久", title="保管期限", description="永久、30年或10年；不填即永久。")
    fonds: Label | None = Field(None, title="全宗号", description="档案馆给本单位的全宗号，没有就不填。")
    organisation: Line | None = Field(None, title="移交单位", description="移交档案的单位；不填时用页脚的主办单位。")
    contact: Line | None = Field(None, title="移交联系", description="科室和办公电话，不写个人姓名；不填时用页脚的联系方式。")


def told(language: Language, retention: str, contact: str, commit: str) -> dict[str, str]:
    """What a README says of a retention, of whom to ask, and of the commit of the sources, which may not be known."""
    years = retention.removesuffix("年")
    lasting = say("archive.retention.years", language, count=years) if years.isdigit() else say("archive.retention.ever", language)
    return {
        "retention": retention if language == "zh" else lasting,
        "contact": contact if contact.strip("-") else say("archive.no_contact", language),
        "commit": commit or say("frozen.no_commit", language),
    }
