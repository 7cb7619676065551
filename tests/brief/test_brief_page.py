"""The page as a document: complete by itself, well formed, every reason resolves, nothing invented in empty states."""

import base64
import hashlib
import json
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import attrs
import pytest
from brief_views import at, events, large_view, minute, report, utterances, whole_day
from brief_views import night as night_reports
from lxml import html

from treves.brief import pages, shown
from treves.brief.wording import LANGUAGES, UnknownBriefLanguage
from treves.dates import UNKNOWN_MOMENT, InvalidTime
from treves.model.events import Certainty
from treves.model.view import Difference, LeftOut, Version, View

Page = Callable[..., str]
Tree = Any


def tree(page: str) -> Tree:
    """The parsed page."""
    return html.document_fromstring(page)


def data(found: Tree) -> dict[str, Any]:
    """What the script is given."""
    loaded: dict[str, Any] = json.loads(found.get_element_by_id("data").text)
    return loaded


def words(element: Tree) -> str:
    """The text of an element on one line."""
    return " ".join(element.text_content().split())


@pytest.fixture(scope="module", params=LANGUAGES)
def found(request: pytest.FixtureRequest, page: Page, night: View) -> Tree:
    """The invented night, in either language."""
    return tree(page(night, request.param))


def test_the_page_needs_nothing_but_itself(found: Tree) -> None:
    """No element loads anything; only links lead outside, and only to web addresses."""
    for element in found.iter():
        for name in ("src", "srcset", "data", "action", "formaction", "poster", "background"):
            assert element.get(name) is None, element.tag
        if element.get("href") is not None and not element.get("href").startswith("#"):
            assert element.tag == "a"
            assert element.get("href").startswith("https://courant.example/")
            assert "noopener" in element.get("rel")
    assert not found.xpath("//link|//iframe|//img|//object|//embed|//base")
    assert "@import" not in pages.asset("brief.css")
    assert set(re.findall(r"url\(([^)]*)\)", pages.asset("brief.css"))) == {"#fade-right", "#fade-left", "#fade-both"}


def test_the_policy_lets_only_its_own_style_and_script_run(found: Tree) -> None:
    """The policy's hashes are those of the page's style and script; nothing is inline beside them."""
    policy = found.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for tag, kind in (("style", "style-src"), ("script[not(@type)]", "script-src")):
        (element,) = found.xpath(f"//{tag}")
        digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        assert f"{kind} 'sha256-{digest}'" in policy
    assert not found.xpath("//@style")
    assert not [a for a in found.xpath("//@*") if a.attrname.startswith("on")]


def test_ids_are_unique(found: Tree) -> None:
    """No two elements have the same id."""
    ids = found.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_every_link_within_the_page_resolves(found: Tree) -> None:
    """Whatever can be clicked has somewhere to go, with the script or without."""
    ids = set(found.xpath("//@id"))
    assert not {h for h in found.xpath("//a/@href") if h.startswith("#") and h[1:] not in ids}


def test_every_why_resolves(found: Tree) -> None:
    """Every "why?" has a reason whose passages can be found in the report, and an id to link to for good."""
    ids, given = set(found.xpath("//@id")), data(found)
    asked = set(found.xpath("//@data-why"))
    assert asked
    assert asked <= given["why"].keys()
    assert given["why"].keys() <= ids
    for entry in given["why"].values():
        assert entry["i"]
        for item in entry["i"]:
            assert item["h"] in ids
            assert 0 <= item["d"] < len(given["d"])


def test_every_utterance_event_and_difference_is_on_the_page(found: Tree, night: View) -> None:
    """Each stands there once, under its own id, and can be reached by keyboard."""
    things = [u.id for u in night.utterances] + [e.id for e in night.events] + [d.id for d in night.differences]
    for thing in things:
        element = found.get_element_by_id(thing)
        assert element.get("data-item") == thing
        assert element.get("tabindex") == "-1"


def test_marked_passages_have_the_words_that_they_stand_for(found: Tree, night: View) -> None:
    """Joining the marks of a statement's passage in its report gives the passage."""
    for utterance in night.utterances:
        for telling in utterance.tellings:
            span = telling.passage.span
            name = f"p-{telling.document}-{span.start}-{span.end}"
            marks = found.get_element_by_id(f"r-{telling.document}").xpath(f".//mark[contains(@data-p, '{name}')]")
            assert "".join(m.text for m in marks if name in m.get("data-p").split()) == telling.passage.exact


