"""What every dossier does, in a file and in a database alike."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import attrs
import pytest
from store_samples import NOON, READER, SUMMER, make_document, make_reading, span_of

from treves.dates import Precision, at_precision
from treves.errors import TrevesError
from treves.model.corrections import Correction, CorrectionKind
from treves.model.evidence import Document, Origin, Span, document_id, passage_of
from treves.model.reading import Reading
from treves.model.view import Filed
from treves.store import AddOutcome, Feed, Store, open_store
from treves.store.faults import (
    DossierMissing,
    NothingToUndo,
    ReadingMisfit,
    TextUnstorable,
    UnknownDocument,
    UnknownRun,
)
from treves.store.reports import numbers_of
from treves.store.sql import SqlStore


def rename(name: str) -> Correction:
    """A correction that can be told by the name in it."""
    return Correction(CorrectionKind.RENAME_ACTOR, "ilse-terpstra", {"name": name}, author="redactie")


def test_missing_dossier_is_an_error(target: str) -> None:
    """Opening for reading makes nothing."""
    for _ in range(2):
        with pytest.raises(DossierMissing):
            open_store(target)


def test_dossier_outlives_its_process(target: str) -> None:
    """What was added is there when the dossier is opened again, with or without leave to make one."""
    with open_store(target, create=True) as store:
        assert store.add(make_document()) is AddOutcome.ADDED
    for create in (False, True):
        with open_store(target, create=create) as store:
            assert store.documents() == [make_document()]


def test_report_is_stored_once(store: Store) -> None:
    """The same report again changes nothing, alone or in a batch."""
    assert store.add(make_document()) is AddOutcome.ADDED
    assert store.add(make_document()) is AddOutcome.SEEN
    assert store.add_many([(make_document(), None)] * 2) == [AddOutcome.SEEN] * 2
    assert store.documents() == [make_document()]


def test_report_twice_in_one_batch(store: Store) -> None:
    """The second of two equal reports in a batch is seen; another outlet's is an appearance."""
    other = make_document(name="b/000.txt", outlet="De Kustgids")
    assert store.add_many([(make_document(), None), (make_document(), None), (other, None)]) == [
        AddOutcome.ADDED,
        AddOutcome.SEEN,
        AddOutcome.APPEARANCE,
    ]
    assert store.document(other.id).outlets == ("Havenbode", "De Kustgids")


def test_same_text_elsewhere_is_an_appearance(store: Store) -> None:
    """Another outlet with the same words is kept beside the first, under the stored text."""
    store.add(make_document())
    wire = make_document(header="De Kustgids\n\n", name="kust.txt", outlet="De Kustgids")
    assert store.add(wire) is AddOutcome.APPEARANCE
    assert store.add(wire) is AddOutcome.SEEN
    (held,) = store.documents()
    assert held.text == make_document().text
    assert [a.name for a in held.appearances] == ["000.txt", "kust.txt"]


def test_stronger_origin_replaces(store: Store) -> None:
    """A person's word on outlet and time takes the place of a page's; not the other way round."""
    when = at_precision(datetime(2023, 7, 1, 8, tzinfo=SUMMER), Precision.MINUTES)
    page = make_document(outlet="havenbode.example", outlet_origin=Origin.PAGE, published_origin=Origin.PAGE)
    hand = make_document(published=when, outlet_origin=Origin.HAND, published_origin=Origin.HAND)
    assert [store.add(d) for d in (page, hand, page)] == [AddOutcome.ADDED, AddOutcome.APPEARANCE, AddOutcome.SEEN]
    assert store.document(hand.id).appearances == hand.appearances


def test_documents_keep_the_order_of_adding(store: Store) -> None:
    """Reports come back as they went in, more of them than one statement can name."""
    wanted = [make_document(n) for n in range(600, 0, -1)]
    store.add_many((d, None) for d in wanted)
    assert store.documents() == wanted
    assert [f.document for f in store.filed(d.id for d in wanted[::2])] == wanted[::2]
    assert list(store.read_by()) == [d.id for d in wanted]


