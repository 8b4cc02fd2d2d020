"""Other Chinese words for fields: what clerks write where the English name of a field belongs."""

from __future__ import annotations

from collections.abc import Mapping

SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "id": ("编号", "代码", "标识符", "识别号"),
    "title": ("标题", "题目", "名称", "题名"),
    "name": ("名称", "名字", "品牌名", "全称", "品牌"),
    "short_name": ("简称",),
    "aliases": ("又称", "别名", "别称", "俗称"),
    "year": ("年度", "年份", "年"),
    "status": ("状态", "公开状态"),
    "slogan": ("口号", "宣传语", "标语", "广告语"),
    "unit": ("单位", "部门", "所属部门", "申报单位", "主办单位", "单位名称", "报送单位", "牵头单位"),
    "branch": ("支部", "党支部", "所属支部"),
    "branches": ("支部", "党支部"),
    "category": ("类别", "分类", "类型", "种类"),
    "established_on": ("成立日期", "成立时间", "创建时间", "创立时间", "创立日期", "日期"),
    "published_on": ("公开时间", "发布日期", "发布时间", "公布日期"),
    "updated_on": ("更新时间", "修改日期", "修改时间"),
    "logo": ("标识", "徽标", "标志", "图标", "商标"),
    "src": ("图片", "文件", "路径", "图片路径", "文件名", "地址", "视频文件"),
    "alt": ("图片描述", "替代文本", "图片文字", "描述"),
    "caption": ("说明", "图注", "图片标题"),
    "credit": ("摄影", "作者", "拍摄"),
    "meaning": ("释义", "含义", "寓意", "标识含义"),
    "uses_party_emblem": ("党徽", "是否有党徽", "使用党徽", "是否含党徽"),
    "concept": ("理念", "宗旨", "创建理念"),
    "connotation": ("内涵",),
    "background": ("背景", "起因"),
    "practices": ("做法", "措施", "举措", "主要措施", "具体做法"),
    "measures": ("做法", "措施", "举措"),
    "body": ("内容", "正文", "具体内容"),
    "results": ("成效", "成果", "效果", "结果", "主要成效"),
    "text": ("内容", "文字", "成效内容"),
    "honours": ("荣誉", "获奖", "奖项", "表彰"),
    "issuer": ("颁发单位", "颁奖单位", "发证单位", "授予机关"),
    "date": ("日期", "时间"),
    "videos": ("视频",),
    "gallery": ("图片", "照片", "图集", "相册"),
    "contact": ("联系", "联系人", "联系方法"),
    "office": ("科室", "处室", "部门"),
    "phone": ("电话", "联系电话", "电话号码"),
    "office_phone": ("电话", "联系电话", "电话号码"),
    "sources": ("来源", "出处", "依据", "材料来源"),
    "where": ("网址", "链接", "文号"),
    "reviews": ("审核", "审批", "审核情况"),
    "stage": ("环节", "阶段"),
    "role": ("角色", "审核人", "审核单位", "岗位"),
    "revisions": ("修订", "更正"),
    "what": ("内容", "改动"),
    "why": ("原因", "理由"),
    "system": ("系统", "所属系统"),
    "theme": ("主题", "名称"),
    "start": ("开始", "开始时间", "开始日期", "起始日期"),
    "end": ("结束", "结束时间", "结束日期", "截止日期"),
    "label": ("展签", "说明牌"),
    "panel": ("文字板", "展板", "展板文字"),
    "poster": ("海报", "封面", "主视觉"),
    "venue": ("地点", "场地", "展出地点"),
    "address": ("地址", "网址"),
    "goals": ("目标",),
    "duties": ("任务", "责任", "责任分工"),
    "due": ("期限", "时限", "完成时限"),
    "problem": ("问题", "主要问题"),
    "star_records": ("星级", "评星"),
    "star": ("星级",),
    "candidates": ("候选", "候选品牌"),
    "rounds": ("环节", "轮次"),
    "former_names": ("曾用名", "原名"),
}
_BARE = ("品牌", "项目", "展览", "视频", "单位", "支部", "主要", "工作")


def names_for(name: str, title: str | None) -> frozenset[str]:
    """The Chinese words for the field ``name`` whose label is ``title``."""
    words = {*SYNONYMS.get(name, ()), *filter(None, (title,))}
    bare = {(title or "").removeprefix(each) for each in _BARE}
    return frozenset(words | {each for each in bare if len(each) > 1})


def field_called(label: str, titles: Mapping[str, str | None]) -> str | None:
    """The field of ``titles`` (name → label) that is called ``label`` in Chinese, wholly or in part."""
    text = label.strip().strip("“”\"'：:*【】")
    if not any("\u4e00" <= each <= "\u9fff" for each in text):
        return None
    for kind in (lambda name: text == titles[name], lambda name: text in names_for(name, titles[name])):
        exact = [name for name in titles if kind(name)]
        if exact:
            return exact[0]
    close = {name: max(_likeness(text, word) for word in names_for(name, titles[name]) or {""}) for name in titles}
    best = max(close, key=lambda name: close[name], default=None)
    return best if best is not None and close[best] >= 60 else None


def _likeness(text: str, word: str) -> float:
    """How much two labels have in common; one inside the other counts most."""
    from rapidfuzz import fuzz  # here, as in all guesses: most sites have nothing to guess

    if len(word) > 1 and len(text) > 1 and (text in word or word in text):
        return 75 + fuzz.ratio(text, word) / 4
    return fuzz.ratio(text, word)
