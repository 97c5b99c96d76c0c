/* SPDX-License-Identifier: Apache-2.0 */
#include "symbols.h"

#include <string.h>

#include "api.h"
#include "tls.h"

#define class_api FP_IMPORT_API
#define class_bulk FP_IMPORT_BULK
#define class_unguarded FP_IMPORT_UNGUARDED

#define FP_IMPORT(symbol, group, type) {.name = #symbol, .address = (void *)symbol, .class = class_##group},
static const struct fp_import imports[] = {
#include <fastpaas/imports.def>
};
#undef FP_IMPORT

struct fp_symbols fp_host_symbols(void)
{
	return (struct fp_symbols){
		.imports = imports,
		.import_count = sizeof(imports) / sizeof(imports[0]),
		.stack_pointer_tpoff = fp_stack_pointer_tpoff(),
		.stack_limit_tpoff = fp_stack_limit_tpoff(),
		.window_tpoff = fp_window_tpoff(),
		.window_reach_tpoff = fp_window_reach_tpoff(),
	};
}
