with

cells as (

    select * from {{ ref('stg_raw__cells') }}
    where disposition = 'published_rank'

),

final as (

    select
        submission_id,
        stem,
        source_sheet,
        source_cell,
        rank_set_code,
        indicator_code,
        measure,
        reference_month,
        region_code,
        cast(value_number as integer) as published_rank,
        vintage_at,
        received_at,
        published_at,
        submission_order,
        file_name as source_file,
        is_simulated,
        table_precedence
    from cells
    where value_number is not null

)

select * from final
