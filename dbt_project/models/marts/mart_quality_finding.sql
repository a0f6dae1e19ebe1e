{%- set audits = [
    'audit_reader_findings', 'audit_files_quarantined', 'audit_cells_held', 'audit_gate_warnings', 'audit_cell_units',
    'audit_cells_contradicting', 'audit_published_ranks_disagreeing', 'audit_growth_from_levels',
    'audit_pack_statements'
] %}
with

united as (
    {% for audit in audits %}
    select {{ finding_columns() | join(', ') }}
    from {{ ref(audit) }}
    {% if not loop.last %}union all{% endif %}
    {%- endfor %}

),

owned as (

    select
        united.*,
        {{ dbt.hash("rule || '|' || finding_key") }} as finding_id,
        {{ dbt.hash(keyed(
            ['united.rule', 'united.stem', 'united.region_code', 'united.indicator_code', 'united.measure',
            'united.reference_month', "case when united.submission_id is null then united.finding_key else '' end"]
        )) }} as incident_id,
        coalesce(
            united.owner_bureau_code, sources.bureau_code, submissions.bureau_code, indicators.lead_bureau_code
        ) as bureau_code
    from united
    left join {{ ref('stg_pack__sources') }} as sources on united.stem = sources.stem
    left join {{ ref('stg_raw__submissions') }} as submissions on united.submission_id = submissions.submission_id
    left join {{ ref('stg_pack__indicators') }} as indicators on united.indicator_code = indicators.indicator_code

),

waived as (

    select
        owned.finding_id,
        max(waivers.waived_by) as waived_by,
        max(waivers.waived_until) as waived_until,
        max(waivers.waiver_reason) as waiver_reason
    from owned
    cross join {{ ref('stg_raw__run') }} as run
    inner join {{ ref('stg_pack__waivers') }} as waivers
        on
            owned.rule = waivers.rule
            and coalesce(owned.stem, '') = coalesce(waivers.stem, owned.stem, '')
            and coalesce(owned.region_code, '') = coalesce(waivers.region_code, owned.region_code, '')
            and coalesce(owned.indicator_code, '') = coalesce(waivers.indicator_code, owned.indicator_code, '')
            and coalesce(owned.measure, '') = coalesce(waivers.measure, owned.measure, '')
            and coalesce(owned.reference_month, run.today)
            = coalesce(waivers.reference_month, owned.reference_month, run.today)
            and run.today <= waivers.waived_until
    group by owned.finding_id

),

final as (

    select
        owned.finding_id,
        owned.incident_id,
        owned.severity,
        owned.rule,
        owned.rule_description,
        owned.stem,
        owned.region_code,
        owned.indicator_code,
        owned.measure,
        owned.reference_month,
        owned.observed,
        owned.expected,
        owned.submission_id,
        owned.source_file,
        owned.source_sheet,
        owned.source_cell,
        coalesce(owned.seen_at, run.run_at) as first_seen_at,
        run.run_at as last_seen_at,
        case when waived.finding_id is null then 'open' else 'waived' end as status,
        waived.waived_by,
        waived.waived_until,
        waived.waiver_reason,
        owned.bureau_code as owner_bureau_code,
        coalesce(
            owned.question,
            '请' || coalesce(bureaus.bureau_name, '报送单位') || '核实'
            || coalesce('《' || owned.source_file || '》', '')
            || coalesce('“' || owned.source_sheet || '”表', '') || coalesce(owned.source_cell || '格', '')
            || '：' || rtrim(coalesce(owned.rule_description, owned.rule), '。')
            || coalesce('；现为“' || rtrim(owned.observed, '。') || '”', '')
            || coalesce('，应为“' || rtrim(owned.expected, '。') || '”', '')
            || '。'
        ) as question,
        owned.is_simulated
    from owned
    cross join {{ ref('stg_raw__run') }} as run
    left join waived on owned.finding_id = waived.finding_id
    left join {{ ref('stg_pack__bureaus') }} as bureaus on owned.bureau_code = bureaus.bureau_code

)

select * from final
