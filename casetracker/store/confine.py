"""What a child process that reads strangers' files gives up first: memory, time, files, network.

The child knows no key and no folder; this is the second wall, for the day a library has a hole. POSIX sets
limits of the process; Linux also takes the network away where it may; Windows puts the process into a job of
its own, which can start no other program and is ended with the one that started it.
"""

from __future__ import annotations

import ctypes
import importlib
import sys
from contextlib import suppress

MEMORY = 2 * 1024**3  # bytes of addresses
_FILES = 24  # that may be open at a time: fonts of the system, nothing more
_NEWUSER, _NEWNET = 0x10000000, 0x40000000  # linux/sched.h
_NO_NEW_PRIVILEGES = 38  # linux/prctl.h
# winnt.h: JOBOBJECT_EXTENDED_LIMIT_INFORMATION and its flags
_EXTENDED_LIMITS = 9
_JOB_TIME, _ACTIVE_PROCESS, _PROCESS_MEMORY, _DIE_ON_EXCEPTION = 0x4, 0x8, 0x100, 0x400
_TICKS = 10_000_000  # of 100 nanoseconds, in a second


def confine(seconds: float) -> None:
    """Limit this process, which may use the processor for so many seconds. What fails is passed over."""
    _limit(int(seconds))
    if sys.platform.startswith("linux"):
        with suppress(OSError, AttributeError):
            libc = ctypes.CDLL(None, use_errno=True)
            libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
            libc.unshare(_NEWUSER | _NEWNET)
    if sys.platform == "win32":
        with suppress(OSError, AttributeError):
            _join_a_job(seconds)


def _limit(seconds: int) -> None:
    with suppress(ImportError, ValueError, OSError):
        resource = importlib.import_module("resource")  # POSIX only
        for kind, most in (
            ("RLIMIT_CORE", 0),
            ("RLIMIT_FSIZE", 0),  # it can write into no file
            ("RLIMIT_CPU", seconds),
            ("RLIMIT_NOFILE", _FILES),
            ("RLIMIT_AS", MEMORY),
        ):
            with suppress(ValueError, OSError, AttributeError):
                resource.setrlimit(getattr(resource, kind), (most, most))


class _Basic(ctypes.Structure):
    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("least_working_set", ctypes.c_size_t),
        ("most_working_set", ctypes.c_size_t),
        ("active_processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
    )


class _Extended(ctypes.Structure):
    _fields_ = (
        ("basic", _Basic),
        ("counters", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process", ctypes.c_size_t),
        ("peak_job", ctypes.c_size_t),
    )


def _join_a_job(seconds: float) -> None:
    kernel = vars(ctypes)["windll"].kernel32
    kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = ctypes.c_void_p
    job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
    limits = _Extended()
    limits.basic.flags = _JOB_TIME | _ACTIVE_PROCESS | _PROCESS_MEMORY | _DIE_ON_EXCEPTION
    limits.basic.job_time = int(seconds * _TICKS)
    limits.basic.active_processes = 1
    limits.process_memory = MEMORY
    kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
    kernel.AssignProcessToJobObject(job, ctypes.c_void_p(kernel.GetCurrentProcess()))
