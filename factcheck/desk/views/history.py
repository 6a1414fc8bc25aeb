"""Lines of time: what was done to a record or by a person, one moment of it, and the whole as a file."""

import json
from collections.abc import Iterator
from functools import cache, partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, Q
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from factcheck.accounts.models import User
from factcheck.articles.models import Article
from factcheck.claims.models import Claim
from factcheck.desk.access import DeskRequest, may
from factcheck.desk.exporting import absolute, table
from factcheck.desk.forms.history import HistoryFilter
from factcheck.desk.naming import Key, key_from, names_of
from factcheck.desk.recounting import MOST_ROWS, in_one_line, names_in, rows_of, rows_of_each, told
from factcheck.desk.templatetags.desk import ACTS
from factcheck.desk.timelines import by_day, line_of, may_see, require_seen, told_to
from factcheck.history.models import Entry, RowChange, Via
from factcheck.history.reading import ROW, Line, Moment, name_of, named, people_in, read, whole
from factcheck.verdicts.models import Verdict

PAGE = 40
AT_ONCE = 250  # of a file, with all the rows they changed
CELL = 500  # characters of a changed text in a table; the lines have all of it
KINDS: dict[str, Any] = {
    "article": Article.objects.only("title"),
    "claim": Claim.objects.only("wording", "claimant", "made_at"),
    "verdict": Verdict.objects.select_related("claim").only("summary", "made_at", "claim__wording", "claim__claimant"),
    "person": User.objects.only("username", "byline", "is_active"),
}


@require_safe
@may("read_desk")
def show(request: DeskRequest, kind: str, pk: int) -> HttpResponse:
    record, line, search = _asked(request, kind, pk)
    after = _after(request)
    moments = read(line, search.sieve(), most=PAGE + 1, after=after)
    context = {
        "kind": kind,
        "record": record,
        "title": _title(record),
        "search": search,
        "days": by_day(told_to(request.user, moments[:PAGE], of=record)),
        "further": name_of(moments[PAGE - 1]) if len(moments) > PAGE else "",
        "after": after,
        "here": reverse(f"desk:{kind}-history", args=[pk]),
        "table": reverse(f"desk:{kind}-history-table", args=[pk]),
        "lines": reverse(f"desk:{kind}-history-lines", args=[pk]),
    }
    return render(request, "desk/history/show.html", context)


@require_safe
@may("read_desk")
def moment(request: DeskRequest, name: str) -> HttpResponse:
    """One moment with all that it changed: a page of its own, or what unfolds in a line of time."""
    found = named(name)
    if found is None:
        raise Http404
    require_seen(request.user, found)
    (each,) = told_to(request.user, [found])
    rows = rows_of(found)
    more = found.changes.count() - MOST_ROWS if isinstance(found, Entry) and len(rows) > MOST_ROWS else 0
    shown = rows[:MOST_ROWS]
    context = {"told": each, "rows": told(shown, names_in(shown)), "more": more}
    template = "desk/history/moment.html"
    answer = render(request, f"{template}#changes" if request.htmx else template, context)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


@require_safe
@may("read_desk")
def as_table(request: DeskRequest, kind: str, pk: int) -> HttpResponseBase:
    _record, line, search = _asked(request, kind, pk)

    address = absolute(reverse("desk:moment", args=["-"]))

    def rows() -> Iterator[list[Any]]:
        for part in whole(line, search.sieve(), at_once=AT_ONCE):
            with_rows = rows_of_each(part)
            names = names_in(row for _each, changes in with_rows for row in changes)
            subjects: dict[Any, list[Key]] = {
                each.pk: [key for subject in each.subjects if (key := key_from(subject))]
                for each in part
                if isinstance(each, Entry)
            }
            about = names_of({key for keys in subjects.values() for key in keys})
            for each, changes in with_rows:
                told_rows = [_cut(in_one_line(row)) for row in told(changes[:MOST_ROWS], names)]
                told_rows += [_("and more")] if len(changes) > MOST_ROWS else []
                keys = subjects.get(each.pk, [])
                yield [
                    each.at, *_in_words(each), "; ".join(about[key].words for key in keys if key in about),
                    "\n".join(told_rows), address.replace("-", name_of(each)),
                ]  # fmt: skip

    columns = [
        _("When"), _("Who"), _("What"), _("From where"), _("Why"), _("About"), _("What changed"), _("On the desk"),
    ]  # fmt: skip
    return table(f"history-{kind}-{pk}", columns, rows())


