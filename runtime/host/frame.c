/* SPDX-License-Identifier: Apache-2.0 */
#include "frame.h"

#include <string.h>

#define ETHERNET 14
#define IPV4 20
#define UDP 8
#define PROTOCOL_UDP 17

/* SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t scramble(uint64_t number)
{
	uint64_t z = (number + 1) * 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

static void write16(uint8_t *at, uint32_t value)
{
	at[0] = (uint8_t)(value >> 8);
	at[1] = (uint8_t)value;
}

static uint32_t sum_words(const uint8_t *at, uint32_t bytes, uint32_t sum)
{
	for (uint32_t i = 0; i + 1 < bytes; i += 2)
		sum += (uint32_t)at[i] << 8 | at[i + 1];
	return bytes & 1 ? sum + ((uint32_t)at[bytes - 1] << 8) : sum;
}

static uint32_t fold(uint32_t sum)
{
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return ~sum & 0xffff;
}

static void make_ip(uint8_t *ip, uint32_t total, uint64_t random)
{
	ip[0] = 0x45;
	write16(ip + 2, total);
	ip[8] = 64;
	ip[9] = PROTOCOL_UDP;
	ip[12] = 10;
	memcpy(ip + 13, &random, 3);
	ip[16] = 172;
	ip[17] = 16 | (random >> 24 & 15);
	ip[18] = (uint8_t)(random >> 28);
	ip[19] = (uint8_t)(random >> 36);
	write16(ip + 10, fold(sum_words(ip, IPV4, 0)));
}

static void make_udp(uint8_t *ip, uint32_t bytes, uint64_t random)
{
	uint8_t *udp = ip + IPV4;
	uint32_t sum;

	write16(udp, 1024 + (random >> 44 & 0x3fff));
	write16(udp + 2, 1 + (random >> 58));
	write16(udp + 4, bytes);
	for (uint32_t i = UDP; i < bytes; i++)
		udp[i] = (uint8_t)(random >> (i % 8 * 8));
	sum = fold(sum_words(udp, bytes, sum_words(ip + 12, 8, PROTOCOL_UDP + bytes)));
	write16(udp + 6, sum ? sum : 0xffff); /* 0 would mean "no checksum" */
}

void fp_frame_make_udp(uint8_t *frame, uint32_t size, uint32_t number)
{
	static const uint8_t ethernet[ETHERNET] = {2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0};
	uint64_t random = scramble(number);

	memset(frame, 0, size);
	memcpy(frame, ethernet, ETHERNET);
	make_ip(frame + ETHERNET, size - ETHERNET, random);
	make_udp(frame + ETHERNET, size - ETHERNET - IPV4, random);
}
