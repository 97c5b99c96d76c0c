/* SPDX-License-Identifier: Apache-2.0
 *
 * Every form an access can take. The comment of a line lists what the IR does there, in any order.
 */
#include <stdarg.h>
#include <string.h>

#include <fastpaas/nf.h>

#define LOAD(p, i) ((p)[i])
#define SET(n) ((n)->v = 7)
#define BOTH(x, y) do { (x) = (y); } while (0)

struct in { int a, b; struct { int c; } d; unsigned f : 3, g : 5; uint8_t key[160]; };
struct node { struct node *next; int v; struct in in; int (*fn)(int); };

int g, *gp, arr[4][8];
struct in gi, gj[4];
_Atomic int at;
int use(int *p, struct in *x);

int reads(struct node *n, int *p, int **pp, int i)
{
	int s = *p; // load *p
	s += p[i]; // load p[i]
	s += **pp; // load *pp; load **pp
	s += n->next->next->v; // load n->next; load n->next->next; load n->next->next->v
	s += n->in.d.c; // load n->in.d.c
	s += (*n).v; // load (*n).v
	s += n->in.g; // load n->in.g
	s += g; // load g
	s += arr[s & 3][i]; // load arr[s & 3][i]
	s += LOAD(p, i); // load LOAD(p, i)
	s += LOAD(n->in.key, i + 1); // load LOAD(n->in.key, i + 1)
	s += ((struct node *)(p + 4))->v; // load ((struct node *)(p + 4))->v
	s += *(uint16_t *)((char *)p + 6); // load *(uint16_t *)((char *)p + 6)
	s += n->fn(n->v); // load n->fn(n->v); load n->v
	s += n->next[i].in.key[s & 1]; // load n->next; load n->next[i].in.key[s & 1]
	s += p[3] == p[4] /* both */ ? 1 : 2; // load p[3]; load p[4]
	return
		p[5] + // load p[5]
		s;
}

void writes(struct node *n, int *p, int i, struct in *x)
{
	*p++ = i; // store *p++ = i
	p[i] = 2; // store p[i] = 2
	(*n).v = i; // store (*n).v = i
	n->in.key[i] ^= 3; // load n->in.key[i] ^= 3; store n->in.key[i] ^= 3
	arr[i][i & 7] = gp[2]; // load gp[2]; store arr[i][i & 7] = gp[2]
	p[i] /* odd */ = // store p[i] = i
		i;
	p[i]++; // load p[i]++; store p[i]++
	--n->v; // load --n->v; store --n->v
	n->in.f = 3; // load n->in.f = 3; store n->in.f = 3
	SET(n); // store SET(n)
	BOTH(p[3], p[4]); // load p[4]; store BOTH(p[3], p[4])
	*(uint32_t *)&p[7] = 5; // store *(uint32_t *)&p[7] = 5
	p[0] = p[1] = p[2]; // load p[2]; store p[1] = p[2]; store p[0] = p[1] = p[2]
	*p += i, p[i] <<= 2; // load *p += i; store *p += i; load p[i] <<= 2; store p[i] <<= 2
	g = g + 1; // load g; store g = g + 1
	n->next = n; // store n->next = n
	use(p, x);
}

struct in copies(struct node *n, int *p, int i, struct in *x)
{
	*x = n->in; // copy *x = n->in
	gj[i] = gi; // copy gj[i] = gi
	memcpy(p, x, 100); // copy memcpy(p, x, 100)
	memset(n->in.key, 0, sizeof(n->in.key)); // copy memset(n->in.key, 0, sizeof(n->in.key))
	memmove(p + 1, p, (size_t)i); // copy memmove(p + 1, p, (size_t)i)
	struct in copy = *x; // copy copy = *x
	use(p, &copy);
	return x[i]; // copy return x[i]
}

int atomics(struct node *n, int *p)
{
	at++; // atomic at++
	__atomic_fetch_add(&n->v, 1, __ATOMIC_RELAXED); // atomic __atomic_fetch_add(&n->v, 1, __ATOMIC_RELAXED)
	__sync_bool_compare_and_swap(p, 1, 2); // atomic __sync_bool_compare_and_swap(p, 1, 2)
	return at; // load at
}

void long_ones(struct node *nodes, int first_index_of_many, int second_index_of_many)
{
	nodes[first_index_of_many + 1].in.key[second_index_of_many & 127] = // store nodes[first_index_of_many + 1].in.key[second_index_of_many & 127] = (uint8_t)(first_index_of_many * 3 + second_index_...
		(uint8_t)(first_index_of_many * 3 + second_index_of_many * 5);
}
