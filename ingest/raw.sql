-- The raw schema: what was received and what was read, nothing computed.
-- One writer (ingest); dbt and Great Expectations only read it. Pack tables (raw.pack_*) are created by the pack loader.
create schema if not exists raw;

-- One row per file received (a file is its bytes: the same bytes twice are one submission).
create table if not exists raw.submission (
    submission_id varchar primary key,        -- first 16 hex digits of sha256
    sha256 varchar not null,
    file_name varchar not null,
    source_path varchar not null,             -- as found, relative to the inbox
    byte_size bigint not null,
    media_type varchar,
    received_at timestamptz not null,
    published_at timestamptz,
    sender varchar,
    bureau_code varchar,                      -- found by the source spec; NULL when not understood
    is_simulated boolean not null,
    outcome varchar not null check (outcome in ('read', 'quarantined')),
    reason_code varchar,
    reason varchar,                           -- Chinese, for the clerk
    reason_en varchar,
    reason_detail varchar,                    -- JSON: place, found, expected and advice, as in .reason.json
    submission_order bigint not null,         -- order of arrival: received_at, then path
    read_at timestamptz not null,             -- the run's clock
    pack_digest varchar                       -- the pack it was read with: a refused file is read again under another
);

-- One row per table that was understood in a submission.
create table if not exists raw.submission_table (
    submission_id varchar not null,
    table_no integer not null,
    stem varchar not null,
    table_name varchar not null,
    source_sheet varchar not null,
    title varchar,
    reference_month date,                     -- month of the report the table belongs to (or its own)
    cell_count integer not null,
    primary key (submission_id, table_no)
);

-- One row per non-empty cell in a table's area. disposition says what became of it; none is dropped. The heading of a row
-- or column without any figure is kept as ignored (empty_row, empty_column), with what its figures would mean.
create table if not exists raw.cell (
    submission_id varchar not null,
    stem varchar not null,
    table_no integer not null,
    source_sheet varchar not null,
    source_cell varchar not null,             -- A1 address; for text files too (column letter, line)
    disposition varchar not null check (disposition in ('observation', 'published_rank', 'ignored', 'finding')),
    rule varchar,                             -- why it is ignored, or the finding's rule
    value_printed varchar,
    value_number double,                      -- in the printed unit; NULL when the cell holds a mark
    value_qualifier varchar,                  -- = > ≥ < ≤ ≈
    value_decimals integer,                   -- displayed decimals; NULL = not known
    unit_printed varchar,
    unit_code varchar,
    region_label varchar,
    region_code varchar,
    indicator_label varchar,
    indicator_code varchar,
    measure varchar,
    growth_basis varchar,
    rank_set_code varchar,                    -- published_rank rows only
    period_label varchar,
    period_start date,
    reference_month date,
    obs_status varchar,                       -- SDMX; A when a plain value
    conf_status varchar,                      -- SDMX; F when nothing is said
    is_break boolean not null default false,
    is_simulated boolean not null,
    source_rank integer not null,             -- 1 verified or fed back by the higher office, 2 own report, 3 estimate
    note varchar,
    table_precedence integer,                 -- two tables of one submission with one key: lower wins (source spec)
    primary key (submission_id, source_sheet, source_cell)
);

-- One row per thing the reader could not take as it stood.
create table if not exists raw.reader_finding (
    finding_no integer not null,
    submission_id varchar not null,
    stem varchar,
    source_sheet varchar,
    source_cell varchar,
    severity varchar not null check (severity in ('critical', 'warning', 'info')),
    rule varchar not null,
    observed varchar,
    expected varchar,
    advice varchar not null,                  -- Chinese: what to do
    advice_en varchar not null,
    region_code varchar,
    indicator_code varchar,
    measure varchar,
    reference_month date,
    primary key (submission_id, finding_no)
);

-- The gate's word on each observation or rank cell: accepted (accepted_at set) or held (accepted_at NULL, held_rule set).
-- A waived cell is accepted, keeps the rule that held it and names who waived it.
create table if not exists raw.acceptance (
    submission_id varchar not null,
    source_sheet varchar not null,
    source_cell varchar not null,
    accepted_at timestamptz,
    held_rule varchar,
    held_reason varchar,                      -- Chinese
    waived_by varchar,
    decided_at timestamptz not null,
    primary key (submission_id, source_sheet, source_cell)
);

-- One row per cell (or file: no cell) that broke a rule of the gate that does not hold it: accepted, and told.
create table if not exists raw.gate_warning (
    submission_id varchar not null,
    source_sheet varchar,
    source_cell varchar,
    severity varchar not null check (severity = 'warning'),
    rule varchar not null,
    reason varchar not null,                  -- Chinese: what is unusual
    observed varchar,
    expected varchar,
    region_code varchar,
    indicator_code varchar,
    measure varchar,
    reference_month date,
    found_at timestamptz not null
);

-- One row: the clock and the provenance of the run that builds from here.
create table if not exists raw.run (
    run_id varchar not null,
    as_of date not null,                      -- the calendar's today
    run_at timestamptz not null,              -- the system axis' now
    pack varchar not null,
    git_revision varchar
);

-- What the newest release told of: a finding keeps the incident under which it was told, and its first day.
create table if not exists raw.known_incident (
    finding_id varchar not null,
    incident_id varchar not null,
    first_seen_at timestamptz not null
);