def test_document_by_id(store: Store) -> None:
    """A report is found by its id; another id is an error that says so."""
    store.add_many([(make_document(n), None) for n in range(3)])
    assert store.document(make_document(1).id) == make_document(1)
    with pytest.raises(UnknownDocument, match="feedbeef"):
        store.document("feedbeef")


def test_filed_joins_report_reading_and_run(store: Store) -> None:
    """A reading comes back exactly, with the run that made it; an unread report comes back without."""
    run = store.start_run(READER, "0.1.0", {"roster": "none"})
    first, second = make_document(1), make_document(2)
    assert store.add_many([(first, make_reading(first)), (second, None)], run=run) == [AddOutcome.ADDED] * 2
    assert store.filed() == [Filed(first, make_reading(first), run), Filed(second)]
    assert store.filed([second.id, "unknown"]) == [Filed(second)]
    assert store.filed([]) == []
    assert store.read_by() == {first.id: READER, second.id: ""}


def test_runs_are_told(store: Store) -> None:
    """Every run keeps its versions and settings, and counts the readings that are still its own."""
    before = datetime.now(UTC)
    first = store.start_run(READER, "0.1.0", {"zone": "Europe/Brussels", "straße": "ja"})
    second = store.start_run("nl-grammar 0.2.0", "0.2.0")
    documents = [make_document(n) for n in range(3)]
    store.add_many([(d, make_reading(d)) for d in documents], run=first)
    store.put_reading(make_reading(documents[0], "nl-grammar 0.2.0"), second)
    one, two = store.runs()
    assert (one.id, one.reader, one.treves, one.readings) == (first, READER, "0.1.0", 2)
    assert one.settings == {"zone": "Europe/Brussels", "straße": "ja"}
    assert before <= one.started_at <= two.started_at
    assert (two.id, two.readings, two.settings) == (second, 1, {})


def test_reading_again_replaces_only_its_report(store: Store) -> None:
    """A later reading takes the place of the earlier one, whole; the neighbours stay as they are."""
    run, again = store.start_run(READER, "0.1.0"), store.start_run("nl-grammar 0.2.0", "0.1.0")
    documents = [make_document(n) for n in range(3)]
    store.add_many([(d, make_reading(d)) for d in documents], run=run)
    changed = attrs.evolve(make_reading(documents[1], "nl-grammar 0.2.0"), statements=(), events=())
    for _ in range(2):
        store.put_reading(changed, again)
        assert [f.reading for f in store.filed()] == [make_reading(documents[0]), changed, make_reading(documents[2])]
        assert [f.run for f in store.filed()] == [run, again, run]
    assert store.info().counts["statements"] == 6


def test_put_readings_in_bulk(store: Store) -> None:
    """All readings are replaced; for a report that is given twice the later counts."""
    run = store.start_run(READER, "0.1.0")
    documents = [make_document(n) for n in range(150)]
    store.add_many((d, None) for d in documents)
    assert store.put_readings((make_reading(d) for d in documents), run=run) == 150
    assert [f.reading for f in store.filed()] == [make_reading(d) for d in documents]
    empty = Reading(documents[0].id, "other 1")
    assert store.put_readings([make_reading(documents[0]), empty], run=run) == 2
    assert store.filed([documents[0].id])[0].reading == empty


def test_adding_a_known_report_keeps_its_reading(store: Store) -> None:
    """The same reader's reading stays; another reader's replaces it; one of another header's text is left out."""
    first, later = store.start_run(READER, "0.1.0"), store.start_run("nl-grammar 0.2.0", "0.1.0")
    document = make_document()
    store.add_many([(document, make_reading(document))], run=first)
    assert store.add_many([(document, make_reading(document))], run=later) == [AddOutcome.SEEN]
    assert store.filed()[0].run == first
    moved = make_document(header="De Kustgids\n\n", name="kust.txt")
    store.add_many([(moved, make_reading(moved, "nl-grammar 0.2.0"))], run=later)
    assert store.filed()[0].reading == make_reading(document)
    newer = make_reading(document, "nl-grammar 0.2.0")
    store.add_many([(document, newer)], run=later)
    assert (store.filed()[0].reading, store.filed()[0].run) == (newer, later)


