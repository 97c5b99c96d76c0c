"""The allow-list: vector instructions that exist both as SSE to SSE4.2 and as AVX and AVX2.

A row is made from each template of a list for each of its instructions, an `opcode name` pair.
"""

from fpcc.verifier.rows import Group

_SSE, _VEX, _VEX128 = (
    "{p} {m} {o} /r {n} ",
    "VEX.x.{p}.{m}.W0 {o} /r v{n} ",
    "VEX.128.{p}.{m}.W0 {o} /r v{n} ",
)

BINARY = (_SSE + "rw:Vx r:Wx", _VEX + "w:Vx r:Hx r:Wx")
BINARY_IMMEDIATE = (_SSE + "rw:Vx r:Wx Ub", _VEX + "w:Vx r:Hx r:Wx Ub")
BINARY_128 = (_SSE + "rw:Vo r:Wo Ub", _VEX128 + "w:Vo r:Ho r:Wo Ub")
UNARY = (_SSE + "w:Vx r:Wx", _VEX + "w:Vx r:Wx")
UNARY_IMMEDIATE = (_SSE + "w:Vx r:Wx Ub", _VEX + "w:Vx r:Wx Ub")
UNARY_128 = (_SSE + "w:Vo r:Wo", _VEX128 + "w:Vo r:Wo")
COMPARE = (_SSE + "r:Vx r:Wx", _VEX + "r:Vx r:Wx")
SHIFT = (_SSE + "rw:Vx r:Wo", _VEX + "w:Vx r:Hx r:Wo")
SHIFT_IMMEDIATE = ("{p} {m} {o} {n} rw:Ux Ub", "VEX.x.{p}.{m}.W0 {o} v{n} w:Hx r:Ux Ub")
HALF = (_SSE + "w:Vx r:Wh", _VEX + "w:Vx r:Wh")
QUARTER = (_SSE + "w:Vx r:Wf", _VEX + "w:Vx r:Wf")
EIGHTH = (_SSE + "w:Vx r:We", _VEX + "w:Vx r:We")
NARROWING = (_SSE + "w:Vo r:Wx", _VEX + "w:Vo r:Wx")
MASK = (_SSE + "w:Gd r:Ux", _VEX + "w:Gd r:Ux")
SINGLE = (_SSE + "rw:Vo r:Wd", _VEX128 + "w:Vo r:Ho r:Wd")
DOUBLE = (_SSE + "rw:Vo r:Wq", _VEX128 + "w:Vo r:Ho r:Wq")
SINGLE_IMMEDIATE = (_SSE + "rw:Vo r:Wd Ub", _VEX128 + "w:Vo r:Ho r:Wd Ub")
DOUBLE_IMMEDIATE = (_SSE + "rw:Vo r:Wq Ub", _VEX128 + "w:Vo r:Ho r:Wq Ub")
COMPARE_SINGLE = (_SSE + "r:Vo r:Wd", _VEX128 + "r:Vo r:Wd")
_SSE_Y, _VEX_Y = "{p} Wy {m} {o} /r {n} ", "VEX.128.{p}.{m}.Wy {o} /r v{n} "
FROM_INTEGER = (_SSE_Y + "rw:Vo r:Ey", _VEX_Y + "w:Vo r:Ho r:Ey")
INTEGER_SINGLE = (_SSE_Y + "w:Gy r:Wd", _VEX_Y + "w:Gy r:Wd")
INTEGER_DOUBLE = (_SSE_Y + "w:Gy r:Wq", _VEX_Y + "w:Gy r:Wq")
COMPARE_DOUBLE = (_SSE + "r:Vo r:Wq", _VEX128 + "r:Vo r:Wq")


def each(templates: tuple[str, ...], prefix: str, opcode_map: str, instructions: str) -> str:
    """Rows of all `opcode name` pairs, parted by commas, in all templates; `opcode /digit` will do."""
    pairs = (pair.strip().rpartition(" ") for pair in instructions.split(","))
    return "\n".join(
        template.format(p=prefix, m=opcode_map, o=opcode, n=name)
        for opcode, _, name in pairs
        for template in templates
    )


