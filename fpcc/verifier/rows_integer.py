"""The allow-list: instructions on general registers, and control flow."""

from fpcc.verifier.rows import Group, by_condition

_ALU = "{add,or,adc,sbb,and,sub,xor}"
_ROTATES = "/{0,1,2,3,4,5,7} {rol,ror,rcl,rcr,shl,shr,sar}"

INTEGER = (
    Group(
        "arithmetic",
        "computes on registers and at most one memory operand, which the memory rule judges",
        f"""
        {{00,08,10,18,20,28,30}} /r {_ALU} rw:Eb r:Gb lock
        {{01,09,11,19,21,29,31}} /r {_ALU} rw:Ev r:Gv lock
        {{02,0A,12,1A,22,2A,32}} /r {_ALU} rw:Gb r:Eb
        {{03,0B,13,1B,23,2B,33}} /r {_ALU} rw:Gv r:Ev
        {{04,0C,14,1C,24,2C,34}} {_ALU} rw:Ab Ib
        {{05,0D,15,1D,25,2D,35}} {_ALU} rw:Av Iz
        80 /{{0,1,2,3,4,5,6}} {_ALU} rw:Eb Ib lock
        81 /{{0,1,2,3,4,5,6}} {_ALU} rw:Ev Iz lock
        83 /{{0,1,2,3,4,5,6}} {_ALU} rw:Ev Ib lock
        38 /r cmp r:Eb r:Gb
        39 /r cmp r:Ev r:Gv
        3A /r cmp r:Gb r:Eb
        3B /r cmp r:Gv r:Ev
        3C cmp r:Ab Ib
        3D cmp r:Av Iz
        80 /7 cmp r:Eb Ib
        81 /7 cmp r:Ev Iz
        83 /7 cmp r:Ev Ib
        84 /r test r:Eb r:Gb
        85 /r test r:Ev r:Gv
        A8 test r:Ab Ib
        A9 test r:Av Iz
        F6 /0 test r:Eb Ib
        F7 /0 test r:Ev Iz
        F6 /{{2,3}} {{not,neg}} rw:Eb lock
        F7 /{{2,3}} {{not,neg}} rw:Ev lock
        FE /{{0,1}} {{inc,dec}} rw:Eb lock
        FF /{{0,1}} {{inc,dec}} rw:Ev lock
        F6 /{{4,5,6,7}} {{mul,imul,div,idiv}} r:Eb reads=rax writes=rax
        F7 /{{4,5}} {{mul,imul}} r:Ev reads=rax writes=rax,rdx
        F7 /{{6,7}} {{div,idiv}} r:Ev reads=rax,rdx writes=rax,rdx
        0F AF /r imul rw:Gv r:Ev
        69 /r imul w:Gv r:Ev Iz
        6B /r imul w:Gv r:Ev Ib
        66 98 cbw reads=rax writes=rax
        98 cwde reads=rax writes=rax
        W1 98 cdqe reads=rax writes=rax
        66 99 cwd reads=rax writes=rdx
        99 cdq reads=rax writes=rdx
        W1 99 cqo reads=rax writes=rdx
        66 0F38 F6 /r adcx rw:Gd r:Ed
        66 W1 0F38 F6 /r adcx rw:Gq r:Eq
        F3 Wy 0F38 F6 /r adox rw:Gy r:Ey
        """,
    ),
    Group(
        "shifts",
        "shifts and rotates; the count is a register or an immediate, never an address",
        f"""
        C0 {_ROTATES} rw:Eb Ub
        C1 {_ROTATES} rw:Ev Ub
        D0 {_ROTATES} rw:Eb 1
        D1 {_ROTATES} rw:Ev 1
        D2 {_ROTATES} rw:Eb reads=rcx
        D3 {_ROTATES} rw:Ev reads=rcx
        0F {{A4,AC}} /r {{shld,shrd}} rw:Ev r:Gv Ub
        0F {{A5,AD}} /r {{shld,shrd}} rw:Ev r:Gv reads=rcx
        """,
    ),
    Group(
        "moves",
        "copies, with or without extension; the memory rule judges the memory operand",
        f"""
        88 /r mov w:Eb r:Gb
        89 /r mov w:Ev r:Gv
        8A /r mov w:Gb r:Eb
        8B /r mov w:Gv r:Ev
        B0+r mov w:Zb Ib
        B8+r mov w:Zv Iv
        C6 /0 mov w:Eb Ib
        C7 /0 mov w:Ev Iz
        0F B6 /r movzx w:Gv r:Eb
        Wy 0F B7 /r movzx w:Gy r:Ew
        0F BE /r movsx w:Gv r:Eb
        Wy 0F BF /r movsx w:Gy r:Ew
        W1 63 /r movsxd w:Gq r:Ed
        0F38 F0 /r movbe w:Gv r:Mv
        0F38 F1 /r movbe w:Mv r:Gv
        Wy 0F C3 /r movnti w:My r:Gy
        Wy 0F C8+r bswap rw:Zy
        86 /r xchg rw:Eb rw:Gb lock
        87 /r xchg rw:Ev rw:Gv lock
        {{91,92,93,94,95,96,97}} xchg rw:Zv rw:Av
        8D /r lea w:Gv :M
        {by_condition(0x40, "0F OP /r cmovCC rw:Gv r:Ev")}
        {by_condition(0x90, "0F OP /0 setCC w:Eb")}
        """,
    ),
    Group(
        "atomics",
        "read-modify-write; the memory operand counts as read and written",
        """
        0F B0 /r cmpxchg rw:Eb r:Gb lock reads=rax writes=rax
        0F B1 /r cmpxchg rw:Ev r:Gv lock reads=rax writes=rax
        0F C0 /r xadd rw:Eb rw:Gb lock
        0F C1 /r xadd rw:Ev rw:Gv lock
        0F C7 /1 cmpxchg8b rw:Mq lock reads=rax,rdx,rbx,rcx writes=rax,rdx
        W1 0F C7 /1 cmpxchg16b rw:Mo lock reads=rax,rdx,rbx,rcx writes=rax,rdx
        """,
    ),
    Group(
        "bits",
        "bit tests, counts, deposits; a bit number in a register only indexes another register",
        """
        0F A3 /r bt r:Rv r:Gv
        0F {AB,B3,BB} /r {bts,btr,btc} rw:Rv r:Gv
        0F BA /4 bt r:Ev Ub
        0F BA /{5,6,7} {bts,btr,btc} rw:Ev Ub lock
        0F {BC,BD} /r {bsf,bsr} rw:Gv r:Ev
        F3 0F {B8,BC,BD} /r {popcnt,tzcnt,lzcnt} w:Gv r:Ev
        F2 Wy 0F38 F0 /r crc32 rw:Gc r:Eb
        F2 0F38 F1 /r crc32 rw:Gc r:Ev
        VEX.128.NP.0F38.Wy F2 /r andn w:Gy r:By r:Ey
        VEX.128.NP.0F38.Wy F3 /{1,2,3} {blsr,blsmsk,blsi} w:By r:Ey
        VEX.128.NP.0F38.Wy {F5,F7} /r {bzhi,bextr} w:Gy r:Ey r:By
        VEX.128.{66,F3,F2}.0F38.Wy F7 /r {shlx,sarx,shrx} w:Gy r:Ey r:By
        VEX.128.{F2,F3}.0F38.Wy F5 /r {pdep,pext} w:Gy r:By r:Ey
        VEX.128.F2.0F38.Wy F6 /r mulx w:Gy w:By r:Ey reads=rdx
        VEX.128.F2.0F3A.Wy F0 /r rorx w:Gy r:Ey Ub
        """,
    ),
    Group(
        "stack",
        "moves rsp by eight bytes; the stack rule follows it",
        """
        50+r push r:Zq kind=push
        FF /6 push r:Eq kind=push
        6A push Ib kind=push
        68 push Id kind=push
        58+r pop w:Zq kind=pop
        8F /0 pop w:Eq kind=pop
        """,
    ),
    Group(
        "control flow",
        "direct branches, near returns, and the jump through memory that import stubs are made of",
        f"""
        {by_condition(0x70, "OP jCC Jb kind=branch")}
        {by_condition(0x80, "0F OP jCC Jd kind=branch")}
        EB jmp Jb kind=jump
        E9 jmp Jd kind=jump
        FF /4 jmp r:Mq kind=jump
        E8 call Jd kind=call
        C3 ret kind=return
        """,
    ),
    Group(
        "traps",
        "end the module's turn",
        """
        0F 0B ud2 kind=trap
        0F B9 /r ud1 :Gv :Ev kind=trap
        CC int3 kind=trap
        """,
    ),
    Group(
        "bounds",
        "compare a register with bounds that the host has loaded, and go on or end the module's turn",
        """
        F3 0F 1A /r bndcl r:N r:Rq
        F2 0F 1A /r bndcu r:N r:Rq
        """,
    ),
    Group(
        "bounds of objects",
        "move bounds by the one bound register that is no region's, which the memory rule sees to",
        """
        F3 0F 1B /r bndmk w:N :M
        66 0F 1B /r bndmov w:Mo r:N
        0F 1A /r bndldx w:N rw:Tq r:Xq
        0F 1B /r bndstx rw:Tq r:N r:Xq
        """,
    ),
    Group(
        "no effect",
        "padding, hints and fences",
        """
        90 nop kind=nop
        66 90 nop kind=nop
        0F 1F /0 nop :Ev kind=nop
        F3 90 pause kind=nop
        F3 0F 1E !FA endbr64 kind=nop
        0F AE !E8 lfence
        0F AE !F0 mfence
        0F AE !F8 sfence
        0F 18 /{0,1,2,3} {prefetchnta,prefetcht0,prefetcht1,prefetcht2} :Mb
        0F 0D /1 prefetchw :Mb
        """,
    ),
    Group(
        "flags",
        "set the carry flag, which any addition could",
        "{F5,F8,F9} {cmc,clc,stc}",
    ),
)
