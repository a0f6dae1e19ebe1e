"""What ``dbt.*`` macros expand to, for the linter only.

Belongs here: a stand-in of the same shape for each macro of the dbt namespace that a model or macro calls.
Does not belong here: anything that is run; dbt has its own.
"""


def dateadd(datepart: str, interval: str, from_date_or_timestamp: str) -> str:
    """``dbt.dateadd``."""
    return f"date_add({from_date_or_timestamp}, interval ({interval}) {datepart})"


def datediff(first_date: str, second_date: str, datepart: str) -> str:
    """``dbt.datediff``."""
    return f"date_diff('{datepart}', {first_date}, {second_date})"


def last_day(date: str, datepart: str) -> str:
    """``dbt.last_day``."""
    return f"last_day({date}, '{datepart}')"


def date_trunc(datepart: str, date: str) -> str:
    """``dbt.date_trunc``."""
    return f"date_trunc('{datepart}', {date})"


def hash(field: str) -> str:  # noqa: A001  (the macro's name)
    """``dbt.hash``."""
    return f"md5(cast({field} as varchar))"


def listagg(measure: str, delimiter_text: str = "','", order_by_clause: str = "", limit_num: int | None = None) -> str:
    """``dbt.listagg``; a limit is not needed to lint."""
    del limit_num
    return f"string_agg({measure}, {delimiter_text} {order_by_clause})"
