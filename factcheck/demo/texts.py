"""What the demo newsroom says: its articles, claims, sources and judgements.

The newsroom, its people and the papers it reads are made up. The statements and the sources are real; nobody is quoted
beyond what a source is known to say, and the articles tell everything in indirect speech.
"""

import re
from dataclasses import dataclass
from datetime import date


def flowing(text: str) -> str:
    """The text without the line breaks inside its paragraphs, as people type it into a field; lists keep theirs."""
    return re.sub(r"(?<!\n)\n(?!\n|- |$)", " ", text)


READ_ON = date(2026, 11, 23)


@dataclass(frozen=True)
class ClaimantText:
    name: str
    kind: str
    description: str = ""
    same_as: str = ""


@dataclass(frozen=True)
class ArticleText:
    title: str
    publisher: str
    author: str
    published_on: date
    rights: str
    body: str


@dataclass(frozen=True)
class ClaimText:
    wording: str
    claimant: ClaimantText
    said_on: date | None
    place: str
    topics: tuple[str, ...]
    # Each article in which the claim stands, and its words there.
    stands: tuple[tuple[ArticleText, str], ...] = ()


@dataclass(frozen=True)
class SourceText:
    title: str
    publisher: str
    kind: str
    url: str
    published_on: date | None = None


@dataclass(frozen=True)
class CitationText:
    source: SourceText
    stance: str
    note: str
    quoted: str = ""


@dataclass(frozen=True)
class JudgementText:
    rating: str
    summary: str
    rationale: str
    citations: tuple[CitationText, ...]


# --- The newsroom ---

NEWSROOM = {
    "name": "The Demo Desk",
    "contact": "corrections@demo.example",
    "about": """\
The Demo Desk is a newsroom made up to show this program at work. Its four people and the papers it reads do not exist;
the statements it checks were made in public, and the sources it cites are real.

Nobody pays for it and nobody earns from it. Whoever runs this copy of the program is answerable for what it shows.
""",
    "methodology": """\
**What we check.** Statements of fact that somebody can be named for and that matter to readers. Opinions, forecasts
and judgements are not rated; where a statement holds both, we say which part we rate.

**How we check.** We look for the document first and for reports about it second. Each check lists what it rests on,
with the day on which we read it, so that you can retrace the work.

**Who decides.** One person writes a check, another one approves it, a third publishes it. Nobody approves their own
work.

**When we cannot tell.** We say *Unproven*, and what we looked for.
""",
    "corrections_policy": """\
**Tell us.** Write to the address below if something is wrong. A person reads every letter and answers it.

**What we do.** A check that turns out wrong gets a new version, and its page says what changed and why. The versions
before it stay readable. We tell apart

- a *correction*: the verdict changes,
- a *clarification*: the verdict stays, the words get better,
- an *update*: something new has happened,
- a *retraction*: the check should not have been published. Its page stays and says so.

Nothing is changed without saying it.
""",
}

# --- Who made the statements ---

PRESIDENT = ClaimantText(
    "Ilham Aliyev",
    "person",
    "President of Azerbaijan",
    "https://en.wikipedia.org/wiki/Ilham_Aliyev",
)
MINISTRY = ClaimantText("Turkish Ministry of Foreign Affairs", "organisation")
MINISTER = ClaimantText(
    "François-Philippe Champagne",
    "person",
    "Minister of Foreign Affairs of Canada (2019–2021)",
    "https://en.wikipedia.org/wiki/Fran%C3%A7ois-Philippe_Champagne",
)
PLOUGHSHARES = ClaimantText("Project Ploughshares", "organisation", "Canadian group on arms control")
GLOBE = ClaimantText("The Globe and Mail", "organisation", "Canadian newspaper")
GAZETTE = ClaimantText("Sample Gazette", "organisation", "A paper made up for this demo")

# --- The articles ---

