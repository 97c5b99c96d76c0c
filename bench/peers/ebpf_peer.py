"""The peer `ebpf`: XDP programs in the running kernel."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

from bench.peers.native_peers import HOT, clang_flags
from bench.peers.peer import PEERS, DriverPart, NotExpressible, Peer, run_command
from fpcc.toolchain import link, zig_program

SOURCES = PEERS / "ebpf"
HEADER = Path("/usr/include/bpf/libbpf.h")
JIT = Path("/proc/sys/net/core/bpf_jit_enable")
MAP_CREATE, ARRAY = 0, 2  # of bpf(2)
SYSCALL = 321  # bpf, on x86-64
LIBRARY = "libbpf.so.1"
SYSTEM_HEADERS = ("/usr/include", "/usr/include/x86_64-linux-gnu")


def _find() -> str:
    if not HEADER.is_file():
        return "libbpf is missing (Debian: apt-get install libbpf-dev)"
    try:
        if JIT.read_text().strip() == "0":
            return f"the kernel's BPF compiler is off (as root: echo 1 >{JIT})"
    except OSError:
        return "this kernel has no BPF compiler: it needs CONFIG_BPF_JIT"
    return _refusal()


def _refusal() -> str:
    """Why this process may not load programs, "" if it may: asked by making a map of one entry."""
    attributes = (ctypes.c_uint32 * 4)(ARRAY, 4, 8, 1)
    system = ctypes.CDLL(None, use_errno=True)
    file = system.syscall(SYSCALL, MAP_CREATE, attributes, ctypes.sizeof(attributes))
    if file < 0:
        return f"bpf(2) is not for us: {os.strerror(ctypes.get_errno())} (run it as root, or with CAP_BPF)"
    os.close(file)
    return ""


def _build(source: Path, directory: Path) -> Path:
    """The control object, with the program inside."""
    name = source.stem
    program, control = SOURCES / f"{name}.bpf.c", SOURCES / f"{name}.control.c"
    if not program.is_file():
        raise NotExpressible(f"there is no {program.name}")
    output = directory / "ebpf.so"
    compiled, parts = directory / "xdp.o", [directory / "control.o", directory / "object.o"]
    _compile_program(program, compiled)
    _check_load(compiled)
    clang = (str(zig_program()), "clang", *clang_flags())
    run_command([*clang, "-c", "-o", parts[0], control])
    run_command([*clang, f'-DXDP_OBJECT="{compiled}"', "-c", "-o", parts[1], SOURCES / "object.S"])
    link(parts, output, ["-shared"])
    return output


def _compile_program(source: Path, output: Path) -> None:
    """With BTF, which says where the globals are."""
    zig = zig_program()
    headers = [str(zig.parent / "lib/include"), *SYSTEM_HEADERS]
    includes = [word for header in headers for word in ("-isystem", header)]
    flags = ("-target", "bpf", "-mcpu=v3", "-O2", "-g", "-ffreestanding", "-nostdinc")
    run_command([zig, "clang", *flags, *includes, "-c", "-o", output, source])


def _check_load(compiled: Path) -> None:
    """Raises NotExpressible if this kernel's verifier refuses the programs."""
    libbpf = ctypes.CDLL(LIBRARY)
    libbpf.libbpf_set_print(None)
    libbpf.bpf_object__open_file.restype = ctypes.c_void_p
    opened = ctypes.c_void_p(libbpf.bpf_object__open_file(str(compiled).encode(), None))
    if not opened:
        raise NotExpressible(f"libbpf cannot read {compiled.name}")
    status = libbpf.bpf_object__load(opened)
    libbpf.bpf_object__close(opened)
    if status < 0:
        raise NotExpressible(f"this kernel's verifier refuses the program: {os.strerror(-status)}")


EBPF = Peer(
    "ebpf",
    "ebpf",
    _find,
    _build,
    HOT,
    DriverPart((SOURCES / "ebpf.c",), lambda: (f"-I{SOURCES}", "-lbpf")),
)
