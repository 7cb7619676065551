"""Reading spread over the workers of a Dask cluster."""

from pathlib import Path

import pytest

from treves.services.readings import ReadOptions, executor_of, read_paths

distributed = pytest.importorskip("distributed", reason="needs the extra dask")

EXAMPLE = Path(__file__).parents[2] / "examples" / "havenmonde"


def test_a_cluster_reads_the_same() -> None:
    """Two workers behind a scheduler on loopback give the readings, in the order, that this process gives."""
    alone = list(read_paths([EXAMPLE], ReadOptions()))
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
        ) as cluster,
        executor_of(dask=cluster.scheduler_address) as executor,
    ):
        spread = list(read_paths([EXAMPLE], ReadOptions(), executor=executor))
    assert len(alone) == 7
    assert spread == alone
