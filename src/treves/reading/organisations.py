"""What follows a phrase and says where its person belongs: a bracket with party or portfolio, "van het ministerie"."""

from __future__ import annotations

from treves.reading.nominals import Kind, Mention
from treves.reading.scan import Scan
from treves.reading.word_groups import (
    AND,
    COMMA,
    DETERMINERS,
    FUNCTION,
    NEAR,
    NEAR_TO,
    OF,
    ORGANISATION_LINKS,
    ORGANISATION_LINKS_UNNAMED,
    PARTITIVES,
    POSSESSIVES,
    REPORTING,
)

_LONGEST_BRACKET = 12
_LONGEST_ORGANISATION = 4


def take_bracket(scan: Scan, mention: Mention) -> None:
    """Take up a bracket such as (D66), (Klimaat, D66) or (54) right after the phrase."""
    words, i = scan.words, mention.last
    if words[i] != "(":
        return
    close = next((j for j in range(i + 1, min(i + _LONGEST_BRACKET, scan.total)) if words[j] == ")"), -1)
    if close < 0:
        return
    portfolio: list[str] = []
    for part in scan.tokens.text[scan.tokens.ends[i] : scan.tokens.starts[close]].split(","):
        piece = part.strip()
        party = scan.pack.party(piece)
        if party and not mention.party:
            mention.party = party
        elif piece and not piece.isdigit() and piece[0].isupper():
            portfolio.append(piece)
    mention.portfolio = ", ".join(portfolio)
    mention.last = close + 1


def take_organisation(scan: Scan, mention: Mention) -> None:
    """Take up "van het ministerie", "namens D66", "(VVD) van Leeuwerdam" right after the phrase."""
    flags, i = scan.flags, mention.last
    links = ORGANISATION_LINKS
    if mention.kind is Kind.UNNAMED:
        links |= ORGANISATION_LINKS_UNNAMED
    if not flags[i] & links or i + 1 >= scan.total or mention.kind is Kind.NAME:
        return
    j = i + 1
    if flags[i] & NEAR and flags[j] & NEAR_TO:
        j += 1
    if flags[j] & PARTITIVES and flags[j + 1] & OF:
        j += 2  # "een medewerker van een van de partijen"
    if flags[j] & (DETERMINERS | POSSESSIVES):
        j += 1
    end = _organisation_end(scan, j, mention)
    if end > j:
        mention.organisation = scan.text(i + 1, end)
        mention.last = end
        mention.party = mention.party or scan.pack.party(scan.text(j, end))
        for k in range(i + 1, end):
            mention.party = mention.party or (scan.pack.party(scan.words[k]) if scan.capital[k] else "")


def first_listed(scan: Scan, mention: Mention) -> Mention | None:
    """Return the party at the end of a phrase that goes on as a list ("leden van A, B en C"); None if it does not.

    The parties behind it are phrases of their own; this one would else be lost in the phrase that it ends.
    """
    flags, end = scan.flags, mention.last
    if not (mention.organisation and mention.party and flags[end] & (COMMA | AND)):
        return None
    behind = end + 2 if flags[end + 1] & DETERMINERS else end + 1
    if not scan.party_length(behind):
        return None
    first = next((k for k in range(mention.core[1], end) if k + scan.party_length(k) == end), end)
    if first == end:
        return None
    name = (mention.party,)
    return Mention(first, end, (first, end), Kind.PARTY, name=name, party=mention.party, inner=True)


def _organisation_end(scan: Scan, j: int, mention: Mention) -> int:
    if j >= scan.total:
        return j
    if scan.capital[j] and j not in scan.openings:
        proper = _proper_end(scan, j, mention)
        known = scan.known_name(j)
        if known is None or scan.pack.names.is_local_party(scan.words[j:proper]) or scan.body(j) is not None:
            return proper  # "van Bewonersgroep Oude Werf", "van Lijst Kade"
        return j + known[0]
    prefixed = scan.prefix_end(j)
    if prefixed > j:
        return scan.capitals_end(prefixed)
    end = scan.capitals_end(j + 1)
    if mention.kind is Kind.PERSON and scan.body(j) is not None:
        return end  # "voorzitter Jan Vos van de stichting"
    if mention.kind is Kind.UNNAMED or mention.office:
        # an ordinary noun: "van de partij", "rond de minister"; with a name after it: "van de koepel Groen Verbond"
        return j if scan.flags[j] & (FUNCTION | REPORTING) or not scan.words[j][0].isalpha() else end
    return end if end > j + 1 and scan.body(j) is not None else j


def _proper_end(scan: Scan, j: int, mention: Mention) -> int:
    """End of a proper name at `j`; a ministry may have two ("Klimaat en Energie")."""
    end = scan.capitals_end(scan.prefix_end(j))
    ministry = mention.office and mention.kind is not Kind.UNNAMED and not mention.name and not scan.party_length(j)
    while ministry and scan.flags[end] & AND and scan.capital[end + 1] and end - j < _LONGEST_ORGANISATION:
        end = scan.capitals_end(end + 1)
    return end
