"""Files, functions, nesting and parameter lists stay small; the samples do not, and are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.house import c_functions, python_functions
from tests.house.files import REPO, our_files, read
from tests.house.limits import EXCEPTIONS, PYTHON, C, check_file, excess


def check_python(path: str, source: str) -> list[str]:
    functions = python_functions.find_functions(source)
    return check_file(path, len(source.splitlines()), functions, PYTHON)


def check_c(path: str, file: Path) -> list[str]:
    lines = len(file.read_text(encoding="utf-8").splitlines())
    return check_file(path, lines, c_functions.find_functions(file), C)


def c_files() -> list[Path]:
    """Attacks and refused sources are what hostile authors write: they keep no house."""
    hostile = ("tests/attacks", "tests/refused")
    return [path for path in our_files("*.c", "*.h") if not str(path).startswith(hostile)]


def test_python_files_stay_within_the_limits() -> None:
    found = [problem for path in our_files("*.py") for problem in check_python(str(path), read(path))]
    assert not found, "\n".join(found)


def test_c_files_stay_within_the_limits() -> None:
    found = [problem for path in c_files() for problem in check_c(str(path), REPO / path)]
    assert not found, "\n".join(found)


def test_every_exception_is_still_needed() -> None:
    functions = [f for path in c_files() for f in c_functions.find_functions(REPO / path)]
    functions += [f for path in our_files("*.py") for f in python_functions.find_functions(read(path))]
    needed = {function.name for function in functions if excess(function, C)}
    assert sorted(EXCEPTIONS) == sorted(EXCEPTIONS.keys() & needed)


PYTHON_SAMPLES = {
    "301 lines": "x = 1\n" * 301,
    "51 lines": "def f():\n" + "    x = 1\n" * 50,
    "3 levels of nesting": "def f(a):\n  for x in a:\n    if x:\n      while x:\n        x -= 1\n",
    "6 parameters": "def f(a, b, c, *, d, e, f): pass\n",
}

PYTHON_WITHIN = """\
class A:
    def f(self, a, b, c, d, e):
        for x in a:
            if x == 1:
                pass
            elif x == 2:
                pass
            elif x == 3:
                pass
"""

C_SAMPLES = {
    "401 lines": "int x;\n" * 401,
    "51 lines": "void f(void)\n{\n" + "\t(void)0;\n" * 48 + "}\n",
    "3 levels of nesting": "void f(int a)\n{\n\tfor (;;)\n\t\tif (a)\n\t\t\twhile (a)\n\t\t\t\ta--;\n}\n",
    "6 parameters": "void f(int a, int b, int c, int d, int e, int g);\n",
}

C_WITHIN = """\
int f(int a, int b, int c, int d, int e)
{
\tif (a)
\t\treturn 1;
\telse if (b)
\t\treturn 2;
\telse if (c)
\t\treturn 3;
\telse if (d)
\t\treturn 4;
\treturn e;
}
"""


@pytest.mark.parametrize("problem", PYTHON_SAMPLES)
def test_a_python_sample_past_a_limit_is_found(problem: str) -> None:
    (found,) = check_python("sample.py", PYTHON_SAMPLES[problem])
    assert problem in found


@pytest.mark.parametrize("problem", C_SAMPLES)
def test_a_c_sample_past_a_limit_is_found(problem: str, tmp_path: Path) -> None:
    file = tmp_path / "sample.c"
    file.write_text(C_SAMPLES[problem])
    (found,) = check_c("sample.c", file)
    assert problem in found


def test_samples_at_the_limits_pass(tmp_path: Path) -> None:
    file = tmp_path / "sample.c"
    file.write_text(C_WITHIN)
    assert check_c("sample.c", file) == []
    assert check_python("sample.py", PYTHON_WITHIN) == []
