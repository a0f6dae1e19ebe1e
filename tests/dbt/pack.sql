-- The tables of a pack, empty (columns are the fields of ingest/pack/models.py); world.py fills them.
create table raw.pack_bureau (
    bureau_code varchar,
    bureau_name varchar,
    bureau_name_en varchar,
    contact varchar,
    channel varchar
);
create table raw.pack_calendar (
    stem varchar,
    bureau_code varchar,
    frequency varchar,
    first_month integer,
    due_days integer,
    lag_months integer,
    shift varchar,
    valid_from date,
    valid_to date,
    is_simulated boolean
);
create table raw.pack_calendar_exception (stem varchar, reference_month date, due_on date, why varchar);
create table raw.pack_special_day (day date, is_working_day boolean, name varchar, source varchar);
create table raw.pack_source_indicator (stem varchar, indicator_code varchar);
create table raw.pack_composite_item (
    composite_code varchar,
    composite_name varchar,
    composite_name_en varchar,
    plan_year integer,
    rank_set_code varchar,
    region_code varchar,
    is_example boolean,
    source varchar,
    item_code varchar,
    item_name varchar,
    item_name_en varchar,
    weight double,
    indicator_code varchar,
    measure varchar,
    points_per_place double,
    target_id varchar
);
create table raw.pack_indicator (
    indicator_code varchar,
    indicator_name varchar,
    indicator_name_en varchar,
    lead_bureau_code varchar,
    parent_indicator_code varchar,
    definition varchar,
    sort_order integer
);
create table raw.pack_indicator_component (
    indicator_code varchar,
    component_code varchar
);
create table raw.pack_indicator_measure (
    indicator_code varchar,
    measure varchar,
    unit_code varchar,
    direction varchar,
    frequency varchar,
    first_month integer,
    due_days integer,
    lag_months integer,
    display_decimals integer,
    rank_decimals integer,
    ranks_raw_value boolean,
    is_primary boolean,
    is_ranked boolean,
    is_additive boolean,
    is_derivable boolean,
    growth_basis varchar,
    source_bureau_code varchar
);
create table raw.pack_info (
    name varchar,
    title varchar,
    title_en varchar,
    region_code varchar,
    parent_region_code varchar,
    timezone varchar,
    first_month date,
    rule_version varchar,
    holidays varchar,
    due_shift varchar
);
create table raw.pack_parameter (
    parameter_code varchar,
    value double,
    unit_code varchar,
    description varchar,
    description_en varchar,
    source varchar
);
create table raw.pack_plan_finding (
    finding_code varchar,
    severity varchar,
    rule varchar,
    description varchar,
    description_en varchar,
    observed varchar,
    expected varchar,
    plan_section varchar,
    indicator_code varchar,
    owner_bureau_code varchar,
    question varchar
);
create table raw.pack_plan_finding_target (
    finding_code varchar,
    target_id varchar
);
create table raw.pack_rank_set (
    rank_set_code varchar,
    rank_set_name varchar,
    rank_set_name_en varchar,
    sort_order integer,
    assumption varchar,
    assumption_en varchar
);
create table raw.pack_rank_set_exception (
    rank_set_code varchar,
    region_code varchar,
    indicator_code varchar,
    valid_from date,
    valid_to date,
    reason varchar
);
create table raw.pack_rank_set_member (
    rank_set_code varchar,
    region_code varchar,
    valid_from date,
    valid_to date
);
create table raw.pack_region (
    region_code varchar,
    region_name varchar,
    region_name_en varchar,
    parent_code varchar,
    region_level varchar,
    valid_from date,
    valid_to date,
    note varchar
);
create table raw.pack_region_predecessor (
    region_code varchar,
    valid_from date,
    predecessor_code varchar
);
create table raw.pack_source (
    stem varchar,
    title varchar,
    title_en varchar,
    bureau_code varchar
);
create table raw.pack_target (
    target_id varchar,
    target_version integer,
    plan_year integer,
    region_code varchar,
    measured_region_code varchar,
    indicator_code varchar,
    measure varchar,
    bound varchar,
    effective_bound varchar,
    target_value double,
    target_upper double,
    band_low double,
    band_high double,
    unit_code varchar,
    base_value double,
    base_reference_month date,
    compare_indicator_code varchar,
    compare_measure varchar,
    compare_region_code varchar,
    rank_set_code varchar,
    rank_limit integer,
    rank_limit_share_pct double,
    milestone varchar,
    milestone_en varchar,
    goal_month date,
    target_class varchar,
    commitment varchar,
    relation varchar,
    related_target_id varchar,
    lead_bureau_code varchar,
    sort_order integer,
    is_headline boolean,
    wording varchar,
    plan_section varchar,
    fact_id varchar,
    approved_on date,
    valid_from date,
    valid_to date,
    close_on date,
    is_judged boolean,
    judged_reason varchar,
    judged_reason_en varchar,
    is_simulated boolean
);
create table raw.pack_target_path (
    target_id varchar,
    target_version integer,
    reference_month date,
    path_value double
);
create table raw.pack_unit (
    unit_code varchar,
    unit_name varchar,
    unit_name_en varchar,
    dimension varchar,
    factor double
);
create table raw.pack_waiver (
    rule varchar,
    stem varchar,
    region_code varchar,
    indicator_code varchar,
    measure varchar,
    reference_month date,
    waived_by varchar,
    waived_until date,
    reason varchar
);
