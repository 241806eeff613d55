"""Adding a number of days to a date inside SQL, the same expression on SQLite and PostgreSQL."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class add_days(FunctionElement[Any]):  # noqa: N801  # reads as the SQL function it stands for
    """`add_days(date, integer)`: a date."""

    type = sa.Date()
    inherit_cache = True
    name = "add_days"


@compiles(add_days, "sqlite")
def _sqlite(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    day, number = (compiler.process(part, **options) for part in element.clauses)
    return f"date({day}, ({number}) || ' days')"


@compiles(add_days, "postgresql")
def _postgresql(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    day, number = (compiler.process(part, **options) for part in element.clauses)
    return f"(({day}) + ({number}))"
