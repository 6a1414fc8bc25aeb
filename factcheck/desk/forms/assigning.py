from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from factcheck.accounts.models import User
from factcheck.accounts.work import WORK, Assigned
from factcheck.desk.forms.base import DayField, EditingForm


class AssignmentForm(EditingForm):
    """Who has it in hand, and until when."""

    assignee = forms.ModelChoiceField(
        label=_("Assigned to"),
        required=False,
        queryset=User.objects.none(),
        empty_label=_("nobody"),
        error_messages={"invalid_choice": _("This person cannot take it: choose a checker who is still here.")},
        widget=forms.Select(attrs={"class": "w-m", "autofocus": True}),
    )
    due_on = DayField(label=_("Due"))

    def __init__(self, *args: Any, record: Assigned, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["assignee"].expected = True  # type: ignore[attr-defined]  # nobody is an answer too
        field: Any = self.fields["assignee"]
        able = User.objects.able_to(WORK)
        # Who has left keeps it until somebody else takes it.
        field.queryset = able | User.objects.filter(pk=record.assignee_id).distinct() if record.assignee_id else able
        field.label_from_instance = lambda person: person.byline

    @classmethod
    def of(cls, record: Assigned) -> "AssignmentForm":
        initial = {"assignee": record.assignee, "due_on": record.due_on, "version": record.assigned_version}
        return cls(record=record, initial=initial)

    def version_of(self, current: Any) -> int:
        return int(current.assigned_version)

    def for_verb(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("assignee", "due_on")}
