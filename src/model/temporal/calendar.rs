//! Arithmetic of the civil calendar: days since 1970-01-01 from year, month and day, and back, for any year.

/// The least year that a value may lie in.
pub(super) const LEAST_YEAR: i64 = -999_999_999;
/// The greatest year that a value may lie in.
pub(super) const GREATEST_YEAR: i64 = 999_999_999;
/// The days after which the calendar repeats: 400 years.
pub(super) const CYCLE_DAYS: i64 = 146_097;
/// The first day of [`LEAST_YEAR`].
pub(super) const LEAST_DAY: i64 = days_of(LEAST_YEAR, 1, 1);
/// The last day of [`GREATEST_YEAR`].
pub(super) const GREATEST_DAY: i64 = days_of(GREATEST_YEAR, 12, 31);

/// Days from 1970-01-01 to a date of the proleptic Gregorian calendar.
///
/// Years are counted from March, so that the leap day is the last of its year, and months by a line of 153 days to five months.
/// Years beyond some thousand million would overflow: callers check the year first.
pub(super) const fn days_of(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let cycle = year.div_euclid(400);
    let year_of_cycle = year.rem_euclid(400);
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    cycle * CYCLE_DAYS + year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100 + day_of_year - 719_468
}

/// Year, month and day of so many days from 1970-01-01.
pub(super) const fn civil_of(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let cycle = shifted.div_euclid(CYCLE_DAYS);
    let day_of_cycle = shifted.rem_euclid(CYCLE_DAYS);
    let year_of_cycle = (day_of_cycle - day_of_cycle / 1_460 + day_of_cycle / 36_524 - day_of_cycle / 146_096) / 365;
    let day_of_year = day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = cycle * 400 + year_of_cycle;
    (if month <= 2 { year + 1 } else { year }, month, day)
}

/// Whether the year has a 29th of February.
pub(super) const fn is_leap(year: i64) -> bool {
    year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0)
}

/// How many days the month (1 to 12) of the year has.
pub(super) const fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 31,
    }
}

/// The day of the week: 1 is Monday, 7 is Sunday.
pub(super) const fn weekday(days: i64) -> i64 {
    (days + 3).rem_euclid(7) + 1
}

/// The Monday with which the first week of a year begins: the week that holds the 4th of January.
pub(super) const fn first_monday(year: i64) -> i64 {
    let fourth = days_of(year, 1, 4);
    fourth - (weekday(fourth) - 1)
}
