"""The whole of joining: empty and broken input, order, moments, cost."""

import importlib
import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joining_builder import Report, correction, moment

from treves.dates import InvalidTime
from treves.model.actors import ActorKind, Roster, RosterEntry
from treves.model.corrections import CorrectionKind
from treves.model.events import Certainty, EventKind
from treves.model.statements import StatementKind
from treves.model.view import Filed, View
from treves.reading import joining
from treves.reading.joining import accounts, join, timeline, utterances, wording
from treves.reading.joining.sets import DisjointSets

BEGIN = datetime.fromisoformat("2031-03-01T08:00+01:00")
PEOPLE = ("Els Bruin", "Piet Bruin", "Joris Plantinga", "Agnes Wiersema", "Özlem Kaya-Smit")
SAID = (
    "Als hier een fabriek komt, ruikt over tien jaar niemand nog zee",
    "ruikt over tien jaar niemand nog zee",
    "Meer dan negen procent krijg ik thuis niet verkocht",
    "Boven de twaalf procent krijg ik het thuis niet verkocht",
    "dat zien we dan wel weer",
)


def story(seed: int, *, hours: int | None) -> Report:
    """A small report: two people, a party, a source, statements, a session; the same for the same seed."""
    rng = random.Random(seed)
    name, other = rng.choice(PEOPLE), rng.choice(PEOPLE)
    short = rng.choice((name, name.split()[-1]))
    first, second = rng.choice(SAID), rng.choice(SAID)
    text = (
        f"Bericht {seed} over de pont\n\n{short} (Waterpartij) zei: „{first}.” "
        f"Volgens {other} is dat anders: „{second}”. "
        f"Een bron telde {rng.choice((650, 700))} huizen bij Zoetvoort. Het overleg begon om half acht en duurde lang."
    )
    published = None if hours is None else (BEGIN + timedelta(hours=hours)).isoformat()
    report = Report(text, outlet=rng.choice(("De Maasbode", "Avondpost")), published=published)
    speaker = report.actor(short, party=rng.choice((None, "Waterpartij")))
    report.actor("Waterpartij", kind=ActorKind.PARTY)
    second_speaker = report.actor(other)
    source = report.actor("bron", kind=ActorKind.UNNAMED, mentions=["Een bron"])
    report.says(speaker, first)
    report.says(second_speaker, f"„{second}”", kind=StatementKind.MIXED)
    report.says(source, "huizen bij Zoetvoort", kind=StatementKind.INDIRECT)
    start = moment((BEGIN + timedelta(days=seed % 3, hours=11, minutes=30 * (seed % 2))).isoformat())
    report.event(
        "Het overleg begon om half acht",
        kind=rng.choice((EventKind.SESSION, EventKind.NEXT_STEP)),
        start=start,
        certainty=rng.choice(list(Certainty)),
        participants=[speaker],
        minutes=rng.choice((None, 240, 300)),
    )
    return report


def test_nothing_at_all() -> None:
    """No reports make an empty view, with its corrections in force and reported."""
    assert join([]) == View()
    fix = correction(1, CorrectionKind.RENAME_ACTOR, "x", name="Y")
    view = join([], [fix], as_of=BEGIN, zone="Europe/Brussels")
    assert (view.corrections, view.orphaned, view.zone, view.as_of) == ((fix,), ("C1",), "Europe/Brussels", BEGIN)


def test_a_report_of_which_nothing_was_understood() -> None:
    """It counts, and adds nothing."""
    view = join([Report("").filed(), Report("Niets.").filed()])
    assert len(view.documents) == 2
    assert not (view.actors or view.utterances or view.events or view.differences or view.copies)


def test_an_unknown_zone_is_refused() -> None:
    """The zone is needed as soon as there is anything to date."""
    with pytest.raises(InvalidTime, match="no time zone"):
        join([story(1, hours=1).filed()], zone="Mars/Olympus")


def test_a_roster_of_strangers_changes_nothing() -> None:
    """Persons whom no report names are no part of the view."""
    filed = [story(i, hours=i).filed() for i in range(4)]
    assert join(filed, roster=Roster((RosterEntry("Niemand Anders"),))) == join(filed)


def test_unknown_times_come_last_and_still_join() -> None:
    """Reports of which nobody knows the time are ordered by their ids, and their utterances are joined."""
    reports = [story(i, hours=None) for i in range(6)]
    view = join([r.filed() for r in reports] + [story(9, hours=5).filed()])
    assert view.documents[0].published.earliest is not None
    assert [d.id for d in view.documents[1:]] == sorted(r.id for r in reports)
    assert any(len(u.tellings) > 1 for u in view.utterances)


def test_the_package_offers_what_it_says() -> None:
    """Three names, sorted."""
    assert joining.__all__ == sorted(joining.__all__) == ["join", "orphaned", "sketch"]
    assert all(hasattr(joining, name) for name in joining.__all__)


SEEDS = st.lists(
    st.tuples(st.integers(0, 30), st.one_of(st.none(), st.integers(0, 100))), max_size=8, unique_by=lambda s: s[0]
)


