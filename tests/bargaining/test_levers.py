"""What would change the outlook: sensitivity, what-ifs and levers, in numbers and in words."""

import tomllib
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_tables import tables
from tables import table, unordered

import treves
from treves.bargaining.audit import outlook_bytes, rerun
from treves.bargaining.bands import band, difference
from treves.bargaining.draws import inputs_of
from treves.bargaining.edits import EditNotUnderstood, NoSuchCell, ValueOutOfRange, edited, parse
from treves.bargaining.levers import levers, trials
from treves.bargaining.outlook import outlook
from treves.bargaining.outlook_words import blocker_sentence, change_sentence
from treves.bargaining.sensitivity import sensitivities
from treves.bargaining.whatif import whatif
from treves.errors import TrevesError
from treves.model.outlook import Band, Blocker, Change, Comparison, Method
from treves.model.table import (
    Budget,
    Conduct,
    Constraint,
    Effect,
    Estimate,
    Indicator,
    Issue,
    Position,
    RedLine,
    Scale,
    Table,
    TableDeadline,
    Term,
    Valuation,
)

QUICK = Method(inner=10, block=64)
CALM = Conduct(Estimate(1.0), Estimate(0.3), Estimate(0.0), Estimate(0.0))


def stuck() -> Table:
    """Three parties; one firm line of `right` keeps them from what all could live with."""
    made = table(
        {"limit": (0, 40, 100), "brake": (0, 100)},
        {
            "left": {"limit": (0, 1), "brake": (0, 1)},
            "middle": {"limit": (40, 1), "brake": (0, 1)},
            "right": {"limit": (100, 1), "brake": (100, 1)},
        },
    )
    lines = (
        RedLine("right", (Term("limit", low=20, high=60),), Estimate(0.9, 0.8, 1.0), label="no half measures"),
        RedLine("left", (Term("limit", low=60),), Estimate(0.9, 0.8, 1.0)),
        RedLine("right", (Term("limit", high=10),), Estimate(1.0)),
    )
    parties = tuple(
        attrs.evolve(p, conduct=CALM, reservation=r, name=p.key.title(), name_nl=name)
        for p, r, name in zip(
            made.parties, (Estimate(0.2), None, Estimate(0.1)), ("Links", "Midden", "Rechts"), strict=True
        )
    )
    issues = tuple(attrs.evolve(i, label=i.key.title(), label_nl=f"{i.key}-nl") for i in made.issues)
    return attrs.evolve(
        made, issues=issues, parties=parties, red_lines=lines, deadline=TableDeadline(rounds=4, firmness=Estimate(1.0))
    )


def rich() -> Table:
    """A table with a cell of every kind."""
    made = stuck()
    homes = Issue("homes", scale=Scale.RANGE, low=100, high=200, unit="homes", steps=3)
    return attrs.evolve(
        made,
        issues=(*made.issues, unordered("who", "state", "towns"), homes),
        positions=(
            *made.positions,
            Position("left", "who", values=(("state", 1.0), ("towns", 0.2))),
            Position("right", "who", values=(("state", 0.1), ("towns", 0.9))),
            Position("left", "homes", Estimate(180, 170, 190)),
        ),
        indicators=(Indicator("people", 10.0),),
        effects=(Effect("people", (Term("limit", low=40),), Estimate(-5.0, -8.0, -2.0)),),
        valuations=(Valuation("middle", "people", 0, 10),),
        budgets=(Budget("money", 10.0),),
        constraints=(Constraint("odd", (Term("brake", low=50),), (Term("limit", low=10),)),),
    )


def cell(known: Table, name: str) -> Estimate:
    """The drawn input with this name."""
    return next(one.estimate for one in inputs_of(known) if one.name == name)


