"""Formats of other programs: what they say is understood, what they hold is not lost, what they lack is told."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from table_strategies import tables

from treves.errors import TrevesError
from treves.exchange.tables.carried import Exported, Imported
from treves.exchange.tables.deu import BadDeu, deu_table, read_deu, write_deu, write_deu_table
from treves.exchange.tables.exchange_text import read_exchange, write_exchange
from treves.exchange.tables.genius import read_genius, write_genius
from treves.exchange.tables.geniusweb import read_geniusweb, write_geniusweb
from treves.exchange.tables.negmas import read_negmas, write_negmas
from treves.exchange.tables.reader import BadTable, read_table
from treves.exchange.tables.scenario import BadScenario
from treves.exchange.tables.sheets import BadSheet
from treves.exchange.tables.spreadsheets import read_csv, read_parquet, write_positions_csv, write_positions_parquet
from treves.model.findings import Severity
from treves.model.table import Estimate, Issue, Option, Party, Position, Scale, Table
from treves.model.table_checks import problems

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
EXAMPLES = [ROOT / "examples" / "tables" / name for name in ("asylum-july-2023.yaml", "havenmonde.yaml")]
Files = Sequence[tuple[str, str]]
few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def data(name: str) -> str:
    """A file of the shared data, or none and the test is skipped."""
    path = DATA / name
    if not path.exists():
        pytest.skip(f"the data set {name} is not beside the project")
    return path.read_text(encoding="utf-8")


def texts(made: Exported) -> list[tuple[str, str]]:
    """The files of an export."""
    return [(name, str(text)) for name, text in made.files]


def values(table: Table, party: str) -> list[dict[str, float]]:
    """For each issue what its choices add to a party's utility, by their names; ranges at their steps."""
    salience = table.normalised_salience(party)
    shared = sum(salience.get(i.key, 0) for i in table.issues) or 1
    found = []
    for issue in table.issues:
        position = table.position(party, issue.key)
        low, high = issue.bounds
        if issue.scale is Scale.RANGE:
            places = {low + (high - low) * n / (issue.steps - 1): 0.0 for n in range(issue.steps)}
            names = {(str(int(p)) if p.is_integer() else repr(p)): p for p in places}
        else:
            names = {o.key: o.at or 0.0 for o in issue.options}
        worth = {}
        for name, place in names.items():
            if position is None:
                worth[name] = 0.0
            elif position.values:
                worth[name] = dict(position.values).get(name, 0.0)
            else:
                worth[name] = 1 - abs(place - (position.point or Estimate(0)).value) / (high - low)
        found.append({name: salience.get(issue.key, 0) / shared * v for name, v in worth.items()})
    return found


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
@pytest.mark.parametrize(
    ("write", "read"),
    [(write_genius, read_genius), (write_geniusweb, read_geniusweb), (write_negmas, read_negmas)],
    ids=["genius", "geniusweb", "negmas"],
)
def test_scenarios_keep_utilities(
    path: Path, write: Callable[[Table], Exported], read: Callable[[Files], Imported]
) -> None:
    """Utilities are the same (of Genius up to a stretch), and writing what was read gives the same files."""
    table = read_table(path)
    made = write(table)
    back = read(texts(made)).table
    assert [p.key for p in back.parties] == [p.key for p in table.parties]
    for party in table.parties:
        before, after = values(table, party.key), values(back, party.key)
        stretch = 1.0
        if write is write_genius:
            stretch = 1 / sum(max(v.values()) for v in before)
        for one, other in zip(before, after, strict=True):
            assert other == {name: pytest.approx(value * stretch, abs=1e-9) for name, value in one.items()}
    assert write(back).files == made.files
    told = " ".join(made.notes)
    assert all(word in told for word in ("red lines", "constraints", "intervals", "deadline"))


@few
@given(tables(rich=False))
def test_random_scenarios_keep_utilities(table: Table) -> None:
    """Likewise for random tables, in NegMAS's and GeniusWeb's formats, and Genius's files are read without a mistake."""
    for write, read in ((write_negmas, read_negmas), (write_geniusweb, read_geniusweb)):
        back = read(texts(write(table))).table
        for party in table.parties:
            for one, other in zip(values(table, party.key), values(back, party.key), strict=True):
                assert other == {name: pytest.approx(value, abs=1e-9) for name, value in one.items()}
    assert len(read_genius(texts(write_genius(table))).table.parties) == len(table.parties)


