/* SPDX-License-Identifier: Apache-2.0 */
#include "netdev.h"

#include <arpa/inet.h>
#include <errno.h>
#include <net/if_arp.h>
#include <stdbool.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/if.h>
#include <linux/if_packet.h>

int fp_netdev_check_name(const char *where, const char *name, struct fp_error *error)
{
	size_t len = strlen(name);

	if (len >= IFNAMSIZ || strpbrk(name, "/: \t\n\v\f\r"))
		return fp_fail(error,
			       "configuration: %s.interface is \"%.40s\"; the name of an interface has at most %d "
			       "characters, none of them a slash, a colon or a space",
			       where, name, IFNAMSIZ - 1);
	return 0;
}

int fp_netdev_fail(const struct fp_netdev *device, const char *what, int reason, struct fp_error *error)
{
	return fp_fail(error, "%s: af_packet:%s: %s: %s", device->where, device->name, what, strerror(reason));
}

static int fail(const struct fp_netdev *device, const char *what, struct fp_error *error)
{
	return fp_fail(error, "%s: af_packet:%s: %s", device->where, device->name, what);
}

static int open_socket(struct fp_netdev *device, struct fp_error *error)
{
	device->fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
	if (device->fd >= 0)
		return 0;
	if (errno == EPERM)
		return fail(device, "interfaces need the capability CAP_NET_RAW: run as root, or give it to fphost", error);
	return fp_netdev_fail(device, "no packet socket", errno, error);
}

static struct ifreq name_request(const struct fp_netdev *device)
{
	struct ifreq request = {0};

	strncpy(request.ifr_name, device->name, IFNAMSIZ - 1);
	return request;
}

/* Asks the kernel one thing about the interface. */
static int ask(const struct fp_netdev *device, unsigned long what, struct ifreq *answer, struct fp_error *error)
{
	*answer = name_request(device);
	if (ioctl(device->fd, what, answer) == 0)
		return 0;
	if (errno == ENODEV)
		return fail(device, "there is no such interface here; `ip link` lists those there are", error);
	return fp_netdev_fail(device, "the kernel says nothing of it", errno, error);
}

static int check_kind(struct fp_netdev *device, struct fp_error *error)
{
	struct ifreq answer;

	if (ask(device, SIOCGIFHWADDR, &answer, error) < 0)
		return -1;
	if (answer.ifr_hwaddr.sa_family != ARPHRD_ETHER && answer.ifr_hwaddr.sa_family != ARPHRD_LOOPBACK)
		return fail(device, "its frames are not Ethernet", error);
	return 0;
}

static int check_up(const struct fp_netdev *device, const char *down, struct fp_error *error)
{
	struct ifreq answer;

	if (ask(device, SIOCGIFFLAGS, &answer, error) < 0)
		return -1;
	return answer.ifr_flags & IFF_UP ? 0 : fail(device, down, error);
}

int fp_netdev_open(struct fp_netdev *device, struct fp_error *error)
{
	struct ifreq answer;

	if (open_socket(device, error) < 0 || ask(device, SIOCGIFINDEX, &answer, error) < 0)
		return -1;
	device->index = answer.ifr_ifindex;
	if (check_kind(device, error) < 0 ||
	    check_up(device, "the interface is down; `ip link set NAME up` brings it up", error) < 0 ||
	    ask(device, SIOCGIFMTU, &answer, error) < 0)
		return -1;
	device->mtu = answer.ifr_mtu;
	return 0;
}

int fp_netdev_bind(const struct fp_netdev *device, unsigned protocol, struct fp_error *error)
{
	const struct sockaddr_ll address = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons((uint16_t)protocol),
		.sll_ifindex = device->index,
	};

	if (bind(device->fd, (const struct sockaddr *)&address, sizeof(address)) == 0)
		return 0;
	return fp_netdev_fail(device, "cannot be bound to", errno, error);
}

/* Another interface may have taken the name meanwhile. */
int fp_netdev_check(const struct fp_netdev *device, struct fp_error *error)
{
	struct ifreq answer = name_request(device);

	if (ioctl(device->fd, SIOCGIFINDEX, &answer) < 0 || answer.ifr_ifindex != device->index)
		return fail(device, "the interface has gone", error);
	return check_up(device, "the interface went down", error);
}

void fp_netdev_close(struct fp_netdev *device)
{
	if (device->fd >= 0)
		close(device->fd);
	device->fd = -1;
}
