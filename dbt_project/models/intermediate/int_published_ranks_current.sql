with

cells as (

    select * from {{ ref('int_published_ranks_accepted') }}

),

ordered as (

    select
        cells.*,
        row_number() over (
            partition by rank_set_code, indicator_code, measure, reference_month, region_code, stem
            order by
                case when is_simulated then 1 else 0 end asc, vintage_at desc, submission_order desc,
                coalesce(table_precedence, 1000000) asc, source_sheet asc, source_cell asc
        ) as choice_of_source,
        row_number() over (
            partition by rank_set_code, indicator_code, measure, reference_month, region_code
            order by
                case when is_simulated then 1 else 0 end asc, vintage_at desc, submission_order desc,
                coalesce(table_precedence, 1000000) asc, stem asc, source_sheet asc, source_cell asc
        ) as choice
    from cells

),

final as (

    select
        rank_set_code,
        indicator_code,
        measure,
        reference_month,
        region_code,
        stem,
        published_rank,
        vintage_at,
        received_at,
        published_at,
        accepted_at,
        submission_id,
        source_file,
        source_sheet,
        source_cell,
        is_simulated,
        choice = 1 as is_current
    from ordered
    where choice_of_source = 1

)

select * from final
