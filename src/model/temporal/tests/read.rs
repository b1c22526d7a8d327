//! Texts that read as temporal values, in every form, and texts that do not.

use super::{check, check_errors};

#[test]
fn dates_read_in_every_form() {
    check(&[
        ("date('2015-07-21')", "2015-07-21"),
        ("date('20150721')", "2015-07-21"),
        ("date('2015-07')", "2015-07-01"),
        ("date('201507')", "2015-07-01"),
        ("date('2015-W30-2')", "2015-07-21"),
        ("date('2015W302')", "2015-07-21"),
        ("date('2015-W30')", "2015-07-20"),
        ("date('2015W30')", "2015-07-20"),
        ("date('2015-Q3-21')", "2015-07-21"),
        ("date('2015Q3')", "2015-07-01"),
        ("date('2015-202')", "2015-07-21"),
        ("date('2015202')", "2015-07-21"),
        ("date('2015')", "2015-01-01"),
        ("date('-0044-03-15')", "-0044-03-15"),
        ("date('+999999999-12-31')", "+999999999-12-31"),
        ("date('-999999999-01-01')", "-999999999-01-01"),
    ]);
}

#[test]
fn times_read_in_every_form() {
    check(&[
        ("localtime('21:40:32.142')", "21:40:32.142"),
        ("localtime('214032.142')", "21:40:32.142"),
        ("localtime('21:40:32,5')", "21:40:32.500"),
        ("localtime('214032')", "21:40:32"),
        ("localtime('2140')", "21:40"),
        ("localtime('21')", "21:00"),
        ("time('21:40:32.142+0100')", "21:40:32.142+01:00"),
        ("time('214032.142Z')", "21:40:32.142Z"),
        ("time('214032-0100')", "21:40:32-01:00"),
        ("time('21:40-01:30')", "21:40-01:30"),
        ("time('2140-00:00')", "21:40Z"),
        ("time('2140-02')", "21:40-02:00"),
        ("time('22+18:00')", "22:00+18:00"),
        ("time('22:10:30+02:05:59')", "22:10:30+02:05:59"),
        ("time('14:30')", "14:30Z"),
    ]);
}

#[test]
fn points_in_time_read_with_offset_and_zone() {
    check(&[
        ("localdatetime('2015-W30-2T214032.142')", "2015-07-21T21:40:32.142"),
        ("localdatetime('2015T214032')", "2015-01-01T21:40:32"),
        ("localdatetime('2015202T21')", "2015-07-21T21:00"),
        ("localdatetime('-999999999-01-01')", "-999999999-01-01T00:00"),
        ("datetime('2015T214032-0100')", "2015-01-01T21:40:32-01:00"),
        ("datetime('20150721T21:40-01:30')", "2015-07-21T21:40-01:30"),
        ("datetime('2015-W30T2140-02')", "2015-07-20T21:40-02:00"),
        ("datetime('2015-07-21')", "2015-07-21T00:00Z"),
        ("datetime('2015-07-21T21:40:32.142+0845[Australia/Eucla]')", "2015-07-21T21:40:32.142+08:45[Australia/Eucla]"),
        ("datetime('2015-07-21T21:40:32.142-04[America/New_York]')", "2015-07-21T21:40:32.142-04:00[America/New_York]"),
        ("datetime('2015-07-21T21:40:32.142[Europe/London]')", "2015-07-21T21:40:32.142+01:00[Europe/London]"),
        ("datetime('1818-07-21T21:40:32.142[Europe/Stockholm]')", "1818-07-21T21:40:32.142+00:53:28[Europe/Stockholm]"),
        ("datetime('2015-07-21T21:40[europe/stockholm]')", "2015-07-21T21:40+02:00[Europe/Stockholm]"),
    ]);
}

#[test]
fn zones_follow_their_changes_of_clocks() {
    check(&[
        // The hour that happens twice: the earlier one, unless the offset says otherwise.
        ("datetime('2017-10-29T02:30[Europe/Stockholm]')", "2017-10-29T02:30+02:00[Europe/Stockholm]"),
        ("datetime('2017-10-29T02:30+01:00[Europe/Stockholm]')", "2017-10-29T02:30+01:00[Europe/Stockholm]"),
        // The hour that does not happen.
        ("datetime('2017-03-26T02:30[Europe/Stockholm]')", "2017-03-26T03:30+02:00[Europe/Stockholm]"),
        // Years that no database lists.
        ("datetime('+999999999-07-01T00:00[Europe/Stockholm]')", "+999999999-07-01T00:00+02:00[Europe/Stockholm]"),
        ("datetime('+999999999-12-01T00:00[Europe/Stockholm]')", "+999999999-12-01T00:00+01:00[Europe/Stockholm]"),
        ("datetime('-999999999-07-01T00:00[Europe/Stockholm]')", "-999999999-07-01T00:00+00:53:28[Europe/Stockholm]"),
    ]);
}

#[test]
fn durations_read_by_units_and_by_components() {
    check(&[
        ("duration('P14DT16H12M')", "P14DT16H12M"),
        ("duration('P5M1.5D')", "P5M1DT12H"),
        ("duration('P0.75M')", "P22DT19H51M49.5S"),
        ("duration('PT0.75M')", "PT45S"),
        ("duration('P2.5W')", "P17DT12H"),
        ("duration('P12Y5M14DT16H12M70S')", "P12Y5M14DT16H13M10S"),
        ("duration('P2012-02-02T14:37:21.545')", "P2012Y2M2DT14H37M21.545S"),
        ("duration('P12Y5M-14DT16H')", "P12Y5M-14DT16H"),
        ("duration('-P1DT1S')", "P-1DT-1S"),
        ("duration('PT-1M-0.001S')", "PT-1M-0.001S"),
    ]);
}

#[test]
fn what_does_not_read_says_how_to_write_it() {
    check_errors(&[
        ("date('yesterday')", "'yesterday' does not read as a date: write it as '2015-07-21'"),
        ("date('')", "does not read as a date"),
        ("date('2015-0721')", "does not read as a date"),
        ("date('2015-07-21T10:00')", "does not read as a date"),
        ("date('2015-02-29')", "29 is no day here: it lies between 1 and 28"),
        ("date('2015-13-01')", "13 is no month here"),
        ("date('2015-W54')", "54 is no week here: it lies between 1 and 53"),
        ("date('2015-366')", "366 is no ordinalDay here: it lies between 1 and 365"),
        ("date('+9999999999-01-01')", "does not read as a date"),
        ("localtime('24:00')", "24 is no hour here"),
        ("localtime('21:4')", "does not read as a localtime"),
        ("localtime('21:40:32.1234567890')", "does not read as a localtime"),
        ("time('21:40+19:00')", "is no offset in seconds here"),
        ("datetime('201507-11')", "does not read as a datetime"),
        ("datetime('2015-07-21T10:00[Europe/Atlantis]')", "'Europe/Atlantis' is no time zone"),
        ("datetime('2015-07-21T10:00+05:00[Europe/Stockholm]')", "Europe/Stockholm had not the offset +05:00 at that time"),
        ("duration('P')", "does not read as a duration"),
        ("duration('PT')", "does not read as a duration"),
        ("duration('P1D2Y')", "does not read as a duration"),
        ("duration('1 day')", "does not read as a duration"),
        ("duration('P99999999999999999999Y')", "does not read as a duration"),
    ]);
}
