/* SPDX-License-Identifier: Apache-2.0
 *
 * Calls of every kind whose arguments the compiler passes in memory: each case mixes what it was given into
 * one number, the same in every build. mix() keeps the order and the bits.
 */
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

extern uint64_t checksum, reported;

static void mix(uint64_t value)
{
	checksum = (checksum ^ value) * 0x100000001b3 + 17;
	reported++;
}

static void mix_double(double value)
{
	uint64_t bits;

	memcpy(&bits, &value, sizeof(bits));
	mix(bits);
}

struct one { char c; };
struct eight { int a; float f; };
struct twelve { int a[3]; };
struct sixteen { long a; double d; };
struct doubles { double d[2]; };
struct large { long a[5]; char c; };
struct odd { char c[19]; };
struct __attribute__((aligned(32))) aligned { int a, b; };
struct __attribute__((aligned(128))) page { long a[20]; };
struct nested { struct large l; struct { struct odd o; short s; } inner; };
union mixed { double d; long l; char c[24]; };

/* Kinds: i int, l long, d double, p pointer, 1 8 c s D L o a g n u structures, q __int128. */
__attribute__((noinline)) static void take(const char *kinds, va_list list)
{
	for (; *kinds; kinds++) {
		switch (*kinds) {
		case 'i': mix((uint64_t)va_arg(list, int)); break;
		case 'l': mix((uint64_t)va_arg(list, long)); break;
		case 'd': mix_double(va_arg(list, double)); break;
		case 'p': mix((uint64_t)*va_arg(list, int *)); break;
		case '1': mix((uint64_t)va_arg(list, struct one).c); break;
		case '8': { struct eight x = va_arg(list, struct eight); mix((uint64_t)x.a); mix_double(x.f); break; }
		case 'c': { struct twelve x = va_arg(list, struct twelve); mix((uint64_t)(x.a[0] + x.a[1] * 3 + x.a[2] * 5)); break; }
		case 's': { struct sixteen x = va_arg(list, struct sixteen); mix((uint64_t)x.a); mix_double(x.d); break; }
		case 'D': { struct doubles x = va_arg(list, struct doubles); mix_double(x.d[0]); mix_double(x.d[1]); break; }
		case 'L': { struct large x = va_arg(list, struct large); mix((uint64_t)(x.a[0] ^ x.a[4])); mix((uint64_t)x.c); break; }
		case 'o': { struct odd x = va_arg(list, struct odd); mix((uint64_t)(x.c[0] + 256 * x.c[18])); break; }
		case 'a': { struct aligned x = va_arg(list, struct aligned); mix((uint64_t)(x.a - x.b)); break; }
		case 'g': { struct page x = va_arg(list, struct page); mix((uint64_t)(x.a[0] * 3 + x.a[19])); break; }
		case 'n': { struct nested x = va_arg(list, struct nested); mix((uint64_t)(x.l.a[2] + x.inner.s + x.inner.o.c[7])); break; }
		case 'u': { union mixed x = va_arg(list, union mixed); mix((uint64_t)x.l); break; }
		case 'q': { __int128 x = va_arg(list, __int128); mix((uint64_t)x); mix((uint64_t)(x >> 64)); break; }
		}
	}
}

__attribute__((noinline)) static void call(const char *kinds, ...)
{
	va_list list, again;

	va_start(list, kinds);
	va_copy(again, list);
	take(kinds, list);
	take(kinds, again);
	va_end(again);
	va_end(list);
}

/* The first few fixed, of other classes than those that follow. */
__attribute__((noinline)) static void after_fixed(int a, double b, struct large l, struct aligned x, const char *kinds, ...)
{
	va_list list;

	mix((uint64_t)a);
	mix_double(b);
	mix((uint64_t)(l.a[1] + l.c));
	mix((uint64_t)x.b);
	va_start(list, kinds);
	take(kinds, list);
	va_end(list);
}