@pytest.mark.parametrize(
    ("edit", "name", "wanted"),
    [
        ("party.left.reservation=0.3", "party.left.reservation", Estimate(0.3)),
        (" party.left.reservation = .3 ", "party.left.reservation", Estimate(0.3)),
        ("party.left.reservation+=0.9", "party.left.reservation", Estimate(1.0)),
        ("party.left.reversion=0.1 [0.05, 0.2]", "party.left.reversion", Estimate(0.1, 0.05, 0.2)),
        ("party.left.concession=2", "party.left.concession", Estimate(2)),
        ("party.left.give_way=1", "party.left.give_way", Estimate(1)),
        ("party.left.bluff=0", "party.left.bluff", Estimate(0)),
        ("party.left.walk_out=1e-3", "party.left.walk_out", Estimate(0.001)),
        ("position.left.limit=100", "position.left.limit", Estimate(100)),
        ("position.left.limit=c", "position.left.limit", Estimate(100)),
        ("position.left.homes-=5", "position.left.homes", Estimate(175, 165, 185)),
        ("position.left.limit.salience=3", "position.left.limit.salience", Estimate(3)),
        ("redline.left.limit.firmness=0.2", "redline.left.limit.firmness", Estimate(0.2)),
        ("redline.right.limit.2.firmness=0.2", "redline.right.limit.2.firmness", Estimate(0.2)),
        ("redline.right.limit.firmness-=0.5", "redline.right.limit.firmness", Estimate(0.4, 0.3, 0.5)),
        ("valuation.middle.people.salience=2", "valuation.middle.people.salience", Estimate(2)),
        ("effect.1=-7", "effect.1", Estimate(-7)),
        ("deadline.firmness=0.5", "deadline.firmness", Estimate(0.5)),
    ],
)
def test_cells_that_are_drawn(edit: str, name: str, wanted: Estimate) -> None:
    """An edit changes its cell, as named in draws and results, and no other."""
    before, after = rich(), edited(rich(), [edit]).table
    found = cell(after, name)
    assert [found.value, *found.interval] == pytest.approx([wanted.value, *wanted.interval])
    others = [one for one in inputs_of(after) if one.name != name]
    assert others == [one for one in inputs_of(before) if one.name != name]


def test_cells_that_are_not_drawn() -> None:
    """Seats, values of options, limits, quota, rounds, and what can be left out."""
    edits = (
        "party.left.seats=7",
        "position.right.who.value.state=0.4",
        "budget.money.limit-=4",
        "rule.quota=3",
        "deadline.rounds=7",
        "constraint.odd=off",
        "redline.right.limit=off",
    )
    after = edited(rich(), edits).table
    position = after.position("right", "who")
    assert after.party("left").seats == 7
    assert position is not None
    assert dict(position.values) == {"state": 0.4, "towns": 0.9}
    assert after.budgets[0].limit == 6
    assert (after.rule.quota, after.deadline.rounds, after.constraints) == (3, 7, ())
    assert [line.party for line in after.red_lines] == ["left", "right"]
    assert after.red_lines[1].refuses == (Term("limit", high=10),)


def test_keys_may_hold_dots() -> None:
    """The longest key that fits is taken."""
    made = table({"a.b": (0, 100), "a": (0, 100)}, {"p.q": {"a.b": (0, 1), "a": (0, 1)}, "p": {"a": (0, 1)}})
    after = edited(made, ["position.p.q.a.b=100", "position.p.a=50"]).table
    assert [p.point and p.point.value for p in after.positions] == [100, 0, 50]


def test_a_reservation_that_the_table_leaves_open() -> None:
    """Set, it is a number; moved, it stays below the value of no agreement."""
    assert edited(stuck(), ["party.middle.reservation=0.3"]).table.party("middle").reservation == Estimate(0.3)
    found = edited(stuck(), ["party.middle.reservation-=0.1", "party.middle.reservation-=0.2"])
    assert found.table == stuck()
    assert dict(found.relief) == pytest.approx({"middle": 0.3})


@pytest.mark.parametrize(
    ("edit", "error", "told"),
    [
        ("", EditNotUnderstood, "T630"),
        ("party.left.reservation", EditNotUnderstood, "path=value"),
        ("=3", EditNotUnderstood, "path=value"),
        ("person.left=3", NoSuchCell, "'person'"),
        ("party.lefft.reservation=0.3", NoSuchCell, "There is: left"),
        ("party.left.reservations=0.3", NoSuchCell, "reservation"),
        ("party.left=0.3", NoSuchCell, "T631"),
        ("position.left.limits=3", NoSuchCell, "limit"),
        ("position.left.limit.weight=3", NoSuchCell, "salience"),
        ("position.left.who=3", NoSuchCell, "value.state"),
        ("position.left.who.value.nobody=1", NoSuchCell, "state, towns"),
        ("redline.middle.limit=off", NoSuchCell, "left.limit"),
        ("redline.left.limit=on", NoSuchCell, "firmness"),
        ("redline.left.limit.3.firmness=1", NoSuchCell, "firmness"),
        ("effect.2=1", NoSuchCell, "There is: 1"),
        ("valuation.left.people.salience=1", NoSuchCell, "There is: -"),
        ("valuation.middle.people.best=1", NoSuchCell, "salience"),
        ("budget.money=1", NoSuchCell, "limit"),
        ("constraint.odd=1", NoSuchCell, "off"),
        ("rule.veto=left", NoSuchCell, "quota"),
        ("deadline.when=1", NoSuchCell, "rounds"),
        ("party.left.reservation=1.5", ValueOutOfRange, "from 0 to 1"),
        ("party.left.reservation=much", ValueOutOfRange, "T632"),
        ("party.left.reservation=0,3", ValueOutOfRange, "0,3"),
        ("party.left.reservation=nan", ValueOutOfRange, "nan"),
        ("party.left.reservation=0.3 [0.4, 0.5]", ValueOutOfRange, "interval"),
        ("party.left.reservation=0.3 [x, 0.5]", ValueOutOfRange, "interval"),
        ("party.left.reversion+=0.1", ValueOutOfRange, "T632"),
        ("position.left.limit=101", ValueOutOfRange, "from 0 to 100"),
        ("position.left.limit=d", ValueOutOfRange, "from 0 to 100"),
        ("position.left.limit.salience=-1", ValueOutOfRange, "from 0 to inf"),
        ("effect.1=inf", ValueOutOfRange, "T632"),
        ("deadline.rounds=2.5", ValueOutOfRange, "T632"),
        ("deadline.rounds=0", ValueOutOfRange, "T632"),
    ],
)
def test_edits_that_do_not_fit(edit: str, error: type[TrevesError], told: str) -> None:
    """Each is told with the edit and what would do."""
    with pytest.raises(error) as caught:
        edited(rich(), [edit])
    assert told in str(caught.value)


