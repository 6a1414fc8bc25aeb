"""What the database itself keeps, as operations for migrations.

The application's role owns nothing, so what is said here it cannot undo: `Recorded` rows leave a trace whoever changes
them and however, `AppendOnly` rows are never changed or removed. Both are plain triggers and grants (PostgreSQL manual,
chapters 5.8 and 37); nothing a session can set switches them off.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Func, Value
from psycopg import sql


def application_role() -> str:
    """The role that the running program logs in as; migrations grant to it by name."""
    return str(settings.DATABASES["default"]["USER"])


class Statement(migrations.RunSQL):
    """SQL in which {role} is the application's role, quoted."""

    def __init__(self, statement: str, reverse: str = "") -> None:
        role = sql.Identifier(application_role()).as_string(None)
        self.statement, self.reverse = statement, reverse
        super().__init__(
            statement.replace("{role}", role), reverse.replace("{role}", role) if reverse else migrations.RunSQL.noop
        )

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (self.__class__.__name__, [self.statement], {"reverse": self.reverse})


class Recorded(Statement):
    """Every insert, update and delete of these tables' rows goes into the history, by whatever path it came.

    tables -- their names; leave_out -- columns too large to be written down twice (their hash is enough).
    """

    def __init__(self, *tables: str, leave_out: Iterable[str] = ()) -> None:
        arguments = ", ".join(f"'{column}'" for column in leave_out)
        super().__init__(
            "".join(
                f"CREATE TRIGGER recorded AFTER INSERT OR UPDATE OR DELETE ON {table}"
                f" FOR EACH ROW EXECUTE FUNCTION history_record({arguments});\n"
                for table in tables
            ),
            "".join(f"DROP TRIGGER recorded ON {table};\n" for table in tables),
        )


class AppendOnly(Statement):
    """Rows of these tables are added and read, nothing else: by grant for the program, by trigger for everybody."""

    def __init__(self, *tables: str) -> None:
        super().__init__(
            "".join(
                f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {{role}};\n"
                f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}"
                " FOR EACH ROW EXECUTE FUNCTION history_refuse_change();\n"
                for table in tables
            ),
            "".join(
                f"DROP TRIGGER append_only ON {table};\nGRANT UPDATE, DELETE ON {table} TO {{role}};\n"
                for table in tables
            ),
        )


class Clocked(Statement):
    """These tables' moments (table="column") are the database's clock's, whatever the statement says."""

    def __init__(self, **moments: str) -> None:
        super().__init__(
            "".join(
                f"CREATE TRIGGER clocked BEFORE INSERT ON {table}"
                f" FOR EACH ROW EXECUTE FUNCTION history_stamp('{column}');\n"
                for table, column in moments.items()
            ),
            "".join(f"DROP TRIGGER clocked ON {table};\n" for table in moments),
        )


def sha256_of(column: str) -> Func:
    """The SHA-256 that PostgreSQL finds for a text column, in hexadecimal digits."""
    as_bytes = Func(
        F(column),
        Value("UTF8"),
        function="convert_to",
        output_field=models.BinaryField(),
    )
    digest = Func(as_bytes, function="sha256", output_field=models.BinaryField())
    return Func(digest, Value("hex"), function="encode", output_field=models.TextField())
