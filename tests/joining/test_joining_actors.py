"""Joining actors: full names, surnames, initials, offices, parties, bodies, unnamed sources."""

from collections.abc import Sequence
from datetime import date

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from joining_builder import Report

from treves.model.actors import ActorKind, Gender, Role, Roster, RosterEntry
from treves.model.view import JoinedActor, View
from treves.reading.joining import join
from treves.reading.joining.evidence import traits_of
from treves.reading.joining.finish import MENTIONS


def report(text: str, day: int = 4) -> Report:
    """A report of a day in March."""
    return Report(text, published=f"2031-03-{day:02}T20:00+01:00")


def view_of(*reports: Report, roster: Roster | None = None) -> View:
    """The view of these reports."""
    return join([r.filed() for r in reports], roster=roster)


def ids(view: View) -> list[str]:
    """Ids of the actors, in order."""
    return [a.id for a in view.actors]


def actor(view: View, key: str) -> JoinedActor:
    """The actor with this id."""
    return next(a for a in view.actors if a.id == key)


def named(name: str, *, day: int = 4, **fields: object) -> Report:
    """A report that names one person."""
    one = report(f"Bericht van dag {day}: {name} sprak kort.", day)
    one.actor(name, **fields)  # type: ignore[arg-type]
    return one


class TestNames:
    """Persons who are named."""

    def test_equal_full_names_are_one_person(self) -> None:
        """Accents, capitals and hyphens make no difference."""
        view = view_of(named("Özlem Şimşek-Bos", day=1), named("Ozlem Simsek Bos", day=2))
        assert ids(view) == ["ozlem-simsek-bos"]
        assert view.actors[0].name == "Özlem Şimşek-Bos"
        assert [p.document for p in view.actors[0].mentions] == [d.id for d in view.documents]

    def test_a_surname_joins_the_only_person_of_that_name(self) -> None:
        """Also when the surname appears in an earlier report, and with its particle in capitals."""
        view = view_of(named("Van der Zee", day=1), named("Karin van der Zee", day=2))
        assert ids(view) == ["karin-van-der-zee"]
        assert view.actors[0].aliases == ("Van der Zee",)

    def test_half_a_double_surname_is_enough(self) -> None:
        """Kaya is Aïsha Kaya-Smit."""
        assert ids(view_of(named("Kaya", day=2), named("Aïsha Kaya-Smit", day=1))) == ["aisha-kaya-smit"]

    def test_initials_join_the_first_name_they_fit(self) -> None:
        """K. van der Zee is Karin; P. van der Zee is not."""
        view = view_of(named("Karin van der Zee"), named("K. van der Zee", day=5), named("P. van der Zee", day=6))
        assert ids(view) == ["karin-van-der-zee", "p-van-der-zee"]

    def test_initials_tell_two_persons_apart(self) -> None:
        """The initial decides between two persons of one surname."""
        view = view_of(named("Karin Bruin"), named("Piet Bruin", day=5), named("P. Bruin", day=6))
        assert len(actor(view, "piet-bruin").local) == 2

    def test_an_ambiguous_surname_stays_by_itself_with_its_doubts(self) -> None:
        """Nothing tells which Bruin is meant: neither gets the mention."""
        view = view_of(named("Karin Bruin", day=1), named("Piet Bruin", day=2), named("Bruin", day=3))
        assert ids(view) == ["karin-bruin", "piet-bruin", "bruin"]
        assert actor(view, "bruin").doubts == ("karin-bruin", "piet-bruin")

    @pytest.mark.parametrize(
        ("known", "told"),
        [
            ({"party": "Waterpartij"}, {"party": "Waterpartij"}),
            ({"roles": [("wethouder", "Haven")]}, {"roles": [("wethouder", "Haven")]}),
            ({"roles": [("wethouder", None)]}, {"roles": [("Wethouder", None)]}),
        ],
    )
    def test_party_or_office_settles_an_ambiguous_surname(
        self, known: dict[str, object], told: dict[str, object]
    ) -> None:
        """The Bruin of the same party, or in the same office, is meant."""
        view = view_of(named("Karin Bruin", day=1), named("Piet Bruin", day=2, **known), named("Bruin", day=3, **told))
        assert ids(view) == ["karin-bruin", "piet-bruin"]
        assert len(actor(view, "piet-bruin").local) == 2

    def test_another_party_is_another_person(self) -> None:
        """A Bruin of the Landpartij is not Karin Bruin of the Waterpartij."""
        view = view_of(named("Karin Bruin", party="Waterpartij"), named("Bruin", day=5, party="Landpartij"))
        assert ids(view) == ["karin-bruin", "bruin"]
        assert actor(view, "bruin").doubts == ()

    def test_another_gender_is_another_person_unless_party_says_otherwise(self) -> None:
        """A pronoun is more easily misread than a party."""
        apart = view_of(named("Karin Bruin", gender="f"), named("Bruin", day=5, gender="m"))
        assert ids(apart) == ["karin-bruin", "bruin"]
        same = view_of(
            named("Karin Bruin", gender="f", party="WP"),
            named("Karin Bruin", gender="f", day=6),
            named("Bruin", day=5, gender="m", party="WP"),
        )
        assert ids(same) == ["karin-bruin"]
        assert same.actors[0].gender is Gender.FEMALE

    def test_an_officer_without_party_is_not_taken_for_a_politician(self) -> None:
        """Director Bruin and the party leader Bruin have nothing in common but a surname."""
        view = view_of(
            named("Karin Bruin", party="Waterpartij", roles=[("fractieleider", None)]),
            named("Bruin", day=5, roles=[("directeur", "Havenbedrijf")]),
        )
        assert ids(view) == ["karin-bruin", "bruin"]
        assert actor(view, "bruin").doubts == ("karin-bruin",)

    def test_an_office_without_an_organisation_is_no_obstacle(self) -> None:
        """A fellow party member Bruin, whose party the report leaves unsaid, is Karin Bruin."""
        view = view_of(
            named("Karin Bruin", party="Waterpartij", roles=[("fractieleider", None)]),
            named("Bruin", day=5, roles=[("partijgenoot", None)]),
        )
        assert ids(view) == ["karin-bruin"]

    def test_surnames_that_are_nowhere_told_in_full(self) -> None:
        """They are one actor where party or office links them, and apart where these differ."""
        view = view_of(
            named("Bruin", day=1, party="WP", roles=[("fractieleider", None)]),
            named("Bruin", day=2, roles=[("fractieleider", None)]),
            named("Bruin", day=3, party="LP"),
            named("Bruin", day=4),
        )
        assert ids(view) == ["bruin", "bruin-2", "bruin-3"]
        assert [len(a.local) for a in view.actors] == [2, 1, 1]
        assert actor(view, "bruin-3").doubts == ("bruin", "bruin-2")

    def test_a_surname_without_any_witness_is_one_actor(self) -> None:
        """Two reports that name a Bruin and nothing more name one Bruin."""
        assert ids(view_of(named("Bruin", day=1), named("Bruin", day=2))) == ["bruin"]


