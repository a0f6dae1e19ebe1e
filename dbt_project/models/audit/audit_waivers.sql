with

waivers as (

    select
        waivers.*,
        {{ keyed([
            'rule', 'stem', 'region_code', 'indicator_code', 'measure', 'reference_month', 'waived_by', 'waived_until'
        ]) }} as finding_key
    from {{ ref('stg_pack__waivers') }} as waivers

),

matched as (

    select
        waivers.finding_key,
        count(*) as findings
    from waivers
    inner join {{ ref('int_findings_gathered') }} as findings on {{ is_covered('findings', 'waivers') }}
    group by waivers.finding_key

),

judged as (

    select
        waivers.*,
        matched.findings,
        run.today > waivers.waived_until as is_expired,
        concat_ws(
            ' ', waivers.rule, waivers.stem, waivers.region_code, waivers.indicator_code, waivers.measure,
            cast(waivers.reference_month as varchar)
        ) || '（' || waivers.waived_by || '，至' || {{ day_zh('waivers.waived_until') }} || '）' as said
    from waivers
    left join matched on waivers.finding_key = matched.finding_key
    cross join {{ ref('stg_raw__run') }} as run

),

final as (

    select
        finding_key,
        case when is_expired and findings > 0 then 'critical' else 'warning' end as severity,
        case when is_expired then 'waiver_expired' else 'waiver_unmatched' end as rule,
        case
            when is_expired and findings > 0 then '豁免已过期，所豁免的数据重新待核'
            when is_expired then '豁免已过期，也不再有对应的问题'
            else '豁免没有对应的问题'
        end as rule_description,
        cast(null as varchar) as stem,
        cast(null as varchar) as region_code,
        cast(null as varchar) as indicator_code,
        cast(null as varchar) as measure,
        cast(null as date) as reference_month,
        said as observed,
        cast(null as varchar) as expected,
        cast(null as varchar) as submission_id,
        cast(null as varchar) as source_file,
        cast(null as varchar) as source_sheet,
        cast(null as varchar) as source_cell,
        cast(null as timestamp with time zone) as seen_at,
        cast(null as varchar) as owner_bureau_code,
        '请数据维护人员处理 waivers.yaml 的条目 ' || said || '：'
        || case
            when is_expired and findings > 0 then '仍属实的，由批准人写明新的期限；否则删除，并请报送单位更正'
            else '请核对写法，或删除'
        end as question,
        false as is_simulated
    from judged
    where is_expired or findings is null

)

select * from final
