with

source as (

    select * from {{ source('raw', 'run') }}

),

renamed as (

    select
        run_id,
        as_of as today,
        run_at,
        pack,
        git_revision
    from source

)

select * from renamed
