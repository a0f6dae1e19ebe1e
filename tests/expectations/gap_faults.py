"""Faults of what is not there for the golden raw database: check → (SQL that breaks it, a cell it must name)."""

from __future__ import annotations

from tests.expectations.table_faults import JUNE

# A first report, laid out as regions down and indicators across: row 4 is 殷都区, column G the deposits.
FIRST = f"""
    delete from raw.acceptance;
    delete from raw.cell where not ({JUNE});
    delete from raw.submission_table where not ({JUNE});
    delete from raw.submission where submission_id not in (select submission_id from raw.cell);
    update raw.cell set source_cell = chr(65 + case source_cell[1] when 'B' then 0 else 12 end
        + substr(source_cell, 2)::integer // 10) || substr(source_cell, 2)::integer % 10"""
# The same with seven more counties below 殷都区, in the rows 10 to 16.
MANY = f"""
    {FIRST};
    insert into raw.pack_region
        select * exclude (n) replace (
            (410580 + n)::varchar as region_code, '县' || n as region_name, 'county' as region_level)
        from raw.pack_region cross join range(7) as t (n) where region_code = '410505';
    insert into raw.cell by name
        select * exclude (n) replace ((410580 + n)::varchar as region_code,
            source_cell[1] || (10 + n) as source_cell, value_number * (1.13 + n * 0.171) as value_number)
        from raw.cell cross join range(7) as t (n) where region_code = '410505' and disposition = 'observation'"""
IN_TWO_TABLES = f"""
    {FIRST};
    insert into raw.submission_table select * replace (2 as table_no, '表2' as title) from raw.submission_table;
    update raw.cell set table_no = 2, source_sheet = '月报2' where source_cell[1] > 'F'"""
# The heading of the deposits, in G9, as the reader hands it over when no figure stands below.
EMPTY_COLUMN = f"""
    {FIRST};
    insert into raw.cell by name
        select distinct submission_id, stem, table_no, source_sheet, 'G9' as source_cell,
            'ignored' as disposition, 'empty_column' as rule, '各项存款余额' as value_printed, indicator_code, measure,
            reference_month, false as is_simulated, 2 as source_rank
        from raw.cell where indicator_code = 'deposits';
    delete from raw.cell where indicator_code = 'deposits' and rule is null"""

# All months in one file, a row for each series and a column for each month, and a second file after it with the same.
LONG = """
    create temp table last_file as select * from raw.submission where submission_order = 18;
    create temp table last_table as select * from raw.submission_table
        where submission_id in (select submission_id from last_file);
    create temp table months as
        select * replace (chr(65 + datediff('month', date '2022-01-01', reference_month)::integer)
            || substr(source_cell, 2) as source_cell)
        from raw.cell where disposition = 'observation';
    delete from raw.cell; delete from raw.acceptance; delete from raw.submission; delete from raw.submission_table;
    insert into raw.submission by name
        select * exclude (id, place) replace (id as submission_id, place as submission_order)
        from last_file cross join (values ('before', 17), ('long', 18)) as t (id, place);
    insert into raw.submission_table by name
        select * exclude (id) replace (id as submission_id)
        from last_table cross join (values ('before'), ('long')) as t (id);
    insert into raw.cell by name
        select * exclude (id) replace (id as submission_id)
        from months cross join (values ('before'), ('long')) as t (id)"""

GAP_FAULTS: dict[str, tuple[str, str | None]] = {
    "usual_column_is_there": (f"delete from raw.cell where {JUNE} and indicator_code = 'deposits'", None),
    "heading_has_figures": (EMPTY_COLUMN, "G9"),
    "table_has_figures": (
        f"{IN_TWO_TABLES}; delete from raw.cell where table_no = 2",
        None,
    ),
    "region_set_is_whole": (f"{FIRST}; delete from raw.cell where region_code = '410505'", None),
    "table_has_no_gap": (f"{FIRST}; delete from raw.cell where source_cell = 'G4'", "G4"),
    "figure_told_before_is_there": (
        f"{LONG}; delete from raw.cell where submission_id = 'long' and source_cell in ('E14', 'E24', 'E34')",
        "E14",
    ),
    "region_is_in_every_table": (
        f"{IN_TWO_TABLES}; delete from raw.cell where table_no = 2 and region_code = '410505'",
        None,
    ),
}
