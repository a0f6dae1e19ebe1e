select month_number
from {{ source('raw', 'month') }}
