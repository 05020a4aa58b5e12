"""Runs the benchmarks, or those that are named: ``python -m bench gateway results``."""

import os
import signal
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from typing import Final

from bench import gateway, pages, reader, recorder, results, split
from bench.machine import facts
from bench.report import CannotMeasureError, Report
from bench.table import summary, table
from local.stack.ports import LOOPBACK

BENCHMARKS: Final[dict[str, Callable[[], Report]]] = {
    "gateway": gateway.measure,
    "worker": reader.measure,
    "recorder": recorder.measure,
    "split": split.measure,
    "results": results.measure,
    "pages": pages.measure,
}


def main(arguments: Sequence[str]) -> int:
    """Print what was measured; the exit status is 1 if something could not be.

    A goal that is missed is no failure of the run.
    """
    options = ArgumentParser(prog="python -m bench", description=__doc__)
    options.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    names = options.parse_args(arguments).names or list(BENCHMARKS)
    if unknown := sorted(set(names) - set(BENCHMARKS)):
        options.error(f"no such benchmark: {', '.join(unknown)}")
    # All that is measured listens here, and a proxy of the user's could not reach it.
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = LOOPBACK
    print(facts(), "ratio: the middle of the ratios of runs in turns", sep="\n", flush=True)
    reports = [report for name in names if (report := _measured(name))]
    print(f"\n{summary(reports)}")
    return 0 if len(reports) == len(names) else 1


def _measured(name: str) -> Report | None:
    try:
        report = BENCHMARKS[name]()
    except CannotMeasureError as error:
        print(f"\n{name}: not measured: {error}", flush=True)
        return None
    print(f"\n{table(report)}", flush=True)
    return report


def _stop(number: int, _: object) -> None:
    raise SystemExit(128 + number)


if __name__ == "__main__":
    # Unless it is an exception, a signal would leave the programs behind that were started.
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    raise SystemExit(main(sys.argv[1:]))
