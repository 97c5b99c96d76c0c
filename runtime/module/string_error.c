/* SPDX-License-Identifier: Apache-2.0
 *
 * Texts for the error numbers this library sets and those NFs return from init().
 */
#include "library.h"

#include <errno.h>
#include <string.h>

static const struct {
	int number;
	const char *text;
} errors[] = {
	{0, "Success"},
	{EPERM, "Operation not permitted"},
	{ENOENT, "No such file or directory"},
	{EINTR, "Interrupted system call"},
	{EIO, "Input/output error"},
	{E2BIG, "Argument list too long"},
	{EBADF, "Bad file descriptor"},
	{EAGAIN, "Resource temporarily unavailable"},
	{ENOMEM, "Cannot allocate memory"},
	{EACCES, "Permission denied"},
	{EFAULT, "Bad address"},
	{EBUSY, "Device or resource busy"},
	{EEXIST, "File exists"},
	{ENODEV, "No such device"},
	{EINVAL, "Invalid argument"},
	{ENOSPC, "No space left on device"},
	{EDOM, "Numerical argument out of domain"},
	{ERANGE, "Numerical result out of range"},
	{ENAMETOOLONG, "File name too long"},
	{ENOSYS, "Function not implemented"},
	{EPROTO, "Protocol error"},
	{EBADMSG, "Bad message"},
	{EOVERFLOW, "Value too large for defined data type"},
	{EILSEQ, "Invalid or incomplete multibyte or wide character"},
	{EMSGSIZE, "Message too long"},
	{EPROTONOSUPPORT, "Protocol not supported"},
	{EOPNOTSUPP, "Operation not supported"},
	{EAFNOSUPPORT, "Address family not supported by protocol"},
	{EADDRINUSE, "Address already in use"},
	{ENETUNREACH, "Network is unreachable"},
	{ENOBUFS, "No buffer space available"},
	{ETIMEDOUT, "Connection timed out"},
	{EHOSTUNREACH, "No route to host"},
};

char *strerror(int number)
{
	for (size_t i = 0; i < sizeof(errors) / sizeof(*errors); i++)
		if (errors[i].number == number)
			return (char *)errors[i].text;
	return (char *)"Unknown error";
}
