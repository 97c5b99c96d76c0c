"""Reals are printed as such where the program passes one; where it passes none, their code is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import RunFpcc

PROCESS = "void process(struct fp_batch *batch) { (void)batch; }\n"
CALLS = {
    "directly": ('fp_logf(FP_INFO, "<%.2f>", 1.5);', "", "<1.50>"),
    "a float": ('static volatile float f = 2; fp_logf(FP_INFO, "<%g>", f);', "", "<2>"),
    "through a list": (
        'tell("<%.1e>", 12.0);',
        "#include <stdarg.h>\n#include <stdio.h>\nstatic void tell(const char *format, ...)\n"
        "{ char text[40]; va_list list; va_start(list, format); vsnprintf(text, 40, format, list);\n"
        '  va_end(list); fp_logf(FP_INFO, "%s", text); }\n',
        "<1.2e+01>",
    ),
    "through a pointer": (
        'void (*volatile say)(int, const char *, ...) = tell; say(FP_INFO, "<%.0f>", 3.0);',
        "#include <stdarg.h>\n#include <stdio.h>\nstatic void tell(int level, const char *format, ...)\n"
        "{ char text[40]; va_list list; va_start(list, format); vsnprintf(text, 40, format, list);\n"
        '  va_end(list); fp_logf(level, "%s", text); }\n',
        "<3>",
    ),
    "never": ('fp_logf(FP_INFO, "<%f>", 7);', "", "<?>"),
}


@pytest.mark.parametrize("mode", ["wonly", "none"])
@pytest.mark.parametrize("how", CALLS)
def test_reals_are_printed(how: str, mode: str, run_fpcc: RunFpcc, tmp_path: Path, repo: Path) -> None:
    call, before, printed = CALLS[how]
    source, module = tmp_path / "nf.c", tmp_path / "nf.fpm"
    init = f"int init(const struct fp_args *args) {{ (void)args; {call} return 0; }}\n"
    source.write_text(f"#include <fastpaas/nf.h>\n{before}{init}{PROCESS}")
    built = run_fpcc("build", "-w", source, f"--mode={mode}", "-o", module)
    assert built.returncode == 0, built.stderr
    done = run_fpcc("run", module, "--in", repo / "examples/traffic/demo.pcap", "--allow-unprotected")
    assert f"info: {printed}" in done.stderr
