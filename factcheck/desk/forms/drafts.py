from django import forms

from factcheck.desk.forms.base import DeskForm


class DraftName(DeskForm):
    form = forms.RegexField(r"\A[a-z]+:(new|[0-9]{1,18})(:[a-z]+)?\Z", max_length=60)


class DraftForm(DraftName):
    """What is kept of a form: beside these, everything sent is the form's own."""

    # For how many milliseconds it has waited in the browser.
    age = forms.IntegerField(required=False, min_value=0, max_value=30 * 24 * 60 * 60 * 1000)
    # Which browser sends it, and when it was typed by that browser's clock, in milliseconds.
    browser = forms.UUIDField(required=False)
    clock = forms.IntegerField(required=False, min_value=0, max_value=2**53)

    def typed(self) -> dict[str, str]:
        """Name and value of each of the form's own fields, line ends as line feeds; never the token of the request."""
        bookkeeping = {*self.fields, "csrfmiddlewaretoken"}
        sent = {name: value for name, value in self.data.items() if name not in bookkeeping}
        return {name: value.replace("\r\n", "\n").replace("\r", "\n") for name, value in sent.items()}