@given(st.text(max_size=30) | st.from_regex(r"(party|position|redline|rule)\.[a-z.0-9]{0,12}[+-]?=.{0,8}"))
def test_no_edit_crashes(text: str) -> None:
    """Whatever is typed, it is done or refused."""
    try:
        edited(rich(), [text])
    except (EditNotUnderstood, NoSuchCell, ValueOutOfRange):
        return
    assert "=" in parse(text).text


def compare(known: Table, *edits: str, **kwargs: Any) -> Comparison:
    """A what-if on few draws."""
    return whatif(known, edits, **{"draws": 60, "method": QUICK, **kwargs})


def test_a_what_if_without_effect_shows_none() -> None:
    """The same value again, or seats under unanimity, change nothing at all."""
    for edit in ("position.left.brake=0", "party.left.seats=3", "party.left.reservation=0.2"):
        found = compare(stuck(), edit)
        for gap in (found.agreement, found.collapse, found.still_open, found.passable):
            assert gap == Band(0, 0, 0, 0, 0, 0)


def test_a_what_if_tells_the_difference() -> None:
    """Means of the difference are differences of the means; both outlooks can be made again."""
    found = compare(stuck(), "redline.right.limit=off")
    assert found.agreement.mean == pytest.approx(found.after.agreement.mean - found.before.agreement.mean, abs=1e-9)
    assert found.agreement.mean > 0.3
    assert found.passable.mean > 0
    assert outlook_bytes(found.before) == outlook_bytes(outlook(stuck(), draws=60, method=QUICK))
    after = edited(stuck(), found.edits).table
    assert outlook_bytes(rerun(found.after.audit, after)) == outlook_bytes(found.after)
    assert [row["outcome"] for row in found.rows()] == ["agreement", "collapse", "still_open"]


def test_a_lowered_reservation_value_can_be_made_again() -> None:
    """What was taken off a value that the table leaves open stands in the record."""
    made = attrs.evolve(stuck(), parties=tuple(attrs.evolve(p, reservation=None) for p in stuck().parties))
    found = compare(made, "party.right.reservation-=0.1")
    assert found.after.audit.relief == (("right", 0.1),)
    assert outlook_bytes(rerun(found.after.audit, made)) == outlook_bytes(found.after)


def test_the_lever_is_the_line_that_blocks() -> None:
    """The line in the way comes first; every lever that is told does something, in falling order."""
    found = levers(stuck(), draws=60, method=QUICK)
    assert found[0].edit == "redline.right.limit=off"
    assert (found[0].party, found[0].kind, found[0].issue) == ("right", "give up", "limit")
    gains = [change.agreement.mean for change in found]
    assert gains == sorted(gains, reverse=True)
    assert all(change.agreement.mean > 0 or change.passable.mean > 0 for change in found)
    assert {change.kind for change in found} >= {"give up", "soften"}
    checked = compare(stuck(), found[0].edit)
    assert checked.agreement.mean == pytest.approx(gains[0], abs=1e-9)


@given(tables(most_parties=4))
def test_every_trial_is_an_edit(known: Table) -> None:
    """All that is tried can be typed as a what-if."""
    for trial in trials(known):
        assert edited(known, [trial.edit]) != edited(known, [])


