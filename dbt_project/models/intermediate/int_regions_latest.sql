with

regions as (

    select
        stg_regions.*,
        row_number() over (partition by region_code order by valid_from desc) as choice
    from {{ ref('stg_pack__regions') }} as stg_regions

)

select
    region_code,
    region_name,
    region_name_en,
    parent_code,
    region_level
from regions
where choice = 1