class TestSpelling:
    """Slips of spelling in names."""

    def test_one_letter_in_a_long_surname(self) -> None:
        """The spelling that most reports use leads."""
        view = view_of(
            named("Femke Plantenga", day=1), named("Femke Plantinga", day=2), named("Femke Plantinga", day=3)
        )
        assert ids(view) == ["femke-plantinga"]
        assert view.actors[0].aliases == ("Femke Plantenga",)

    def test_one_letter_in_a_short_surname_is_another_name(self) -> None:
        """Bos and Bes, Jansen and Hansen of another first name, are different people."""
        assert len(ids(view_of(named("Jan Bos"), named("Jan Bes", day=5)))) == 2
        assert len(ids(view_of(named("Femke Plantinga"), named("Joris Plantenga", day=5)))) == 2

    def test_conflicting_parties_keep_near_spellings_apart(self) -> None:
        """Two people of two parties may well have names that are alike."""
        view = view_of(named("Femke Plantinga", party="WP"), named("Femke Plantenga", day=5, party="LP"))
        assert len(view.actors) == 2

    def test_first_names_are_joined_only_with_a_witness(self) -> None:
        """Erik and Eric, Jan and Jan Peter are one person if party or office says so."""
        for first, second in (("Erik Meer", "Eric Meer"), ("Jan Meer", "Jan Peter Meer")):
            assert len(view_of(named(first), named(second, day=5)).actors) == 2
            assert len(view_of(named(first, party="WP"), named(second, day=5, party="WP")).actors) == 1

    def test_a_misspelt_surname_alone_needs_a_witness(self) -> None:
        """Plantenga in the office of Femke Plantinga is she; just a Plantenga is not."""
        known = named("Femke Plantinga", roles=[("gedeputeerde", None)])
        assert len(view_of(known, named("Plantenga", day=5, roles=[("gedeputeerde", None)])).actors) == 1
        assert len(view_of(known, named("Plantenga", day=5)).actors) == 2


