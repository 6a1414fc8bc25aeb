"""Moments of history as people read them: which rows changed, field by field, before and after."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db import models
from django.db.models import Func, TextField
from django.utils import timezone
from django.utils.formats import date_format, localize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from factcheck.claims.models import GAP
from factcheck.desk.naming import Key, Named, names_of, tables
from factcheck.history.models import Entry, RowChange
from factcheck.history.reading import Moment
from factcheck.publication.models import Shown
from factcheck.rendering.differences import Change, changes

MOST_ROWS = 100  # of one act; an import may have changed thousands
AROUND = 80  # characters that stay, beside what differs
ALIKE = 0.1  # of a text that stays; with less of it, two texts are read better one after the other
# The program's own: numbers, hashes, what is made from other columns, and who and when, which the act says already.
INTERNAL = frozenset({
    "id", "version", "sha256", "document", "blocks", "text", "citations_given", "password", "last_login", "date_joined",
    "first_name", "last_name", "is_staff", "is_superuser", "made_at", "made_by_id", "taken_at", "taken_by_id", "since",
    "number", "submitted_at", "submitted_by_id", "decided_at", "decided_by_id", "published_by_id", "accepted_by_id",
    "called_off_at", "called_off_by_id", "signed_at", "signed_by_id",
    "normal_url", "answers", "found", "carried_from_id",
})  # fmt: skip
# For fields that no form shows, so that they have no words of their own.
LABELS = {
    "trashed_at": gettext_lazy("in the trash since"),
    "removed_at": gettext_lazy("taken away"),
    "claim_id": gettext_lazy("claim"),
    "article_id": gettext_lazy("article"),
    "verdict_id": gettext_lazy("verdict"),
    "snapshot_id": gettext_lazy("text"),
    "submission_id": gettext_lazy("submission"),
    "publication_id": gettext_lazy("version"),
    "published_at": gettext_lazy("for readers from"),
    "called_off": gettext_lazy("called off"),
    "highlight_id": gettext_lazy("highlight"),
    "person_id": gettext_lazy("person"),
    "group_id": gettext_lazy("role"),
    "passages": gettext_lazy("words"),
    "waits": gettext_lazy("needs a look"),
    "status": gettext_lazy("found"),
    "slug": gettext_lazy("in its address"),
    "is_active": gettext_lazy("may log in"),
}


@dataclass(frozen=True)
class Difference:
    """One field of a row, before and after in words."""

    label: str
    before: str
    after: str
    is_text: bool

    @property
    def html(self) -> SafeString | None:
        """Of a text of which some words stayed: what goes and what comes. None where nothing of the old is in the new."""
        if not (self.is_text and self.before and self.after):
            return None
        pieces = changes(self.before, self.after)
        stays = sum(len(each.text.strip()) for each in pieces if each.kind == "same")
        return _merged(pieces) if stays > ALIKE * max(len(self.before), len(self.after)) else None


@dataclass(frozen=True)
class Row:
    """One row that changed. operation -- insert, update or delete; kind -- "claim"; name -- what it is called now."""

    operation: str
    kind: str
    name: Named
    differences: list[Difference]


def rows_of(moment: Moment) -> list[RowChange]:
    """The rows of a moment, one more than MOST_ROWS at most."""
    return list(moment.changes.all()[: MOST_ROWS + 1]) if isinstance(moment, Entry) else [moment]


# The first rows of each act: with a window over all of its rows, which the ORM asks for, it takes three times as long.
_FIRST_ROWS = """
SELECT changed.* FROM unnest(%s::uuid[]) AS act (id)
CROSS JOIN LATERAL (SELECT * FROM history_rowchange WHERE entry_id = act.id ORDER BY id LIMIT %s) AS changed
"""


def rows_of_each(moments: Iterable[Moment]) -> list[tuple[Moment, list[RowChange]]]:
    """The same of many, in one query."""
    moments = list(moments)
    first: dict[Any, list[RowChange]] = {moment.pk: [] for moment in moments if isinstance(moment, Entry)}
    if first:
        for row in RowChange.objects.raw(_FIRST_ROWS, [list(first), MOST_ROWS + 1]):
            first[row.entry_id].append(row)
    return [(each, first[each.pk] if isinstance(each, Entry) else [each]) for each in moments]


def names_in(rows: Iterable[RowChange]) -> dict[Key, Named]:
    """What the records in these rows are called, as far as they are still there."""
    return names_of({key for row in rows for key in _keys(row)})


def told(rows: Iterable[RowChange], names: dict[Key, Named]) -> list[Row]:
    """The rows as people read them; those in which they would recognise nothing are left out."""
    found: list[Row] = []
    rows = list(rows)
    beside = {key for row in rows if (key := _key(row))}
    for row in rows:
        each = _told(row, names, beside)
        last = found[-1] if found else None
        if (
            each
            and last
            and last.operation == each.operation == "update"
            and (last.kind, last.name) == (each.kind, each.name)
        ):
            last.differences.extend(each.differences)
        elif each:
            found.append(each)
    return found


def labels_of(entries: Iterable[Entry]) -> dict[Any, list[str]]:
    """Of which fields each of the acts changed values, in words, without reading the values."""
    keys = RowChange.objects.filter(entry__in=[entry.pk for entry in entries], operation="update").values(
        "entry_id", "table_name"
    )
    columns = Func("after", function="jsonb_object_keys", output_field=TextField())
    columns.set_returning = True
    found: dict[Any, list[str]] = {}
    for entry, table, column in (
        keys.annotate(column=columns)
        .values_list("entry_id", "table_name", "column")
        .distinct()
        .order_by("table_name", "column")
    ):
        label = _label(tables().get(table), column)
        if label and label not in (labels := found.setdefault(entry, [])):
            labels.append(label)
    return found


def in_one_line(row: Row) -> str:
    """For a table's cell."""
    said = "; ".join(f"{each.label}: {_between(each.before, each.after)}" for each in row.differences)
    operation = _("added") if row.operation == "insert" else _("removed") if row.operation == "delete" else ""
    return " ".join(
        each for each in (row.kind, f"“{row.name.words}”" if row.name.words else "", operation, said) if each
    )


