"""Faults of whole tables for the golden raw database: check → (SQL that breaks it, a cell it must name)."""

from __future__ import annotations

JUNE = "reference_month = date '2023-06-01'"
NUMBER = "value_number = h.value_number, value_printed = h.value_printed"


def from_row(change: str, which: str = "true") -> str:
    """SQL by which June's figures take those of other rows of the same block (``row`` is 1 for the city, 2–5)."""
    return f"""
        update raw.cell as c set {NUMBER}
        from (select *, substr(source_cell, 2)::integer as address from raw.cell where {JUNE}) as h
        where c.reference_month = h.reference_month and c.source_cell[1] = h.source_cell[1]
            and c.indicator_code = h.indicator_code and c.measure = h.measure
            and h.address % 10 = (case substr(c.source_cell, 2)::integer % 10 {change} end) and {which}"""


def from_month(month: str, which: str = "true") -> str:
    """SQL by which June's figures are those of another month."""
    return f"""
        update raw.cell as c set {NUMBER} from raw.cell as h
        where c.reference_month = date '2023-06-01' and h.reference_month = date '{month}'
            and c.source_cell = h.source_cell and {which}"""


FILLED = f"""
    update raw.cell as c set {NUMBER} from raw.cell as h
    where c.{JUNE} and h.{JUNE} and h.source_cell = 'B11' and c.source_cell in ('B12', 'B13', 'B14', 'B15')"""

# The city's retail sales are the sum of its districts in every month, and off by two in a thousand in June.
OPEN_SUM = f"""
    update raw.cell as c set value_number = round(s.added * case when c.{JUNE} then 1.002 else 1 end, 2)
    from (
        select submission_id, sum(value_number) as added from raw.cell
        where indicator_code = 'retail_sales' and measure = 'level_ytd' and region_code <> '410500'
        group by submission_id
    ) as s
    where c.submission_id = s.submission_id and c.source_cell = 'B11'"""

ROUNDED = f"""
    update raw.cell set value_number = round(value_number), value_decimals = 0,
        value_printed = round(value_number)::bigint
    where {JUNE} and indicator_code = 'retail_sales' and measure = 'level_ytd'"""
# June is the first report that ever came.
ALONE = f"""
    delete from raw.acceptance; delete from raw.cell where not ({JUNE});
    delete from raw.submission where submission_id not in (select submission_id from raw.cell)"""
AS_INDEX = f"""
    update raw.cell set value_number = value_number + 100
    where {JUNE} and indicator_code = 'gdp' and measure = 'growth_ytd'"""
# A pack that calls the product of a region the sum of its retail sales and profits; where row 5 adds up.
PARTS = """
    insert into raw.pack_indicator_component values ('gdp', 'retail_sales'), ('gdp', 'profit')"""
BALANCED = f"""{ALONE}; {PARTS};
    delete from raw.cell where substr(source_cell, 2)::integer % 10 <> 5;
    update raw.cell set value_number = 163.66 where source_cell = 'B35';
    update raw.cell set value_number = 7.4 where source_cell = 'B45'"""
# Growth computed from levels of two decimals and printed as it came out.
UNROUNDED = f"""{ALONE};
    update raw.cell as g set value_number = 100 * (l.value_number / round(l.value_number * 0.93, 2) - 1)
    from raw.cell as l
    where g.region_code = l.region_code and g.indicator_code = l.indicator_code and g.measure = 'growth_ytd'
        and l.measure = 'level_ytd' and l.value_number > 0 and g.indicator_code in ('retail_sales', 'profit')"""
# Another bureau's file tells all deposits as well, month by month, and then one of them differs.
WITNESS = f"""
    insert into raw.submission by name select * replace (
        's' || left(submission_id, 15) as submission_id, 100 + submission_order as submission_order)
    from raw.submission;
    insert into raw.cell by name select * replace ('s' || left(submission_id, 15) as submission_id, 'czj__copy' as stem)
    from raw.cell where indicator_code = 'deposits';
    insert into raw.acceptance by name select a.* replace ('s' || left(a.submission_id, 15) as submission_id)
    from raw.acceptance as a semi join raw.cell as c
        on 's' || left(a.submission_id, 15) = c.submission_id and a.source_cell = c.source_cell;
    update raw.cell set value_number = value_number + 9 where {JUNE} and stem <> 'czj__copy' and source_cell = 'B64'"""
