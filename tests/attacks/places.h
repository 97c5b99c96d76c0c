/* SPDX-License-Identifier: Apache-2.0
 *
 * What the attacks know of their surroundings; shared with the canaries that lie there.
 */
#ifndef ATTACK_PLACES_H
#define ATTACK_PLACES_H

#define HOST_PAGE 0x2a0000000000ul /* memory of the host, readable and writable for whoever gets there */
#define HOST_PAGE_BYTES 0x200000ul
#define HOST_SECRET 0x5ec4e75ec4e75ec5ul /* every 8 bytes of it */

#define NOTE_OFFSET 64 /* in each packet: where the other module keeps its things */

#endif