__attribute__((noinline)) static int next_of(va_list *list)
{
	return va_arg(*list, int);
}

/* A list read partly by another function, by address, then on. */
__attribute__((noinline)) static void shared(int count, ...)
{
	va_list list;

	va_start(list, count);
	while (count--) {
		mix((uint64_t)next_of(&list));
		mix((uint64_t)va_arg(list, long));
	}
	va_end(list);
	va_start(list, count); /* from the beginning once more */
	mix((uint64_t)va_arg(list, int));
	va_end(list);
}

/* By value, changed by the callee: the caller's stays. */
__attribute__((noinline)) static long change(struct nested n, struct large l, struct aligned a, union mixed u)
{
	n.l.a[0]++;
	n.inner.s *= 2;
	memset(&l, 7, sizeof(l));
	a.a = (int)((uintptr_t)&a % 32);
	return n.l.a[0] + n.inner.s + l.a[3] + a.a + a.b + u.l;
}

__attribute__((noinline)) static struct nested pass_through(struct nested n, int depth)
{
	n.inner.o.c[depth]++;
	return depth ? pass_through(n, depth - 1) : n;
}

static long old_style();

static long old_style(a, b, l)
	int a;
	double b;
	struct large l;
{
	return a + (long)b + l.a[2];
}

typedef void variadic(const char *kinds, ...);

int generated_main(void);

int generated_main(void)
{
	variadic *volatile pointer = call;
	int seven = 7;
	struct large l = {{1, 2, 3, 4, -5}, 'x'};
	struct odd o = {"nineteen chars are"};
	struct aligned a = {40, -2};
	struct page g = {{11, [19] = 13}};
	struct nested n = {l, {o, 321}};
	union mixed u = {.l = 0x123456789abcdef};

	call("");
	call("i", -1);
	call("iiiiiiiiiiii", 1, 2, 3, 4, 5, 6, 7, 8, 9, -10, 11, 12);
	call("dddddddddddd", 1., 2., 3., 4., 5., 6., 7., 8., 9., -10., 11.5, 1e300);
	call("idldpidldp", 1, 2.5, 3l, -4.5, &seven, -1, 0.125, 1l << 62, 1e-300, &seven);
	call("18csDLoanuq", (struct one){'q'}, (struct eight){3, .5f}, (struct twelve){{1, 2, 3}},
	     (struct sixteen){-4, 4.25}, (struct doubles){{1.5, -2.5}}, l, o, a, n, u, ((__int128)7 << 100) + 5);
	call("iqiaiLi", 1, (__int128)-2, 3, a, 4, l, 5);
	call("igidg", 1, g, 2, 3., g);
	call("1i1d1l1", (struct one){1}, 2, (struct one){3}, 4., (struct one){5}, 6l, (struct one){7});
	call("ssssssDDDDDD", (struct sixteen){1, 1.}, (struct sixteen){2, 2.}, (struct sixteen){3, 3.},
	     (struct sixteen){4, 4.}, (struct sixteen){5, 5.}, (struct sixteen){6, 6.}, (struct doubles){{1., 2.}},
	     (struct doubles){{3., 4.}}, (struct doubles){{5., 6.}}, (struct doubles){{7., 8.}},
	     (struct doubles){{9., 10.}}, (struct doubles){{11., 12.}});
	pointer("lndq", -9l, n, 3.75, (__int128)1 << 127);
	after_fixed(1, 2.5, l, a, "iLda", 3, l, 4.5, a);
	shared(3, 1, 2l, 3, 4l, 5, 6l);
	mix((uint64_t)change(n, l, a, u));
	mix((uint64_t)(n.l.a[0] + n.inner.s + l.a[3] + a.a));
	n = pass_through(n, 9);
	mix((uint64_t)(n.inner.o.c[0] + n.inner.o.c[9] * 256));
	mix((uint64_t)old_style(1, 2.9, l));
	return 0;
}
