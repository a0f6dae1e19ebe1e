with

ranking as (

    select * from {{ ref('mart_district_ranking') }}
    where not agrees_with_published

),

final as (

    select
        {{ keyed([
            'ranking.rank_set_code', 'ranking.region_code', 'ranking.indicator_code', 'ranking.measure',
            'ranking.reference_month'
        ]) }} as finding_key,
        'warning' as severity,
        'published_rank_disagrees' as rule,
        '公布位次与按四舍五入后数值计算的位次不一致' as rule_description,
        published.stem,
        ranking.region_code,
        ranking.indicator_code,
        ranking.measure,
        ranking.reference_month,
        '公布第' || ranking.published_rank as observed,
        '计算第' || ranking.rank as expected,
        published.submission_id,
        published.source_file,
        published.source_sheet,
        published.source_cell,
        published.received_at as seen_at,
        cast(null as varchar) as owner_bureau_code,
        cast(null as varchar) as question,
        ranking.is_simulated
    from ranking
    inner join {{ ref('int_published_ranks_current') }} as published
        on
            ranking.rank_set_code = published.rank_set_code
            and ranking.region_code = published.region_code
            and ranking.indicator_code = published.indicator_code
            and ranking.measure = published.measure
            and ranking.reference_month = published.reference_month
            and published.is_current

)

select * from final
