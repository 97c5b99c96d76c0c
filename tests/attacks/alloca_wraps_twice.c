/* SPDX-License-Identifier: Apache-2.0
 *
 * Locals that together take 2^64 bytes and some.
 *
 * expect: fault stack exhausted
 */
#include "attack.h"

struct huge { char bytes[1ul << 59]; };
void attack(struct fp_batch *batch)
{
	struct huge a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p;
	struct huge q, r, s, t, u, v, w, x, y, z, aa, bb, cc, dd, ee, ff;
	volatile char *all[] = {a.bytes, b.bytes, c.bytes, d.bytes, e.bytes, f.bytes, g.bytes, h.bytes,
				i.bytes, j.bytes, k.bytes, l.bytes, m.bytes, n.bytes, o.bytes, p.bytes,
				q.bytes, r.bytes, s.bytes, t.bytes, u.bytes, v.bytes, w.bytes, x.bytes,
				y.bytes, z.bytes, aa.bytes, bb.bytes, cc.bytes, dd.bytes, ee.bytes, ff.bytes};

	for (unsigned at = 0; at < 32; at++)
		all[at][opaque(at)] = (char)batch->count;
}