HERALD_ARTICLE = ArticleText(
    title="Drones over Karabakh, permits from Ottawa",
    publisher="Example Herald",
    author="Robin Field",
    published_on=date(2020, 10, 7),
    rights="full",
    body="""\
Ten days into the fighting over Nagorno-Karabakh, the war is argued in television studios and foreign ministries as \
well. At the beginning of this week the president of Azerbaijan set out his case for Turkish viewers; a day later \
Ankara gave its answer to a decision that had been taken in Ottawa.

What Baku says

Law came first when President Ilham Aliyev sat down with the Turkish broadcaster TRT on Monday. The resolutions of the \
United Nations Security Council, he argued, treat Nagorno-Karabakh as a part of Azerbaijan. The Council adopted four of \
them in 1993, the first in April and the last in November, and each asked for troops to leave places that had been \
captured not long before.

About weapons he was just as direct. The armed drones that his country buys from Turkey have kept its own losses down, \
the president said, and they have made its army stronger. Videos that Baku has released show tanks and air \
defences being hit from above. How many soldiers Azerbaijan itself has lost cannot be said: the government keeps that \
number to itself while the fighting lasts.

Then there was an accusation that he has made before. Fighters of the Kurdistan Workers’ Party, the PKK, are in the \
areas of Karabakh that Armenian forces hold, he said, and named his intelligence services as the source. What \
these services have found was not shown. Yerevan, for its part, accuses Azerbaijan of bringing in fighters from Syria, \
which Baku denies.

Second thoughts in Ottawa

The drones are said to see with Canadian eyes. Project Ploughshares, a group that follows the arms trade, studied the \
strike videos and concluded that the aircraft carry imaging and targeting systems made by L3Harris Wescam, a company in \
Ontario. The Globe and Mail reported that Wescam had been allowed this year to ship seven such systems to the Turkish \
firm that builds the drones.

The government did not wait for the end of the debate. On Monday the foreign minister, François-Philippe Champagne, \
suspended the export permits in question.

They are to stay on hold while his department looks into what has been alleged. How long that \
will take has not been said.

Ankara speaks of two measures

The reply came on Tuesday and in writing. Canada applies a double standard, the Turkish foreign ministry found, since \
it goes on selling arms to countries that take part in the war in Yemen, in spite of criticism from the United Nations. \
And there is nothing, in the view of the ministry, that could explain why a member of NATO should be refused what those \
countries get.

The reproach touches a sore point. Saudi Arabia, which leads the coalition fighting in Yemen, is among the best \
customers of the Canadian arms industry: it takes armoured vehicles worth billions. Only last month a group of experts \
who report to the Human Rights Council added Canada to its list of the states whose deliveries help to keep that war \
alive.

Two quarrels, then, and no end of either in sight. The permits depend on an inquiry that has just begun. What happens to \
the front depends on talks for which, as of today, there is no date.
""",
)

GAZETTE_ARTICLE = ArticleText(
    title="Why seven cameras became a matter of state",
    publisher="Sample Gazette",
    author="Jo Lindgren",
    published_on=date(2020, 10, 8),
    rights="excerpts",
    body="""\
A camera is not a weapon, unless it tells a weapon where to go. That, in short, is what Canada is now arguing about.

Since Monday, Canadian firms may no longer use their permits to send drone technology to Turkey. The government has put \
them on hold after reports that such equipment had turned up in the war over Nagorno-Karabakh. Turkey’s foreign ministry \
replied on Tuesday, and it was not amused.

What the permits were for

This year alone, seven systems of the maker L3Harris Wescam were cleared for the firm that builds the drones, according \
to the Globe and Mail. They find a target, keep it in view and mark it with a laser.

Whoever exports such a thing has to say where it will be used, and the buyer has to promise it. Whether that promise was \
kept is what the officials in Ottawa have to find out.
""",
)

TRIAL_ARTICLE = ArticleText(
    title="Four resolutions in seven months",
    publisher="Example Herald",
    author="Robin Field",
    published_on=date(2020, 10, 12),
    rights="excerpts",
    body="""\
Whoever argues about Nagorno-Karabakh these days sooner or later brings up four numbers: 822, 853, 874 and 884. They \
belong to the resolutions that the Security Council of the United Nations adopted on the conflict in 1993.

From Kelbajar to Goradiz

The first dates from 30 April and is about the district of Kelbajar, the second from 29 July and about Agdam. The third \
followed on 14 October, the fourth on 12 November, after Zangelan and the town of Goradiz had been taken. Not one member \
of the Council voted against any of them.

All four demand that forces withdraw from the places they had occupied, and all four leave the settlement itself to \
negotiation, in what was then called the Minsk process.
""",
)

