//! Durations between two values.

use super::{check, check_errors};

#[test]
fn between_counts_months_then_days_then_seconds() {
    check(&[
        ("duration.between(localdatetime('2018-01-01T12:00'), localdatetime('2018-01-02T10:00'))", "PT22H"),
        ("duration.between(localdatetime('2018-01-02T10:00'), localdatetime('2018-01-01T12:00'))", "PT-22H"),
        ("duration.between(localdatetime('2018-01-02T10:00:00.1'), localdatetime('2018-01-01T10:00:00.2'))", "PT-23H-59M-59.9S"),
        (
            "duration.between(datetime('2017-10-28T23:00+02:00[Europe/Stockholm]'), datetime('2017-10-29T04:00+01:00[Europe/Stockholm]'))",
            "PT6H",
        ),
        (
            "duration.between(datetime('2017-10-29T04:00+01:00[Europe/Stockholm]'), datetime('2017-10-28T23:00+02:00[Europe/Stockholm]'))",
            "PT-6H",
        ),
        ("duration.between(date('1984-10-11'), date('2015-06-24'))", "P30Y8M13D"),
        ("duration.between(date('1984-10-11'), datetime('2015-07-21T21:40:32.142+0100'))", "P30Y9M10DT21H40M32.142S"),
        ("duration.between(date('1984-10-11'), time('16:30+0100'))", "PT16H30M"),
        ("duration.between(localtime('14:30'), date('2015-06-24'))", "PT-14H-30M"),
        ("duration.between(time('14:30'), datetime('2015-07-21T21:40:32.142+0100'))", "PT6H10M32.142S"),
        ("duration.between(time('14:30'), time('16:30+0100'))", "PT1H"),
        ("duration.between(localdatetime('2015-07-21T21:40:32.142'), date('2015-06-24'))", "P-27DT-21H-40M-32.142S"),
        ("duration.between(datetime('2014-07-21T21:40:36.143+0200'), date('2015-06-24'))", "P11M2DT2H19M23.857S"),
        ("duration.between(datetime('2014-07-21T21:40:36.143+0200'), datetime('2015-07-21T21:40:32.142+0100'))", "P1YT59M55.999S"),
        ("duration.between(datetime('2014-07-21T21:40:36.143+0200'), time('16:30+0100'))", "PT-4H-10M-36.143S"),
        ("duration.between(date('-999999999-01-01'), date('+999999999-12-31'))", "P1999999998Y11M30D"),
        ("duration.between(date('2018-01-31'), date('2018-02-28'))", "P28D"),
    ]);
}

#[test]
fn months_and_days_are_whole_and_need_two_dates() {
    check(&[
        ("duration.inMonths(date('1984-10-11'), localdatetime('2016-07-21T21:45:22.142'))", "P31Y9M"),
        ("duration.inMonths(date('1984-10-11'), localtime('16:30'))", "PT0S"),
        ("duration.inMonths(date('2018-03-11'), date('2016-06-24'))", "P-1Y-8M"),
        ("duration.inMonths(date('2018-07-21'), datetime('2016-07-21T21:40:32.142+0100'))", "P-1Y-11M"),
        ("duration.inMonths(localdatetime('2018-07-21T21:40:32.142'), date('2016-07-21'))", "P-2Y"),
        ("duration.inMonths(datetime('2018-07-21T21:40:36.143+0500'), datetime('1984-07-21T22:40:36.143+0200'))", "P-33Y-11M"),
        ("duration.inDays(date('1984-10-11'), date('2015-06-24'))", "P11213D"),
        ("duration.inDays(localdatetime('2015-07-21T21:40:32.142'), date('2015-06-24'))", "P-27D"),
        ("duration.inDays(datetime('2014-07-21T21:40:36.143+0200'), datetime('2015-07-21T21:40:32.142+0100'))", "P365D"),
        ("duration.inDays(time('14:30'), date('2015-06-24'))", "PT0S"),
    ]);
}

#[test]
fn seconds_pass_as_they_pass() {
    check(&[
        ("duration.inSeconds(date('1984-10-11'), date('2015-06-24'))", "PT269112H"),
        ("duration.inSeconds(localdatetime('2014-07-21T21:40:36.143'), localdatetime('2014-07-21T21:40:36.142'))", "PT-0.001S"),
        ("duration.inSeconds(datetime('2017-10-29T00:00[Europe/Stockholm]'), localdatetime('2017-10-29T04:00'))", "PT5H"),
        ("duration.inSeconds(localtime('00:00'), datetime('2017-10-29T04:00[Europe/Stockholm]'))", "PT5H"),
        ("duration.inSeconds(datetime('2017-10-29T00:00[Europe/Stockholm]'), date('2017-10-30'))", "PT25H"),
        ("duration.inSeconds(localdatetime('-999999999-01-01'), localdatetime('+999999999-12-31T23:59:59'))", "PT17531639991215H59M59S"),
        ("duration.inSeconds(localtime('12:44:54.7'), localtime('12:34:55.3'))", "PT-9M-59.4S"),
        ("duration.inSeconds(localtime('12:34:56'), localtime('12:34:55.7'))", "PT-0.3S"),
        ("duration.inSeconds(datetime('2017-10-29T00:00[Europe/Stockholm]'), datetime('2017-10-29T00:00[Europe/Stockholm]'))", "PT0S"),
    ]);
}

#[test]
fn durations_lie_between_no_durations() {
    check_errors(&[("duration.between(duration('P1D'), date('2015'))", "give dates or times")]);
}
