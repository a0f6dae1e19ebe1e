with

source as (

    select * from {{ source('raw', 'pack_unit') }}

),

renamed as (

    select
        unit_code,
        unit_name,
        unit_name_en,
        dimension,
        cast(factor as double) as factor,
        case unit_code
            when 'percent' then '%'
            when 'pp' then '个百分点'
            when 'index' then ''
            else unit_name
        end as unit_symbol,
        case unit_code
            when 'percent' then '%'
            when 'pp' then ' percentage points'
            when 'index' then ''
            when 'unit' then ''
            when 'enterprise' then ''
            when 'item' then ''
            else ' ' || unit_name_en
        end as unit_symbol_en
    from source

)

select * from renamed