ARTICLES = (TRIAL_ARTICLE, GAZETTE_ARTICLE, HERALD_ARTICLE)

# --- The claims ---

_TRT = "Interview with the Turkish broadcaster TRT"

RESOLUTIONS = ClaimText(
    wording="Security Council resolutions treat Nagorno-Karabakh as part of Azerbaijan.",
    claimant=PRESIDENT,
    said_on=date(2020, 10, 5),
    place=_TRT,
    topics=("Nagorno-Karabakh", "International law"),
    stands=(
        (
            HERALD_ARTICLE,
            "The resolutions of the United Nations Security Council, he argued, treat Nagorno-Karabakh as a part of "
            "Azerbaijan.",
        ),
    ),
)
LOSSES = ClaimText(
    wording="Armed drones from Turkey have reduced Azerbaijan’s own losses.",
    claimant=PRESIDENT,
    said_on=date(2020, 10, 5),
    place=_TRT,
    topics=("Nagorno-Karabakh", "Drones"),
    stands=(
        (
            HERALD_ARTICLE,
            "The armed drones that his country buys from Turkey have kept its own losses down, the president said, and "
            "they have made its army stronger.",
        ),
    ),
)
FIGHTERS = ClaimText(
    wording="PKK fighters are present in areas of Karabakh held by Armenian forces.",
    claimant=PRESIDENT,
    said_on=date(2020, 10, 5),
    place=_TRT,
    topics=("Nagorno-Karabakh",),
    stands=(
        (
            HERALD_ARTICLE,
            "Fighters of the Kurdistan Workers’ Party, the PKK, are in the areas of Karabakh that Armenian "
            "forces hold, he said, and named his intelligence services as the source.",
        ),
    ),
)
CAMERAS = ClaimText(
    wording="Drones in videos of Azerbaijani strikes carry Canadian targeting systems.",
    claimant=PLOUGHSHARES,
    said_on=None,
    place="",
    topics=("Arms exports", "Drones"),
    stands=(
        (
            HERALD_ARTICLE,
            "the aircraft carry imaging and targeting systems made by L3Harris Wescam, a company in Ontario.",
        ),
    ),
)
SEVEN = ClaimText(
    wording="Wescam was allowed in 2020 to ship seven systems to the drones’ maker.",
    claimant=GLOBE,
    said_on=None,
    place="",
    topics=("Arms exports", "Drones"),
    stands=(
        (
            HERALD_ARTICLE,
            "Wescam had been allowed this year to ship seven such systems to the Turkish firm that builds the drones.",
        ),
        (
            GAZETTE_ARTICLE,
            "This year alone, seven systems of the maker L3Harris Wescam were cleared for the firm that builds the "
            "drones",
        ),
    ),
)
PERMITS = ClaimText(
    wording="Canada suspended permits to export drone technology to Turkey.",
    claimant=MINISTER,
    said_on=date(2020, 10, 5),
    place="Statement, Ottawa",
    topics=("Arms exports", "Drones"),
    stands=(
        (
            HERALD_ARTICLE,
            # Across the end of a paragraph.
            "On Monday the foreign minister, François-Philippe Champagne, suspended the export permits in question.\n\n"
            "They are to stay on hold while his department looks into what has been alleged.",
        ),
        (
            GAZETTE_ARTICLE,
            "Since Monday, Canadian firms may no longer use their permits to send drone technology to Turkey.",
        ),
    ),
)
YEMEN = ClaimText(
    wording="Canada sells arms to states at war in Yemen yet withholds them from Turkey.",
    claimant=MINISTRY,
    said_on=date(2020, 10, 6),
    place="Written statement, Ankara",
    topics=("Arms exports", "Yemen"),
    stands=(
        (
            HERALD_ARTICLE,
            "Canada applies a double standard, the Turkish foreign ministry found, since it goes on selling arms to "
            "countries that take part in the war in Yemen",
        ),
    ),
)
CRITICISM = ClaimText(
    wording="The UN has criticised Canada’s arms exports to states at war in Yemen.",
    claimant=MINISTRY,
    said_on=date(2020, 10, 6),
    place="Written statement, Ankara",
    topics=("Arms exports", "Yemen"),
    # Overlaps the claim before.
    stands=(
        (
            HERALD_ARTICLE,
            "it goes on selling arms to countries that take part in the war in Yemen, in spite of criticism from the "
            "United Nations.",
        ),
    ),
)
NO_REASON = ClaimText(
    wording="Canada gave no reason for holding back exports to Turkey, a NATO ally.",
    claimant=MINISTRY,
    said_on=date(2020, 10, 6),
    place="Written statement, Ankara",
    topics=("Arms exports",),
    stands=(
        (
            HERALD_ARTICLE,
            "there is nothing, in the view of the ministry, that could explain why a member of NATO should be refused "
            "what those countries get",
        ),
    ),
)
BILLION = ClaimText(
    wording="Drones from Turkey destroyed Armenian equipment worth a billion dollars.",
    claimant=PRESIDENT,
    said_on=date(2020, 10, 14),
    place="Interview with France 24, Baku",
    topics=("Nagorno-Karabakh", "Drones"),
)
REPLY = ClaimText(
    wording="Turkey’s foreign ministry replied to Canada on 8 October 2020.",
    claimant=GAZETTE,
    said_on=date(2020, 10, 8),
    place="",
    topics=("Arms exports",),
    stands=((GAZETTE_ARTICLE, "Turkey’s foreign ministry replied on Tuesday"),),
)