class TestOffices:
    """Persons who are named by their office alone."""

    def unnamed(self, words: str, day: int, *, before: str = "", **fields: object) -> Report:
        """A report that names somebody by office, with a determiner before it."""
        one = report(f"Volgens {before}{words} komt het goed op dag {day}.", day)
        one.actor(words, kind=ActorKind.UNNAMED, mentions=[before + words], **fields)  # type: ignore[arg-type]
        return one

    def test_the_only_holder_is_meant(self) -> None:
        """The bemiddelaar of the next day is the bemiddelaar of the day before."""
        view = view_of(
            named("Agnes Wiersema", day=3, roles=[("bemiddelaar", None)]), self.unnamed("bemiddelaar", 4, before="de ")
        )
        assert ids(view) == ["agnes-wiersema"]
        assert view.actors[0].kind is ActorKind.PERSON
        assert view.actors[0].aliases == ("bemiddelaar", "de bemiddelaar")

    @pytest.mark.parametrize("before", ["een ", "haar ", "onze "])
    def test_an_indefinite_or_possessed_office_is_nobody_known(self, before: str) -> None:
        """One of several, or somebody's own, may be anybody."""
        view = view_of(
            named("Agnes Wiersema", day=3, roles=[("wethouder", None)]), self.unnamed("wethouder", 4, before=before)
        )
        assert len(view.actors) == 2

    def test_two_holders_leave_it_open(self) -> None:
        """The actor stays in its report, and says with whom it may be confused."""
        view = view_of(
            named("Agnes Wiersema", day=2, roles=[("wethouder", "Haven")]),
            named("Joris Plantinga", day=3, roles=[("wethouder", "Wonen")]),
            self.unnamed("wethouder", 4, before="de "),
        )
        assert view.actors[2].doubts == ("agnes-wiersema", "joris-plantinga")
        assert view.actors[2].id.startswith("wethouder-")

    def test_the_portfolio_decides(self) -> None:
        """The wethouder van Wonen is the one of housing."""
        view = view_of(
            named("Agnes Wiersema", day=2, roles=[("wethouder", "Haven")]),
            named("Joris Plantinga", day=3, roles=[("wethouder", "Wonen")]),
            self.unnamed("wethouder van Wonen", 4, before="de "),
        )
        assert len(actor(view, "joris-plantinga").local) == 2

    def test_a_mention_may_be_the_core_of_the_name(self) -> None:
        """Of "de wethouder van Wonen" only "de wethouder" may be marked."""
        one = report("Gisteren zei de wethouder van Wonen ja.", 4)
        one.actor("wethouder van Wonen", kind=ActorKind.UNNAMED, mentions=["de wethouder"])
        assert ids(view_of(named("Joris Plantinga", day=3, roles=[("wethouder", "Wonen")]), one)) == ["joris-plantinga"]

    def test_an_office_of_long_ago_is_not_meant(self) -> None:
        """Who held the office a year before may have left it."""
        old = Report("Agnes Wiersema nam afscheid.", published="2030-01-04")
        old.actor("Agnes Wiersema", roles=[("wethouder", None)])
        assert len(view_of(old, self.unnamed("wethouder", 4, before="de ")).actors) == 2

    def test_a_person_named_by_office_with_another_portfolio(self) -> None:
        """A person-kind actor without a name is held to its organisation and gender."""
        known = named("Agnes Wiersema", day=2, gender="f", roles=[("wethouder", "Haven")])
        other = report("De wethouder van Wonen zweeg.")
        other.actor("de wethouder van Wonen", roles=[("wethouder", "Wonen")], mentions=["De wethouder van Wonen"])
        male = report("De wethouder zweeg. Hij liep door.", 5)
        male.actor("de wethouder", roles=[("wethouder", None)], gender="m", mentions=["De wethouder"])
        assert len(view_of(known, other, male).actors) == 3

    def test_the_roster_knows_who_held_it_on_the_day(self) -> None:
        """A person of the roster whom no report names is found by a dated office."""
        roles = (Role("bemiddelaar", start=date(2031, 3, 1), end=date(2031, 3, 5)),)
        roster = Roster((RosterEntry("Agnes Wiersema", roles=roles), RosterEntry("Niemand Anders")))
        view = view_of(
            self.unnamed("bemiddelaar", 4, before="de "), self.unnamed("bemiddelaar", 5, before="de "), roster=roster
        )
        assert [a.id.partition("-")[0] for a in view.actors] == ["agnes", "bemiddelaar"]
        assert view.actors[0].roles[0].passages == ()

    def test_an_alias_of_the_roster_may_be_an_office(self) -> None:
        """A full office is an alias like any other."""
        roster = Roster((RosterEntry("Tom Hollander", aliases=("wethouder van Financiën",)),))
        view = view_of(self.unnamed("wethouder van Financiën", 4, before="de "), roster=roster)
        assert ids(view) == ["tom-hollander"]

    def test_unnamed_sources_belong_to_their_report(self) -> None:
        """Insiders of two reports are two actors; within a report the same words are one."""
        one, two = report("Ingewijden zeggen ja. Dat menen ingewijden."), report("Ingewijden zeggen nee.", 5)
        one.actor("ingewijden", kind=ActorKind.UNNAMED, mentions=["Ingewijden"])
        one.actor("ingewijden", kind=ActorKind.UNNAMED, mentions=["ingewijden"])
        two.actor("ingewijden", kind=ActorKind.UNNAMED, mentions=["Ingewijden"])
        view = view_of(one, two)
        assert ids(view) == [f"ingewijden-{one.id[:6]}", f"ingewijden-{two.id[:6]}"]
        assert [len(a.local) for a in view.actors] == [2, 1]