# Ten more regions that report one index for the first time, and one of them far from all others.
OUTLIER = f"""
    insert into raw.pack_region by name select r.* replace ('41051' || t.k as region_code)
    from raw.pack_region as r cross join range(10) as t (k) where r.region_code = '410506';
    insert into raw.cell by name select c.* replace (
        '41051' || t.k as region_code, 'Z' || (100 + t.k) as source_cell, 101.5 + t.k * 0.1 as value_number)
    from raw.cell as c cross join range(10) as t (k) where c.{JUNE} and c.source_cell = 'B75';
    update raw.cell set value_number = 107.3 where source_cell = 'Z107'"""
# Prices are told as an index and as its growth.
TOLD_TWICE = f"""
    insert into raw.pack_indicator_measure by name select * replace ('cpi' as indicator_code)
    from raw.pack_indicator_measure where indicator_code = 'profit' and measure = 'growth_ytd' limit 1;
    insert into raw.cell by name select * replace (
        'G' || substr(source_cell, 2) as source_cell, 'growth_ytd' as measure, 'nominal' as growth_basis,
        'percent' as unit_code, round(value_number - 100, 1) as value_number)
    from raw.cell where indicator_code = 'cpi';
    insert into raw.acceptance by name select * replace ('G' || substr(source_cell, 2) as source_cell)
    from raw.acceptance where source_cell like 'B7_';
    update raw.cell set value_number = value_number <by> where {JUNE} and source_cell = 'B74'"""