def _between(before: str, after: str) -> str:
    return f"“{before}” → “{after}”" if before and after else f"“{after}”" if after else f"“{before}” → –"


def _keys(row: RowChange) -> Iterator[Key]:
    """The records that a row names, itself among them."""
    model = tables().get(row.table_name)
    if model is None:
        return
    if key := _key(row):
        yield key
    for column, field in _fields(model, row):
        for values in (row.before, row.after):
            number = (values or {}).get(column)
            if field.related_model and isinstance(number, int):
                yield field.related_model, number


def _key(row: RowChange) -> Key | None:
    """The record that a row is; None for one that only joins two."""
    model = tables().get(row.table_name)
    return (model, int(row.row_id)) if model and row.row_id.isdecimal() and not model._meta.auto_created else None


def _fields(model: type[models.Model], row: RowChange) -> Iterator[tuple[str, Any]]:
    """The columns of a change that people recognise, in the model's order."""
    before, after = row.before or {}, row.after or {}
    for column, (field, _words) in _recognised(model, get_language()).items():
        if column in before or column in after:
            yield column, field


def _label(model: type[models.Model] | None, column: str) -> str:
    """What people call a column; "" for the program's own, which they would not recognise."""
    _field, words = _recognised(model, get_language()).get(column, (None, "")) if model else (None, "")
    return words


@cache
def _recognised(model: type[models.Model], language: str | None) -> dict[str, tuple[Any, str]]:
    """The field and the words of each column that people recognise, in this language, in the model's order."""
    fields: Iterable[Any] = model._meta.concrete_fields
    return {
        field.column: (field, str(LABELS.get(field.column, field.verbose_name)))
        for field in fields
        if field.column not in INTERNAL and not field.column.endswith(("_html", "_version"))
    }


@cache
def _kind_of(model: type[models.Model], language: str | None) -> str:
    """What a record of this kind is called, in this language."""
    return str(capfirst(model._meta.verbose_name))


