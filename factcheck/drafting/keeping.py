"""What is being typed is kept until it is saved: per person and form, the latest alone."""

import json
from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from factcheck.accounts.models import User
from factcheck.drafting.models import FIELDS_LIMIT, Draft, Key

KEPT = timedelta(days=30)
LIMIT = 200  # drafts of one person


class Outcome(StrEnum):
    KEPT = "kept"
    # What was typed later is kept already, mostly on another page.
    OLDER = "older"
    # The form was handed in with this key: there is nothing left to keep.
    HANDED_IN = "handed in"


def keep(
    person: User, form: str, fields: Mapping[str, str], *, age: int = 0, browser: UUID | None = None, clock: int = 0
) -> Outcome:
    """Keep what this person has typed into a form, in place of what was kept of it before.

    fields -- name and value of each field; the form's own key, under "key", tells when it has been handed in.
    age -- for how many milliseconds it has stood there: of two browsers, the one typed in last counts.
    browser, clock -- which browser sends it, and when it was typed by that browser's clock, in milliseconds: of one browser
    the later counts, however slowly each came.
    Raises ValidationError, with code "nul", "surrogate" or "too_long", for what cannot be kept.
    """
    _check(fields)
    key = _key(fields)
    typed_at = Now() - timedelta(milliseconds=age)
    mine = Draft.objects.filter(person=person, form=form)
    if key and Key.objects.filter(person=person, key=key).exists():
        return Outcome.HANDED_IN
    with transaction.atomic():
        earlier = Q(at__lte=typed_at)
        if browser:
            earlier = Q(browser=browser, clock__lte=clock) | (~Q(browser=browser) & earlier)
        if not mine.filter(earlier).update(fields=dict(fields), key=key, browser=browser, clock=clock, at=typed_at):
            Draft.objects.filter(at__lt=Now() - KEPT).delete()
            draft = Draft(
                person=person, form=form, key=key, fields=dict(fields), browser=browser, clock=clock, at=typed_at
            )
            # A copy of what is kept is as good as the original, whichever comes first.
            if later := mine.first():
                return Outcome.KEPT if later.fields == dict(fields) else Outcome.OLDER
            latest = Draft.objects.filter(person=person).order_by("-at", "-pk")
            Draft.objects.filter(pk__in=latest.values("pk")[LIMIT - 1 :]).delete()
            Draft.objects.bulk_create([draft], ignore_conflicts=True)
        # Asked once more: whoever hands it in at this moment is either seen here, or deletes what was just written.
        return Outcome.HANDED_IN if mine.filter(_handed_in()).delete()[0] else Outcome.KEPT


# Asked by every page that has a form: the ORM would take longer to build it than the database to answer.
_KEPT = """
SELECT draft.* FROM drafting_draft AS draft
WHERE draft.person_id = %s AND draft.form = ANY(%s) AND draft.at >= statement_timestamp() - %s
    AND NOT EXISTS (SELECT FROM drafting_key AS spent WHERE spent.person_id = draft.person_id AND spent.key = draft.key)
"""


def kept(person: User, *forms: str) -> dict[str, Draft]:
    """This person's drafts of these forms, by the form's name. What was handed in since is no draft."""
    found = Draft.objects.raw(_KEPT, [person.pk, list(forms), KEPT])
    return {draft.form: draft for draft in found}


def drop(person: User, form: str) -> None:
    """This person gives up what they typed."""
    Draft.objects.filter(person=person, form=form).delete()


def _handed_in() -> Exists:
    return Exists(Key.objects.filter(person=OuterRef("person"), key=OuterRef("key")))


def _key(fields: Mapping[str, str]) -> UUID | None:
    try:
        return UUID(fields.get("key", ""))
    except ValueError:
        return None


def _check(fields: Mapping[str, str]) -> None:
    text = json.dumps(fields, ensure_ascii=False)
    if any("\0" in name or "\0" in value for name, value in fields.items()):
        raise ValidationError(_("It holds a NUL character, which cannot be kept."), code="nul")
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        raise ValidationError(_("It holds half a character, which cannot be kept."), code="surrogate") from None
    if size > FIELDS_LIMIT:
        raise ValidationError(_("It is too long to be kept."), code="too_long")
