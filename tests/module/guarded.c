/* SPDX-License-Identifier: Apache-2.0
 *
 * A network function that uses a part of every file of the module C library, for the test that runs it
 * guarded. Every check is an assert(): the first that fails is in the log.
 */
#include <arpa/inet.h>
#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <net/ethernet.h>
#include <netinet/ether.h>
#include <netinet/ip.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <fastpaas/nf.h>

static int by_value(const void *a, const void *b)
{
	const int *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void check_strings(void)
{
	char text[64] = "", words[] = "a,b,,c", *rest, *part;
	static char longer[9000];
	int letters = 0;

	strcat(strcpy(text, "hello"), " world");
	assert(!strcmp(text, "hello world") && strlen(text) == 11);
	assert(strstr(text, "wor") == text + 6 && !strchr(text, 'z') && strcspn(text, "ow") == 4);
	for (part = strtok_r(words, ",", &rest); part; part = strtok_r(NULL, ",", &rest))
		letters += toupper(*part);
	assert(letters == 'A' + 'B' + 'C');
	memset(longer, 'x', sizeof(longer) - 1);
	assert(strlen(longer) == 8999 && strnlen(longer, 7000) == 7000);
	assert(memmem(longer, sizeof(longer), "xx\0", 3) == longer + 8997);
}

static void check_numbers(const struct fp_args *args)
{
	unsigned __int128 wide = ((unsigned __int128)args->len + 1000) << 70;
	unsigned octet[4], bits;
	char text[80];
	int sorted[50];

	errno = 0;
	assert(strtol("99999999999999999999", NULL, 10) == INT64_MAX && errno == ERANGE);
	assert(strtod("1e-3", NULL) == 0.001 && fmod(10.5, 3) == 1.5);
	assert(wide / (args->len + 1000) == (unsigned __int128)1 << 70);
	snprintf(text, sizeof(text), "%s %5.2f %g %" PRIu64 " %-4d| %#x", "text", 3.14159, 1e-7, UINT64_MAX, -7, 255);
	assert(!strcmp(text, "text  3.14 1e-07 18446744073709551615 -7  | 0xff"));
	assert(sscanf("10.1.2.3/8", "%u.%u.%u.%u/%u", octet, octet + 1, octet + 2, octet + 3, &bits) == 5);
	assert(octet[3] == 3 && bits == 8);
	for (int i = 0; i < 50; i++)
		sorted[i] = i * 37 % 51;
	qsort(sorted, 50, sizeof(*sorted), by_value);
	for (int i = 1; i < 50; i++)
		assert(sorted[i - 1] < sorted[i]);
	assert(bsearch(&sorted[20], sorted, 50, sizeof(*sorted), by_value) == &sorted[20]);
}

static void check_heap(void)
{
	char *text = strdup("kept"), *zeros = calloc(1000, 1000);

	text = realloc(text, 100000);
	assert(!strcmp(text, "kept") && zeros && !zeros[999999]);
	free(text);
	free(zeros);
	assert(!malloc(SIZE_MAX / 2) && errno == ENOMEM);
}

static void check_network(void)
{
	char text[INET6_ADDRSTRLEN];
	struct in6_addr address;
	struct ether_addr mac;

	assert(inet_pton(AF_INET6, "2001:db8::7", &address) == 1);
	assert(!strcmp(inet_ntop(AF_INET6, &address, text, sizeof(text)), "2001:db8::7"));
	assert(inet_addr("10.0.0.1") == htonl(0x0a000001));
	assert(ether_aton_r("0:1b:21:a:b:c", &mac) && mac.ether_addr_octet[2] == 0x21);
	assert(time(NULL) > 1700000000);
}

int init(const struct fp_args *args)
{
	check_strings();
	check_numbers(args);
	check_heap();
	check_network();
	printf("all is %s", "well");
	puts(".");
	return 0;
}

void process(struct fp_batch *batch)
{
	(void)batch;
}