def test_headings_go_down_one_step_at_a_time(found: Tree) -> None:
    """One h1, and no level is skipped."""
    levels = [int(h.tag[1]) for h in found.xpath("//h1|//h2|//h3|//h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_landmarks_and_names_for_screen_readers(found: Tree) -> None:
    """There is a main landmark that can be skipped to; sections, regions and controls have names."""
    assert found.xpath("//a[@class='skip']/@href") == ["#main"]
    assert len(found.xpath("//main")) == 1
    ids = set(found.xpath("//@id"))
    for label in found.xpath("//@aria-labelledby"):
        assert set(label.split()) <= ids
    for section in found.xpath("//section|//nav|//*[@role='region']"):
        assert section.get("aria-label") or section.get("aria-labelledby")
    for control in found.xpath("//select|//input"):
        assert control.xpath("ancestor::label")
    for mark in found.xpath("//*[name()='svg']//*[name()='a']"):
        assert mark.get("aria-label")
    for button in found.xpath("//button"):
        assert button.get("aria-label") or words(button)


def test_passages_are_in_their_own_language(night: View, page: Page) -> None:
    """The page is in the interface's language; what reports say is marked as theirs."""
    found = tree(page(night, "en"))
    assert found.get("lang") == "en"
    assert set(found.xpath("//*[contains(@class, 'words')]/@lang")) == {"nl"}
    assert words(found.xpath("//*[@lang='nl']/ancestor-or-self::i")[0]) == "handtekening"


def test_the_first_screen_comes_first(night: View, page: Page) -> None:
    """Sentence, three facts and what it rests on come in that order, every clause a link."""
    first = tree(page(night)).xpath("//main/section")[0]
    assert [c.tag for c in first] == ["h1", "p", "dl", "p"]
    lead, facts, basis = first[1], first[2], first[3]
    assert words(lead).endswith("Polderpartij set an ultimatum: Friday 12 June.")
    assert len(lead.xpath("a[@data-why]")) == 5
    assert [words(d) for d in facts.xpath(".//dt")] == ["Next", "Stuck on", "Outlook"]
    assert words(basis) == (
        "As of Friday 12 June 2026, 08:00 (times in Europe/Amsterdam). 6 reports by 4 outlets, 1 without a known "
        "outlet; 1 wire copy folded; 2 reports left out (published later: 1; no language pack for de: 1)."
    )


def test_direct_speech_has_the_marks_of_the_language(night: View, page: Page) -> None:
    """Double marks in English, single ones in Dutch; none around reported speech."""
    direct = "//li[@class='u item']/p[contains(@class, 'direct')]"
    english = [words(p) for p in tree(page(night, "en")).xpath(direct)]
    dutch = [words(p) for p in tree(page(night, "nl")).xpath(direct)]
    assert "“Ik ga eerst slapen.”" in english
    assert "‘Ik ga eerst slapen.’" in dutch
    reported = tree(page(night)).xpath("//li[@class='u item']/p[contains(@class, 'indirect')]")
    assert reported
    assert not [p for p in reported if "“" in words(p)]


def test_differing_words_are_marked(night: View, page: Page) -> None:
    """The versions of one utterance stand beside each other with what differs."""
    versions = (
        tree(page(night))
        .xpath("//details[@class='variants']")[0]
        .xpath(".//div[contains(@class, 'version ')]|.//div[@class='version']")
    )
    assert [[m.text for m in v.xpath(".//mark")] for v in versions] == [
        ["nog", "zijn"],
        ["lopen", "En dat is al heel wat"],
    ]


def test_sources_tell_what_was_left_out_and_why(night: View, page: Page) -> None:
    """The list names the reports and the reasons in the interface's language."""
    left = tree(page(night, "nl")).xpath("//ul[@class='left-out']/li")
    assert [words(item) for item in left] == [
        "Oosterland heeft een bestuur Radio Oost · vrijdag 12 juni 2026, 19.00 uur · Waarom: later verschenen",
        ("Nachtsitzung ohne Einigung Grenzkurier · vrijdag 12 juni 2026, 05.00 uur · Waarom: geen taalpakket voor de"),
    ]


def test_how_it_was_made_is_told(night: View, page: Page) -> None:
    """Version, reader, runs, settings, command, scores and corrections are on the page."""
    made = words(tree(page(night)).get_element_by_id("made"))
    for part in ("0.1.0", "nl-grammar", "R1, R2", "zone=Europe/Amsterdam", "treves brief", "precision 0.91"):
        assert part in made
    assert "speaker set to Joris Adema, by A. Redacteur, Friday 12 June, 07:00" in made


def test_a_correction_without_its_target_says_so(night: View, page: Page) -> None:
    """A correction that this view has nothing for is listed as such, not dropped."""
    made = tree(page(attrs.evolve(night, orphaned=("C2",)))).get_element_by_id("made")
    found = [words(item) for item in made.xpath(".//li")]
    assert [("not in this view" in item) for item in found] == [False, True]


def test_the_same_view_gives_the_same_page(night: View, page: Page) -> None:
    """Nothing depends on chance or on the clock."""
    assert page(night) == page(night)


STATES = {
    "no reports": View(),
    "before the first": View(as_of=at(1), left_out=(LeftOut(night_reports().wire, "published later"),)),
    "failed only": View(left_out=(LeftOut(night_reports().wire, "could not be decoded"),)),
    "nothing understood": View(documents=night_reports().all),
    "empty report": View(documents=(report("", outlet=None),)),
    "no statements": View(documents=night_reports().all, events=events(night_reports())),
    "no events": View(documents=night_reports().all, utterances=utterances(night_reports())),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", STATES)
def test_empty_and_broken_states_are_whole_pages(name: str, language: str, page: Page) -> None:
    """Each has a sentence, no dead link, no double id, and says in a box what is missing."""
    found = tree(page(STATES[name], language))
    assert words(found.xpath("//p[@class='lead']")[0])
    ids = found.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {h[1:] for h in found.xpath("//a/@href") if h.startswith("#")} <= set(ids)
    assert found.xpath("//p[@class='empty']")
    assert set(found.xpath("//@data-why")) <= data(found)["why"].keys()


def test_an_unknown_reason_is_passed_on(page: Page) -> None:
    """A report that failed is listed with the reason as it was given."""
    assert "could not be decoded" in words(tree(page(STATES["failed only"])).get_element_by_id("sources"))


def test_one_report_is_said_to_be_one(page: Page) -> None:
    """A brief that rests on one report says so."""
    found = tree(page(View(documents=(night_reports().wire,), utterances=utterances(night_reports())[8:9])))
    assert words(found.xpath("//p[@class='empty']")[0]) == "Everything here rests on one report."


def test_a_large_view_shows_the_latest_and_says_so(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the limits the earlier part is left out, counted, told how to see, and nothing points to it."""
    limits = {"UTTERANCES": 20, "IN_FULL": 6, "LISTED": 7, "PEOPLE": 5, "PAST": 2, "DIFFERENCES": 1, "TO_COME": 1}
    for name, most in limits.items():
        monkeypatch.setattr(shown, f"MOST_{name}", most)
    view = large_view(12, 5)
    accounts = view.events[0].accounts + view.events[1].accounts
    versions = tuple(Version("a", a.passage) for a in accounts)
    differing = tuple(Difference(f"D{i}", "start", view.events[0].id, versions) for i in range(3))
    coming = [
        attrs.evolve(e, id=f"Jc{i}", certainty=Certainty.PLANNED, when=whole_day(28), start=UNKNOWN_MOMENT)
        for i, e in enumerate(view.events)
    ]
    view = attrs.evolve(view, differences=differing, events=(*view.events, *coming))
    found = tree(page(view))
    text = words(found)
    assert "The latest 20 of 60 utterances are shown. All of them: treves statements" in text
    assert "6 of 12 reports are given in full: the latest of those that this page leans on." in text
    assert "The latest 7 of 12 reports are listed. All of them: treves export … reports" in text
    assert "more, quoted less often, are not listed. All of them: treves actors" in text
    assert "The latest 2 of 4 past events are listed. All of them: treves events" in text
    assert "The nearest 2 of 4 events to come are listed." in text
    assert "1 of 3 differences are shown, those with the latest accounts." in text
    ids = set(found.xpath("//@id"))
    assert {h[1:] for h in found.xpath("//a/@href") if h.startswith("#")} <= ids
    assert {i["h"] for e in data(found)["why"].values() for i in e["i"] if "h" in i} <= ids


def test_a_page_of_many_reports_stays_small(page: Page) -> None:
    """Two hundred reports with 2,400 statements take a megabyte, and five times as many reports hardly more."""
    small, large = (len(page(large_view(n, 12)).encode()) for n in (200, 1000))
    assert small < 1_500_000
    assert large < 1.6 * small


def test_only_reports_that_something_shown_leans_on_are_given_in_full(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of more reports than fit, one without anything that is shown is not among them; the script knows only its own."""
    monkeypatch.setattr(shown, "MOST_IN_FULL", 12)
    view = large_view(12, 1)
    silent = [report(f"Bericht {i} waarin niets staat.", outlet="Bode", published=minute(20, i)) for i in range(5)]
    found = tree(page(attrs.evolve(view, documents=(*view.documents, *silent))))
    given = {i.removeprefix("r-") for i in found.xpath("//article[@class='report']/@id")}
    assert given == {d.id for d in view.documents}
    assert {d["id"] for d in data(found)["d"]} == given


def test_the_filters_offer_only_what_is_shown(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every choice fits at least one utterance on the page."""
    monkeypatch.setattr(shown, "MOST_UTTERANCES", 3)
    found = tree(page(large_view(12, 2)))
    keys = {key for keys in data(found)["keys"].values() for key in keys}
    choices = {c for c in found.xpath("//select/option/@value") if c[:2] in ("p:", "a:", "o:")}
    assert choices
    assert choices <= keys


def test_an_unknown_language_or_zone_is_refused(night: View, page: Page) -> None:
    """The errors say which value was wrong."""
    with pytest.raises(UnknownBriefLanguage):
        page(night, "fr")
    with pytest.raises(InvalidTime):
        page(attrs.evolve(night, zone="Mars/Olympus"))