def test_moves_are_to_what_others_want() -> None:
    """To the nearest option on either side that another party wants; without order, to each other's favourite."""
    found = {(t.party, t.issue, t.to, t.towards, t.edit) for t in trials(rich()) if t.kind == "move"}
    assert ("middle", "limit", 0.0, "left", "position.middle.limit=0.0") in found
    assert ("middle", "limit", 100.0, "right", "position.middle.limit=100.0") in found
    assert ("left", "limit", 40.0, "middle", "position.left.limit=40.0") in found
    assert ("left", "who", None, "right", "position.left.who.value.towns=1") in found
    assert not [one for one in found if one[:2] == ("left", "homes")]


def test_sensitivity_finds_what_matters() -> None:
    """A number that decides is told from one that does not, in all three measures."""
    random = np.random.default_rng(3)
    inputs = {"much": random.random(2_000), "little": random.random(2_000), "fixed": np.ones(2_000)}
    found = sensitivities(inputs, 0.8 * inputs["much"] + 0.2 * random.random(2_000))
    assert [one.name for one in found] == ["much", "little"]
    much, little = found
    assert much.share == pytest.approx(0.64 / 0.68, abs=0.02)
    assert much.correlation > 0.9
    assert much.swing == pytest.approx(0.64, abs=0.02)
    assert abs(little.correlation) < 2 * little.noise
    assert little.share < 0.02
    assert sensitivities({"x": np.arange(10.0)}, np.zeros(10))[0].correlation == 0


def test_sensitivity_of_an_outlook() -> None:
    """The firmness of the line in the way is among what moves the chance; nothing exact is."""
    found = outlook(stuck(), draws=300, method=QUICK).sensitivity
    assert {one.name for one in found} == {"redline.right.limit.firmness", "redline.left.limit.firmness"}
    assert all(one.swing <= 0.05 for one in found)


@given(st.lists(st.floats(0, 1), min_size=2, max_size=50), st.floats(0, 0.3))
def test_bands_enclose_one_another(values: list[float], noise: float) -> None:
    """Quantiles are in order and within the values; noise only draws them in."""
    found, plain = band(np.array(values), noise), band(np.array(values))
    assert min(values) - 1e-9 <= found.low <= found.inner_low <= found.inner_high <= found.high <= max(values) + 1e-9
    assert found.high - found.low <= plain.high - plain.low + 1e-9
    assert found.mean == pytest.approx(np.mean(values), abs=1e-9)


def test_noise_is_taken_out_of_bands() -> None:
    """Chances of .5 estimated by ten tosses spread wide, but the band hardly does."""
    tosses = np.random.default_rng(1).binomial(10, 0.5, 4_000) / 10
    raw, found = band(tosses), band(tosses, tosses * (1 - tosses) / 9)
    assert raw.high - raw.low > 0.4
    assert found.high - found.low < 0.1
    moved = difference(tosses, tosses, 10)
    assert (moved.mean, moved.low, moved.high) == (0, 0, 0)


def words(change: Change, known: Table) -> tuple[str, str]:
    """A lever in English and in Dutch."""
    catalogue = Path(treves.__file__).parent / "cli" / "words" / "errors.nl.toml"
    dutch = tomllib.loads(catalogue.read_text(encoding="utf-8"))
    return str(change_sentence(change, known)), change_sentence(change, known, dutch=True).told(dutch)


def test_levers_in_words() -> None:
    """Each kind of change has its sentence in both languages, with the names of that language."""
    gain, more = Band(0.12, 0.05, 0.2, 0.1, 0.15), Band(3, 1, 5, 2, 4)
    told: dict[str, tuple[str, str]] = {}
    for trial in trials(rich()):
        change = Change(**attrs.asdict(trial), agreement=gain, passable=more)
        english, dutch = words(change, rich())
        assert english != dutch
        assert "Links" not in english
        told.setdefault(trial.kind, (english, dutch))
    english, dutch = told["give up"]
    assert english == (
        "Right gives up its red line on Limit (no half measures): chance of an agreement +12 points (+5 to +20), "
        "packages that can pass +3."
    )
    assert dutch == (
        "Rechts geeft de rode lijn over limit-nl (no half measures) op: kans op een akkoord +12 procentpunt "
        "(+5 tot +20), haalbare pakketten +3."
    )
    assert set(told) == {"give up", "soften", "move", "lower", "weigh less"}


def test_blockers_in_words() -> None:
    """Each cause has its sentence."""
    for cause, line, start in (
        ("red line", "redline.left.limit", "Red line of Left on Limit: alone in 25 of 100"),
        ("reservation", "", "Nothing that could pass is worth enough to Left: "),
        ("mandate", "", "Mandate of Left: "),
        ("walk-out", "", "Left walks out: "),
    ):
        assert str(blocker_sentence(Blocker("left", cause, line, 0.25, 0.5), stuck())).startswith(start)
