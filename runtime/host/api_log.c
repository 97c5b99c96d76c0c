/* SPDX-License-Identifier: Apache-2.0
 *
 * fp_log(): a line of the module in the log, copied through a protected read.
 */
#include <fastpaas/nf.h>

#include "api_call.h"
#include "instance.h"

void fp_log(int level, const char *text, size_t len)
{
	struct fp_context *context = FP_API_BEGIN(FP_IN_API);
	struct fp_logbuffer *log = &context->instance->log;
	uint32_t kept = len < FP_LOG_TEXT ? (uint32_t)len : FP_LOG_TEXT;
	char *line;

	if (level < FP_ERROR || level > FP_DEBUG)
		fp_api_refuse(context, "level %d is not %d to %d", level, FP_ERROR, FP_DEBUG);
	if (len > 0)
		fp_api_check(context, text, len);
	line = fp_logbuffer_reserve(log, kept);
	if (line) {
		fp_api_copy_in(context, line, text, kept);
		fp_logbuffer_commit(log, level, kept);
	}
	fp_api_finish(context);
}