GENIUS_DOMAIN = """<negotiation_template><utility_space number_of_issues="4">
<objective index="0" name="root" description="holiday" type="objective" etype="objective">
 <issue index="1" name="place" type="discrete" etype="discrete" vtype="discrete">
  <item index="1" value="sea"/><item index="2" value="hills"/></issue>
 <issue index="2" name="days" type="integer" etype="integer" vtype="integer"><range lowerbound="3" upperbound="5"/></issue>
 <issue index="3" name="money" type="real" etype="real" vtype="real"><range lowerbound="0" upperbound="10"/></issue>
 <issue index="4" name="heat" type="real" vtype="real"><range lowerbound="0" upperbound="20"/></issue>
</objective></utility_space></negotiation_template>"""
GENIUS_PROFILE = """<utility_space number_of_issues="4"><objective index="0" name="any" description="">
 <issue index="1" name="place" type="discrete"><item index="1" value="sea" evaluation="4"/>
  <item index="2" value="hills" evaluation="1"/></issue>
 <issue index="2" name="days" type="integer" vtype="integer"><range lowerbound="3" upperbound="5"/>
  <evaluator ftype="linear" offset="0" slope="0.5"/></issue>
 <issue index="3" name="money" type="real" vtype="real"><range lowerbound="0" upperbound="10"/>
  <evaluator ftype="linear" parameter0="1" parameter1="-0.1"/></issue>
 <issue index="4" name="heat" type="real" vtype="real"><range lowerbound="0" upperbound="20"/>
  <evaluator ftype="triangular" parameter0="0" parameter1="20" parameter2="5"/></issue>
 <weight index="1" value="0.4"/><weight index="2" value="0.3"/><weight index="3" value="0.2"/><weight index="4" value="0.1"/>
</objective><discount_factor value="0.9"/><reservation value="0.25"/></utility_space>"""


def test_genius_in_all_its_kinds() -> None:
    """Discrete, integer and real issues; evaluations are divided by the largest, integers count from their bound."""
    found = read_genius([("domain.xml", GENIUS_DOMAIN), ("ann.xml", GENIUS_PROFILE)])
    table = found.table
    assert (table.key, [p.key for p in table.parties]) == ("holiday", ["ann"])
    assert table.parties[0].reservation == Estimate(0.25)
    place, days, money, heat = table.positions
    assert list(place.values) == [("sea", 1), ("hills", 0.25)]
    assert list(days.values) == [("3", 0), ("4", 0.5), ("5", 1)]
    assert money.point == Estimate(0)
    assert not money.values
    assert dict(heat.values)["5"] == 1
    assert dict(heat.values)["12"] == pytest.approx(8 / 15)
    assert [p.salience.value for p in table.positions] == [0.4, 0.3, 0.2, 0.1]
    assert "discount" in found.notes[0]
    assert not problems(table)


def test_utilities_that_are_not_from_0_to_1_are_stretched() -> None:
    """No comparison changes; the reservation value moves along."""
    profile = GENIUS_PROFILE.replace('parameter0="1" parameter1="-0.1"', 'parameter0="2" parameter1="-0.1"')
    found = read_genius([("domain.xml", GENIUS_DOMAIN), ("ann.xml", profile)])
    assert "stretched" in " ".join(found.notes)
    # before: places .1-.4, days 0-.3, money .2-.4, heat 0-.1: worst .3, best 1.2, so .25 is below the worst
    assert found.table.parties[0].reservation == Estimate(0)
    assert [p.salience.value for p in found.table.positions] == pytest.approx(
        [0.3 / 0.9, 0.3 / 0.9, 0.2 / 0.9, 0.1 / 0.9]
    )


