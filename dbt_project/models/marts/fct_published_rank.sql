with

source as (

    select * from {{ ref('int_published_ranks_current') }}

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
        is_simulated
    from source

)

select * from final
