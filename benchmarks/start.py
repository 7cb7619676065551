"""How fast it starts: `import treves` and `treves --help`, each in a fresh process, less a bare interpreter for the import."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROUNDS = 15


def median(command: list[str]) -> float:
    """Return the median wall time of `command`, in milliseconds."""
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken)


def main() -> None:
    """Print the figures."""
    bare = median([sys.executable, "-c", "pass"])
    imported = median([sys.executable, "-c", "import treves"])
    helped = median([str(Path(sys.executable).parent / "treves"), "--help"])
    click = median([sys.executable, "-c", "import click"])
    print(
        f"bare interpreter {bare:.0f} ms; import treves {imported:.0f} ms ({imported - bare:+.0f}); import click {click:.0f} ms"
    )
    print(f"treves --help {helped:.0f} ms; ratio to import click {helped / click:.2f}")


if __name__ == "__main__":
    main()
