"""The desk's answers to a form: done, wrong, stale. One place says which status each has."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from factcheck.desk.access import DeskRequest
from factcheck.desk.forms.base import CreatingForm, DeskForm, EditingForm
from factcheck.drafting.models import Key
from factcheck.drafting.repeating import SentOtherwise, answered, first_of, once
from factcheck.history.models import Entry
from factcheck.history.versioning import Stale
from factcheck.rendering.differences import beside


class SeeOther(HttpResponseRedirect):
    """303: the form was taken, look there (RFC 9110, 15.4.4)."""

    status_code = 303


def created(request: DeskRequest, form: CreatingForm, make: Callable[[], models.Model | str]) -> str | None:
    """Make the record of a good form, once for its key; give where it led, or None with the reasons in the form.

    make -- calls the verb and gives the record made, or a path.
    """

    def location() -> str:
        made = make()
        return made if isinstance(made, str) else made.get_absolute_url()  # type: ignore[attr-defined]  # all that is made has one

    content = form.content()
    try:
        if not form.is_valid():
            # A repeat is led where the first was, even if the same form would not be taken any more.
            return answered(request.user, form.given_key(), content) or None
        return once(request.user, form.cleaned_data.get("key"), location, content)
    except SentOtherwise as first:
        form.sent_otherwise(first.location)
    except ValidationError as error:
        form.take(error)
    return None


def edited(request: DeskRequest, form: EditingForm, save: Callable[[int], Any]) -> Stale | bool:
    """Save a good form by the verb, which takes the form's version: True when saved, False when wrong, Stale when late."""

    def location() -> str:
        save(form.cleaned_data["version"])
        return request.path

    if not form.is_valid():
        return False
    key, content = form.cleaned_data.get("key"), form.content()
    first = first_of(request.user, key)
    try:
        if first:
            with transaction.atomic():
                location()
        else:
            once(request.user, key, location, content)
    except SentOtherwise:
        # Both came at the same moment: by now, the other is the first.
        return edited(request, form, save)
    except ValidationError as error:
        form.take(error)
        return False
    except Stale as stale:
        if first and _is_saved(form, first, stale.current):
            return True
        form.made_from(stale.current)
        if first:
            form.renew_key()
        return stale
    return True


def _is_saved(form: EditingForm, first: Key, current: Any) -> bool:
    """Whether what was sent stands there: whoever lost the reply and sends it again is not late for their own save."""
    nobody_since = form.version_of(current) == form.cleaned_data["version"] + 1
    return (nobody_since and first.content == form.content()) or not form.differences(current)


def wrong(request: DeskRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """422: the form with what is wrong beside its fields, and all that was typed."""
    return render(request, template, context, status=422)


def stale(request: DeskRequest, template: str, context: dict[str, Any], form: EditingForm, late: Stale) -> HttpResponse:
    """409: somebody was faster; who, both texts, and the form on the version that stands now."""
    faster = Entry.objects.about(late.current).first()
    both = [(each, *beside(each.theirs, each.mine)) for each in form.differences(late.current)]
    return render(
        request, template, context | {"form": form, "differences": both, "stale": True, "faster": faster}, status=409
    )


def refuse(form: DeskForm, sentences: list[str]) -> None:
    for sentence in sentences:
        form.add_error(None, sentence)