class TestGroups:
    """Parties, bodies and outlets."""

    def test_an_abbreviation_joins_the_party_that_is_called_so(self) -> None:
        """One report gives both names, another only the short one; persons' parties follow."""
        one = report("De Waterpartij Oeverland (WPO) wil een pont. Els Bruin lachte.")
        one.actor("Waterpartij Oeverland", kind=ActorKind.PARTY, mentions=["Waterpartij Oeverland", "WPO"])
        one.actor("Els Bruin", party="Waterpartij Oeverland")
        two = report("WPO wil een pont. Bruin lachte.", 5)
        two.actor("WPO", kind=ActorKind.PARTY)
        two.actor("Bruin", party="WPO")
        view = view_of(one, two)
        assert ids(view) == ["waterpartij-oeverland", "els-bruin"]
        assert actor(view, "els-bruin").party == "Waterpartij Oeverland"

    def test_a_short_name_of_two_parties_joins_neither(self) -> None:
        """Groen may be either of two."""
        texts = ("Groen Noord, kortweg Groen, wil een pont.", "Groen Zuid, kortweg Groen, wil een pont.", "Groen wil.")
        reports = [report(t, i + 1) for i, t in enumerate(texts)]
        for one, name in zip(reports, ("Groen Noord", "Groen Zuid"), strict=False):
            one.actor(name, kind=ActorKind.PARTY, mentions=[name, "kortweg Groen"])
        reports[0].actors[0] = attrs.evolve(reports[0].actors[0], mentions=(reports[0].span("Groen", 1),))
        reports[1].actors[0] = attrs.evolve(reports[1].actors[0], mentions=(reports[1].span("Groen", 1),))
        reports[2].actor("Groen", kind=ActorKind.PARTY)
        assert ids(view_of(*reports)) == ["groen-noord", "groen-zuid", "groen"]

    def test_names_that_one_report_tells_apart_stay_apart(self) -> None:
        """A report with both Groen and Groen Noord as actors knows better."""
        one = report("Groen Noord, kortweg Groen, wil een pont.", 1)
        one.actor("Groen Noord", kind=ActorKind.PARTY)
        one.actors[0] = attrs.evolve(one.actors[0], mentions=(one.span("Groen", 1),))
        two = report("Groen Noord botst met Groen.", 2)
        two.actor("Groen Noord", kind=ActorKind.PARTY)
        two.actor("Groen", kind=ActorKind.PARTY)
        assert len(view_of(one, two).actors) == 2

    def test_the_article_of_a_body_makes_no_difference(self) -> None:
        """With or without it, it is one body."""
        one, two = report("Het kabinet zweeg."), report("Gisteren koos kabinet en partij.", 5)
        one.actor("het kabinet", kind=ActorKind.BODY, mentions=["Het kabinet"])
        two.actor("kabinet", kind=ActorKind.BODY)
        assert len(view_of(one, two).actors) == 1

    def test_kinds_are_never_mixed(self) -> None:
        """A body with the name of a party is another actor, under an id of its own."""
        one = report("Waterpartij hier, Waterpartij daar.")
        one.actor("Waterpartij", kind=ActorKind.PARTY)
        one.actor("Waterpartij", kind=ActorKind.BODY)
        one.actor("Waterpartij", kind=ActorKind.OUTLET)
        view = view_of(one)
        assert ids(view) == ["waterpartij", "waterpartij-2", "waterpartij-3"]
        assert len({a.kind for a in view.actors}) == 3


