with

cells as (

    select
        cells.*,
        acceptances.accepted_at
    from {{ ref('stg_raw__published_rank_cells') }} as cells
    inner join {{ ref('stg_raw__acceptances') }} as acceptances
        on
            cells.submission_id = acceptances.submission_id
            and cells.source_sheet = acceptances.source_sheet
            and cells.source_cell = acceptances.source_cell
    where acceptances.accepted_at is not null

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
        published_rank,
        vintage_at,
        received_at,
        published_at,
        accepted_at,
        submission_order,
        source_file,
        is_simulated,
        table_precedence
    from cells

)

select * from final
