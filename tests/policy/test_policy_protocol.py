"""What any policy model gets from Trêves: draws, runs, checks, branches, files and the split of the variance."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from treves.errors import PolicyError
from treves.model.policy import (
    Branch,
    Indicator,
    Lever,
    LeverKind,
    Parameter,
    Reference,
    Reform,
    UnknownIndicator,
    UnknownReform,
    UnweightedBranches,
)
from treves.policy import registry
from treves.policy.draws import Floats, ParameterRefused, drawn, quantile
from treves.policy.files import ParameterFileBroken, read_parameters
from treves.policy.protocol import PolicyModel
from treves.policy.runs import Simulated
from treves.policy.sensitivity import Question, swings, variance_split
from treves.policy.settings import PeriodRefused, SettingRefused, UnknownLever, checked, number_of, settings_of

DOCS = Path(__file__).parent.parent.parent / "docs"


def number(key: str, value: float, low: float, high: float) -> Parameter:
    """A parameter between 0 and 100."""
    return Parameter(key, key, key, "persons", value, low, high, (0.0, 100.0), "2023", Reference("made up"))


class Toy(Simulated):
    """Reports a + 2b, plus what a lever adds; with a response that takes off 1."""

    key = "toy"
    titles = {"en": "Toy", "nl": "Speelgoed"}  # noqa: RUF012
    parameters = (number("a", 50, 40, 60), number("b", 10, 8, 12), number("c", 5, 5, 5))
    levers = (
        Lever("more", "More", "Meer", LeverKind.NUMBER, "persons", (0.0, 10.0)),
        Lever("response", "Response", "Reactie", LeverKind.SWITCH, default=False),
        Lever("when", "When", "Wanneer", LeverKind.DATE, default=""),
        Lever("how", "How", "Hoe", LeverKind.CHOICE, choices=("so", "thus"), default="so"),
    )
    indicators = (Indicator("sum", "Sum", "Som", "persons", "", ("a", "b")), Indicator("c", "C", "C", "persons"))
    reforms = (
        Reform("none", "None", "Geen"),
        Reform(
            "more",
            "More",
            "Meer",
            (("more", 3.0),),
            (Branch("upheld", "upheld", "blijft"), Branch("struck", "struck", "sneuvelt", (("more", 0.0),))),
        ),
    )

    def simulate(self, reform: Reform, values: Mapping[str, Floats], *, months: int, start: date) -> Floats:
        """The figures, the same in all months."""
        found = settings_of(self.levers, reform)
        total = values["a"] + 2 * values["b"] + number_of(found, "more") - (1.0 if found["response"] else 0.0)
        return np.repeat(np.stack([total, values["c"]], axis=1)[:, :, None], months, axis=2)


def test_a_simulated_model_is_a_policy_model() -> None:
    """It has all that the protocol asks for."""
    assert isinstance(Toy(), PolicyModel)
    assert (Toy().title("nl"), Toy().title("de")) == ("Speelgoed", "Toy")


def test_runs_share_their_random_numbers() -> None:
    """Two reforms differ by their settings alone, draw by draw; branches are run apart."""
    result = Toy().run(["none", "more"], months=3, draws=50)
    assert [r.key for r in result.reforms] == ["none", "more/upheld", "more/struck"]
    assert np.allclose(result.difference("more/upheld", "sum", base="none"), 3)
    assert np.array_equal(result.series("more/struck", "sum"), result.series("none", "sum"))
    assert result.values.shape == (3, 50, 2, 3)
    assert result.months == ("2023-07", "2023-08", "2023-09")


def test_the_same_seed_gives_the_same_bytes() -> None:
    """And another seed others."""
    one, same, other = (Toy().run(["none"], draws=20, seed=seed).values.tobytes() for seed in (7, 7, 8))
    assert one == same != other


def test_a_parameter_keeps_its_draws_whatever_else_there_is() -> None:
    """Its stream is its own, and more draws begin with the same."""
    first = drawn(Toy.parameters[:1], draws=5, seed=3)["a"]
    assert np.array_equal(drawn(Toy.parameters, draws=9, seed=3)["a"][:5], first)


def test_a_response_is_run_apart() -> None:
    """The mechanical figures are those without it."""
    reform = Reform("both", "Both", settings=(("more", 3.0), ("response", True)))
    result = Toy().run(["none", reform], months=1, draws=5)
    assert [(r.key, r.part) for r in result.reforms[1:]] == [("both", "mechanical"), ("both+response", "with response")]
    assert np.allclose(result.difference("both", "sum", base="none"), 3)
    assert np.allclose(result.difference("both+response", "sum", base="none"), 2)


@given(st.floats(1, 99), st.floats(0.01, 1), st.floats(0.01, 1))
def test_draws_meet_median_interval_and_bounds(value: float, left: float, right: float) -> None:
    """For any interval within the bounds."""
    one = number("x", value, value * (1 - left), value + (100 - value) * right)
    found = quantile(one, [0.0, 0.05, 0.5, 0.95, 1.0])
    assert np.allclose(found[1:4], [one.low, one.value, one.high])
    assert 0 <= found[0] <= found[1]
    assert found[3] <= found[4] <= 100


def test_bands_are_quantiles_of_the_draws() -> None:
    """In plain rows, with a mean; a difference has its own."""
    result = Toy().run(["none"], months=2, draws=400)
    row = result.band("none", "sum")[0]
    assert list(row) == ["at", "low90", "low50", "median", "high50", "high90", "mean"]
    assert row["low90"] < row["low50"] < row["median"] < row["high50"] < row["high90"]
    assert row["median"] == pytest.approx(70, abs=1.5)
    assert result.band("none", "sum", base="none")[0]["high90"] == 0
    assert len(list(result.rows())) == 4


def test_what_has_no_value_stays_out_of_a_band() -> None:
    """A month without any value has none, and no warning comes of it."""
    result = Toy().run(["none"], months=2, draws=3)
    result.values[0, :, 0, 0] = np.nan
    result.values[0, 0, 0, 1] = np.nan
    first, second = result.band("none", "sum")
    assert first["median"] is first["mean"] is None
    assert second["median"] == pytest.approx(result.values[0, 1:, 0, 1].mean())


def test_branches_are_mixed_by_their_chances() -> None:
    """Only if each has one."""
    result = Toy().run(["more"], months=1, draws=10)
    with pytest.raises(UnweightedBranches, match="more"):
        result.mixed("more", "sum")
    branches = (Branch("up", "up", "", (), 0.9), Branch("down", "down", "", (("more", 0.0),), 0.1))
    reform = Reform("court", "Court", settings=(("more", 10.0),), branches=branches)
    result = Toy().run([reform], months=1, draws=200, overrides={"a": 50, "b": 10})
    row = result.mixed("court", "sum")[0]
    assert row["mean"] == pytest.approx(79)
    assert (row["low90"], row["median"]) == (70, 80)


def test_an_explanation_tells_parameters_and_sources() -> None:
    """Those that drive the indicator; all where it does not say."""
    told = Toy().explain("sum")
    assert [p.key for p in told.parameters] == ["a", "b"]
    assert told.parameters[0].source.title == "made up"
    assert [p.key for p in Toy().explain("c").parameters] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("kind", "settings", "said"),
    [
        (UnknownLever, (("mroe", 1.0),), "mroe.*more, response"),
        (SettingRefused, (("more", -1.0),), "more.*0.0 to 10.0 persons"),
        (SettingRefused, (("more", float("nan")),), "nan"),
        (SettingRefused, (("more", "much"),), "much.*more"),
        (SettingRefused, (("response", "perhaps"),), "perhaps.*response"),
        (SettingRefused, (("when", "soon"),), "soon.*when"),
        (SettingRefused, (("how", "well"),), "well.*how.*so, thus"),
    ],
)
def test_settings_that_do_not_fit_are_refused(
    kind: type[PolicyError], settings: tuple[tuple[str, object], ...], said: str
) -> None:
    """The error names lever and value, and what would do."""
    with pytest.raises(kind, match=said):
        Toy().run([Reform("x", "X", settings=settings)], draws=1)  # type: ignore[arg-type]


def test_questions_that_do_not_fit_are_refused() -> None:
    """Unknown names, values out of range, impossible sizes."""
    toy = Toy()
    with pytest.raises(UnknownReform, match=r"nine.*none, more"):
        toy.run(["nine"])
    with pytest.raises(SettingRefused, match="Two reforms"):
        toy.run(["none", "none"])
    with pytest.raises(ParameterRefused, match=r"'d'.*a, b, c"):
        toy.run(["none"], overrides={"d": 1})
    with pytest.raises(ParameterRefused, match=r"101.*parameter a.*0.0 to 100.0"):
        toy.run(["none"], overrides={"a": 101})
    with pytest.raises(PeriodRefused):
        toy.run(["none"], months=0)
    with pytest.raises(ParameterRefused, match="0 draws"):
        toy.run(["none"], draws=0)
    with pytest.raises(UnknownIndicator, match=r"nine.*sum"):
        toy.explain("nine")
    with pytest.raises(UnknownIndicator, match=r"nine.*sum"):
        toy.run(["none"], draws=1).series("none", "nine")
    with pytest.raises(UnknownReform, match=r"nine.*none"):
        toy.run(["none"], draws=1).series("nine", "sum")


def test_words_become_settings() -> None:
    """As the command line gives them."""
    levers = {lever.key: lever for lever in Toy.levers}
    assert checked(levers["more"], "2.5") == 2.5
    assert checked(levers["response"], "on") is True
    assert checked(levers["when"], "2024-03") == date(2024, 3, 1)


def test_the_variance_is_split_by_parameter() -> None:
    """Of a sum of two normals the parts are known: 100 and 16 of 116, without interaction."""
    shares = variance_split(Toy(), Question(Toy.reforms[0], "sum", months=1), size=1024)
    assert [share.parameter.key for share in shares] == ["a", "b"]
    assert shares[0].first == pytest.approx(100 / 116, abs=0.04)
    assert shares[1].first == pytest.approx(16 / 116, abs=0.04)
    assert shares[1].total == pytest.approx(16 / 116, abs=0.04)


def test_swings_go_from_end_to_end() -> None:
    """One parameter at a time, the widest first."""
    first, second = swings(Toy(), Question(Toy.reforms[0], "sum", months=1))
    assert (first.parameter.key, first.low, first.high, first.base) == ("a", 60, 80, 70)
    assert (second.parameter.key, second.low, second.high) == ("b", 66, 74)
    assert [s.width for s in swings(Toy(), Question(Toy.reforms[0], "sum", Reform("b", "B"), 1))] == [0, 0]


GOOD = """
[parameters.farms]
label = "Farms"
label_nl = "Bedrijven"
unit = "farms"
bounds = [0, 500]
values = [
    {from = "2022-01", value = 400, period = "2022", source = "Census"},
    {from = "2024-01", value = 380, low = 350, high = 395, period = "2024", assumption = true},
]
"""


def test_a_file_of_parameters_holds_dated_values() -> None:
    """A month takes the last value before it."""
    (farms,) = read_parameters(GOOD, "farms.toml")
    assert farms.at(date(2023, 5, 1)).value == 400
    assert farms.at(date(2021, 5, 1)).source.title == "Census"
    assert farms.at(date(2024, 1, 1)).assumption


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[0, 500]", "[0, 390]", r"farms.toml, farms \(2022-01\)"),
        ("[0, 500]", "[0]", r"farms.toml, farms.bounds"),
        ("value = 400", "value = 'many'", r"farms \(2022-01\): 'many' is no number"),
        ("value = 400", "value = nan", "no number"),
        ('source = "Census"', 'note = ""', "no source"),
        ("low = 350, high = 395, ", "", "needs an interval"),
        ("2024-01", "2021-01", r"farms.values: the months are not in order"),
        ("2024-01", "2024-13", "'2024-13' is no month"),
        ('period = "2022", ', "", "no period"),
        ("unit =", "units =", "unknown keys: units"),
        ('unit = "farms"', "", "lacks unit"),
        ('label = "Farms"', 'label = "Farms"\nlabel = "Barns"', "cannot be read"),
        ("[parameters.farms]", "[numbers.farms]", "holds no parameters"),
        ("[0, 500]", "[0, 500", "cannot be read"),
    ],
)
def test_a_damaged_file_is_an_error_that_names_file_and_key(old: str, new: str, said: str) -> None:
    """Whatever is wrong in it."""
    assert old in GOOD
    with pytest.raises(ParameterFileBroken, match=said) as error:
        read_parameters(GOOD.replace(old, new), "farms.toml")
    assert "farms.toml" in str(error.value)


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package with models of its own."""
    info = tmp_path / "toys-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: toys\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[treves.policy]\ntoy = test_policy_protocol:Toy\nodd = pathlib:Path\ngone = nowhere:Model\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setitem(sys.modules, "test_policy_protocol", sys.modules[__name__])