# --- The sources ---

RESOLUTION_853 = SourceText(
    "Resolution 853 (1993)",
    "United Nations Security Council",
    "primary",
    "https://undocs.org/S/RES/853(1993)",
    date(1993, 7, 29),
)
RESOLUTION_874 = SourceText(
    "Resolution 874 (1993)",
    "United Nations Security Council",
    "primary",
    "https://undocs.org/S/RES/874(1993)",
    date(1993, 10, 14),
)
RESOLUTION_884 = SourceText(
    "Resolution 884 (1993)",
    "United Nations Security Council",
    "primary",
    "https://undocs.org/S/RES/884(1993)",
    date(1993, 11, 12),
)
TRT_INTERVIEW = SourceText(
    "Ilham Aliyev was interviewed by TRT Haber TV channel",
    "President of the Republic of Azerbaijan",
    "interview",
    "https://president.az/en/articles/view/41763",
    date(2020, 10, 5),
)
FRANCE_24_INTERVIEW = SourceText(
    "President Ilham Aliyev interviewed by France 24 TV channel on October 14, 2020",
    "Trend News Agency",
    "interview",
    "https://en.trend.az/azerbaijan/politics/3497971.html",
    date(2021, 10, 14),
)
STATEMENT = SourceText(
    "Statement from Minister Champagne on suspension of export permits to Turkey",
    "Global Affairs Canada, copy at Defense Aerospace",
    "official",
    "https://www.defense-aerospace.com/cgi-bin/client/modele.pl?shop=dae&modele=release&prod=213679&cat=3",
    date(2020, 10, 5),
)
REUTERS = SourceText(
    "Canada suspends drone technology sales to Turkey after claims of use by Azeri forces",
    "Reuters, at Devdiscourse",
    "media",
    "https://www.devdiscourse.com/article/politics/"
    "1240122-canada-suspends-drone-technology-sales-to-turkey-after-claims-of-use-by-azeri-forces",
    date(2020, 10, 6),
)
UAS_VISION = SourceText(
    "Canada suspends export of drone technology to Turkey",
    "UAS Vision",
    "media",
    "https://uasvision.com/2020/10/08/canada-suspends-export-of-drone-technology-to-turkey",
    date(2020, 10, 8),
)
REVOKED = SourceText(
    "Le Canada a révoqué les licences d’exportation de produits militaires vers la Turquie",
    "Western Armenia TV",
    "media",
    "https://westernarmeniatv.com/fr/93034/"
    "le-canada-a-revoque-les-licences-dexportation-de-produits-militaires-vers-la-turquie",
)
SCRAPPED = SourceText(
    "Canada scraps export permits for drone technology to Turkey",
    "CTV News",
    "media",
    "https://www.ctvnews.ca/politics/canada-scraps-export-permits-for-drone-technology-to-turkey-1.5384310",
    date(2021, 4, 12),
)
EXPERTS = SourceText(
    "Situation of human rights in Yemen (A/HRC/45/6)",
    "United Nations Human Rights Council",
    "primary",
    "https://undocs.org/A/HRC/45/6",
)
LEGION = SourceText(
    "UN calls out Canada for helping perpetuate Yemen war",
    "Legion Magazine",
    "media",
    "https://legionmagazine.com/un-calls-out-canada-for-helping-perpetuate-yemen-war",
)
WCYS = SourceText(
    "Canada is fuelling war in Yemen with arms sales, UN report says",
    "WCYS, after The Globe and Mail",
    "media",
    "https://wcys.org/canada-is-fuelling-war-in-yemen-with-arms-sales-un-report-says/",
)
STUDY = SourceText(
    "The Role of Turkish Drones in Azerbaijan’s Increasing Military Effectiveness",
    "Insight Turkey",
    "expert",
    "https://www.insightturkey.com/turkey-southeastern-europe/eu/issues/2021/23/article/"
    "the-role-of-turkish-drones-in-azerbaijans-increasing-military-effectiveness-"
    "an-assessment-of-the-second-nagorno-karabakh-war",
)
DEATHS = SourceText(
    "Azerbaijan says 2,783 soldiers killed in Nagorno-Karabakh clashes",
    "Al Jazeera",
    "media",
    "https://www.aljazeera.com/news/2020/12/3/azerbaijan-says-2783-soldiers-killed-in-nagorno-karabakh-clashes",
    date(2020, 12, 3),
)
INTERCEPTED = SourceText(
    "Azerbaijan claims to have intercepted communications between Armenia and foreign mercenaries",
    "Al-Masdar News",
    "media",
    "https://www.almasdarnews.com/article/"
    "azerbaijan-claims-to-have-intercepted-communications-between-armenia-and-foreign-mercenaries/",
    date(2020, 10, 7),
)
DENIED = SourceText(
    "PKK: Turkey spreads rumors about fighting alongside Armenia",
    "Shafaq News",
    "media",
    "https://www.shafaq.com/en/Kurdistan/PKK-Turkey-spreads-rumors-about-fighting-alongside-Armenia",
    date(2020, 10, 8),
)