def test_items_that_fail_lose_nothing_before(store: Store) -> None:
    """When making the items fails, what came before is added and the error goes on."""

    def items() -> Iterator[tuple[Document, Reading | None]]:
        yield from ((make_document(n), None) for n in range(100))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.add_many(items())
    assert len(store.documents()) == 100


@pytest.mark.parametrize("bad", ["\0", "\ud800"])
def test_unstorable_text_is_refused(store: Store, bad: str) -> None:
    """A text that no database keeps is refused whole, its batch with it."""
    with pytest.raises(TextUnstorable):
        store.add_many([(make_document(), None), (make_document(1, header=bad), None)])
    assert store.documents() == []
    with pytest.raises(TrevesError):
        store.add(make_document(1, title=f"a{bad}b") if bad != "\0" else make_document(1, header=bad))


def test_misfit_readings_are_refused(store: Store) -> None:
    """A reading that points outside its report, or at nobody, is refused, and the earlier one stays."""
    run, document = store.start_run(READER, "0.1.0"), make_document()
    whole = make_reading(document)
    store.add_many([(document, whole)], run=run)
    outside = attrs.evolve(whole.statements[0], content=Span(5, len(document.text) + 1))
    nobody = attrs.evolve(whole, actors=whole.actors[:1])
    for wrong in (attrs.evolve(whole, statements=(outside,)), nobody, attrs.evolve(whole, actors=whole.actors * 2)):
        with pytest.raises(ReadingMisfit):
            store.put_reading(wrong, run)
    assert store.filed()[0].reading == whole


@pytest.mark.parametrize("run", ["", "R2", "R01x", "C1", "R99999999999999999999"])
def test_unknown_run_is_refused(store: Store, run: str) -> None:
    """A reading must say which run made it; without it the report is not added either."""
    assert store.start_run(READER, "0.1.0") == "R1"
    with pytest.raises(UnknownRun):
        store.add_many([(make_document(), make_reading(make_document()))], run=run)
    assert store.documents() == []


def test_reading_of_unknown_report_is_refused(store: Store) -> None:
    """A reading cannot stand without its report."""
    with pytest.raises(UnknownDocument):
        store.put_reading(make_reading(make_document()), store.start_run(READER, "0.1.0"))


def test_corrections_are_numbered_and_dated(store: Store) -> None:
    """Ids rise from C1; a date that is given is kept, otherwise it is now."""
    before = datetime.now(UTC)
    first = store.correct(rename("Ilse Terpstra-Vos"))
    second = store.correct(attrs.evolve(rename("I. Terpstra"), made_at=NOON, id="C77"))
    assert (first.id, second.id, second.made_at) == ("C1", "C2", NOON)
    assert first.made_at is not None
    assert before <= first.made_at <= datetime.now(UTC)
    assert store.corrections() == [first, second]


def test_undo_takes_the_latest_in_force(store: Store) -> None:
    """Undoing goes back in order or by id, never twice, and the log keeps all."""
    made = [store.correct(rename(name)) for name in "abc"]
    assert store.undo("C2").id == "C2"
    assert store.undo().id == "C3"
    assert store.corrections() == [made[0]]
    log = store.corrections(in_force=False)
    assert [c.undone_at is None for c in log] == [True, False, False]
    assert [attrs.evolve(c, undone_at=None) for c in log] == made
    for wrong in ("C2", "C9", "nonsense", ""):
        with pytest.raises(NothingToUndo):
            store.undo(wrong)
    store.undo()
    with pytest.raises(NothingToUndo):
        store.undo()
    assert store.correct(rename("d")).id == "C4"


def test_corrections_survive_reading_again(store: Store) -> None:
    """A person's work is untouched by what machines do."""
    run, document = store.start_run(READER, "0.1.0"), make_document()
    store.add_many([(document, make_reading(document))], run=run)
    statement = make_reading(document).statements[0]
    passage = passage_of(document, statement.content)
    made = store.correct(Correction(CorrectionKind.REJECT_STATEMENT, statement.id, passage=passage))
    store.put_reading(Reading(document.id, "other 1"), run)
    assert store.corrections() == [made]
    assert made.passage == passage


