with

source as (

    select * from {{ source('raw', 'pack_composite_item') }}

),

renamed as (

    select
        composite_code,
        composite_name,
        composite_name_en,
        cast(plan_year as integer) as plan_year,
        rank_set_code,
        region_code as evaluated_region_code,
        is_example,
        item_code,
        item_name,
        item_name_en,
        cast(weight as double) as weight,
        case when target_id is null then 'rank' else 'attainment' end as points_by,
        indicator_code,
        measure,
        cast(points_per_place as double) as points_per_place,
        target_id
    from source

)

select * from renamed
