/* SPDX-License-Identifier: Apache-2.0 */
#include <fastpaas/nf.h>

static void real(void)
{
}

static void *choose(void)
{
	return (void *)real;
}

void chosen(void) __attribute__((ifunc("choose"))); // expect: __attribute__((ifunc)) binds a symbol
int base = 1;
extern int other __attribute__((alias("base"))); // expect: __attribute__((alias)) binds a symbol
static int weak_other __attribute__((weakref("base"))); // expect: __attribute__((weakref)) binds a symbol

void process(struct fp_batch *batch)
{
	chosen();
	batch->packet[0].gate = (uint16_t)(other + weak_other + (choose() != NULL));
}
