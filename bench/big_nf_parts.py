"""The kinds of functions a generated NF is made of; each a handle_N(packet, kind) and its data."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

Part = Callable[[Random, int], str]


def make_parser(chance: Random, n: int) -> str:
    """Walks headers: lengths checked, fields loaded and stored."""
    step, field = chance.choice((4, 8, 12)), chance.randrange(2, 8)
    return f"""\
struct header_{n} {{
	uint8_t kind, length;
	uint16_t ports[2];
	uint32_t words[{field}];
}} __attribute__((packed));

static uint32_t handle_{n}(struct fp_packet *packet, uint32_t kind)
{{
	uint32_t at = {chance.randrange(14, 40)}, found = 0;

	while (at + sizeof(struct header_{n}) <= packet->len) {{
		struct header_{n} *header = (struct header_{n} *)(packet->data + at);

		if (header->kind == (uint8_t)(kind + {n % 251})) {{
			found += header->words[kind % {field}];
			header->ports[1] = header->ports[0];
		}}
		at += {step} + (header->length & 15);
	}}
	return found ^ {n}u;
}}

"""


def make_table(chance: Random, n: int) -> str:
    """A hash table with linear probing."""
    size = 1 << chance.randrange(6, 12)
    return f"""\
struct slot_{n} {{
	uint64_t key;
	uint32_t packets;
	uint32_t bytes;
}};

static struct slot_{n} slots_{n}[{size}];

static struct slot_{n} *find_{n}(uint64_t key)
{{
	uint32_t at = (uint32_t)(key * 0x9e3779b97f4a7c15u >> 40);

	for (uint32_t probe = 0; probe < {chance.randrange(4, 12)}; probe++) {{
		struct slot_{n} *slot = &slots_{n}[(at + probe) % {size}];

		if (slot->key == key || slot->key == 0)
			return slot;
	}}
	return NULL;
}}

static uint32_t handle_{n}(struct fp_packet *packet, uint32_t kind)
{{
	struct slot_{n} *slot = find_{n}(((uint64_t)kind << 32 | packet->flow) + 1);

	if (!slot)
		return 0;
	slot->key = ((uint64_t)kind << 32 | packet->flow) + 1;
	slot->packets++;
	slot->bytes += packet->len;
	return slot->packets + {n};
}}

"""


def make_loop(chance: Random, n: int) -> str:
    """Sums over the frame, with a constant table."""
    weights = ", ".join(str(chance.randrange(65536)) for _ in range(16))
    return f"""\
static const uint16_t weights_{n}[16] = {{
	{weights}
}};

static uint32_t handle_{n}(struct fp_packet *packet, uint32_t kind)
{{
	uint32_t sum = kind, start = {chance.randrange(0, 14)};

	for (uint32_t i = start; i < packet->len; i++) {{
		sum += packet->data[i] * weights_{n}[i & 15];
		sum = sum << {chance.randrange(1, 7)} | sum >> 27;
	}}
	if (packet->len > {chance.randrange(20, 60)} && sum % {chance.randrange(3, 40)} == 0)
		packet->data[packet->len - 1] = (uint8_t)sum;
	return sum;
}}

"""


def make_counter(chance: Random, n: int) -> str:
    """Counters by class, some of them reset."""
    classes = chance.randrange(4, 64)
    return f"""\
static struct {{
	uint64_t packets, bytes;
	uint32_t last;
	uint8_t classes[{classes}];
}} totals_{n};

static uint32_t handle_{n}(struct fp_packet *packet, uint32_t kind)
{{
	uint32_t class = (kind ^ packet->flow) % {classes};

	totals_{n}.packets++;
	totals_{n}.bytes += packet->len;
	if (totals_{n}.classes[class] < {chance.randrange(100, 255)})
		totals_{n}.classes[class]++;
	else
		memset(totals_{n}.classes, 0, sizeof(totals_{n}.classes));
	if (packet->port != totals_{n}.last)
		totals_{n}.last = packet->port;
	return totals_{n}.classes[class];
}}

"""


def make_walk(chance: Random, n: int) -> str:
    """A linked list on the heap, newest first."""
    longest = chance.randrange(8, 64)
    return f"""\
struct item_{n} {{
	struct item_{n} *next;
	uint32_t flow, hits;
}};

static struct item_{n} *items_{n};
static uint32_t item_count_{n};

static uint32_t handle_{n}(struct fp_packet *packet, uint32_t kind)
{{
	struct item_{n} *item = items_{n};

	while (item && item->flow != packet->flow)
		item = item->next;
	if (item)
		return ++item->hits;
	if (item_count_{n} >= {longest})
		return kind;
	item = malloc(sizeof(*item));
	if (!item)
		return 0;
	*item = (struct item_{n}){{ .next = items_{n}, .flow = packet->flow, .hits = {n}u }};
	items_{n} = item;
	return ++item_count_{n};
}}

"""


def make_field(chance: Random, n: int) -> str:
    """Rewrites fields of the frame by cases, with a copy on the stack."""
    cases = "".join(
        f"\tcase {i}:\n\t\tcopy[{chance.randrange(32)}] ^= {chance.randrange(256)};\n\t\tbreak;\n"
        for i in range(chance.randrange(3, 8))
    )
    return f"""\
static uint32_t handle_{n}(struct fp_packet *packet, uint32_t kind)
{{
	uint8_t copy[32];

	if (packet->len < sizeof(copy))
		return 0;
	memcpy(copy, packet->data, sizeof(copy));
	switch (kind & 7) {{
{cases}	default:
		copy[kind & 31] = (uint8_t)kind;
	}}
	memcpy(packet->data, copy, sizeof(copy));
	return copy[{chance.randrange(32)}] + {n}u;
}}

"""


PARTS: tuple[Part, ...] = (make_parser, make_table, make_loop, make_counter, make_walk, make_field)
