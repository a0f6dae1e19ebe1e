-- The day of the release, built once per validation as a temporary table of the read-only connection.
create temp table clock as
select as_of from main."release";
