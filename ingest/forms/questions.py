"""What a bureau is asked about a form that does not come back as it went out, cell by cell.

Belongs here: the sentences and how grave each case is. Does not belong here: finding the cases.
"""

from __future__ import annotations

QUESTIONS: dict[str, tuple[str, str]] = {
    "form_cell_empty": (
        "此格应填而未填；请填数，确实没有数请在“情况”栏选择原因。",
        "This cell is due and empty: enter the figure, or choose in the status column why there is none.",
    ),
    "form_label_changed": (
        "填报表的标题、表头或行名与发出时不同，无法确认这些数属于哪一项，未采用；请恢复原文后重新报送。",
        "A title, header or row label is not as it was issued, so its figures were not taken: restore it.",
    ),
    "form_row_missing": (
        "填报表缺少一行，该行的数没有收到；请用原表补报。",
        "A row of the form is gone and its figures were not received: send them in the form as issued.",
    ),
    "form_row_twice": (
        "同一行出现两次，无法判断以哪一行为准，均未采用；请删除多余的一行。",
        "A row stands twice and neither can be preferred: remove the one too many.",
    ),
    "form_column_missing": (
        "填报表缺少一栏或其表头被改动，该栏的数没有采用；请用原表补报。",
        "A column of the form is gone or its header was changed and its figures were not taken: use the form.",
    ),
    "form_column_twice": (
        "同一栏出现两次，无法判断以哪一栏为准，均未采用；请删除多余的一栏。",
        "A column stands twice and neither can be preferred: remove the one too many.",
    ),
    "form_table_twice": (
        "同一张表出现两次（可能复制了工作表），均未采用；请只保留一张。",
        "A table stands twice, perhaps on a copied sheet, and neither was taken: keep one.",
    ),
    "form_rows_moved": (
        "行的次序与发出时不同；已按行名读取，请核对，以后请勿排序或增删行。",
        "The rows are not in the order they were issued in; they were read by their labels. Do not sort or insert.",
    ),
    "form_locked_changed": (
        "锁定的格被改动，所在行的数未采用；请恢复原内容。更正以前的数请用那一期的填报表。",
        "A locked cell was changed and the figures beside it were not taken: restore it. To correct an earlier figure, "
        "use that month's form.",
    ),
    "form_status_unknown": (
        "“情况”栏的文字不在列表中，该数未采用；请从列表中选择，说明写在备注栏。",
        "The status is none of the list and the figure was not taken: choose from the list, explain in the note.",
    ),
    "form_not_whole": (
        "该指标按个数统计，应为整数；请核对是否填错了格或单位。",
        "This is a count and must be a whole number: check whether it is the right cell and unit.",
    ),
    "form_value_and_status": (
        "既填了数，又选了没有数的原因，无法判断以哪个为准；请只保留一个。",
        "There is a figure and a reason why there is none: keep one of them.",
    ),
}  # fmt: skip
CRITICAL = {"form_row_twice", "form_column_twice", "form_table_twice"}
INFO = {"form_rows_moved"}
