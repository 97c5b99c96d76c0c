"""What fphost needs: itself, its libraries, the processor and the kernel."""

from __future__ import annotations

import ctypes
import json
import platform
import re
import resource
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from fpcc.abi import abi
from fpcc.doctor_finding import Check, Finding
from fpcc.errors import InputError
from fpcc.paths import host_program

# The instruction sets behind -march=x86-64-v3, in the words of /proc/cpuinfo.
LEVEL_V3 = frozenset(["avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "abm", "movbe", "xsave"])
AT_HWCAP2 = 26
HWCAP2_FSGSBASE = 1 << 1
OLDEST_KERNEL = (4, 17)  # MAP_FIXED_NOREPLACE

RUNNING = "running modules"


def find_fphost() -> Finding:
    try:
        return Finding("fphost", True, str(host_program()), RUNNING)
    except InputError as error:
        return Finding("fphost", False, str(error), RUNNING)


def find_library(name: str, files: tuple[str, ...], version: Callable[[ctypes.CDLL], bytes]) -> Finding:
    """A shared library of fphost, asked for its version; `files` are its names on different systems."""
    for file in files:
        try:
            return Finding(name, True, version(ctypes.CDLL(file)).decode(), "running fphost")
        except OSError:
            continue
    return Finding(name, False, f"no {' or '.join(files)}", "running fphost")


def find_pcap() -> Finding:
    return find_library("libpcap", ("libpcap.so.0.8", "libpcap.so.1"), _version_by("pcap_lib_version"))


def find_jansson() -> Finding:
    return find_library("jansson", ("libjansson.so.4",), _version_by("jansson_version_str"))


def _version_by(function: str) -> Callable[[ctypes.CDLL], bytes]:
    def version(library: ctypes.CDLL) -> bytes:
        call = getattr(library, function)
        call.restype = ctypes.c_char_p
        return bytes(call())

    return version


def find_machine() -> Finding:
    found = f"{platform.system()} {platform.release()} on {platform.machine()}"
    release = tuple(int(part) for part in re.findall(r"\d+", platform.release())[:2])
    ok = (platform.system(), platform.machine()) == ("Linux", "x86_64") and release >= OLDEST_KERNEL
    wanted = ".".join(str(part) for part in OLDEST_KERNEL)
    return Finding(f"Linux {wanted} or newer, x86-64", ok, found, RUNNING)


def cpu_flags(cpuinfo: str) -> frozenset[str]:
    """The feature words of the first processor in the text of /proc/cpuinfo."""
    for line in cpuinfo.splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "flags":
            return frozenset(value.split())
    return frozenset()


def read_cpu_flags() -> frozenset[str]:
    return cpu_flags(Path("/proc/cpuinfo").read_text(encoding="utf-8"))


def find_level_v3() -> Finding:
    missing = sorted(LEVEL_V3 - read_cpu_flags())
    found = f"without {' '.join(missing)}" if missing else "AVX2, BMI2, FMA, ..."
    disables = "running modules of the default -march; build with -march=x86-64 instead"
    return Finding("x86-64-v3 processor", not missing, found, disables, required=False)


def find_fsgsbase() -> Finding:
    getauxval = ctypes.CDLL(None).getauxval
    getauxval.argtypes, getauxval.restype = [ctypes.c_ulong], ctypes.c_ulong
    ok = bool(getauxval(AT_HWCAP2) & HWCAP2_FSGSBASE)
    found = "usable from user space" if ok else "not offered by processor and kernel"
    disables = "entering modules of lowering `segment` without a system call"
    return Finding("FSGSBASE", ok, found, disables, required=False)


def find_mpx() -> Finding:
    """By the host's self-test, which tries it."""
    missing = _ask_host("no_mpx")
    found = "tried: checks stop what they should" if missing is None else missing
    disables = "modules of lowering `mpx`, but for tests under qemu-x86_64"
    return Finding("MPX", missing is None, found, disables, required=False)


def find_dpdk() -> Finding:
    missing = _ask_host("no_dpdk")
    found = "built in" if missing is None else missing
    return Finding("DPDK", missing is None, found, "devices of DPDK (--in dpdk:DEVICE)", required=False)


def find_interfaces() -> Finding:
    """By the host: it may have capabilities that fpcc has not (setcap)."""
    missing = _ask_host("no_interfaces")
    found = "fphost has it" if missing is None else missing
    disables = "network interfaces (--in af_packet:NAME); run as root, or setcap cap_net_raw+ep fphost"
    return Finding("CAP_NET_RAW", missing is None, found, disables, required=False)


def _ask_host(key: str) -> str | None:
    """What `fphost selftest` says of `key`, or why it says nothing."""
    try:
        words = [str(host_program()), "selftest"]
        done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, check=True)
        said = json.loads(done.stdout)[key]
        return None if said is None else str(said)
    except InputError:
        return "not tried, as there is no fphost"
    except (OSError, subprocess.CalledProcessError, ValueError, KeyError) as error:
        return f"fphost cannot say: {error}"


def find_qemu() -> Finding:
    path = shutil.which("qemu-x86_64")
    found = path or "not on the path; Debian: apt-get install qemu-user"
    disables = "testing lowering `mpx` on processors without MPX"
    return Finding("qemu-x86_64", path is not None, found, disables, required=False)


def find_address_space() -> Finding:
    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    unlimited = limit == resource.RLIM_INFINITY
    found = "unlimited" if unlimited else f"{limit >> 30} GiB (ulimit -v)"
    arena = abi().number("FP_ARENA_SIZE")
    disables = f"running modules: each instance reserves {arena >> 30} GiB of addresses, not of memory"
    return Finding("address space", unlimited or limit > 2 * arena, found, disables)


HOST_CHECKS: tuple[Check, ...] = (
    find_machine,
    find_address_space,
    find_fphost,
    find_pcap,
    find_jansson,
    find_level_v3,
    find_fsgsbase,
    find_mpx,
    find_qemu,
    find_interfaces,
    find_dpdk,
)
