"""Which compiler flags pass: data only. What is not here is refused, and so is what
a future clang learns until somebody has looked at it.

fpcc's own flags (toolchain.py) come after the user's on clang's command line and win where both speak.
"""

CPUS = ("x86-64-v3", "x86-64-v2")
REFUSED_CPUS = {
    "x86-64-v4": "AVX-512 code is not verified yet",
    "x86-64": "the host needs at least x86-64-v2",
    "native": "a build must not depend on the machine it runs on",
}

_TUNED = ("generic", "haswell", "skylake", "znver1", "znver2", "znver3", "znver4")

# Flags whose value is the next argument.
SEPARATE = frozenset({"-I", "-D", "-U", "-include", "-isystem", "-iquote", "-idirafter", "-MF", "-MT", "-MQ"})
# Flags whose value, or part of it, may follow at once. Longer ones first where one begins another.
JOINED = (
    *("-isystem", "-iquote", "-idirafter", "-march=", "-fmax-errors="),
    *("-MF", "-MT", "-MQ", "-I", "-D", "-U", "-O"),
)
# What may follow -O -> the level of our own pipeline.
LEVELS = {"": "1", "0": "0", "1": "1", "2": "2", "3": "3", "s": "s", "z": "z", "g": "1", "fast": "3"}
# -g flags: whether they ask for more than the line tables that every module has.
DEBUG = {
    "-g": True,
    "-g0": False,
    "-g1": False,
    "-g2": True,
    "-g3": True,
    "-ggdb": True,
    "-ggdb0": False,
    "-ggdb1": False,
    "-ggdb2": True,
    "-ggdb3": True,
    "-gdwarf": True,
    "-gdwarf-4": True,
    "-gdwarf-5": True,
    "-gline-tables-only": False,
}
SINGLE = frozenset({"-MD", "-MMD", "-MP", "-O", *DEBUG})
# Two words for clang, whichever way the user wrote them.
TWO_WORDS = frozenset({"-include", "-isystem", "-iquote", "-idirafter"})

# Regular expressions for whole flags.
_LANGUAGE = (
    r"-std=(c|gnu)(89|90|99|9x|11|1x|17|18|23|2x)",
    r"-std=iso9899:(1990|199409|1999|199x|2011|201x|2017|2018|2024)",
    r"-ansi",
    r"-f(no-)?(signed|unsigned)-char",
    r"-f(no-)?gnu89-inline",
    r"-f(no-)?dollars-in-identifiers",
    r"-fstrict-flex-arrays=[0-3]",
    r"-f(freestanding|hosted)",
    r"-fno-builtin(-\w+)?",
    r"-f(no-)?common",
    r"-f(no-)?ms-extensions",
    r"-fno-(short-enums|short-wchar)",
)
_WARNINGS = (
    r"-W(?![alp],)[\w+#=,-]*",  # not -Wa, -Wl, and -Wp: they hand words to assembler, linker and preprocessor
    r"-w",
    r"-pedantic(-errors)?",
    r"-f(no-)?(color-diagnostics|diagnostics-[a-z-]+(=[a-z]+)?|caret-diagnostics|show-column|spell-checking)",
    r"-f(message-length|error-limit|macro-backtrace-limit)=\d+",
)
_SEMANTICS = (  # make fewer or other assumptions about the author's C; every access is guarded after that
    r"-f(no-)?(strict-aliasing|strict-overflow|wrapv|wrapv-pointer|delete-null-pointer-checks|strict-enums)",
    r"-ftrapv",
    r"-ftrivial-auto-var-init=(zero|pattern)",
    r"-f(no-)?(fast-math|math-errno|finite-math-only|associative-math|reciprocal-math|signed-zeros|rounding-math)",
    r"-f(no-)?(trapping-math|unsafe-math-optimizations|honor-nans|honor-infinities|approx-func)",
    r"-ffp-contract=(fast|on|off)",
    r"-f(no-)?merge-all-constants",
)
_OPTIMISATION = (
    r"-f(no-)?(unroll-loops|vectorize|tree-vectorize|slp-vectorize|tree-slp-vectorize|finite-loops)",
    r"-f(no-)?(inline|inline-functions|inline-hint-functions|omit-frame-pointer|optimize-sibling-calls)",
    r"-f(no-)?(function-sections|data-sections|ident|zero-initialized-in-bss)",
    rf"-mtune=({'|'.join(_TUNED)})",
)
_ALREADY_SO = (  # what fpcc does anyway
    r"-f(PIC|pic|no-plt|visibility=hidden|no-stack-protector|no-exceptions|no-jump-tables|no-lto|no-openmp)",
    r"-fno-(asynchronous-)?unwind-tables",
    r"-fno-(semantic-interposition|strict-float-cast-overflow|instrument-functions|split-stack)",
    r"-fno-sanitize=[a-z,-]+",
    r"-m64",
    r"-pipe",
)
ALLOWED = _LANGUAGE + _WARNINGS + _SEMANTICS + _OPTIMISATION + _ALREADY_SO