class TestTraits:
    """What a joined actor shows."""

    def test_the_party_of_most_reports_with_the_others_in_the_roles(self) -> None:
        """One report that gives another party does not move a person, and is not hidden."""
        reports = [named("Els Bruin", day=d, party="WP") for d in (1, 2)]
        odd = report("Els Bruin van de LP.", 3)
        odd.actor("Els Bruin")
        odd.actors[0] = attrs.evolve(odd.actors[0], roles=(Role("lid", party="LP", span=odd.span("LP")),))
        view = view_of(*reports, odd)
        assert view.actors[0].party == "WP"
        assert [(r.party, [p.exact for p in r.passages]) for r in view.actors[0].roles] == [("LP", ["LP"])]

    def test_roles_most_often_said_come_first(self) -> None:
        """The same office in two reports precedes one that a single report gives."""
        view = view_of(
            named("Els Bruin", day=1, roles=[("voorzitter", None)]),
            named("Els Bruin", day=2, roles=[("wethouder", "Haven")]),
            named("Els Bruin", day=3, roles=[("Wethouder", "haven")]),
        )
        assert [r.office for r in view.actors[0].roles] == ["wethouder", "voorzitter"]

    def test_the_roster_gives_the_name_gender_and_party(self) -> None:
        """A surname that is an alias of one entry joins that entry."""
        entry = RosterEntry("Els de Bruin", ("Bruin",), Gender.FEMALE, (Role("raadslid", party="WP"),))
        view = view_of(named("Bruin"), roster=Roster((entry,)))
        assert (view.actors[0].name, view.actors[0].gender, view.actors[0].party) == ("Els de Bruin", "f", "WP")

    def test_an_alias_of_two_entries_is_no_alias(self) -> None:
        """A surname of two persons of the roster joins neither, though no report names them."""
        roster = Roster((RosterEntry("Els Bruin", ("Bruin",)), RosterEntry("Piet Bruin", ("Bruin",))))
        view = view_of(named("Bruin"), roster=roster)
        assert ids(view) == ["bruin"]
        assert view.actors[0].doubts == ()

    def test_mentions_are_capped_but_all_reports_are_kept(self) -> None:
        """Of sixty reports fifty passages are shown, and sixty joined."""
        view = view_of(*(report(f"Els Bruin, bericht {i}.", 1 + i % 28) for i in range(60)))
        assert view.actors == ()
        reports = [report(f"Els Bruin, bericht {i}.", 1 + i % 28) for i in range(60)]
        for one in reports:
            one.actor("Els Bruin")
        only = view_of(*reports).actors[0]
        assert (len(only.mentions), len(only.local)) == (MENTIONS, 60)

    def test_traits_of_a_roster_entry(self) -> None:
        """Parties of roles count, offices are folded."""
        entry = RosterEntry("Els Bruin", roles=(Role("Wethouder", "Haven", "WP"),))
        traits = traits_of(entry, str.lower)
        assert traits.parties == {"wp"}
        assert traits.portfolios == {("wethouder", "haven")}


NAMES = st.sampled_from(["Els Bruin", "Piet Bruin", "Bruin", "E. Bruin", "de wethouder", "Waterpartij", "Kaya", "WP"])


