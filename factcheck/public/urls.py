"""The readers' addresses."""

from django.urls import path, register_converter

from factcheck.public import scales, views


class SlugConverter:
    """Letters of any script, digits, hyphens and underscores, as our slugs are made."""

    regex = r"[-\w]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(SlugConverter, "slug_of_any_script")

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("claims/<slug_of_any_script:slug>/", views.claim, name="claim"),
    path("claims/<slug_of_any_script:slug>/versions/<int:number>/", views.claim_version, name="claim-version"),
    path("scales/<slug_of_any_script:slug>/", scales.scale, name="scale"),
    path("scales/<slug_of_any_script:slug>/versions/<int:number>/", scales.version, name="scale-version"),
    path("articles/<slug_of_any_script:slug>/", views.article, name="article"),
]
