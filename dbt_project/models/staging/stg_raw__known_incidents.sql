with

source as (

    select * from {{ source('raw', 'known_incident') }}

),

renamed as (

    select
        finding_id,
        incident_id as known_incident_id,
        first_seen_at as known_since
    from source

)

select * from renamed
