/* SPDX-License-Identifier: Apache-2.0
 *
 * Seconds since the epoch to a date in UTC (a module knows no time zone).
 */
#include "library.h"

#include <errno.h>
#include <limits.h>
#include <time.h>

#define DAY 86400             /* seconds */
#define ERA 146097            /* days of 400 years */
#define EPOCH_IN_MARCH 719468 /* days from 1 March of year 0 to 1 January 1970 */

static bool is_leap(int64_t year)
{
	return !(year % 4) && (year % 100 || !(year % 400));
}

/* Days are counted from a March, which puts the leap day last (Hinnant, "chrono-compatible low-level
 * date algorithms", 2013). */
static void set_date(struct tm *tm, int64_t days)
{
	int64_t shifted = days + EPOCH_IN_MARCH;
	int64_t era = (shifted >= 0 ? shifted : shifted - ERA + 1) / ERA;
	int64_t of_era = shifted - era * ERA;
	int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / (ERA - 1)) / 365;
	int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * of_year + 2) / 153; /* 0 is March */
	bool new_year = month >= 10;             /* January or February of the next year */

	year += era * 400 + new_year;
	tm->tm_year = (int)(year - 1900);
	tm->tm_mon = (int)(month + (new_year ? -10 : 2));
	tm->tm_mday = (int)(of_year - (153 * month + 2) / 5 + 1);
	tm->tm_yday = (int)(new_year ? of_year - 306 : of_year + 59 + is_leap(year));
	tm->tm_wday = (int)(((days + 4) % 7 + 7) % 7);
}

struct tm *gmtime_r(const time_t *restrict seconds, struct tm *restrict tm)
{
	int64_t days = *seconds / DAY - (*seconds % DAY < 0);
	int64_t rest = (*seconds % DAY + DAY) % DAY;

	/* A year is at most 366 days, so a year that fits an int has days below this. */
	if (days / 365 > INT_MAX - 10000 || days / 365 < INT_MIN + 10000) {
		errno = EOVERFLOW;
		return NULL;
	}
	*tm = (struct tm){
		.tm_sec = (int)(rest % 60),
		.tm_min = (int)(rest / 60 % 60),
		.tm_hour = (int)(rest / 3600),
		.tm_zone = "UTC",
	};
	set_date(tm, days);
	return tm;
}

struct tm *gmtime(const time_t *seconds)
{
	static struct tm tm;

	return gmtime_r(seconds, &tm);
}
