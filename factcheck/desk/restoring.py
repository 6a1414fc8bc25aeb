"""A form that somebody left unsaved is given to them as they left it."""

from factcheck.accounts.models import User
from factcheck.desk.forms.base import KeyedForm
from factcheck.drafting.keeping import kept


def restored[F: KeyedForm](form: F, name: str, person: User) -> F:
    """The form with what this person typed into it and did not save, if anything.

    name -- which form it is, as its <form data-draft="…"> says. The version it was typed on comes back with it, so that
    saving what is out of date is told.
    """
    if draft := kept(person, name).get(name):
        form.bring_back(draft)
    return form