@pytest.mark.parametrize(
    ("domain", "profile", "said"),
    [
        (GENIUS_DOMAIN[:300], GENIUS_PROFILE, "no XML"),
        ('<!DOCTYPE x [<!ENTITY a "b">]>' + GENIUS_DOMAIN, GENIUS_PROFILE, "document type"),
        (GENIUS_DOMAIN, "<other/>", "no Genius profile"),
        (GENIUS_DOMAIN, GENIUS_PROFILE.replace('value="sea" evaluation="4"', 'value="sea" evaluation="x"'), "line 2"),
        (GENIUS_DOMAIN, GENIUS_PROFILE.replace('value="sea"', 'value="lake"'), "gives no value to sea"),
        (GENIUS_DOMAIN, GENIUS_PROFILE.replace("triangular", "wavy"), "'wavy'"),
        (GENIUS_DOMAIN, GENIUS_PROFILE.replace('name="days"', 'name="hours"'), "days is missing"),
        (GENIUS_DOMAIN, GENIUS_PROFILE.replace("<weight", "<ufun/><weight", 1), "not additive"),
        (GENIUS_DOMAIN.replace('upperbound="5"', 'upperbound="3"'), GENIUS_PROFILE, "empty"),
        (GENIUS_DOMAIN.replace('upperbound="5"', 'upperbound="1e9"'), GENIUS_PROFILE, "too many"),
        (GENIUS_DOMAIN.replace('value="hills"', 'value="sea"'), GENIUS_PROFILE, "twice"),
    ],
)
def test_bad_genius_files(domain: str, profile: str, said: str) -> None:
    """What is wrong is told."""
    with pytest.raises(BadScenario, match=said):
        read_genius([("domain.xml", domain), ("ann.xml", profile)])


WEB_DOMAIN = {"name": "jobs", "issuesValues": {"car": {"values": ["yes", "no"]}, "pay": {"range": [10, 12, 0.5]}}}
WEB_PROFILE = {
    "LinearAdditiveUtilitySpace": {
        "name": "boss",
        "issueUtilities": {
            "car": {"discreteutils": {"valueUtilities": {"yes": 0, "no": 1}}},
            "pay": {"NumberValueSetUtilities": {"lowValue": 10, "lowUtility": 1, "highValue": 12, "highUtility": 0}},
        },
        "issueWeights": {"car": 0.4, "pay": 0.6},
        "domain": WEB_DOMAIN,
        "reservationBid": {"issuevalues": {"car": "yes", "pay": 11}},
    }
}


def web(*parts: object) -> list[tuple[str, str]]:
    """Objects as GeniusWeb files."""
    return [(f"f{n}.json", json.dumps(part)) for n, part in enumerate(parts)]


def test_geniusweb_in_older_and_newer_words() -> None:
    """Lists and ranges; one reservation bid for all is the fallback."""
    found = read_geniusweb(web(WEB_DOMAIN, WEB_PROFILE))
    car, pay = found.table.positions
    assert list(car.values) == [("yes", 0), ("no", 1)]
    assert list(pay.values) == [("10", 1), ("10.5", 0.75), ("11", 0.5), ("11.5", 0.25), ("12", 0)]
    assert found.table.reversion.package == (("car", "yes"), ("pay", "11"))
    assert found.table == read_geniusweb(web(WEB_PROFILE)).table


def test_different_reservation_bids_become_reservation_values() -> None:
    """Each party has the utility of its own bid."""
    other = json.loads(json.dumps(WEB_PROFILE).replace('"boss"', '"union"').replace('"pay": 11', '"pay": 12'))
    found = read_geniusweb(web(WEB_DOMAIN, WEB_PROFILE, other)).table
    assert [p.reservation for p in found.parties] == [Estimate(0.3), Estimate(0)]
    assert found.reversion.package == ()