# --- The judgements ---

RESOLUTIONS_JUDGED = JudgementText(
    rating="True",
    summary="The resolutions of 1993 speak of the Nagorny Karabakh region of the Azerbaijani Republic.",
    rationale="""\
The Security Council adopted four resolutions on the conflict in 1993: 822 on 30 April, 853 on 29 July [1], 874 on
14 October [2] and 884 on 12 November [3]. All four were adopted unanimously.

Resolutions 874 and 884 speak of the Nagorny Karabakh region *of the Azerbaijani Republic*, and both reaffirm the
sovereignty and territorial integrity of that republic and of all other states in the region [2] [3].

**What the resolutions do not do.** They do not say how the conflict is to be settled. They demand that forces withdraw
from districts occupied shortly before, and leave the settlement to negotiation in the Minsk process of the CSCE, today’s
OSCE. The statement does not claim otherwise, so the rating stays *True*.
""",
    citations=(
        CitationText(
            RESOLUTION_853,
            "supports",
            "On the seizure of Agdam. Read in the copy at lawglobalhub.com.",
        ),
        CitationText(
            RESOLUTION_874,
            "supports",
            "Reaffirms the territorial integrity of Azerbaijan and of all other states in the region. Read in the copy "
            "at xocali.net.",
            "Nagorny Karabakh region of the Azerbaijani Republic",
        ),
        CitationText(
            RESOLUTION_884,
            "supports",
            "The same wording a month later, on Zangelan and Goradiz. Read by way of Wikipedia’s article on it.",
        ),
    ),
)