# The flags that decide how a source reads; libclang is older than clang and need not know the others.
PARSE_FLAGS = (
    r"-[DUI].*|-std=.*|-ansi|-f(hosted|freestanding)"
    r"|-f(no-)?((un)?signed-char|gnu89-inline|ms-extensions|builtin.*)"
)

# Why the flags people most often try are refused; the first that matches is shown.
REASONS = (
    (
        r"-fsanitize.*",
        "a sanitizer's run-time library cannot be in a module; see --mode=rw",
    ),
    (r"-fplugin.*|-fpass-plugin.*|-Xclang|-mllvm|-load", "foreign code in the compiler could undo a guard"),
    (
        r"-fstack-protector.*|-fstack-clash-protection|-fstack-check",
        "return addresses are out of a module's reach already, and a canary is the host's secret",
    ),
    (r"-fcf-protection.*", "a module has no indirect jumps or calls that it would protect"),
    (
        r"-f(PIE|pie|no-pic|no-PIC|no-pie)|-pie|-no-pie|-static|-shared",
        "a module is always position-independent",
    ),
    (
        r"-fprofile.*|-fcoverage.*|--coverage|-pg|-finstrument.*|-fxray.*",
        "its run-time library is not in a module",
    ),
    (r"-fexceptions|-fasynchronous-unwind-tables|-funwind-tables", "nothing unwinds through a module"),
    (r"-f(thinlto.*|lto.*|whole-program.*)", "fpcc always sees the whole program"),
    (r"-f(debug|macro|file)-prefix-map=.*", "fpcc maps paths itself, so that builds are reproducible"),
    (r"-fopenmp.*|-pthread", "a module runs on one thread at a time"),
    (r"-fvisibility.*", "a module shows its entry points only"),
    (r"-m(32|16|x32)", "a module is 64-bit code"),
    (r"-mtune=native", "a build must not depend on the machine it runs on"),
    (r"-mtune=.*", f"fpcc tunes for one of {', '.join(_TUNED)}"),
    (
        r"-m(general-regs-only|soft-float|no-red-zone|cmodel.*)|-ffixed.*",
        "it changes the machine code that the verifier knows",
    ),
    (r"--march.*", "fpcc's own option is -march, with one dash"),
    (r"-m.*", "what the processor may have is chosen as a whole, with -march"),
    (
        r"-f(short-enums|short-wchar|pack-struct.*)",
        "the module's C library and the host were built without it",
    ),
    (r"-std=.*", "fpcc knows c89, c99, c11, c17 and c23, the same of gnu, and their other names"),
    (r"-x.*", "sources are C, named *.c"),
    (r"-(c|S|E|M|MM|emit-llvm|save-temps.*)", "fpcc makes a module of all sources at once"),
    (r"-v|-###", "it would show the commands of clang, which are not what a module is built by"),
    (r"-gz.*|-gsplit-dwarf.*", "a module's debug information stays in it as it is"),
    (r"-f(asm-blocks|gnu-inline-asm)", "a module must not contain assembly"),
    (r"-W[alp],.*|-l.*|-L.*", "it would hand options to the assembler, linker or preprocessor unseen"),
    (r"@.*", "response files are not read; write the flags out"),
    (r"[^-].*", "not a flag"),
)