def test_geniusweb_weights_sum_to_exactly_one() -> None:
    """In decimals, as GeniusWeb wants."""
    from decimal import Decimal

    for _, text in texts(write_geniusweb(read_table(EXAMPLES[0])))[1:]:
        space = json.loads(text, parse_float=Decimal)["LinearAdditiveUtilitySpace"]
        assert sum(space["issueWeights"].values()) == 1


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ([WEB_DOMAIN], "no linear additive"),
        ([WEB_DOMAIN, {"PartialOrdering": {}}], "no linear additive"),
        ([[]], "no JSON object"),
        ([json.loads(json.dumps(WEB_PROFILE).replace('"car": 0.4', '"car": "x"'))], "no number"),
        ([json.loads(json.dumps(WEB_PROFILE).replace("discreteutils", "other"))], "no utilities"),
        ([json.loads(json.dumps(WEB_PROFILE).replace('"values"', '"others"'))], "no values"),
        ([json.loads(json.dumps(WEB_PROFILE).replace("[10, 12, 0.5]", "[10, 12, 0]"))], "empty"),
        ([json.loads(json.dumps(WEB_PROFILE).replace("[10, 12, 0.5]", "[0, 1e9, 1]"))], "empty"),
    ],
)
def test_bad_geniusweb_files(parts: list[object], said: str) -> None:
    """What is wrong is told."""
    with pytest.raises(BadScenario, match=said):
        read_geniusweb(web(*parts))


NEGMAS_DOMAIN = """type: CartesianOutcomeSpace
name: house
path: null
issues:
- {type: CategoricalIssue, name: garden, values: [small, large]}
- {type: ContiguousIssue, name: rooms, values: [2, 4]}
- {type: ContinuousIssue, name: price, n_levels: 10, values: [0.0, 2.0]}
"""
NEGMAS_PROFILE = """type: LinearAdditiveUtilityFunction
name: buyer
reserved_value: 0.3
reserved_outcome: null
weights: [0.5, 0.3, 0.2]
values:
- {type: TableFun, mapping: {small: 0.2, large: 1.0}}
- {type: AffineFun, slope: 0.5, bias: -1}
- {type: negmas.preferences.value_fun.LinearFun, slope: 0.5}
"""


def test_negmas_in_all_its_kinds() -> None:
    """Tables and straight lines, on categorical, contiguous and continuous issues."""
    found = read_negmas([("domain.yml", NEGMAS_DOMAIN), ("buyer.yml", NEGMAS_PROFILE)])
    garden, rooms, price = found.table.positions
    assert list(garden.values) == [("small", 0.2), ("large", 1)]
    assert list(rooms.values) == [("2", 0), ("3", 0.5), ("4", 1)]
    assert price.point == Estimate(2)
    assert found.table.parties == (Party("buyer", reservation=Estimate(0.3)),)
    assert (found.table.key, found.notes) == ("house", ())


def test_negmas_bias_and_negative_weights_are_stretched() -> None:
    """A larger price is worse: the point is the lower bound."""
    profile = NEGMAS_PROFILE.replace("0.2]", "-0.2]") + "bias: 1\n"
    found = read_negmas([("domain.yml", NEGMAS_DOMAIN), ("buyer.yml", profile)])
    assert found.table.positions[2].point == Estimate(0)
    # from 1 + .1 - .2 = .9 to 1 + .5 + .3 = 1.8
    assert found.table.parties[0].reservation == Estimate(0)
    assert "stretched" in found.notes[0]


def test_a_reserved_outcome_becomes_a_reservation_value() -> None:
    """Its utility."""
    profile = NEGMAS_PROFILE.replace("0.3\nres", ".nan\nres").replace("outcome: null", "outcome: [large, 3, 0]")
    found = read_negmas([("domain.yml", NEGMAS_DOMAIN), ("buyer.yml", profile)])
    assert found.table.parties[0].reservation == Estimate(0.65)


