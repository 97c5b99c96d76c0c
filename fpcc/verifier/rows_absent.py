"""What is deliberately not allowed, so that a report can say why; what is in no list is refused too."""

from fpcc.verifier.rows import Group

ABSENT = (
    Group(
        "system",
        "enters the kernel, touches devices or the state of the processor",
        """
        0F {05,34,35,07} {syscall,sysenter,sysexit,sysret}
        CD int Ub
        F1 int1
        CF iret
        W1 CF iret
        F4 hlt
        {FA,FB} {cli,sti}
        {E4,E5} in Ub
        {E6,E7} out Ub
        {EC,ED,EE,EF} {in,in,out,out}
        0F {06,08,09,30,32,33} {clts,invd,wbinvd,wrmsr,rdmsr,rdpmc}
        0F {A2,31,77} {cpuid,rdtsc,emms}
        0F 01 !F9 rdtscp
        0F 01 !D0 xgetbv
        0F 01 !D1 xsetbv
        0F 01 !C1 vmcall
        0F 01 !EF wrpkru
        0F 01 !EE rdpkru
        Wy 0F C7 /6 rdrand w:Ry
        Wy 0F C7 /7 rdseed w:Ry
        F3 Wy 0F C7 /7 rdpid w:Ry
        """,
    ),
    Group(
        "segment bases",
        "the confinement of memory rests on fs and gs",
        """
        F3 Wy 0F AE /0 rdfsbase w:Ry
        F3 Wy 0F AE /1 rdgsbase w:Ry
        F3 Wy 0F AE /2 wrfsbase r:Ry
        F3 Wy 0F AE /3 wrgsbase r:Ry
        0F 01 !F8 swapgs
        8E /r mov r:Ew
        W1 8E /r mov r:Ew
        8C /r mov w:Ew
        0F {A1,A9} pop
        0F {A0,A8} push
        Wy 0F {B2,B4,B5} /r {lss,lfs,lgs} r:Mo
        """,
    ),
    Group(
        "processor state",
        "changes control state that the host relies on",
        """
        Wy 0F AE /0 fxsave w:M
        Wy 0F AE /1 fxrstor r:M
        0F AE /2 ldmxcsr r:Md
        0F AE /3 stmxcsr w:Md
        Wy 0F AE /4 xsave w:M
        Wy 0F AE /5 xrstor r:M
        Wy 0F AE /6 xsaveopt w:M
        Wy 0F C7 /3 xrstors r:M
        Wy 0F C7 /4 xsavec w:M
        VEX.128.NP.0F.W0 AE /2 vldmxcsr r:Md
        VEX.128.NP.0F.W0 AE /3 vstmxcsr w:Md
        {FC,FD} {cld,std}
        {9C,9D} {pushf,popf}
        {9E,9F} {sahf,lahf}
        """,
    ),
    Group(
        "bound registers",
        "hold the bounds that checks rest on; the host loads them, and a check names a register",
        """
        66 0F 1A /r bndmov :E
        66 0F 1B /r bndmov :R
        F3 0F 1A /r bndcl :M
        F2 0F 1A /r bndcu :M
        F2 0F 1B /r bndcn :E
        """,
    ),
    Group(
        "string instructions",
        "address memory by registers of their own, and stores by rdi ignore segment overrides",
        """
        {6C,6D,6E,6F} {ins,ins,outs,outs}
        {A4,A6,AA,AC,AE} {movs,cmps,stos,lods,scas}
        Wy {A5,A7,AB,AD,AF} {movs,cmps,stos,lods,scas}
        66 {A5,A7,AB,AD,AF} {movs,cmps,stos,lods,scas}
        F3 {A4,A6,AA,AC,AE} {rep-movs,rep-cmps,rep-stos,rep-lods,rep-scas}
        F3 Wy {A5,A7,AB,AD,AF} {rep-movs,rep-cmps,rep-stos,rep-lods,rep-scas}
        F2 {A6,AE} {repne-cmps,repne-scas}
        66 0F F7 /r maskmovdqu r:Vo r:Uo
        NP 0F F7 /r maskmovq r:Vo r:Uo
        VEX.128.66.0F.W0 F7 /r vmaskmovdqu r:Vo r:Uo
        D7 xlat
        """,
    ),
    Group(
        "bit strings",
        "with a bit number in a register the byte touched is far from the operand's address",
        """
        0F A3 /r bt r:Mv r:Gv
        0F {AB,B3,BB} /r {bts,btr,btc} rw:Mv r:Gv lock
        """,
    ),
    Group(
        "absolute addresses",
        "eight bytes of address that no rule confines",
        """
        A0 movabs-moffs
        Wy A1 movabs-moffs
        66 A1 movabs-moffs
        A2 movabs-moffs
        Wy A3 movabs-moffs
        66 A3 movabs-moffs
        """,
    ),
    Group(
        "indirect control flow",
        "branches go where the code says, not where a value says",
        """
        FF /2 call r:Eq
        FF /4 jmp r:Rq
        Wy FF /3 call-far r:M
        Wy FF /5 jmp-far r:M
        C2 ret Uw
        CA retf Uw
        CB retf
        W1 CB retf
        {E0,E1,E2,E3} {loopne,loope,loop,jrcxz} Jb
        C8 enter
        C9 leave
        C7 !F8 xbegin Jd
        C6 !F8 xabort Ub
        0F 01 !D5 xend
        """,
    ),
    Group(
        "gather",
        "touches as many addresses as the vector has elements",
        """
        VEX.x.66.0F38.W0 {90,91,92,93} /r {vpgatherdd,vpgatherqd,vgatherdps,vgatherqps} w:Vx r:Mx r:Hx
        VEX.x.66.0F38.W1 {90,91,92,93} /r {vpgatherdq,vpgatherqq,vgatherdpd,vgatherqpd} w:Vx r:Mx r:Hx
        """,
    ),
    Group(
        "x87",
        "a second register file and control word that nothing here needs",
        """
        {D8,D9,DA,DB,DC,DD,DE,DF} /r x87 r:Eq
        9B fwait
        """,
    ),
    Group(
        "cache control",
        "evicts lines that others share",
        """
        0F AE /7 clflush :Mb
        66 0F AE /7 clflushopt :Mb
        66 0F AE /6 clwb :Mb
        0F 1C /0 cldemote :Mb
        """,
    ),
)
