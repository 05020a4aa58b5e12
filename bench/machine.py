"""Tells what the machine is, and what a program has taken of it."""

import os
import platform
from pathlib import Path
from typing import Final

from bench.report import CannotMeasureError

PROC: Final = Path("/proc")

GROUP, USER, SYSTEM = 2, 11, 12
"""Places of a process's group and of its ticks, counted after its name. Source: proc(5)."""

QUIET: Final = 0.5
"""Programs at work on average, above which others are said to share the cores."""


def facts() -> str:
    """Say in one line what the figures are measured on."""
    where = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return f"{cores()} cores, {where}; {company(os.getloadavg()[0])}"


def company(load: float) -> str:
    """Say whether others are at work, by how many were over the last minute."""
    busy = "busy with other work, so trust the ratios more than the figures, and repeat"
    return f"load before the start {load:.1f}: {busy if load > QUIET else 'quiet'}"


def cores() -> int:
    """Count the cores there are."""
    return os.cpu_count() or 1


def cpu_seconds(leader: int) -> float:
    """Tell how many seconds of CPU the living processes of a group have used.

    :raises CannotMeasureError: without Linux's ``/proc``.
    """
    if not (PROC / "self/stat").exists():
        raise CannotMeasureError("the CPU seconds of another process need Linux")
    said = filter(None, map(_read, PROC.glob("[0-9]*/stat")))
    ticks = sum(used for group, used in map(group_and_ticks, said) if group == leader)
    return ticks / os.sysconf("SC_CLK_TCK")


def peak_megabytes(process: int) -> float:
    """Tell the most memory that a process has had resident, in MB.

    :raises CannotMeasureError: without Linux's ``/proc``.
    """
    said = _read(PROC / str(process) / "status")
    if not said:
        raise CannotMeasureError("the peak memory of another process needs Linux")
    return peak(said)


def group_and_ticks(stat: str) -> tuple[int, int]:
    """Read a process's group and ticks of CPU from its ``/proc/<pid>/stat``."""
    # The name before the last bracket may hold spaces and brackets of its own.
    fields = stat.rpartition(")")[2].split()
    return int(fields[GROUP]), int(fields[USER]) + int(fields[SYSTEM])


def peak(status: str) -> float:
    """Read a process's peak memory in MB from its ``/proc/<pid>/status``, which counts in KiB."""
    [line] = [line for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1]) * 1024 / 1e6


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # it ended meanwhile, or there is none
        return ""