@pytest.mark.parametrize(
    ("domain", "profile", "said"),
    [
        (NEGMAS_DOMAIN, NEGMAS_DOMAIN, "one outcome space"),
        (NEGMAS_DOMAIN, "- x\n", "a mapping is missing"),
        (NEGMAS_DOMAIN, NEGMAS_PROFILE.replace("LinearAdditiveUtilityFunction", "HyperRectangle"), "HyperRectangle"),
        (NEGMAS_DOMAIN, NEGMAS_PROFILE.replace("AffineFun", "CosFun"), "line 8: the value function 'CosFun'"),
        (NEGMAS_DOMAIN, NEGMAS_PROFILE.replace("0.5, 0.3", "0.5"), "there are 3 issues"),
        (NEGMAS_DOMAIN, NEGMAS_PROFILE.replace("0.5, 0.3", "0.5, x"), "'x' is no number"),
        (NEGMAS_DOMAIN, NEGMAS_PROFILE.replace("weights:", "other:"), "weights is missing"),
        (NEGMAS_DOMAIN.replace("[2, 4]", "[4, 2]"), NEGMAS_PROFILE, "empty"),
        (NEGMAS_DOMAIN.replace("[2, 4]", "[4]"), NEGMAS_PROFILE, "two bounds"),
        (
            NEGMAS_DOMAIN.replace("ContiguousIssue", "CategoricalIssue").replace("[2, 4]", "[x]"),
            NEGMAS_PROFILE,
            "no numbers",
        ),
    ],
)
def test_bad_negmas_files(domain: str, profile: str, said: str) -> None:
    """What is wrong is told, with its line."""
    with pytest.raises(BadScenario, match=said):
        read_negmas([("domain.yml", domain), ("buyer.yml", profile)])


EXCHANGE = """#/\ta remark
#O\tTolls
#A\tleft\tThe left\t
#A\tright\tright\tsome remark
#P\ttoll\tToll on the ring\t
#M\ttoll\t0.5
#M\ttoll\t7
#P\twhen\twhen
#M\twhen\t0\tnever
#M\twhen\t100\tnow
#M\twhen\t40\tin a year
#D\tleft\ttoll\t3\t0.7\t1.0
#D\tright\ttoll\t0.5\t0.9\t0.5
#D\tleft\twhen\t100\t0.5\t0.8
"""


def test_exchange_text() -> None:
    """Actors, bounds, described levels, positions; the mean of powers that differ, and remarks, are noted."""
    found = read_exchange(EXCHANGE, name="data/tolls.txt")
    table = found.table
    assert (table.key, table.title) == ("tolls", "Tolls")
    assert table.parties == (
        Party("left", "The left", capability=Estimate(0.9)),
        Party("right", capability=Estimate(0.5)),
    )
    assert table.issues == (
        Issue("toll", "Toll on the ring", scale=Scale.RANGE, low=0.5, high=7),
        Issue("when", options=(Option("never", at=0), Option("in a year", at=40), Option("now", at=100))),
    )
    assert table.positions[1] == Position("right", "toll", Estimate(0.5), Estimate(0.9))
    assert [str(note) for note in found.notes] == [
        "Left out: remarks behind names (1).",
        "left has different powers on its issues; their mean is kept.",
    ]
    assert read_exchange(str(write_exchange(table).files[0][1]), name="tolls.txt").table == table


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("\t", ";"), ""),
        (lambda text: text.replace("\t", ","), ""),
        (lambda text: text.replace("\t", ";").replace("0.", "0,"), ""),
        (lambda text: "\n".join("\t".join(f"'{c}'" for c in line.split("\t")) for line in text.splitlines()), ""),
        (lambda text: "\r\n".join(",".join(f'"{c}"' for c in line.split("\t")) for line in text.splitlines()), ""),
    ],
    ids=["semicolons", "commas", "decimal commas", "quotes", "double quotes"],
)
def test_exchange_text_with_other_signs(change: Callable[[str], str], said: str) -> None:
    """Tabs, semicolons, commas, quotation marks of both kinds, decimal commas: all the same."""
    assert read_exchange(change(EXCHANGE), name="tolls.txt") == read_exchange(EXCHANGE, name="tolls.txt")
    assert said == ""


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("#D\tleft\twhen\t160\t0.5\t1", "line 15, #D.left.when.position: 160 is not from 0 to 100"),
        ("#D\tright\twhen\t10\t0.5\t-0.2", "line 15, #D.right.when.power: -0.2 is not from 0 to 1"),
        ("#D\tright\twhen\t10\t1.5\t0.2", "line 15, #D.right.when.salience: 1.5"),
        ("#D\tcentre\twhen\t10\t0.5\t0.2", "line 15, #D.centre: centre has not been named"),
        ("#D\tright\ttax\t10\t0.5\t0.2", "line 15, #D.tax: tax has not been named"),
        ("#D\tright\twhen\tten\t0.5\t0.2", "'?ten'? is no number"),
        ("#D\tright\twhen\tnan\t0.5\t0.2", "'?nan'? is no number"),
        ("#D\tright\twhen\t10", "line 15, #D: The line has 3 values behind #D; it needs 5"),
        ("#D\tleft\ttoll\t3\t0.7\t1", "stated twice"),
        ("#A\tleft\tagain", "left stands here twice"),
        ("#M\ttax\t10", "tax has not been named"),
        ("left,when,3", "does not begin with"),
    ],
)
def test_bad_exchange_text(line: str, said: str) -> None:
    """Each mistake has its line."""
    with pytest.raises(BadTable, match=said):
        read_exchange(EXCHANGE + line, name="tolls.txt")