TABLE_FAULTS: dict[str, tuple[str, str | None]] = {
    "other_month_is_not_sent_again": (from_month("2023-05-01"), "B12"),
    "row_is_not_another_regions": (from_row("when 4 then 5"), "B14"),
    "column_is_not_another": (
        f"""update raw.cell as c set {NUMBER} from raw.cell as h
            where c.{JUNE} and h.{JUNE} and c.indicator_code = 'urban_jobs' and h.indicator_code = 'deposits'
                and c.region_code = h.region_code""",
        "B52",
    ),
    "other_month_may_be_sent_again": (
        f"""{from_month("2023-05-01", "c.source_cell in ('B61', 'B62', 'B63')")};
            delete from raw.cell where {JUNE} and source_cell in ('B64', 'B65')""",
        "B62",
    ),
    "row_may_be_another_regions": (
        f"""{ALONE}; delete from raw.cell where region_code = '410505' and source_cell not in ('B14', 'B34', 'B64');
            {from_row("when 4 then 5", "c.source_cell in ('B14', 'B34', 'B64')")}""",
        "B14",
    ),
    "column_may_be_another": (
        f"""{ALONE}; update raw.cell as c set {NUMBER} from raw.cell as h
            where c.{JUNE} and h.{JUNE} and c.indicator_code = 'urban_jobs' and h.indicator_code = 'deposits'
                and c.region_code = h.region_code;
            delete from raw.cell where {JUNE} and source_cell in ('B54', 'B55')""",
        "B52",
    ),
    "column_is_not_filled_down": (FILLED, "B14"),
    "column_of_constants": (
        f"delete from raw.acceptance; delete from raw.cell where not ({JUNE}); {FILLED}",
        "B14",
    ),
    "one_figure_is_not_everywhere": (
        f"""update raw.cell set value_number = 0.9, value_printed = '0.9', value_decimals = 1
            where {JUNE} and source_cell in ('B62', 'B63', 'B64', 'B65')""",
        "B63",
    ),
    "places_are_not_exchanged": (from_row("when 2 then 5 when 5 then 2"), "B55"),
    "table_is_not_shifted": (from_row("when 2 then 1 when 3 then 2 when 4 then 3 when 5 then 4"), "B14"),
    "file_is_not_contradicted": (WITNESS, "B64"),
    "files_tell_one_value": (WITNESS, "B64"),
    "signs_do_not_add_up": (OUTLIER, "Z107"),
    "identity_holds": (TOLD_TWICE.replace("<by>", "+ 0.6"), "B74"),
    "identity_is_open": (TOLD_TWICE.replace("<by>", "+ 0.1"), "G74"),
    "long_figure_stands_once": (
        f"""{ALONE};
            update raw.cell set value_number = 91.6543217, value_decimals = 7 where source_cell in ('B14', 'B15')""",
        "B15",
    ),
    "members_add_up_to_total": (OPEN_SUM, "B11"),
    "member_of_an_open_sum": (OPEN_SUM, "B15"),
    "components_add_up_to_total": (f"{PARTS}; {ALONE}", "B34"),
    "component_of_an_open_sum": (f"{PARTS}; {ALONE}", "B14"),
    "part_is_not_above_whole": (
        "update raw.pack_indicator set parent_indicator_code = 'retail_sales' where indicator_code = 'gdp'",
        "B34",
    ),
    "growth_adds_up_to_total": (f"{BALANCED}; update raw.cell set value_number = 64 where source_cell = 'B25'", "B25"),
    "growth_of_an_open_sum": (f"{BALANCED}; update raw.cell set value_number = 45 where source_cell = 'B25'", "B115"),
    "implied_base_is_round": (
        f"{UNROUNDED}; update raw.cell set value_number = 80.11 where source_cell = 'B14'",
        "B14",
    ),
    "value_follows_printed_rank": (
        f"update raw.cell set value_number = value_number - 11 where {JUNE} and source_cell = 'B44'",
        "B44",
    ),
    "value_agrees_with_printed_rank": (
        f"{ALONE}; update raw.cell set value_number = 8.5 where source_cell = 'B44'",
        "B44",
    ),
    "rank_is_not_mistyped": (f"update raw.cell set value_number = 1 where {JUNE} and source_cell = 'C43'", "C43"),
    "printed_rank_follows_value": (
        f"update raw.cell set value_number = 5 - value_number where {JUNE} and source_cell in ('C42', 'C45')",
        "C45",
    ),
    # without the values nothing else tells
    "ranks_are_possible": (
        f"""delete from raw.cell where {JUNE} and source_cell = 'B43';
            update raw.cell set value_number = 3 where {JUNE} and source_cell = 'C44'""",
        "C44",
    ),
    "column_keeps_its_magnitude": (
        f"update raw.cell set value_number = value_number * 100 where {JUNE} and indicator_code = 'deposits'",
        "B62",
    ),
    "figure_keeps_its_columns_scale": (
        f"update raw.cell set value_number = value_number * 1000 where {JUNE} and source_cell = 'B64'",
        "B64",
    ),
    "unit_is_the_usual": (
        f"""update raw.cell set value_number = value_number * 10000, unit_code = 'wan_yuan'
            where {JUNE} and indicator_code = 'deposits'""",
        "B62",
    ),
    "figures_keep_their_decimals": (ROUNDED, "B11"),
    "percent_may_be_a_fraction": (
        f"{ALONE}; update raw.cell set value_number = value_number / 100 where source_cell = 'B44'",
        "B44",
    ),
    "column_is_told_in_its_form": (AS_INDEX, "B42"),
    "column_looks_like_its_form": (f"{ALONE}; {AS_INDEX}", "B41"),
    "month_is_not_told_anew": (f"update raw.cell set reference_month = date '2023-05-01' where {JUNE}", "B15"),
    "table_is_not_told_anew": (
        f"""update raw.cell set reference_month = date '2023-05-01', value_number = value_number * 1.7
            where {JUNE} and disposition = 'observation'""",
        "B52",
    ),
    "name_tells_its_month": (
        "update raw.submission set file_name = '月报202307.xlsx' where submission_order = 18",
        None,
    ),
    "usual_figure_is_there": (f"delete from raw.cell where {JUNE} and source_cell = 'B14'", "B14"),
    "usual_region_is_there": (f"delete from raw.cell where {JUNE} and region_code = '410505'", None),
    "report_month_follows": (
        f"update raw.submission_table set reference_month = date '2023-09-01' where {JUNE}",
        None,
    ),
}