@pytest.mark.usefixtures("installed")
def test_models_are_found_by_entry_point() -> None:
    """A class, a function or a model; what is none says what it lacks."""
    assert {"toy", "asylum", "asylum-de"} <= set(registry.names())
    assert registry.model("toy").run(["none"], draws=1).model == "toy"
    with pytest.raises(registry.ModelBroken, match=r"odd.*indicators.*run"):
        registry.model("odd")
    with pytest.raises(registry.ModelBroken, match="nowhere"):
        registry.model("gone")
    with pytest.raises(registry.UnknownModel, match=r"tax.*asylum"):
        registry.model("tax")


def test_the_example_of_the_docs_runs_and_is_short(capsys: pytest.CaptureFixture[str]) -> None:
    """It prints a figure with its band; the class takes about forty lines."""
    page = (DOCS / "policy-models.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    space: dict[str, object] = {"__name__": "example"}
    exec(example, space)
    assert re.fullmatch(r"buy-out, month 24: -\d+ mol \(-\d+ to -\d+\)\n", capsys.readouterr().out)
    kind = example[example.index("class ") : example.index("result =")]
    assert len(kind.splitlines()) <= 40
    texts = re.findall(r"^```toml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert read_parameters(texts[-1], "docs")[0].at(date(2025, 1, 1)).value == 380