def test_an_empty_exchange_text_is_told() -> None:
    """It has no positions."""
    with pytest.raises(BadTable, match="no lines with #D"):
        read_exchange("", name="x.txt")


@pytest.mark.parametrize(
    ("name", "parties", "issues", "positions"),
    [("cop21.csv", 15, 13, 181), ("copenhagen.csv", 11, 7, 75), ("sample_data.txt", 10, 6, 60)],
)
def test_published_exchange_data(name: str, parties: int, issues: int, positions: int) -> None:
    """The model's own inputs are read whole, and written without loss."""
    table = read_exchange(data(f"exchange/{name}"), name=name).table
    assert (len(table.parties), len(table.issues), len(table.positions)) == (parties, issues, positions)
    assert not problems(table)
    made = write_exchange(table)
    assert read_exchange(str(made.files[0][1]), name=name).table == table
    assert made.notes == ()


def test_published_exchange_data_with_errors() -> None:
    """Its two deliberate errors are told, with their lines."""
    with pytest.raises(BadTable) as caught:
        read_exchange(data("exchange/copenhagen_with_errors.csv"), name="copenhagen.csv")
    assert [(f.line, f.where) for f in caught.value.findings] == [
        (86, "#D.Russia.Control.position"),
        (87, "#D.China India.Control.power"),
    ]


@few
@given(tables(rich=False))
def test_random_tables_as_exchange_text(table: Table) -> None:
    """Points, and salience up to its largest, survive; what is left out is noted."""
    made = write_exchange(table)
    kept = [p for p in table.positions if p.point]
    if not kept:
        return
    back = read_exchange(str(made.files[0][1]), name="t").table
    most = max(1.0, *(p.salience.value for p in kept))
    assert [p.point for p in back.positions] == [Estimate(p.point.value) for p in kept if p.point]
    assert [p.salience.value for p in back.positions] == pytest.approx([p.salience.value / most for p in kept])
    assert (len(kept) < len(table.positions)) == any("without a point" in note for note in made.notes)


DEU = (
    "prnr\tprname\tisnr\ttype\tcouncil\tproc\tcounvte\tpcom\tpnl\tpde\tscom\tsnl\tsde\trp\tout\n"
    "\t\t\t\t\t\t\t\t0.5\t2.8\t\t\t\t\t\n"
    "p1\tbuses\tp1i1\tDir\tTrans\tCOD\tQMV\t100\t0\t40\t50\t80\t20\t0\t60\n"
    "p1\tbuses\tp1i2\tDir\tTrans\tCOD\tQMV\t\t0\t100\t\t80\t\t\t\n"
    "p2\tcoal\tp2i1\tReg\tTrans\tCNS\tUnan\t10\t20\t30\t40\t50\t60\t\t0\n"
)


def test_deu() -> None:
    """Positions, saliences, reference points, outcomes and the row with products."""
    found = read_deu(DEU, name="deu.tsv")
    assert list(found.actors) == ["com", "nl", "de"]
    assert list(found.gdp) == [None, 0.5, 2.8]
    assert list(found.proposals) == ["p1", "p2"]
    assert list(found.issues[1].positions) == [None, 0, 100]
    assert list(found.issues[1].saliences) == [None, 80, None]
    assert (found.issues[0].reference, found.issues[0].outcome, found.issues[0].voting) == (0, 60, "QMV")
    assert [i.key for i in found.settled().issues] == ["p1i1", "p2i1"]
    assert read_deu(write_deu(found), name="x") == found
    assert read_deu(DEU.replace("\t", ";"), name="x") == found


