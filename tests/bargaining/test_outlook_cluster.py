"""The outlook on a Dask cluster of two workers, one of which is killed half-way."""

import os
import signal
from pathlib import Path

import attrs
import pytest
from tables import table

from treves.bargaining.audit import outlook_bytes
from treves.bargaining.outlook import outlook
from treves.bargaining.sampling import Watched
from treves.model.outlook import Method
from treves.model.table import Estimate, RedLine, Term
from treves.services.readings import executor_of

distributed = pytest.importorskip("distributed", reason="needs the extra dask")

MADE = attrs.evolve(
    table(
        {"x": (0, 30, 60, 100), "y": (0, 50, 100)}, {"a": {"x": (0, 1), "y": (50, 2)}, "b": {"x": (80, 3), "y": (0, 1)}}
    ),
    red_lines=(RedLine("a", (Term("x", low=50),), Estimate(0.6, 0.3, 0.9)),),
)
METHOD = Method(inner=50, block=50)


def test_a_worker_that_dies_changes_nothing(tmp_path: Path) -> None:
    """Two processes work blocks of the same draws; one is killed when some are done, and every byte stays the same."""
    alone = outlook_bytes(outlook(MADE, draws=2_000, method=METHOD))
    with (
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
            host="127.0.0.1",
            local_directory=str(tmp_path),
        ) as cluster,
        distributed.Client(cluster) as client,
        executor_of(dask=cluster.scheduler_address) as executor,
    ):
        workers = client.run(os.getpid)
        killed: list[int] = []

        def kill(done: int, total: int) -> None:
            assert total == 40
            if done == 3 and not killed:
                killed.append(min(workers.values()))
                os.kill(killed[0], signal.SIGKILL)

        spread = outlook_bytes(outlook(MADE, draws=2_000, method=METHOD, executor=Watched(kill, executor)))
        after = set(client.run(os.getpid).values())
    assert len(set(workers.values())) == 2
    assert killed
    assert not after & set(killed)
    assert spread == alone