def test_settings(store: Store) -> None:
    """Settings are set, replaced and unset; the zone has a default."""
    assert store.settings() == {}
    assert store.info().zone == "Europe/Amsterdam"
    store.put_setting("zone", "Europe/Brussels")
    store.put_setting("name", "Havenmonde")
    store.put_setting("zone", "Europe/Berlin")
    assert store.settings() == {"name": "Havenmonde", "zone": "Europe/Berlin"}
    assert (store.setting("zone"), store.setting("none", "x"), store.info().zone) == (
        "Europe/Berlin",
        "x",
        "Europe/Berlin",
    )
    store.put_setting("name", None)
    assert store.settings() == {"zone": "Europe/Berlin"}


def test_feeds(store: Store) -> None:
    """A feed keeps what its server said last."""
    late = Feed("https://b.example/rss", "B", 'W/"1"', "Tue, 04 Jul 2023 10:00:00 GMT", NOON)
    store.put_feed(late)
    store.put_feed(Feed("https://a.example/rss"))
    store.put_feed(attrs.evolve(late, etag=None, checked_at=NOON + timedelta(hours=1)))
    first, second = store.feeds()
    assert (first.url, first.checked_at) == ("https://a.example/rss", None)
    assert (second.etag, second.modified, second.checked_at) == (None, late.modified, NOON + timedelta(hours=1))
    assert [store.drop_feed(first.url), store.drop_feed(first.url)] == [True, False]
    assert [feed.url for feed in store.feeds()] == ["https://b.example/rss"]


def test_info_counts(store: Store, target: str) -> None:
    """The facts count what is there."""
    run = store.start_run(READER, "0.1.0")
    store.add_many([(make_document(n), make_reading(make_document(n)) if n else None) for n in range(3)], run=run)
    store.correct(rename("a"))
    store.correct(rename("b"))
    store.undo()
    facts = store.info()
    assert facts.counts == {
        "documents": 3, "appearances": 3, "read": 2, "statements": 6, "actors": 6, "events": 2,
        "corrections": 1, "undone": 1, "runs": 1, "feeds": 0,
    }  # fmt: skip
    assert not facts.read_only
    assert facts.target in target or target.startswith("postgresql://")


def test_orphans_are_told_not_moved(store: Store) -> None:
    """A correction whose words stand nowhere is listed; a fitting one, and all that was read, is not."""
    run, document = store.start_run(READER, "0.1.0"), make_document(header="𝔎op – ")  # astral letters count as one
    store.add_many([(document, make_reading(document))], run=run)
    fitting = passage_of(document, span_of(document, "Oude Werf"))
    lost = attrs.evolve(fitting, span=Span(fitting.span.start + 1, fitting.span.end + 1))
    stray = attrs.evolve(fitting, document="unknown")
    for passage in (fitting, lost, stray):
        store.correct(Correction(CorrectionKind.ADD_STATEMENT, document.id, passage=passage))
    assert [(o.table, o.id, o.passage) for o in store.orphans()] == [
        ("correction", "C2", lost),
        ("correction", "C3", stray),
    ]


def test_intact(store: Store) -> None:
    """A whole dossier has no complaints; a text that is not its id's is one."""
    run = store.start_run(READER, "0.1.0")
    store.add_many([(make_document(n), make_reading(make_document(n))) for n in range(3)], run=run)
    assert store.intact() == []
    store.add(attrs.evolve(make_document(9), id=document_id("something else")))
    (complaint,) = store.intact()
    assert document_id("something else") in complaint


def test_reading_sees_one_state(target: str) -> None:
    """What another process adds while a dossier is being read does not show halfway."""
    with open_store(target, create=True) as writer, open_store(target) as reader:
        writer.add(make_document(1))
        assert isinstance(reader, SqlStore)
        with reader._read() as connection:
            before = numbers_of(connection, None)
            writer.add(make_document(2))
            assert numbers_of(connection, None) == before == [1]
        assert len(reader.documents()) == 2


def test_threads_share_a_store(store: Store) -> None:
    """Several threads add and read at once."""
    outcomes: list[AddOutcome] = []

    def work() -> None:
        for n in range(20):
            outcomes.append(store.add(make_document(n)))
            store.documents()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count(AddOutcome.ADDED) == 20
    assert outcomes.count(AddOutcome.SEEN) == 40
