//! Amounts: spans of time and sizes of memory as options give them.

use std::time::Duration;

/// Units of time, each with its seconds.
const TIMES: &[(&[&str], f64)] = &[
    (&["ms", "millisecond", "milliseconds"], 0.001),
    (&["s", "sec", "second", "seconds"], 1.0),
    (&["m", "min", "minute", "minutes"], 60.0),
    (&["h", "hour", "hours"], 3600.0),
];

/// Units of memory, each with its bytes.
const SIZES: &[(&[&str], f64)] = &[
    (&["B", "bytes"], 1.0),
    (&["kB"], 1e3),
    (&["MB"], 1e6),
    (&["GB"], 1e9),
    (&["TB"], 1e12),
    (&["KiB"], 1024.0),
    (&["MiB"], 1_048_576.0),
    (&["GiB"], 1_073_741_824.0),
    (&["TiB"], 1_099_511_627_776.0),
];

/// A span of time with its unit, longer than nothing: `2s`, `500ms`, `1.5 minutes`.
pub(super) fn duration(written: &str) -> Result<Duration, String> {
    const FORM: &str = "a duration is a number with a unit: `500ms`, `2s`, `1m`, `1h`";
    let seconds = amount(written, TIMES).ok_or(FORM)?;
    match Duration::try_from_secs_f64(seconds) {
        Ok(duration) if duration.is_zero() => Err("it has to be longer than nothing".to_owned()),
        Ok(duration) => Ok(duration),
        Err(_) => Err("it is longer than any query can take".to_owned()),
    }
}

/// A size of memory in bytes, with its unit, greater than nothing: `512MB`, `2GiB`.
pub(super) fn memory(written: &str) -> Result<u64, String> {
    const FORM: &str = "a size is a number with a unit: `64KiB`, `512MB`, `2GiB`";
    let bytes = amount(written, SIZES).ok_or(FORM)?;
    if bytes < 1.0 {
        return Err("it has to be at least one byte".to_owned());
    }
    // A size beyond all memory saturates, and is no limit.
    Ok(bytes as u64)
}

/// A number times its unit; none if either does not read.
fn amount(written: &str, units: &[(&[&str], f64)]) -> Option<f64> {
    let written = written.trim();
    let end = written.find(|letter: char| !letter.is_ascii_digit() && letter != '.')?;
    let (number, unit) = written.split_at(end);
    let unit = unit.trim();
    let (_, factor) = units.iter().find(|(names, _)| names.iter().any(|name| name.eq_ignore_ascii_case(unit)))?;
    let number: f64 = number.parse().ok()?;
    Some(number * factor)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{duration, memory};

    #[test]
    fn durations_have_a_number_and_a_unit() {
        for (written, milliseconds) in [("2s", 2000), ("500ms", 500), ("1m", 60_000), ("1.5 s", 1500), ("1H", 3_600_000), (".5s", 500)] {
            assert_eq!(duration(written), Ok(Duration::from_millis(milliseconds)), "{written}");
        }
        for wrong in ["", "2", "s", "-1s", "2 parsecs", "1.2.3s", "0s", "infs", "NaNs", "1e3s", "2\u{0}s", &format!("{}h", "9".repeat(400))]
        {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn sizes_have_a_number_and_a_unit() {
        for (written, bytes) in [("512MB", 512_000_000), ("2GiB", 2 << 30), ("1 kb", 1000), ("64KiB", 65_536), ("0.5kB", 500), ("7B", 7)] {
            assert_eq!(memory(written), Ok(bytes), "{written}");
        }
        assert_eq!(memory("99999999999TB"), Ok(u64::MAX));
        for wrong in ["", "512", "MB", "-1MB", "1 MBit", "0MB", "1..2MB"] {
            assert!(memory(wrong).is_err(), "{wrong}");
        }
    }
}