def test_deu_as_arrays() -> None:
    """What is not known is NaN, or a salience of 0."""
    import numpy as np

    arrays = read_deu(DEU, name="deu.tsv").arrays()
    assert arrays.positions.shape == arrays.saliences.shape == (3, 3)
    assert np.isnan(arrays.positions[1, 0])
    assert arrays.saliences[1].tolist() == [0, 80, 0]
    assert np.isnan(arrays.outcomes[1])
    assert arrays.proposals.tolist() == [0, 0, 1]


def test_a_proposal_as_a_table() -> None:
    """Issues are ranges, the reference points the fallback; what a table cannot hold is noted."""
    found = deu_table(read_deu(DEU, name="deu.tsv"), "p1")
    assert [p.name for p in found.table.parties] == ["European Commission", "Netherlands", "Germany"]
    assert found.table.reversion.package == (("p1i1", 0.0),)
    assert len(found.table.positions) == 4
    assert not problems(found.table)
    told = " ".join(found.notes)
    assert "settled at 60" in told
    assert "no votes" in told
    assert "without salience (1)" in told


def test_tables_as_deu() -> None:
    """Points and salience come back; the scale is 0 to 100."""
    table = read_table(EXAMPLES[1])
    made = write_deu_table(table)
    back = read_deu(str(made.files[0][1]), name="x")
    assert back.actors == tuple(p.key for p in table.parties)
    homes = next(i for i in back.issues if i.key == "homes")
    assert homes.positions == pytest.approx([100 * (560 - 400) / 300, 80, 100 * 20 / 300, 100 * 280 / 300])
    assert "without a point (4)" in " ".join(made.notes)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no column prnr"),
        ("a,b\n1,2\n", "no column prnr"),
        (DEU.replace("\t100\t0\t40", "\t130\t0\tx"), "2 mistakes: line 3, pcom: '130' .*; line 3, pde: 'x'"),
        (DEU.replace("p1i2", "p1i1"), "p1i1 stands here twice"),
        (DEU[:-10], "cut off"),
    ],
)
def test_bad_deu_files(text: str, said: str) -> None:
    """What is wrong is told, with its line."""
    with pytest.raises(BadDeu, match=said):
        read_deu(text, name="deu.tsv")


def test_an_unknown_proposal_is_told() -> None:
    """With those that there are."""
    with pytest.raises(BadDeu, match="p1, p2"):
        deu_table(read_deu(DEU, name="deu.tsv"), "p3")


def test_published_deu_data() -> None:
    """364 issues, 351 of them settled, every proposal a sound table, and nothing lost when written."""
    found = read_deu(data("deu3.tsv"), name="deu3.tsv")
    assert (len(found.issues), len(found.actors), len(found.settled().issues)) == (364, 30, 351)
    assert read_deu(write_deu(found), name="x") == found
    for proposal in found.proposals:
        table = deu_table(found, proposal).table
        assert not [f for f in problems(table) if f.severity is Severity.ERROR]


CSV = "party,issue,point,low,high,salience\nvvd,limit,80,60,100,1\ncu,limit,0,,,0.8\ncu,brake,20,10,40,\n"


def test_positions_as_csv() -> None:
    """The long form alone makes a table of ranges of 0 to 100; intervals and salience are kept."""
    found = read_csv([("data/talks.csv", CSV)], name="data/talks.csv")
    assert found.table.key == "talks"
    assert [i.bounds for i in found.table.issues] == [(0, 100), (0, 100)]
    assert found.table.positions == (
        Position("vvd", "limit", Estimate(80, 60, 100)),
        Position("cu", "limit", Estimate(0), Estimate(0.8)),
        Position("cu", "brake", Estimate(20, 10, 40)),
    )
    assert "every party must agree" in found.notes[0]
    again = read_csv([("talks.csv", str(write_positions_csv(found.table).files[0][1]))], name="talks.csv")
    assert again.table == found.table
    spread = CSV.replace(",", ";").replace("0.8", "0,8").replace("\n", "\r\n")
    assert read_csv([("talks.csv", spread)], name="talks.csv").table == found.table


