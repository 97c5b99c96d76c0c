"""The instructions a module may be made of, and what each does with an operand in memory.

An allow-list: a mnemonic that stands in no row is refused. Rows are in AT&T spelling; `{a,b}` stands for one
word with each of a and b. What an instruction does with memory depends on where the operand stands: in AT&T
syntax the last one is the destination.

Deliberately absent: string instructions (their destination ignores segment overrides), gathers and scatters
(their addresses are vectors), x87 and MMX, everything that changes segments, flags by popf or std, control
registers or processor state, and every way to call or jump through a register or memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple


class Effect(NamedTuple):
    """What happens to memory: "" nothing, "read", "write", "update"; None: no such operand is allowed."""

    as_last: str | None
    as_other: str | None


_SIZES = "{b,w,l,q}"
_CONDITIONS = "{o,no,b,ae,e,ne,be,a,s,ns,p,np,l,ge,le,g}"

# (rows of mnemonics, effect on a last operand in memory, effect on another operand in memory)
_TABLE: tuple[tuple[str, str | None, str | None], ...] = (
    # Moves.
    (f"mov{_SIZES} movbe{{w,l,q}}", "write", "read"),
    ("movabs{b,w,l,q} movz{bw,bl,bq,wl,wq} movs{bw,bl,bq,wl,wq,lq}", "write", "read"),
    (f"cmov{_CONDITIONS}{{w,l,q}}", None, "read"),
    (f"xchg{_SIZES} xadd{_SIZES} cmpxchg{_SIZES} cmpxchg8b cmpxchg16b", "update", "update"),
    ("push{w,q}", "read", None),
    ("pop{w,q}", "write", None),
    ("lea{w,l,q}", None, ""),
    # Arithmetic and logic: the destination is read, too.
    (f"{{add,adc,sub,sbb,and,or,xor}}{_SIZES}", "update", "read"),
    (f"{{inc,dec,neg,not}}{_SIZES} {{shl,shr,sar,sal,rol,ror,rcl,rcr}}{_SIZES}", "update", None),
    ("{shld,shrd}{w,l,q} {bts,btr,btc}{w,l,q}", "update", None),
    (f"{{cmp,test}}{_SIZES} bt{{w,l,q}}", "read", "read"),
    (f"{{mul,imul,div,idiv}}{_SIZES}", "read", "read"),
    (f"set{_CONDITIONS}", "write", None),
    ("{lzcnt,tzcnt,popcnt,bsf,bsr}{w,l,q}", None, "read"),
    ("{andn,bextr,bzhi,pdep,pext,mulx,rorx,sarx,shlx,shrx,blsi,blsr,blsmsk}{l,q}", None, "read"),
    ("{adcx,adox}{l,q} crc32{b,w,l,q}", None, "read"),
    ("bswap{l,q} cbtw cwtl cltq cwtd cltd cqto lahf sahf clc stc cmc", None, None),
    # Vectors: loads, stores, and what moves parts of them.
    ("{,v}mov{aps,apd,ups,upd,dqa,dqu,ss,sd,d,q} {,v}mov{lps,lpd,hps,hpd}", "write", "read"),
    ("{,v}movnt{ps,pd,dq} movnti{l,q}", "write", None),
    ("{,v}{lddqu,movntdqa} {,v}mov{ddup,shdup,sldup}", None, "read"),
    ("{,v}mov{hlps,lhps,mskps,mskpd} {,v}pmovmskb", None, None),
    ("{,v}pextr{b,w,d,q} {,v}extractps vextract{f,i}128 vcvtps2ph", "write", None),
    ("vmaskmov{ps,pd} vpmaskmov{d,q}", "write", "read"),
    ("{,v}pinsr{b,w,d,q} {,v}insertps vinsert{f,i}128", None, "read"),
    ("vbroadcast{ss,sd,f128,i128} vpbroadcast{b,w,d,q}", None, "read"),
    # Vectors: arithmetic; the destination is a register.
    ("{,v}{add,sub,mul,div,min,max,sqrt}{ps,pd,ss,sd} {,v}{addsub,hadd,hsub}{ps,pd}", None, "read"),
    ("{,v}{rcp,rsqrt}{ps,ss} {,v}round{ps,pd,ss,sd} {,v}dp{ps,pd}", None, "read"),
    ("{,v}{and,andn,or,xor}{ps,pd} {,v}unpck{l,h}{ps,pd} {,v}shuf{ps,pd}", None, "read"),
    ("{,v}blend{ps,pd} {,v}blendv{ps,pd} {,v}{ucomi,comi}{ss,sd}", None, "read"),
    ("{,v}cmp{ps,pd,ss,sd} {,v}cmp{eq,lt,le,unord,neq,nlt,nle,ord}{ps,pd,ss,sd}", None, "read"),
    (
        "vcmp{eq_uq,nge,ngt,false,neq_oq,ge,gt,true,eq_os,lt_oq,le_oq,unord_s,neq_us,nlt_uq,nle_uq,ord_s,"
        "eq_us,nge_uq,ngt_uq,false_os,neq_os,ge_oq,gt_oq,true_us}{ps,pd,ss,sd}",
        None,
        "read",
    ),
    ("{,v}cvt{dq2pd,dq2ps,pd2ps,ps2pd,sd2ss,ss2sd,ps2dq,tps2dq}", None, "read"),
    ("{,v}cvt{pd2dq,tpd2dq,pd2ps}{,x,y} vcvtph2ps", None, "read"),
    ("{,v}cvt{sd2si,ss2si,tsd2si,tss2si}{,l,q} {,v}cvtsi2{ss,sd}{,l,q}", None, "read"),
    ("{,v}p{add,sub}{b,w,d,q,sb,sw,usb,usw} {,v}pmul{ld,lw,hw,huw,dq,udq,hrsw}", None, "read"),
    (
        "{,v}pmadd{wd,ubsw} {,v}psadbw {,v}mpsadbw {,v}pavg{b,w} {,v}psign{b,w,d} {,v}pabs{b,w,d}",
        None,
        "read",
    ),
    ("{,v}p{min,max}{sb,sw,sd,ub,uw,ud} {,v}ph{add,sub}{w,d,sw} {,v}phminposuw", None, "read"),
    ("{,v}p{and,andn,or,xor} {,v}pcmp{eq,gt}{b,w,d,q} {,v}ptest vtest{ps,pd}", None, "read"),
    ("{,v}ps{ll,rl}{w,d,q,dq} {,v}psra{w,d} vps{ll,rl}v{d,q} vpsravd", None, "read"),
    ("{,v}pack{sswb,ssdw,uswb,usdw} {,v}punpck{l,h}{bw,wd,dq,qdq} {,v}palignr", None, "read"),
    ("{,v}pshuf{b,d,lw,hw} {,v}pblend{w,vb} vpblendd vperm{d,q,ps,pd,ilps,ilpd,2f128,2i128}", None, "read"),
    ("{,v}pmov{sx,zx}{bw,bd,bq,wd,wq,dq} {,v}pcmp{estri,estrm,istri,istrm}", None, "read"),
    ("vf{,n}m{add,sub}{132,213,231}{ps,pd,ss,sd} vfm{addsub,subadd}{132,213,231}{ps,pd}", None, "read"),
    ("vzeroupper vzeroall", None, None),
    # No memory operand that is touched: hints, fences, traps.
    ("prefetch{t0,t1,t2,nta,w}", "", None),
    ("nop{,w,l,q} pause mfence lfence sfence", "", None),
    ("ud2 ud1{l,q}", "", ""),
)
# Their operand is a place in the code, never memory.
BRANCHES = frozenset("callq call jmp retq ret".split())


def _expand(pattern: str) -> Iterator[str]:
    """ "a{b,c}" -> "ab", "ac"."""
    found = re.search(r"\{([^{}]*)\}", pattern)
    if found is None:
        yield pattern
        return
    for choice in found[1].split(","):
        yield from _expand(pattern[: found.start()] + choice + pattern[found.end() :])


EFFECTS: Mapping[str, Effect] = {
    name: Effect(as_last, as_other)
    for patterns, as_last, as_other in _TABLE
    for pattern in patterns.split()
    for name in _expand(pattern)
}
CONDITIONAL_BRANCHES = frozenset(_expand(f"j{_CONDITIONS}"))
# Without BMI, LLVM writes tzcnt as `rep bsf`, which older processors take for bsf.
PREFIXES = frozenset({"lock", "rep"})
REPEATED = frozenset(_expand("bsf{w,l,q}"))
