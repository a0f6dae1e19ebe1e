select count(*) as month_count
from {{ ref('stg_month') }}