_WESCAM = """\
The minister announced it on Monday, 5 October 2020: he had suspended the relevant export permits [1]. News agencies
reported the same day and the next that they cover imaging and targeting systems of the maker L3Harris Wescam, which are
said to have been seen on drones over Nagorno-Karabakh [2].

The statement does not list the permits one by one. We therefore say *permits to export drone technology*, and not *all
exports*.
"""
_PERMITS_CITED = (
    CitationText(
        STATEMENT,
        "supports",
        "The announcement itself, with the reason given for it.",
        "so as to allow time to further assess the situation",
    ),
    CitationText(
        REUTERS,
        "supports",
        "Tells which equipment is meant, and who had raised the matter: Project Ploughshares.",
    ),
)
PERMITS_JUDGED = JudgementText(
    rating="True",
    summary="The minister suspended the relevant permits on 5 October 2020 and said why.",
    rationale=_WESCAM,
    citations=_PERMITS_CITED,
)
PERMITS_LATER = JudgementText(
    rating="True",
    summary="The minister suspended the permits on 5 October 2020. In April 2021 they were cancelled for good.",
    rationale=_WESCAM
    + """
**What came of it.** On 12 April 2021, at the end of its inquiry, Canada cancelled the suspended permits. It had found
that the equipment had been used in a way that agreed neither with Canadian policy nor with the assurances that Turkey
had given about its use [3] [4].
""",
    citations=(
        CitationText(
            REVOKED,
            "context",
            "The outcome of the inquiry and the grounds on which the permits were withdrawn. In French.",
        ),
        CitationText(SCRAPPED, "context", "The decision as reported on the day, with both grounds."),
    ),
)
PERMITS_REASON = (
    "Canada ended its inquiry on 12 April 2021 and cancelled the permits that it had suspended. The statement of October "
    "2020 was right and remains so; the check now also says what came of it."
)

_HIT = """\
Turkish TB2 drones caused heavy losses of Armenian air defences and armour in the war of 2020; a study of their role
describes them [1]. That part of what the president said is well supported."""
LOSSES_JUDGED = JudgementText(
    rating="Mostly true",
    summary="The drones destroyed much of the other side’s armour and air defences, which spared the attackers losses.",
    rationale=_HIT + " An army that meets fewer tanks and guns loses fewer soldiers.\n",
    citations=(
        CitationText(
            STUDY,
            "supports",
            "Describes heavy losses of air defence and mechanised troops to TB2 drones.",
        ),
    ),
)
LOSSES_CORRECTED = JudgementText(
    rating="Half true",
    summary="The drones did heavy damage to the other side; that they lowered Azerbaijan’s own losses is not shown.",
    rationale=_HIT
    + """

The other part is about Azerbaijan’s own losses. While the fighting went on, the government published no figure for its
soldiers. The first one came on 3 December 2020, after the end of the war: 2,783 dead [2]. A single figure does not tell
how many there would have been without the drones, and we found no estimate that does.

So the effect on the equipment of one side is documented, and the effect on the losses of the other is plausible but not
shown.
""",
    citations=(
        CitationText(
            DEATHS,
            "context",
            "The first figure of Azerbaijan’s military deaths; none had been disclosed before.",
        ),
    ),
)
LOSSES_REASON = (
    "The first version took the damage done to the other side’s equipment as proof of lower losses on Azerbaijan’s own "
    "side. That does not follow, and no figure shows it. The verdict changes from Mostly true to Half true."
)

FIGHTERS_JUDGED = JudgementText(
    rating="Unproven",
    summary="Azerbaijan cites its intelligence services and has shown nothing that others could check; the PKK denies it.",
    rationale="""\
The president named reports of his intelligence services [1]. They have not been made public. A day later Azerbaijan’s
State Security Service spoke of radio messages that it had intercepted; the report on this says that no proof had been
given by then [2]. A spokesman of the PKK denied that there were any of its fighters in Nagorno-Karabakh [3].

**What we looked for.** Reports by observers who belong to neither side, pictures that show a place and a time, and
prisoners or dead identified by somebody independent. We found none of these.

That nothing was found does not show that the statement is wrong. It can be neither confirmed nor ruled out on what is
public.
""",
    citations=(
        CitationText(
            TRT_INTERVIEW,
            "context",
            "The interview in which the statement was made, as the president’s office published it.",
        ),
        CitationText(
            INTERCEPTED,
            "context",
            "Repeats the accusation by the State Security Service and notes that proof is missing.",
        ),
        CitationText(DENIED, "refutes", "The denial by a spokesman of the PKK, so a party to the matter too."),
    ),
)