def _floating(templates: tuple[tuple[str, ...], ...], opcodes: str) -> str:
    """Each instruction for packed and scalar, single and double: four mandatory prefixes."""
    kinds = zip(("NP", "66", "F3", "F2"), ("ps", "pd", "ss", "sd"), templates, strict=False)
    pairs = [pair.split() for pair in opcodes.split(",")]
    return "\n".join(
        each(template, prefix, "0F", ",".join(f"{opcode} {name}{suffix}" for opcode, name in pairs))
        for prefix, suffix, template in kinds
    )


VECTOR = (
    Group(
        "vector integers",
        "computes on vector registers and at most one memory operand, which the memory rule judges",
        "\n".join(
            (
                each(
                    BINARY,
                    "66",
                    "0F",
                    "60 punpcklbw,61 punpcklwd,62 punpckldq,63 packsswb,64 pcmpgtb,65 pcmpgtw",
                ),
                each(
                    BINARY,
                    "66",
                    "0F",
                    "66 pcmpgtd,67 packuswb,68 punpckhbw,69 punpckhwd,6A punpckhdq,6B packssdw",
                ),
                each(
                    BINARY,
                    "66",
                    "0F",
                    "6C punpcklqdq,6D punpckhqdq,74 pcmpeqb,75 pcmpeqw,76 pcmpeqd,D4 paddq",
                ),
                each(
                    BINARY,
                    "66",
                    "0F",
                    "D5 pmullw,D8 psubusb,D9 psubusw,DA pminub,DB pand,DC paddusb,DD paddusw",
                ),
                each(
                    BINARY, "66", "0F", "DE pmaxub,DF pandn,E0 pavgb,E3 pavgw,E4 pmulhuw,E5 pmulhw,E8 psubsb"
                ),
                each(BINARY, "66", "0F", "E9 psubsw,EA pminsw,EB por,EC paddsb,ED paddsw,EE pmaxsw,EF pxor"),
                each(
                    BINARY, "66", "0F", "F4 pmuludq,F5 pmaddwd,F6 psadbw,F8 psubb,F9 psubw,FA psubd,FB psubq"
                ),
                each(BINARY, "66", "0F", "FC paddb,FD paddw,FE paddd"),
                each(BINARY, "66", "0F38", "00 pshufb,01 phaddw,02 phaddd,03 phaddsw,04 pmaddubsw,05 phsubw"),
                each(BINARY, "66", "0F38", "06 phsubd,07 phsubsw,08 psignb,09 psignw,0A psignd,0B pmulhrsw"),
                each(BINARY, "66", "0F38", "28 pmuldq,29 pcmpeqq,2B packusdw,37 pcmpgtq,38 pminsb,39 pminsd"),
                each(
                    BINARY,
                    "66",
                    "0F38",
                    "3A pminuw,3B pminud,3C pmaxsb,3D pmaxsd,3E pmaxuw,3F pmaxud,40 pmulld",
                ),
                each(BINARY_IMMEDIATE, "66", "0F3A", "0E pblendw,0F palignr,42 mpsadbw"),
                each(BINARY_128, "66", "0F3A", "44 pclmulqdq"),
                each(UNARY, "66", "0F38", "1C pabsb,1D pabsw,1E pabsd"),
                each(UNARY_128, "66", "0F38", "41 phminposuw"),
                each(UNARY_IMMEDIATE, "66", "0F", "70 pshufd"),
                each(UNARY_IMMEDIATE, "F3", "0F", "70 pshufhw"),
                each(UNARY_IMMEDIATE, "F2", "0F", "70 pshuflw"),
                each(
                    HALF,
                    "66",
                    "0F38",
                    "20 pmovsxbw,23 pmovsxwd,25 pmovsxdq,30 pmovzxbw,33 pmovzxwd,35 pmovzxdq",
                ),
                each(QUARTER, "66", "0F38", "21 pmovsxbd,24 pmovsxwq,31 pmovzxbd,34 pmovzxwq"),
                each(EIGHTH, "66", "0F38", "22 pmovsxbq,32 pmovzxbq"),
                each(
                    SHIFT,
                    "66",
                    "0F",
                    "D1 psrlw,D2 psrld,D3 psrlq,E1 psraw,E2 psrad,F1 psllw,F2 pslld,F3 psllq",
                ),
                each(
                    SHIFT_IMMEDIATE, "66", "0F", "71 /2 psrlw,71 /4 psraw,71 /6 psllw,72 /2 psrld,72 /4 psrad"
                ),
                each(
                    SHIFT_IMMEDIATE,
                    "66",
                    "0F",
                    "72 /6 pslld,73 /2 psrlq,73 /3 psrldq,73 /6 psllq,73 /7 pslldq",
                ),
                each(COMPARE, "66", "0F38", "17 ptest"),
                each(MASK, "66", "0F", "D7 pmovmskb"),
            )
        ),
    ),
    Group(
        "floating point",
        "computes on vector registers; MXCSR stays as the host set it",
        "\n".join(
            (
                _floating((BINARY, BINARY, SINGLE, DOUBLE), "58 add,59 mul,5C sub,5D min,5E div,5F max"),
                _floating((UNARY, UNARY, SINGLE, DOUBLE), "51 sqrt"),
                each(UNARY, "NP", "0F", "52 rsqrtps,53 rcpps"),
                each(SINGLE, "F3", "0F", "52 rsqrtss,53 rcpss"),
                _floating((BINARY, BINARY), "54 and,55 andn,56 or,57 xor,14 unpckl,15 unpckh"),
                _floating((BINARY_IMMEDIATE, BINARY_IMMEDIATE, SINGLE_IMMEDIATE, DOUBLE_IMMEDIATE), "C2 cmp"),
                _floating((BINARY_IMMEDIATE, BINARY_IMMEDIATE), "C6 shuf"),
                each(BINARY, "66", "0F", "7C haddpd,7D hsubpd,D0 addsubpd"),
                each(BINARY, "F2", "0F", "7C haddps,7D hsubps,D0 addsubps"),
                each(COMPARE_SINGLE, "NP", "0F", "2E ucomiss,2F comiss"),
                each(COMPARE_DOUBLE, "66", "0F", "2E ucomisd,2F comisd"),
                each(UNARY_IMMEDIATE, "66", "0F3A", "08 roundps,09 roundpd"),
                each(SINGLE_IMMEDIATE, "66", "0F3A", "0A roundss"),
                each(DOUBLE_IMMEDIATE, "66", "0F3A", "0B roundsd"),
                each(BINARY_IMMEDIATE, "66", "0F3A", "0C blendps,0D blendpd,40 dpps"),
                each(BINARY_128, "66", "0F3A", "41 dppd"),
                each(MASK, "NP", "0F", "50 movmskps"),
                each(MASK, "66", "0F", "50 movmskpd"),
            )
        ),
    ),
    Group(
        "conversions",
        "computes on vector and general registers and at most one memory operand",
        "\n".join(
            (
                each(HALF, "NP", "0F", "5A cvtps2pd"),
                each(NARROWING, "66", "0F", "5A cvtpd2ps,E6 cvttpd2dq"),
                each(NARROWING, "F2", "0F", "E6 cvtpd2dq"),
                each(HALF, "F3", "0F", "E6 cvtdq2pd"),
                each(SINGLE, "F3", "0F", "5A cvtss2sd"),
                each(DOUBLE, "F2", "0F", "5A cvtsd2ss"),
                each(UNARY, "NP", "0F", "5B cvtdq2ps"),
                each(UNARY, "66", "0F", "5B cvtps2dq"),
                each(UNARY, "F3", "0F", "5B cvttps2dq"),
                each(FROM_INTEGER, "F3", "0F", "2A cvtsi2ss"),
                each(FROM_INTEGER, "F2", "0F", "2A cvtsi2sd"),
                each(INTEGER_SINGLE, "F3", "0F", "2C cvttss2si,2D cvtss2si"),
                each(INTEGER_DOUBLE, "F2", "0F", "2C cvttsd2si,2D cvtsd2si"),
            )
        ),
    ),
    Group(
        "string compares",
        "compares two vectors; unlike the string instructions they address nothing by themselves",
        """
        66 0F3A {60,61} /r {pcmpestrm,pcmpestri} r:Vo r:Wo Ub reads=rax,rdx writes=rcx
        66 0F3A {62,63} /r {pcmpistrm,pcmpistri} r:Vo r:Wo Ub writes=rcx
        VEX.128.66.0F3A.W0 {60,61} /r {vpcmpestrm,vpcmpestri} r:Vo r:Wo Ub reads=rax,rdx writes=rcx
        VEX.128.66.0F3A.W0 {62,63} /r {vpcmpistrm,vpcmpistri} r:Vo r:Wo Ub writes=rcx
        """,
    ),
)
