/* SPDX-License-Identifier: Apache-2.0 */
#include "paths.h"

bool fp_paths_learn(struct fp_paths *paths, const struct fp_paths *news)
{
	bool learned = false;

	for (uint32_t i = 0; i < FP_PATH_FLOWS; i++) {
		if (!news->of[i] || news->of[i] == paths->of[i])
			continue;
		paths->of[i] = news->of[i];
		learned = true;
	}
	return learned;
}
