-- What the mart suites share, built once per validation as temporary tables of the read-only connection.
create temp table clock as
select as_of, date_trunc('month', as_of + interval 1 day)::date - interval 1 month as last_closed_month
from raw.run;
