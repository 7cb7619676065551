"""What holds for all tests: Hypothesis without deadlines, and skips that count as failures where servers must be there."""

import os
from collections.abc import Generator

import pytest
from hypothesis import settings

settings.register_profile("treves", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("treves")

SERVERS = ("browser", "postgres")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn the skip of a test that needs a server into a failure where TREVES_REQUIRE_SERVERS is set."""
    report = yield
    needs = any(item.get_closest_marker(name) for name in SERVERS)
    if report.skipped and needs and os.environ.get("TREVES_REQUIRE_SERVERS"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, but TREVES_REQUIRE_SERVERS is set: {report.longrepr}"
    return report