@settings(max_examples=60)
@given(SEEDS, st.randoms(use_true_random=False), st.one_of(st.none(), st.integers(0, 120)))
def test_the_order_of_adding_is_immaterial(
    listed: list[tuple[int, int | None]], rng: random.Random, hours: int | None
) -> None:
    """Whatever the order of reports and corrections, the view is the same, at any moment."""
    reports = [story(seed, hours=at) for seed, at in listed]
    filed = [r.filed() for r in reports]
    fixes = [
        correction(1, CorrectionKind.RENAME_ACTOR, "els-bruin", name="Els B."),
        correction(2, CorrectionKind.MERGE_ACTORS, "piet-bruin", into="els-bruin"),
        *(correction(10 + i, CorrectionKind.REJECT_STATEMENT, r.statements[0].id) for i, r in enumerate(reports[:2])),
    ]
    as_of = None if hours is None else BEGIN + timedelta(hours=hours)
    view = join(filed, fixes, as_of=as_of)
    rng.shuffle(filed)
    rng.shuffle(fixes)
    assert join(filed, fixes, as_of=as_of) == view


@settings(max_examples=60)
@given(SEEDS)
def test_every_id_in_a_view_leads_somewhere(listed: list[tuple[int, int | None]]) -> None:
    """Ids are unique, and every reference among actors, utterances, events and differences can be followed."""
    view = join([story(seed, hours=at).filed() for seed, at in listed])
    documents = {d.id: d for d in view.documents}
    ids = [a.id for a in view.actors] + [u.id for u in view.utterances] + [e.id for e in view.events]
    ids += [d.id for d in view.differences]
    assert len(ids) == len(set(ids))
    actors = {a.id for a in view.actors}
    for utterance in view.utterances:
        assert {i for t in utterance.tellings for s in t.speakers for i in s} <= actors
        assert all(not t.passage.orphaned(documents[t.document].text) for t in utterance.tellings)
    for event in view.events:
        assert {*event.participants, *event.by} <= actors
        assert event.follows is None or event.follows in ids
    for actor in view.actors:
        assert set(actor.doubts) <= actors - {actor.id}
        assert all(not p.orphaned(documents[p.document].text) for p in actor.mentions)
    for one in view.differences:
        assert one.about == "" or one.about in ids
        assert len(one.versions) >= 2
        assert all(not v.passage.orphaned(documents[v.passage.document].text) for v in one.versions)


@settings(max_examples=40)
@given(SEEDS, st.integers(0, 120))
def test_a_view_of_then_is_the_view_of_what_was_known_then(listed: list[tuple[int, int | None]], hours: int) -> None:
    """A dated view equals the whole view of the reports that count in it: nothing later shines through."""
    as_of = BEGIN + timedelta(hours=hours)
    filed = [story(seed, hours=at).filed() for seed, at in listed]
    then = join(filed, as_of=as_of)
    known = {d.id for d in then.documents}
    alone = join([f for f in filed if f.document.id in known])
    assert attrs.evolve(then, as_of=None, left_out=()) == alone


class Counting:
    """Counts the calls of a function that stands in a module."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, module: object, name: str) -> None:
        """Count calls of `name` in `module` from now on."""
        self.calls = 0
        called: Callable[..., object] = getattr(module, name)

        def counted(*args: object, **kwargs: object) -> object:
            self.calls += 1
            return called(*args, **kwargs)

        monkeypatch.setattr(module, name, counted)


def archive(count: int) -> list[Filed]:
    """Reports at one an hour, by so many people that each speaks now and then."""
    rng = random.Random(7)
    letters = "bcdfghklmnprstvz"
    names = [
        "".join(rng.choices(letters, k=3)).title() + "a " + "".join(rng.choices(letters, k=7)).title()
        for _ in range(40)
    ]
    words = ["".join(rng.choices(letters, k=7)) for _ in range(900)]
    found = []
    for i in range(count):
        name = rng.choice(names)
        said = [" ".join(rng.choices(words, k=9)) for _ in range(4)]
        report = Report(
            f"{name} sprak {i}. " + " ".join(f"„{s}.”" for s in said),
            published=(BEGIN + timedelta(hours=i)).isoformat(),
        )
        key = report.actor(rng.choice((name, name.split()[1])), mentions=[name.split()[1]])
        for one in said:
            report.says(key, one)
        report.event(f"sprak {i}", when=moment((BEGIN + timedelta(hours=i)).isoformat()), label="overleg")
        found.append(report.filed())
    return found


@pytest.mark.parametrize(
    ("module", "name"),
    [(utterances, "likeness"), (timeline, "same_event"), (wording, "holds"), (accounts, "_same_time")],
)
def test_comparisons_grow_with_the_reports_not_with_their_square(
    monkeypatch: pytest.MonkeyPatch, module: object, name: str
) -> None:
    """Four times as many reports take at most about five times as many comparisons, where all pairs would take 16."""
    counts = []
    for size in (100, 400):
        with monkeypatch.context() as patch:
            counting = Counting(patch, module, name)
            join(archive(size))
            counts.append(counting.calls)
    assert counts[1] <= 5 * max(counts[0], 100)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=20))
def test_disjoint_sets(pairs: list[tuple[int, int]]) -> None:
    """The sets are those of the relation's closure; every item is in exactly one."""
    sets = DisjointSets(range(10))
    for a, b in pairs:
        assert sets.union(a, b) == sets.find(a) == sets.find(b)
    groups = sets.groups()
    assert Counter(i for g in groups for i in g) == Counter(range(10))
    home = {i: n for n, g in enumerate(groups) for i in g}
    assert all(home[a] == home[b] for a, b in pairs)
    assert len(groups) >= 10 - len(set(pairs))


def test_the_modules_stay_pure() -> None:
    """No module of the package opens files, talks to a network or asks the time."""
    for name in ("assemble", "copies", "visible", "people", "utterances", "timeline", "differences"):
        module = importlib.import_module(f"treves.reading.joining.{name}")
        assert not {"io", "os", "pathlib", "socket", "urllib", "open"} & set(vars(module))