def _told(row: RowChange, names: dict[Key, Named], beside: set[Key]) -> Row | None:
    """beside -- the records that changed with it: they are told already, so a new row need not point to them."""
    model = tables().get(row.table_name)
    if model is None or model is Shown:
        return None
    before, after = row.before or {}, row.after or {}
    if model._meta.auto_created:
        return _joined(model, before, after, names)
    differences = [
        _difference(model, column, field, before.get(column), after.get(column), names)
        for column, field in _fields(model, row)
        if row.operation == "update"
        or not (
            _says_nothing({**before, **after}[column])
            or (field.related_model and (field.related_model, after.get(column)) in beside)
        )
    ]
    if row.operation == "update" and not differences:
        return None
    name = names.get(_key(row) or (model, 0)) or Named(_gone(before or after))
    return Row(row.operation, _kind_of(model, get_language()), name, differences)


def _joined(
    model: type[models.Model], before: dict[str, Any], after: dict[str, Any], names: dict[Key, Named]
) -> Row | None:
    """A row that joins two records, such as a claim and a topic, told of the first one."""
    of: Any
    other: Any
    of, other = [field for field in model._meta.concrete_fields if field.related_model]
    number = {**before, **after}[of.column]
    name = names.get((of.related_model, number), Named(str(number)))
    difference = _difference(model, other.column, other, before.get(other.column), after.get(other.column), names)
    return Row("update", _kind_of(of.related_model, get_language()), name, [difference])


def _says_nothing(value: Any) -> bool:
    return value is None or value in ("", [])


def _gone(values: dict[str, Any]) -> str:
    """What a row that is no longer there was called."""
    return str(next((values[column] for column in ("name", "title", "wording", "number") if values.get(column)), ""))


def _difference(
    model: type[models.Model], column: str, field: Any, before: Any, after: Any, names: dict[Key, Named]
) -> Difference:
    was, becomes = _said(field, before, names), _said(field, after, names)
    words = _label(model, column)
    return Difference(words[:1].upper() + words[1:], was, becomes, _is_text(field))


def _is_text(field: Any) -> bool:
    return isinstance(field, models.CharField | models.TextField | models.JSONField) and not field.choices


def _said(field: Any, value: Any, names: dict[Key, Named]) -> str:
    """A column's value as people say it."""
    if value is None:
        return ""
    if field.related_model:
        named = names.get((field.related_model, value))
        return named.words if named else f"{field.related_model._meta.verbose_name} {value}"
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(field, models.DateTimeField):
        return date_format(timezone.localtime(datetime.fromisoformat(value)), "DATETIME_FORMAT")
    if isinstance(field, models.DateField):
        return date_format(date.fromisoformat(value), "DATE_FORMAT")
    if isinstance(field, models.JSONField):
        return _passages(value)
    return value if isinstance(value, str) else str(localize(value))


def _passages(value: Any) -> str:
    """A placement's words; anything else as it is stored."""
    if isinstance(value, list) and all(isinstance(each, dict) and "exact" in each for each in value):
        return GAP.join(str(each["exact"]) for each in value)
    return json.dumps(value, ensure_ascii=False)


def _merged(pieces: list[Change]) -> SafeString:
    """One text with what goes and what comes, and of what stays only what stands beside it."""
    last = len(pieces) - 1

    def html(at: int, kind: str, text: str) -> SafeString:
        if kind == "removed":
            return format_html("<del>{}</del>", text)
        if kind == "added":
            return format_html("<ins>{}</ins>", text)
        return format_html("{}", _shortened(text, first=at == 0, last=at == last))

    return format_html_join("", "{}", ((html(at, *piece),) for at, piece in enumerate(pieces)))


def _shortened(text: str, *, first: bool, last: bool) -> str:
    if len(text) <= 3 * AROUND:
        return text
    begins = "" if first else text[:AROUND].rpartition(" ")[0] or text[:AROUND]
    ends = "" if last else text[-AROUND:].partition(" ")[2] or text[-AROUND:]
    return f"{begins} … {ends}"
