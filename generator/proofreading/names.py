"""Names of people where an office belongs: in a line that says whom to ask."""

from __future__ import annotations

from collections.abc import Iterator

from generator import patterns

# The hundred and some most frequent surnames (公安部, 2020年全国姓名报告), and those of two characters.
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧肖蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金"
    "石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷龙史陶黎贺顾毛郝龚邵万钱严覃武戚莫孔向汤常温康施牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹"
    "申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆"
)
_COMPOUND = "欧阳|上官|司马|诸葛|司徒|东方|夏侯|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文"
_TITLE = "同志|主任|科长|处长|局长|书记|主席|院长|所长|站长|队长|部长|组长|经理|秘书|干事|专员|老师|先生|女士|小姐|师傅|总|工"
_HAN = r"\u3400-\u9fff"
_BEFORE = rf"(?:^|(?<=[^{_HAN}])|(?<=联系人)|(?<=负责人)|(?<=经办人)|(?<=联络员)|(?<=办公室)|(?<=科)|(?<=处)|(?<=室)|(?<=部)|(?<=党委))"
_TITLED = patterns.late(rf"{_BEFORE}(?:[{SURNAMES}]|{_COMPOUND})[{_HAN}]{{0,2}}?(?:{_TITLE})(?![{_HAN}])")
_ALONE = patterns.late(rf"{_BEFORE}(?:[{SURNAMES}]|{_COMPOUND})[{_HAN}·]{{1,3}}(?![{_HAN}])")
_ASKED = patterns.late(rf"(?:联系人|负责人|经办人|联络员)(?:[:：\s是为]|姓名)+([{_HAN}·]{{2,4}})(?![{_HAN}])")
_NO_NAME = patterns.late(
    r".*(?:办公室|办公厅|[办科处室部委局组院队站所厅会股馆校园区县市镇乡村街路道巷弄号楼层座栋幢厦场店台门口线网报刊社团厂司行库]|中心|窗口|支部|大厅|前台"
    r"|总机|热线|电话|分机|传真|邮箱|邮编|地址|时间|工作日|上午|下午|全天|法院|公安|检察|机关|政府|党委|党组|纪委|人大|政协|工会|妇联|小组|专班|单位|部门|平台)\Z"
    r"|周[一二三四五六日末至到].*|(?:安徽|江苏|江西|金华|常州|温州|温岭|宁波|苏州|徐州|郑州|贵阳|石家庄|常熟|常德|康复|安全|安监|安置|方便|方志|高新|高铁|于是|时政|时段|"
    r"万人|成立|成果|向阳|白天|白班|金融|石油|康养|任务|任何|时间|关于|包括|路线|路口|管理|管道|房产|房管|解答|解决|游客|华侨|连同|单独|季度|尚未|万元|史志|左侧|左边|江北|江南|江东|龙华)"
)


def find(text: str) -> Iterator[tuple[int, int]]:
    """Where what looks like the name of a person stands in ``text``, in order."""
    hits = [hit.span(1) for hit in _ASKED.finditer(text)]
    hits += [hit.span() for hit in _TITLED.finditer(text)]
    hits += [hit.span() for hit in _ALONE.finditer(text)]
    taken = 0
    for start, end in sorted(hits):
        if start >= taken and not _NO_NAME.match(text[start:end]):
            taken = end
            yield start, end