YEMEN_JUDGED = JudgementText(
    rating="Mostly true",
    summary="Canada sells armoured vehicles to Saudi Arabia; what it held back from Turkey were certain permits only.",
    rationale="""\
Canada exported military goods worth about 2.9 billion dollars to Saudi Arabia in 2019, nearly all of them light
armoured vehicles [3]. Saudi Arabia leads the coalition that fights in Yemen. In September 2020 a group of experts of the
United Nations named Canada for the first time among the states whose arms transfers help to perpetuate that war [1],
because its exports had risen in 2019 [2].

**What has to be added.** In the case of Turkey, Canada did not stop all exports: it suspended the *relevant* permits, to
gain time for an inquiry into one kind of equipment [4].

Whether the two cases are alike enough to speak of a double standard is a judgement. We do not rate it.
""",
    citations=(
        CitationText(
            EXPERTS,
            "supports",
            "Names Canada among the third states whose arms transfers help to perpetuate the conflict.",
        ),
        CitationText(LEGION, "supports", "That it was the first time, and that the rise of exports in 2019 was why."),
        CitationText(WCYS, "supports", "The figures of the exports to Saudi Arabia."),
        CitationText(
            STATEMENT,
            "context",
            "What exactly was held back from Turkey, and why.",
            "so as to allow time to further assess the situation",
        ),
    ),
)

NO_REASON_JUDGED = JudgementText(
    rating="False",
    summary="Canada gave a reason on the day of its decision: it wanted time to look into the allegations.",
    rationale="""\
News agencies reported the reason together with the decision: Canada wanted to examine whether its technology was used
in Nagorno-Karabakh [1].
""",
    citations=(CitationText(REUTERS, "refutes", "Reports the decision and the reason given for it."),),
)
NO_REASON_SENT_BACK = (
    "Two things before this can go out. First, the ministry may mean that no explanation convinces it, and not that none "
    "was given. Say how you read the sentence, and why; if it is a judgement, we do not rate it. Second, this rests on a "
    "report about the statement of 5 October. Cite the statement itself and quote the words that matter."
)

BILLION_JUDGED = JudgementText(
    rating="Unproven",
    summary="We found the figure only in the president’s own words, and no list or valuation behind it.",
    rationale="""\
The president named the figure in an interview with France 24 on 14 October 2020 [1].

**What we looked for.** A list of the equipment meant, its prices, or an estimate by somebody else. A study of the drones’
role in the war describes heavy losses of air defences and armour, but for the sum it refers to the president [2].

Great damage is documented. What it was worth is not.
""",
    citations=(
        CitationText(FRANCE_24_INTERVIEW, "context", "The interview as a news agency of Azerbaijan reprinted it."),
        CitationText(STUDY, "context", "Describes the losses; gives the sum as the president’s statement."),
    ),
)

REPLY_JUDGED = JudgementText(
    rating="False",
    summary="The ministry’s statement is of Tuesday, 6 October 2020.",
    rationale="""\
A report on the quarrel says that the ministry issued its statement on Tuesday, which was 6 October 2020 [1].
""",
    citations=(CitationText(UAS_VISION, "refutes", "Dates the statement to the Tuesday of that week."),),
)
REPLY_RETRACTED = (
    "The mistake was ours. The Sample Gazette wrote that the ministry had replied on Tuesday, and that is right. We took "
    "the day on which the article appeared for the day of which it speaks, and so rated something that it does not say. "
    "We apologise to the Gazette."
)

# --- Begun, not finished ---

CAMERAS_BEGUN = JudgementText(
    rating="Mostly true",
    summary="",
    rationale="""\
The group points to videos of air strikes that Baku had released [1]. Still to do: find the group’s own
report, and say what Canada’s inquiry found in 2021.
""",
    citations=(CitationText(REUTERS, "supports", "Sums up what the group saw in the videos, and where."),),
)
CRITICISM_BEGUN = JudgementText(
    rating="Mostly true",
    summary="The criticism came from a group of experts that reports to the Human Rights Council, not from the UN as such.",
    rationale="""\
The report of September 2020 names Canada [1]. To be made clear: who the experts are, who appointed them, and that they do
not speak for the United Nations as a whole.
""",
    citations=(CitationText(EXPERTS, "supports", "The report itself."),),
)