def test_positions_as_parquet() -> None:
    """Likewise."""
    pytest.importorskip("pyarrow", reason="the extra treves[frames] is not installed")
    table = read_csv([("talks.csv", CSV)], name="talks.csv").table
    ((_, made),) = write_positions_parquet(table).files
    assert isinstance(made, bytes)
    assert read_parquet([("talks.parquet", made)], name="talks.parquet").table == table
    with pytest.raises(BadSheet, match="no Parquet"):
        read_parquet([("talks.parquet", made[:-9])], name="talks.parquet")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (CSV.replace("80,60", "eighty,60"), "line 2, positions.1.point.value: 'eighty' is no number"),
        (CSV.replace("80,60,100", "80,90,100"), "line 2, parties.vvd.positions.limit.point: The value 80"),
        (CSV.replace(",0.8", ",-1"), "line 3"),
        (CSV.replace("brake", "limit"), "stated twice"),
        (CSV.replace("salience", "weight"), "unknown columns weight"),
        (CSV.replace("0.8", "0.8,9"), "line 3: 7 cells, not 6"),
        (CSV.replace("cu,", '"cu,'), "no CSV"),
        ("party,issue\n", "no issues"),
    ],
)
def test_bad_csv_files(text: str, said: str) -> None:
    """What is wrong is told, with its line."""
    with pytest.raises((BadSheet, BadTable), match=said):
        read_csv([("talks.csv", text)], name="talks.csv")


def test_a_folder_of_other_files_is_told() -> None:
    """Names that are no sheets."""
    with pytest.raises(BadSheet, match="budget2"):
        read_csv([("positions.csv", CSV), ("budget2.csv", "a,b\n1,2\n")], name="folder")


def test_bad_cells_with_json_are_told() -> None:
    """With the line of their row."""
    with pytest.raises(BadSheet, match="Line 3"):
        read_csv(
            [("positions.csv", CSV), ("red_lines.csv", 'party,refuses\ncu,"{""limit"": 3}"\ncu,"{""limit"": 3"\n')],
            name="folder",
        )


SAMPLES: dict[str, tuple[Callable[[str], object], str]] = {
    "genius": (lambda t: read_genius([("d.xml", GENIUS_DOMAIN), ("p.xml", t)]), GENIUS_PROFILE),
    "geniusweb": (lambda t: read_geniusweb([("p.json", t)]), json.dumps(WEB_PROFILE)),
    "negmas": (lambda t: read_negmas([("d.yml", NEGMAS_DOMAIN), ("p.yml", t)]), NEGMAS_PROFILE),
    "exchange": (lambda t: read_exchange(t, name="x"), EXCHANGE),
    "deu": (lambda t: read_deu(t, name="x"), DEU),
    "csv": (lambda t: read_csv([("p.csv", t)], name="p.csv"), CSV),
}


@pytest.mark.parametrize("kind", SAMPLES)
@settings(max_examples=120, deadline=None)
@given(st.data())
def test_spoilt_files_never_crash(kind: str, data: st.DataObject) -> None:
    """A part cut out and replaced gives a table or an error of ours."""
    read, text = SAMPLES[kind]
    start = data.draw(st.integers(0, len(text)))
    length = data.draw(st.integers(0, 30))
    signs = st.sampled_from(["", "\n", "\t", '"', "'", "<", "{", "nan", "1e999", "-1", "null", "&x;", "[]", "é"])
    other = data.draw(st.one_of(signs, st.text(max_size=6)))
    try:
        read(text[:start] + other + text[start + length :])
    except TrevesError as error:
        assert str(error)


def test_every_format_notes_what_it_leaves_out() -> None:
    """A table that has everything loses something in each of them."""
    table = read_table(EXAMPLES[1])
    writers = (write_genius, write_geniusweb, write_negmas, write_exchange, write_deu_table, write_positions_csv)
    for write, word in itertools.product(writers, ("red lines", "budgets", "constraints", "the decision rule")):
        assert any(word in note for note in write(table).notes), (write.__name__, word)
