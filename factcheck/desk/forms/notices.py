from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from factcheck.desk.forms.base import DeskForm, FilterForm
from factcheck.notices.models import Kind
from factcheck.notices.preferring import Ways

UNSEEN = "unseen"
# When one is told of each kind.
MEANT = {
    Kind.SUBMITTED: _("A verdict waits for review, and you may decide on it."),
    Kind.SENT_BACK: _("A verdict that you worked on needs more work."),
    Kind.APPROVED: _("A verdict that you worked on was approved, or you can publish one."),
    Kind.MENTIONED: _("Somebody named you in a discussion."),
    Kind.ASSIGNED: _("A claim or an article was put into your hands."),
    Kind.PUBLISHED: _("What you worked on or approved is before the readers."),
    Kind.UNREVIEWED: _("What you worked on or may decide on is before the readers, and nobody else has approved it."),
    Kind.SCHEDULED: _("What you worked on or approved goes out at a set time."),
    Kind.CALLED_OFF: _("What you worked on or approved does not go out as it was set to."),
    Kind.RETRACTED: _("What you worked on or approved was taken back."),
}


class NoticeFilter(FilterForm):
    """What the list of notices is narrowed by; what is wrong in an address is left out of account."""

    kind = forms.ChoiceField(label=_("About"), required=False, choices=[("", _("anything")), *Kind.choices])
    seen = forms.ChoiceField(
        label=_("Seen"), required=False, choices=[("", _("seen or not")), (UNSEEN, _("not seen yet"))]
    )

    def given(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class SeenForm(DeskForm):
    """Up to which notice all were seen: those that came since the page was opened were not."""

    up_to = forms.IntegerField(
        min_value=1,
        max_value=2**63 - 1,
        widget=forms.HiddenInput,
        error_messages={"required": _("The form came without its notices. Open the page again.")},
    )


class PreferenceForm(DeskForm):
    """Two ticks for each kind."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for kind in Kind:
            self.fields[f"{kind}_on_page"] = forms.BooleanField(label=_("On the desk"), required=False)
            self.fields[f"{kind}_by_mail"] = forms.BooleanField(label=_("By mail"), required=False)

    @classmethod
    def of(cls, ways: dict[Kind, Ways]) -> dict[str, bool]:
        """The initial values for these ways."""
        return {
            name: value
            for kind, each in ways.items()
            for name, value in ((f"{kind}_on_page", each.on_page), (f"{kind}_by_mail", each.by_mail))
        }

    def ways(self) -> dict[Kind, Ways]:
        given = self.cleaned_data
        return {kind: Ways(given[f"{kind}_on_page"], given[f"{kind}_by_mail"]) for kind in Kind}

    def rows(self) -> list[tuple[Kind, str, list[forms.BoundField]]]:
        """Each kind, when one is told of it, and its two fields."""
        return [(kind, str(MEANT[kind]), [self[f"{kind}_on_page"], self[f"{kind}_by_mail"]]) for kind in Kind]
