/* SPDX-License-Identifier: Apache-2.0
 *
 * Ordinary C, and words that only look like refused constructs: none of it may be refused.
 */
#include <alloca.h>
#include <arpa/inet.h>
#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <net/ethernet.h>
#include <netinet/icmp6.h>
#include <netinet/if_ether.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <netinet/ip6.h>
#include <netinet/ip_icmp.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/types.h>
#include <time.h>

#include <fastpaas/nf.h>

#define UNUSED_CONSTRUCTOR __attribute__((constructor))
#define UNUSED_BARRIER() __asm__ volatile("" : : : "memory")
#define unlikely(x) __builtin_expect(!!(x), 0)
#define FIELD(rule, name) ((rule)->name)

#if 0
__asm__("nop");
static __thread int never;
#endif

/* asm("nop"); __attribute__((section(".text"))) longjmp(x, 1); */
static const char *const words = "asm(\"nop\") __attribute__((naked)) goto *x;";

struct __attribute__((packed, aligned(4))) rule {
	uint8_t target, section, alias;
	uint16_t model : 3, interrupt : 5;
	__int128 wide;
	double weight;
	_Atomic uint32_t hits;
	int (*compare)(const void *, const void *);
};

_Static_assert(sizeof(struct rule) > 16, "size");

typedef int vector __attribute__((vector_size(16)));
enum asm_kind { SETJMP, LONGJMP };

static struct rule rules[16];
static volatile int seen;
static char pool[64] __attribute__((aligned(64), used));
static long double *never_read;

static int section(int target) { return target + 1; }
static inline __attribute__((always_inline)) int quick(int x) { return x; }
static __attribute__((noinline, cold, unused)) int slow(int x) { return x; }
__attribute__((visibility("default"), nonnull(1), warn_unused_result)) int shown(const char *s);
int shown(const char *s) { return (int)strlen(s); }
static void release(void *p) { free(*(void **)p); }
static _Noreturn void give_up(void) { abort(); }
static __attribute__((const)) int square(int x) { return x * x; }

static __attribute__((format(printf, 1, 2))) int note(const char *format, ...)
{
	char text[64];
	va_list list;

	va_start(list, format);
	int used = vsnprintf(text, sizeof(text), format, list);
	va_end(list);
	return used;
}

static int by_weight(const void *a, const void *b)
{
	return ((const struct rule *)a)->weight < ((const struct rule *)b)->weight ? -1 : 1;
}

int init(const struct fp_args *args)
{
	register int count = (int)args->len;
	int sizes[count + 1];
	char *copy = alloca(args->len + 1);
	__attribute__((cleanup(release))) void *block = malloc(10);
	vector v = { 1, 2, 3, 4 };

	memcpy(copy, args->text, args->len);
	sizes[count] = ({ int x = section(count); x * 2; });
	qsort(rules, 16, sizeof(rules[0]), by_weight);
	rules[0].compare = by_weight;
	assert(count >= 0);
	if (unlikely(errno == EINVAL))
		goto out;
	switch (count) {
	case 1:
		seen++;
		__attribute__((fallthrough));
	case 2:
		seen--;
		break;
	default:
		break;
	}
out:
	return FIELD(&rules[0], target) + sizes[count] + v[1] + quick(1) + note("%s", words) + toupper('a') +
	       _Generic(count, int : 1, default : 2) + (int)htonl(3) + (never_read == NULL) + (block == NULL);
}

void process(struct fp_batch *batch)
{
	for (uint32_t i = 0; i < batch->count; i++) {
		struct iphdr *ip = (struct iphdr *)(batch->packet[i].data + sizeof(struct ether_header));

		if (batch->packet[i].len < 34)
			continue;
		batch->packet[i].gate = (uint16_t)(ntohl(ip->saddr) + (uint32_t)square(3) + (uint32_t)pool[i & 63]);
		atomic_fetch_add(&rules[i & 15].hits, 1);
		rules[i & 15].wide += (__int128)ip->daddr * 3;
		if (ip->version == 15)
			give_up();
	}
}

void fini(void)
{
	fp_logf(FP_INFO, "%" PRIu64 " %d", fp_now(), shown("x"));
}
