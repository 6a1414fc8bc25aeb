"""The desk's addresses: every action is a noun with its own."""

from django.urls import path

from factcheck.desk.views import articles, claims, highlights, publication, queue, review, sources, verdicts

app_name = "desk"
urlpatterns = [
    path("", queue.show, name="queue"),
    path("articles/", articles.collection, name="articles"),
    path("articles/new/", articles.new, name="article-new"),
    path("articles/<int:pk>/", articles.workspace, name="article"),
    path("articles/<int:pk>/edit/", articles.edit, name="article-edit"),
    path("articles/<int:pk>/trash/", articles.trash, name="article-trash"),
    path("articles/<int:pk>/restoration/", articles.restore, name="article-restoration"),
    path("articles/<int:pk>/publication/", publication.article, name="article-publication"),
    path("articles/<int:pk>/margin/", articles.margin, name="article-margin"),
    path("articles/<int:pk>/claims/", highlights.mark, name="article-claims"),
    path("articles/<int:pk>/claims/new/", highlights.new, name="article-claim-new"),
    path("articles/<int:pk>/claims/choices/", highlights.choices, name="article-claim-choices"),
    path("highlights/<int:pk>/", highlights.show, name="highlight"),
    path("highlights/<int:pk>/edit/", highlights.edit, name="highlight-edit"),
    path("highlights/<int:pk>/removal/", highlights.take_away, name="highlight-removal"),
    path("highlights/<int:pk>/restoration/", highlights.put_back, name="highlight-restoration"),
    path("claims/", claims.collection, name="claims"),
    path("claims/new/", claims.new, name="claim-new"),
    path("claims/<int:pk>/", claims.show, name="claim"),
    path("claims/<int:pk>/edit/", claims.edit, name="claim-edit"),
    path("claims/<int:pk>/trash/", claims.trash, name="claim-trash"),
    path("claims/<int:pk>/restoration/", claims.restore, name="claim-restoration"),
    path("claims/<int:pk>/highlights/", highlights.collection, name="claim-highlights"),
    path("claims/<int:pk>/verdicts/", verdicts.collection, name="claim-verdicts"),
    path("claims/<int:pk>/retraction/", publication.retraction, name="claim-retraction"),
    path("verdicts/<int:pk>/", verdicts.show, name="verdict"),
    path("verdicts/<int:pk>/citations/", verdicts.citations, name="verdict-citations"),
    path("verdicts/<int:pk>/submission/", review.hand_in, name="verdict-submission"),
    path("verdicts/<int:pk>/publication/", publication.collection, name="verdict-publication"),
    path("citations/<int:pk>/", verdicts.citation, name="citation"),
    path("citations/<int:pk>/removal/", verdicts.uncite, name="citation-removal"),
    path("submissions/<int:pk>/", review.show, name="submission"),
    path("submissions/<int:pk>/decision/", review.decide, name="submission-decision"),
    path("sources/", sources.collection, name="sources"),
    path("sources/<int:pk>/", sources.show, name="source"),
]
