"""The readers' addresses."""

from django.urls import path, register_converter

from factcheck.public import scales, versions, views


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
    path("claims/<slug_of_any_script:slug>/versions/", versions.claim, name="claim-versions"),
    path(
        "claims/<slug_of_any_script:slug>/versions/<int:number>/differences/<int:before>/",
        versions.claim_differences,
        name="claim-differences",
    ),
    path("scales/<slug_of_any_script:slug>/", scales.scale, name="scale"),
    path("scales/<slug_of_any_script:slug>/versions/<int:number>/", scales.version, name="scale-version"),
    path("articles/<slug_of_any_script:slug>/", views.article, name="article"),
    path("articles/<slug_of_any_script:slug>/versions/", versions.article, name="article-versions"),
    path("articles/<slug_of_any_script:slug>/versions/<int:number>/", views.article_version, name="article-version"),
    path(
        "articles/<slug_of_any_script:slug>/versions/<int:number>/differences/<int:before>/",
        versions.article_differences,
        name="article-differences",
    ),
]