@require_safe
@may("read_desk")
def as_lines(request: DeskRequest, kind: str, pk: int) -> HttpResponseBase:
    """JSON lines (jsonlines.org), with every row as it stood before and after."""
    _record, line, search = _asked(request, kind, pk)
    dump = partial(json.dumps, cls=DjangoJSONEncoder, ensure_ascii=False)

    def parts() -> Iterator[str]:
        for part in whole(line, search.sieve(), at_once=AT_ONCE):
            rows = _changes_of(part)
            yield "".join(f"{dump(_as_json(each, rows[name_of(each)]))}\n" for each in part)

    answer = StreamingHttpResponse(parts(), content_type="application/jsonl; charset=utf-8")
    file = f"history-{kind}-{pk}-{timezone.localdate().isoformat()}.jsonl"
    answer.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return answer


def _asked(request: DeskRequest, kind: str, pk: int) -> tuple[Model, Line, HistoryFilter]:
    record: Model = get_object_or_404(KINDS[kind], pk=pk)
    if not may_see(request.user, record):
        raise PermissionDenied
    line = line_of(record)
    people = set() if isinstance(record, User) else people_in(line)
    return record, line, HistoryFilter(request.GET, of=record, people=people)


def _after(request: DeskRequest) -> Moment | None:
    """The moment after which the page begins."""
    name = request.GET.get("after", "")
    if not name:
        return None
    if after := named(name):
        return after
    raise Http404


def _cut(line: str) -> str:
    return line if len(line) <= CELL else Truncator(line).chars(CELL)


def _in_words(moment: Moment) -> list[Any]:
    """Who, what, from where, why."""
    if isinstance(moment, RowChange):
        return ["", "", _("outside the program"), ""]
    return [moment.person_name or _("The program"), *_words_of(moment.act, moment.via, get_language()), moment.reason]


@cache
def _words_of(act: str, via: str, language: str | None) -> tuple[str, str]:
    """What, from where. The language is part of what is kept."""
    return str(ACTS.get(act, act)), str(Via(via).label)


def _changes_of(moments: list[Moment]) -> dict[str, list[dict[str, Any]]]:
    """All rows that these moments changed, by their names, as they stood before and after."""
    found: dict[str, list[dict[str, Any]]] = {name_of(each): [] for each in moments}
    rows = RowChange.objects.filter(
        Q(entry__in=[each.pk for each in moments if isinstance(each, Entry)])
        | Q(pk__in=[each.pk for each in moments if isinstance(each, RowChange)])
    )
    fields = "table_name", "row_id", "operation", "before", "after"
    for number, entry, *values in rows.order_by("id").values_list("pk", "entry_id", *fields):
        found[str(entry) if entry else f"{ROW}{number}"].append(
            dict(zip(("table", "row", "operation", "before", "after"), values, strict=True))
        )
    return found


def _as_json(moment: Moment, changes: list[dict[str, Any]]) -> dict[str, Any]:
    told: dict[str, Any] = {"name": name_of(moment), "at": moment.at}
    if isinstance(moment, Entry):
        told |= {
            "act": moment.act,
            "person": {"number": moment.person_id, "name": moment.person_name},
            "via": moment.via,
            "reason": moment.reason,
            "about": moment.subjects,
        }
    else:
        told["database_role"] = moment.database_role
    return told | {"changes": changes}


def _title(record: Any) -> str:
    if isinstance(record, User):
        return record.name
    return str(record.claim if isinstance(record, Verdict) else record)
