"""The note sheet (填报说明): who, what, by when, which marks, what not to touch, whom to ask.

Belongs here: its words. Does not belong here: how they look.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.forms.due import deadline, due_for, reported_by
from ingest.forms.model import Form
from ingest.forms.wording import FREQUENCIES, STATUSES, day_words, measure_words, period_words
from ingest.pack.calendar import due_dates, is_published, later

if TYPE_CHECKING:
    from ingest.pack import Pack
    from ingest.pack.models import Bureau

Line = tuple[str, tuple[str, ...]]
_RULES = (
    ("只填黄色格", "其他格已锁定。不要改动标题、表头、指标和地区，不要增删行列、排序、合并；改动的部分会被退回询问。",
     "Fill in yellow cells only. Do not change titles, headers, indicators or regions; do not insert, delete, sort or "
     "merge: what was changed is asked back."),
    ("数字", "只填数字，不写单位和 %。5.3% 填 5.3，下降 2.1% 填 -2.1。",
     "Figures only, without unit or %. 5.3 % is 5.3; a fall of 2.1 % is -2.1."),
    ("单位", "单位格为黄色的，可从列表中选择；所填数字必须与所选单位一致。",
     "Where the unit cell is yellow, choose from the list; the figure must be in that unit."),
    ("没有数", "不要留空，也不要填 0 或写文字：在“情况”栏选择原因（见下）。",
     "Do not leave it blank, write 0 or words: choose the reason in the status column (below)."),
    ("更正", "已报数需要更正的，在同一期填报表中改好后重新报送整本，以最后认可的为准。",
     "To correct a figure, change it in the form of that same month and send the whole workbook again."),
    ("上次认可数", "是系统中最近一次认可的数及其时期，供核对；无数的为空。发现其有误，请另行告知，不要在本表中改。",
     "The last accepted figure and its period, for comparison. If it is wrong, tell us; do not change it here."),
    ("保存", "另存为 .xlsx（也可 .xls、.ods）整本报送；不要另存为 CSV，不要把内容复制到新工作簿。",
     "Save as .xlsx (.xls and .ods will do) and send the whole workbook; neither CSV nor a copy of its content."),
)  # fmt: skip


def note_lines(form: Form, pack: Pack) -> list[Line]:
    """Every line of the note sheet, with its style."""
    bureau = pack.bureau(form.bureau)
    assert bureau is not None
    due = due_for(pack, bureau, form.month)
    day = deadline(pack, bureau, form.month, due)
    count = sum(len(block.fields) for block in form.blocks)
    lines: list[Line] = [
        ("title", (f"填报说明　{bureau.bureau_name}　{period_words('level_ytd', form.month)}",)),
        ("heading", ("基本情况", "", "The essentials")),
        ("line", ("填报单位", bureau.bureau_name, bureau.bureau_name_en)),
        ("line", ("填报内容", f"{len(form.blocks)} 张表，{count} 个数；黄色格为应填",
                  f"{count} figures in {len(form.blocks)} tables; yellow cells are due")),
        ("line", ("报送期限", f"{day_words(day)}前", f"by {day}")),
    ]  # fmt: skip
    lines += [("line", ("日历中的报表", title, title_en)) for title, title_en in _calendar(form, pack, bureau)]
    lines += [
        ("line", ("送到", _whom(bureau, pack), "to whoever collects the reports; the file's name does not matter")),
        ("heading", ("怎样填", "", "How to fill it in")),
        *[("line", rule) for rule in _RULES],
        ("heading", ("情况栏", "", "The status column")),
        *[("line", (word, f"{said}（{code}）", f"{said_en} (OBS_STATUS {code})"))
          for word, (code, said, said_en) in STATUSES.items()],
    ]  # fmt: skip
    return lines + _not_due(form, pack, bureau)


def _whom(bureau: Bureau, pack: Pack) -> str:
    asked = "；".join(text for text in (bureau.channel, bureau.contact) if text)
    return f"{pack.info.title} 数据汇总人员" + (f"（{asked}）" if asked else "") + "；有疑问也请向其询问。文件名不限"


def _calendar(form: Form, pack: Pack, bureau: Bureau) -> list[tuple[str, str]]:
    """The calendar's own reports of the bureau for this month, with their day."""
    found = []
    for stem, day in due_dates(pack, bureau.bureau_code, form.month).items():
        spec = pack.source(stem)
        names = (spec.title, spec.title_en) if spec else (stem, stem)
        found.append((f"{names[0]}：{day_words(day)}前", f"{names[1]}: by {day}"))
    return found


def _not_due(form: Form, pack: Pack, bureau: Bureau) -> list[Line]:
    """What the bureau reports in other months, so that nobody misses it here."""
    others: dict[str, list[str]] = {}
    for indicator, measure in reported_by(pack, bureau):
        if not is_published(measure.frequency, measure.first_month, later(form.month, -measure.lag_months)):
            words = measure_words(measure.measure, measure.growth_basis)[0]
            others.setdefault(measure.frequency, []).append(f"{indicator.indicator_name}（{words}）")
    if not others:
        return []
    lines: list[Line] = [("heading", ("本期不报", "", "Not due this time"))]
    for frequency, names in others.items():
        shown = "、".join(names[:12]) + (f" 等 {len(names)} 项" if len(names) > 12 else "")
        lines.append(("line", (FREQUENCIES[frequency][0], shown, f"{len(names)} {FREQUENCIES[frequency][1]}")))
    return lines