@given(
    listed=st.lists(
        st.tuples(
            NAMES,
            st.sampled_from(list(ActorKind)),
            st.sampled_from([None, "WP", "Waterpartij", "LP"]),
            st.sampled_from([(), (("wethouder", "Haven"),), (("leider", None),)]),
            st.integers(1, 9),
        ),
        max_size=12,
    ),
    seed=st.randoms(use_true_random=False),
)
def test_joining_keeps_kinds_and_loses_nobody(
    listed: list[tuple[str, ActorKind, str, object, int]], seed: object
) -> None:
    """Every report's actor ends in exactly one joined actor, of its own kind unless it was named by office alone."""
    reports = []
    for i, (name, kind, party, roles, day) in enumerate(listed):
        one = report(f"Nummer {i} noemt {name} op dag {day}.", day)
        one.actor(name, kind=kind, party=party, roles=roles)  # type: ignore[arg-type]
        reports.append(one)
    view = view_of(*reports)
    joined = [pair for a in view.actors for pair in a.local]
    assert sorted(joined) == sorted((r.id, 0) for r in reports)
    kinds = {(r.id, 0): r.actors[0].kind for r in reports}
    for one_actor in view.actors:
        found = {kinds[pair] for pair in one_actor.local}
        assert found == {one_actor.kind} or found == {ActorKind.PERSON, ActorKind.UNNAMED}
    assert len(set(ids(view))) == len(view.actors)
    shuffled = list(reports)
    seed.shuffle(shuffled)  # type: ignore[attr-defined]
    assert view_of(*shuffled).actors == view.actors


class TestRoles:
    """A role is shown once."""

    def told(self, *roles: Role, party: str | None = None) -> list[tuple[str, str | None, str | None]]:
        """The roles of a person of whom reports tell these, one report each."""
        reports = []
        for number, role in enumerate(roles):
            one = report(f"Els Bruin van de WP, bericht {number}.", 1 + number)
            one.actor("Els Bruin", party=party)
            one.actors[0] = attrs.evolve(one.actors[0], roles=(role,))
            one.actor("Water Partij", kind=ActorKind.PARTY, mentions=["WP"])
            reports.append(one)
        (actor,) = [a for a in view_of(*reports).actors if a.kind is ActorKind.PERSON]
        return [(r.office, r.organisation, r.party) for r in actor.roles]

    def test_with_and_without_its_party(self) -> None:
        """An office told with a party and without is one, unless two parties are told."""
        plain, water, other = Role("premier"), Role("premier", party="WP"), Role("premier", party="LP")
        assert self.told(plain, water, party="WP") == [("premier", None, "WP")]
        assert len(self.told(plain, water, other)) == 3

    def test_an_organisation_that_is_the_party(self) -> None:
        """A deputy "of the party" holds the office that is told with the party, by any of its names."""
        roles = (Role("vicepremier", "de Water Partij"), Role("vicepremier", party="Water Partij"))
        assert self.told(*roles, party="Water Partij") == [("vicepremier", None, "Water Partij")]
        assert self.told(Role("leider", "WP"), party="Water Partij") == [("leider", None, "Water Partij")]

    def test_a_relation_is_no_office(self) -> None:
        """A "partijgenoot" says what somebody is to somebody else."""
        assert self.told(Role("partijgenoot"), Role("minister", "Haven")) == [("minister", "Haven", None)]


class TestShortParties:
    """A party that is named without its place."""

    def parties(self, *names: str) -> list[str]:
        """The parties of reports that each name one."""
        reports = []
        for number, name in enumerate(names):
            one = report(f"De partij {name} stemt, bericht {number}.", 1 + number)
            one.actor(name, kind=ActorKind.PARTY)
            reports.append(one)
        return sorted(a.name for a in view_of(*reports).actors)

    def test_it_is_the_longer_name(self) -> None:
        """Plain "Groen" is "Groen Zeestad" where "Sociaal Zeestad" shows that Zeestad is a place."""
        names = ("Groen Zeestad", "Groen", "Groen Zeestad", "Sociaal Zeestad")
        assert self.parties(*names) == ["Groen Zeestad", "Sociaal Zeestad"]

    @pytest.mark.parametrize(
        "names",
        [
            ("Groen Zeestad", "Groen", "Groen Zeestad"),
            ("Groen Zeestad", "Groen", "Groen", "Sociaal Zeestad"),
            ("Groen Zeestad", "Groen Zeestad", "Groen", "Groen Duindorp", "Sociaal Zeestad"),
            ("Groen Links", "Groen Links", "Groen", "Links", "Sociaal Links"),
        ],
    )
    def test_a_doubt_keeps_them_apart(self, names: Sequence[str]) -> None:
        """No place, the short name in greater use, two longer names, or a party by the rest of the name."""
        assert "Groen" in self.parties(*names)
