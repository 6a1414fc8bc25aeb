from typing import Any

from django import forms

from factcheck.articles.models import Article
from factcheck.claims.matching import LONGEST


class AskedField(forms.CharField):
    """Words that are looked for: of too many, the first; a character that no text has is left out."""

    def __init__(self) -> None:
        super().__init__(required=False)

    def to_python(self, value: Any) -> str:
        return str(super().to_python((value or "").replace("\0", " ")[:LONGEST]))


class SimilarForm(forms.Form):
    """What a claim is like: its wording as far as it is typed, or words of an article."""

    q = AskedField()
    exact = AskedField()
    besides = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    article = forms.ModelChoiceField(Article.objects.on_desk(), required=False)
