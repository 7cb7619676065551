"""Power in words: who is needed, who makes no difference, which coalitions just pass and which groups can block."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from treves.bargaining.power import PartyPower, Power
from treves.bargaining.power_sets import Group, Groups
from treves.errors import Phrase

_MOST_TOLD = 12


def sentences(power: Power, *, names: Mapping[str, str] | None = None) -> tuple[Phrase, ...]:
    """Tell the power of all parties in sentences; see :meth:`.Phrase.told` for another language.

    Args:
        power: as from :func:`.power.power_of`.
        names: what to call the parties, by key; their keys where left out.
    """
    called = dict(names or {})
    told = [_rule(power, called)]
    needed = [one.party for one in power.parties if one.veto]
    if needed and len(needed) < len(power.game.players):
        told.append(Phrase("Nothing passes without {parties}.", parties=_all_of(needed, called)))
    told += [_shares(alike, called) for alike in _alike(power)]
    needless = [one.party for one in power.parties if one.needless]
    if needless:
        told.append(Phrase("The consent of {parties} never makes a difference.", parties=_any_of(needless, called)))
    told.append(_passing(power.passing, called))
    told.append(_blocking(power.blocking, called))
    return tuple(told)


def pivotal_sentence(coalition: Sequence[str], members: Group, *, names: Mapping[str, str] | None = None) -> Phrase:
    """Tell who of a coalition cannot be missed.

    Args:
        coalition: the members of a passing coalition.
        members: those without whom it fails, as from :func:`.power_sets.pivotal`.
        names: as for :func:`sentences`.
    """
    called = dict(names or {})
    whole = _all_of(coalition, called)
    if not members:
        return Phrase(
            "Together {coalition} pass a proposal, and would still do so without any one of them.", coalition=whole
        )
    return Phrase(
        "Together {coalition} pass a proposal, but not without {parties}.",
        coalition=whole,
        parties=_any_of(members, called),
    )


def _rule(power: Power, called: Mapping[str, str]) -> Phrase:
    game = power.game
    if game.listed:
        return Phrase("A proposal passes with one of the listed coalitions: {number}.", number=len(game.listed))
    if game.quota == 0:
        return Phrase("A proposal passes with the consent of {parties}.", parties=_all_of(game.players, called))
    needed, total = game.quota * game.unit, sum(game.votes) * game.unit
    return Phrase("A proposal passes with {needed} of {total} votes.", needed=_number(needed), total=_number(total))


def _alike(power: Power) -> list[list[PartyPower]]:
    """Parties with the same power together, the most powerful first."""
    groups: dict[tuple[Fraction, Fraction], list[PartyPower]] = {}
    for one in power.parties:
        if not one.needless:
            groups.setdefault((one.shapley, one.banzhaf), []).append(one)
    return [groups[key] for key in sorted(groups, reverse=True)]


def _shares(alike: list[PartyPower], called: Mapping[str, str]) -> Phrase:
    one, names = alike[0], [called.get(each.party, each.party) for each in alike]
    if len(names) == 1:
        return Phrase(
            "{party} decides in {orders} of all orders of joining (Shapley-Shubik {shapley}), and has {swings} of all swings "
            "(Banzhaf {banzhaf}).",
            party=names[0],
            orders=_percent(one.shapley),
            shapley=_exact(one.shapley),
            swings=_percent(one.banzhaf),
            banzhaf=_exact(one.banzhaf),
        )
    return Phrase(
        "{parties} each decide in {orders} of all orders of joining (Shapley-Shubik {shapley}), and each have {swings} of all "
        "swings (Banzhaf {banzhaf}).",
        parties=_list(names),
        orders=_percent(one.shapley),
        shapley=_exact(one.shapley),
        swings=_percent(one.banzhaf),
        banzhaf=_exact(one.banzhaf),
    )


def _passing(groups: Groups, called: Mapping[str, str]) -> Phrase:
    listed = "; ".join(_plus(group, called) for group in groups.groups[:_MOST_TOLD])
    if not groups.complete:
        return Phrase(
            "More than {number} coalitions just pass, among them: {listed}.", number=len(groups.groups), listed=listed
        )
    if len(groups.groups) > _MOST_TOLD:
        return Phrase("{number} coalitions just pass, among them: {listed}.", number=len(groups.groups), listed=listed)
    return Phrase("These coalitions just pass: {listed}.", listed=listed)


def _blocking(groups: Groups, called: Mapping[str, str]) -> Phrase:
    listed = "; ".join(_plus(group, called) for group in groups.groups[:_MOST_TOLD])
    if not groups.complete:
        return Phrase(
            "More than {number} groups can just block, among them: {listed}.", number=len(groups.groups), listed=listed
        )
    if len(groups.groups) > _MOST_TOLD:
        return Phrase("{number} groups can just block, among them: {listed}.", number=len(groups.groups), listed=listed)
    return Phrase("These can just block: {listed}.", listed=listed)


def _all_of(parties: Sequence[str], called: Mapping[str, str]) -> str | Phrase:
    names = [called.get(party, party) for party in parties]
    return names[0] if len(names) == 1 else Phrase("{first} and {last}", first=_list(names[:-1]), last=names[-1])


def _any_of(parties: Sequence[str], called: Mapping[str, str]) -> str | Phrase:
    names = [called.get(party, party) for party in parties]
    return names[0] if len(names) == 1 else Phrase("{first} or {last}", first=_list(names[:-1]), last=names[-1])


def _list(names: Sequence[str]) -> str:
    return ", ".join(names)


def _plus(group: Group, called: Mapping[str, str]) -> str:
    return " + ".join(called.get(party, party) for party in group)


def _number(number: Fraction) -> int | float:
    return int(number) if number.denominator == 1 else float(number)


def _percent(part: Fraction) -> Phrase:
    tenths = round(part * 1000)
    return Phrase("{whole}.{tenth}%", whole=tenths // 10, tenth=tenths % 10)


def _exact(part: Fraction) -> str:
    """A fraction as it is, unless it is too long to read."""
    return str(part) if part.denominator < 10_000 else f"{float(part):.6f}"
