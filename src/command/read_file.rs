//! Read file: files that are small if they are what they should be, and never more of others than that.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The bytes of a file that has no more than so many; none if it has more. A device or a pipe without end is read no further either.
pub(super) fn read_at_most(path: &Path, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::read_at_most;

    #[test]
    fn no_more_is_read_than_may_be() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), b"causes\n").unwrap();
        assert_eq!(read_at_most(file.path(), 7).unwrap().as_deref(), Some(b"causes\n".as_slice()));
        assert_eq!(read_at_most(file.path(), 6).unwrap(), None);
    }

    #[test]
    #[cfg(unix)]
    fn a_device_without_end_is_left_alone() {
        assert_eq!(read_at_most(Path::new("/dev/zero"), 1 << 16).unwrap(), None);
    }
}
