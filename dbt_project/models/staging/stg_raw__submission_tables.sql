with

source as (

    select * from {{ source('raw', 'submission_table') }}

),

renamed as (

    select
        submission_id,
        table_no,
        stem,
        table_name,
        source_sheet,
        title,
        reference_month,
        cell_count
    from source

)

select * from renamed
