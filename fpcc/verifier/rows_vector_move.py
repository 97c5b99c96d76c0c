"""The allow-list: moves of vectors to and from memory and general registers, in both encodings."""

from fpcc.verifier.rows import Group

VECTOR_MOVE = (
    Group(
        "vector moves",
        "copies between vector registers, general registers and memory, which the memory rule judges",
        """
        NP 0F {10,28} /r {movups,movaps} w:Vx r:Wx
        NP 0F {11,29} /r {movups,movaps} w:Wx r:Vx
        66 0F {10,28,6F} /r {movupd,movapd,movdqa} w:Vx r:Wx
        66 0F {11,29,7F} /r {movupd,movapd,movdqa} w:Wx r:Vx
        F3 0F {6F,12,16} /r {movdqu,movsldup,movshdup} w:Vx r:Wx
        F3 0F 7F /r movdqu w:Wx r:Vx
        F2 0F 12 /r movddup w:Vo r:Wq
        NP 0F 2B /r movntps w:Mx r:Vx
        66 0F {2B,E7} /r {movntpd,movntdq} w:Mx r:Vx
        66 0F38 2A /r movntdqa w:Vx r:Mx
        F2 0F F0 /r lddqu w:Vx r:Mx
        NP 0F {12,16} /r {movlps,movhps} rw:Vo r:Mq
        66 0F {12,16} /r {movlpd,movhpd} rw:Vo r:Mq
        NP 0F {13,17} /r {movlps,movhps} w:Mq r:Vo
        66 0F {13,17} /r {movlpd,movhpd} w:Mq r:Vo
        NP 0F {12,16} /r {movhlps,movlhps} rw:Vo r:Uo
        F3 0F 10 /r movss rw:Vo r:Uo
        F3 0F 10 /r movss w:Vo r:Md
        F3 0F 11 /r movss rw:Uo r:Vo
        F3 0F 11 /r movss w:Md r:Vo
        F2 0F 10 /r movsd rw:Vo r:Uo
        F2 0F 10 /r movsd w:Vo r:Mq
        F2 0F 11 /r movsd rw:Uo r:Vo
        F2 0F 11 /r movsd w:Mq r:Vo
        66 0F 6E /r movd w:Vo r:Ed
        66 W1 0F 6E /r movq w:Vo r:Eq
        66 0F 7E /r movd w:Ed r:Vo
        66 W1 0F 7E /r movq w:Eq r:Vo
        F3 0F 7E /r movq w:Vo r:Wq
        66 0F D6 /r movq w:Wq r:Vo
        66 0F C4 /r pinsrw rw:Vo r:Edw Ub
        66 0F C5 /r pextrw w:Gd r:Uo Ub
        66 0F3A {14,15,16,17} /r {pextrb,pextrw,pextrd,extractps} w:{Edb,Edw,Ed,Ed} r:Vo Ub
        66 W1 0F3A 16 /r pextrq w:Eq r:Vo Ub
        66 0F3A {20,22} /r {pinsrb,pinsrd} rw:Vo r:{Edb,Ed} Ub
        66 W1 0F3A 22 /r pinsrq rw:Vo r:Eq Ub
        66 0F3A 21 /r insertps rw:Vo r:Wd Ub
        66 0F38 {10,14,15} /r {pblendvb,blendvps,blendvpd} rw:Vo r:Wo
        VEX.x.NP.0F.W0 {10,28} /r {vmovups,vmovaps} w:Vx r:Wx
        VEX.x.NP.0F.W0 {11,29} /r {vmovups,vmovaps} w:Wx r:Vx
        VEX.x.66.0F.W0 {10,28,6F} /r {vmovupd,vmovapd,vmovdqa} w:Vx r:Wx
        VEX.x.66.0F.W0 {11,29,7F} /r {vmovupd,vmovapd,vmovdqa} w:Wx r:Vx
        VEX.x.F3.0F.W0 {6F,12,16} /r {vmovdqu,vmovsldup,vmovshdup} w:Vx r:Wx
        VEX.x.F3.0F.W0 7F /r vmovdqu w:Wx r:Vx
        VEX.128.F2.0F.W0 12 /r vmovddup w:Vo r:Wq
        VEX.256.F2.0F.W0 12 /r vmovddup w:Vy r:Wy
        VEX.x.NP.0F.W0 2B /r vmovntps w:Mx r:Vx
        VEX.x.66.0F.W0 {2B,E7} /r {vmovntpd,vmovntdq} w:Mx r:Vx
        VEX.x.66.0F38.W0 2A /r vmovntdqa w:Vx r:Mx
        VEX.x.F2.0F.W0 F0 /r vlddqu w:Vx r:Mx
        VEX.128.NP.0F.W0 {12,16} /r {vmovlps,vmovhps} w:Vo r:Ho r:Mq
        VEX.128.66.0F.W0 {12,16} /r {vmovlpd,vmovhpd} w:Vo r:Ho r:Mq
        VEX.128.NP.0F.W0 {13,17} /r {vmovlps,vmovhps} w:Mq r:Vo
        VEX.128.66.0F.W0 {13,17} /r {vmovlpd,vmovhpd} w:Mq r:Vo
        VEX.128.NP.0F.W0 {12,16} /r {vmovhlps,vmovlhps} w:Vo r:Ho r:Uo
        VEX.128.F3.0F.W0 10 /r vmovss w:Vo r:Ho r:Uo
        VEX.128.F3.0F.W0 10 /r vmovss w:Vo r:Md
        VEX.128.F3.0F.W0 11 /r vmovss w:Uo r:Ho r:Vo
        VEX.128.F3.0F.W0 11 /r vmovss w:Md r:Vo
        VEX.128.F2.0F.W0 10 /r vmovsd w:Vo r:Ho r:Uo
        VEX.128.F2.0F.W0 10 /r vmovsd w:Vo r:Mq
        VEX.128.F2.0F.W0 11 /r vmovsd w:Uo r:Ho r:Vo
        VEX.128.F2.0F.W0 11 /r vmovsd w:Mq r:Vo
        VEX.128.66.0F.W0 6E /r vmovd w:Vo r:Ed
        VEX.128.66.0F.W1 6E /r vmovq w:Vo r:Eq
        VEX.128.66.0F.W0 7E /r vmovd w:Ed r:Vo
        VEX.128.66.0F.W1 7E /r vmovq w:Eq r:Vo
        VEX.128.F3.0F.W0 7E /r vmovq w:Vo r:Wq
        VEX.128.66.0F.W0 D6 /r vmovq w:Wq r:Vo
        VEX.128.66.0F.W0 C4 /r vpinsrw w:Vo r:Ho r:Edw Ub
        VEX.128.66.0F.W0 C5 /r vpextrw w:Gd r:Uo Ub
        VEX.128.66.0F3A.W0 {14,15,16,17} /r {vpextrb,vpextrw,vpextrd,vextractps} w:{Edb,Edw,Ed,Ed} r:Vo Ub
        VEX.128.66.0F3A.W1 16 /r vpextrq w:Eq r:Vo Ub
        VEX.128.66.0F3A.W0 {20,22} /r {vpinsrb,vpinsrd} w:Vo r:Ho r:{Edb,Ed} Ub
        VEX.128.66.0F3A.W1 22 /r vpinsrq w:Vo r:Ho r:Eq Ub
        VEX.128.66.0F3A.W0 21 /r vinsertps w:Vo r:Ho r:Wd Ub
        """,
    ),
    Group(
        "AVX",
        "instructions on 256-bit vectors that SSE lacks; masked moves count as touching all they could",
        """
        VEX.128.NP.0F.W0 77 vzeroupper
        VEX.256.NP.0F.W0 77 vzeroall
        VEX.x.66.0F3A.W0 {4A,4B,4C} /r {vblendvps,vblendvpd,vpblendvb} w:Vx r:Hx r:Wx r:Lx
        VEX.x.66.0F38.W0 18 /r vbroadcastss w:Vx r:Wd
        VEX.256.66.0F38.W0 19 /r vbroadcastsd w:Vx r:Wq
        VEX.256.66.0F38.W0 {1A,5A} /r {vbroadcastf128,vbroadcasti128} w:Vx r:Mo
        VEX.x.66.0F38.W0 {58,59} /r {vpbroadcastd,vpbroadcastq} w:Vx r:{Wd,Wq}
        VEX.x.66.0F38.W0 {78,79} /r {vpbroadcastb,vpbroadcastw} w:Vx r:{Wb,Ww}
        VEX.x.66.0F38.W0 {0C,0D} /r {vpermilps,vpermilpd} w:Vx r:Hx r:Wx
        VEX.x.66.0F3A.W0 {04,05} /r {vpermilps,vpermilpd} w:Vx r:Wx Ub
        VEX.x.66.0F38.W0 {0E,0F} /r {vtestps,vtestpd} r:Vx r:Wx
        VEX.256.66.0F3A.W0 {06,46} /r {vperm2f128,vperm2i128} w:Vx r:Hx r:Wx Ub
        VEX.256.66.0F3A.W0 {18,38} /r {vinsertf128,vinserti128} w:Vx r:Hx r:Wo Ub
        VEX.256.66.0F3A.W0 {19,39} /r {vextractf128,vextracti128} w:Wo r:Vx Ub
        VEX.256.66.0F38.W0 {36,16} /r {vpermd,vpermps} w:Vx r:Hx r:Wx
        VEX.256.66.0F3A.W1 {00,01} /r {vpermq,vpermpd} w:Vx r:Wx Ub
        VEX.x.66.0F3A.W0 02 /r vpblendd w:Vx r:Hx r:Wx Ub
        VEX.x.66.0F38.W0 {45,46,47} /r {vpsrlvd,vpsravd,vpsllvd} w:Vx r:Hx r:Wx
        VEX.x.66.0F38.W1 {45,47} /r {vpsrlvq,vpsllvq} w:Vx r:Hx r:Wx
        VEX.x.66.0F38.W0 {2C,2D,8C} /r {vmaskmovps,vmaskmovpd,vpmaskmovd} w:Vx r:Hx r:Mx
        VEX.x.66.0F38.W1 8C /r vpmaskmovq w:Vx r:Hx r:Mx
        VEX.x.66.0F38.W0 {2E,2F,8E} /r {vmaskmovps,vmaskmovpd,vpmaskmovd} w:Mx r:Hx r:Vx
        VEX.x.66.0F38.W1 8E /r vpmaskmovq w:Mx r:Hx r:Vx
        """,
    ),
    Group(
        "half floats",
        "conversions from and to 16-bit floating point",
        """
        VEX.x.66.0F38.W0 13 /r vcvtph2ps w:Vx r:Wh
        VEX.x.66.0F3A.W0 1D /r vcvtps2ph w:Wh r:Vx Ub
        """,
    ),
    Group(
        "fused multiply-add",
        "computes on vector registers and at most one memory operand",
        "\n".join(
            f"""
            VEX.x.66.0F38.W0 {{{first}6,{first}7}} /r {{vfmaddsub{o}ps,vfmsubadd{o}ps}} rw:Vx r:Hx r:Wx
            VEX.x.66.0F38.W1 {{{first}6,{first}7}} /r {{vfmaddsub{o}pd,vfmsubadd{o}pd}} rw:Vx r:Hx r:Wx
            VEX.x.66.0F38.W0 {{{first}8,{first}A,{first}C,{first}E}} /r \
                {{vfmadd{o}ps,vfmsub{o}ps,vfnmadd{o}ps,vfnmsub{o}ps}} rw:Vx r:Hx r:Wx
            VEX.x.66.0F38.W1 {{{first}8,{first}A,{first}C,{first}E}} /r \
                {{vfmadd{o}pd,vfmsub{o}pd,vfnmadd{o}pd,vfnmsub{o}pd}} rw:Vx r:Hx r:Wx
            VEX.128.66.0F38.W0 {{{first}9,{first}B,{first}D,{first}F}} /r \
                {{vfmadd{o}ss,vfmsub{o}ss,vfnmadd{o}ss,vfnmsub{o}ss}} rw:Vo r:Ho r:Wd
            VEX.128.66.0F38.W1 {{{first}9,{first}B,{first}D,{first}F}} /r \
                {{vfmadd{o}sd,vfmsub{o}sd,vfnmadd{o}sd,vfnmsub{o}sd}} rw:Vo r:Ho r:Wq
            """
            for first, o in (("9", "132"), ("A", "213"), ("B", "231"))
        ),
    ),
)
