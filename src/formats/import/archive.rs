//! Archive: the files in a tar archive, found in one pass; small ones are kept in memory, large ones are read from the archive again.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use tar::Archive;

use super::input::{BEGINNING, Input, Reading};
use super::unpack::unpacked;

/// Where the word is that tar archives have in their first block.
const MARK: std::ops::Range<usize> = 257..262;
/// Files up to this size are kept whole, as long as they fit together into [`KEPT`].
const SMALL: u64 = 1 << 26;
/// Of larger files so much is kept that headers are read without unpacking the archive again.
const KEPT_BEGINNING: u64 = 1 << 22;
/// What is kept of all files together, in bytes.
const KEPT: u64 = 1 << 28;
/// More files than this are no graph, but something else.
const MOST_FILES: usize = 10_000;

/// Whether bytes begin as a tar archive does.
pub(super) fn is_archive(beginning: &[u8]) -> bool {
    beginning.get(MARK).is_some_and(|mark| mark == b"ustar")
}

/// The files in an archive, in its order; hidden ones and what is no file (folders, links) are left out.
///
/// # Errors
/// What the system says; an archive that is cut, damaged or holds too many files; an interruption.
pub(super) fn members(path: &Path, reading: Reading<'_>) -> io::Result<Vec<Input>> {
    let mut archive = Archive::new(unpacked(File::open(path)?)?);
    let mut members = Vec::new();
    let mut kept = 0;
    for entry in archive.entries()? {
        if reading.is_interrupted() {
            return Err(io::Error::other("interrupted"));
        }
        let mut entry = entry.map_err(|error| fault(&error))?;
        let name = entry.path().map_or_else(|_| PathBuf::from("unnamed"), |name| name.into_owned());
        let is_hidden = name.file_name().is_none_or(|name| name.as_encoded_bytes().starts_with(b"."));
        if !entry.header().entry_type().is_file() || is_hidden {
            continue;
        }
        if members.len() == MOST_FILES {
            return Err(io::Error::other(format!("it holds more than {MOST_FILES} files")));
        }
        let (start, length) = (entry.raw_file_position(), entry.size());
        let most = if length <= SMALL && kept + length <= KEPT {
            length
        } else if kept < KEPT {
            KEPT_BEGINNING
        } else {
            BEGINNING
        };
        let mut beginning = Vec::new();
        entry.by_ref().take(most).read_to_end(&mut beginning).map_err(|error| fault(&error))?;
        kept += beginning.len() as u64;
        // An archive that is cut is noticed here, before anything is read from it.
        let passed = io::copy(&mut entry, &mut io::sink()).map_err(|error| fault(&error))?;
        if beginning.len() as u64 + passed < length {
            return Err(io::Error::other(format!("it is cut off within '{}'; a new download may be whole", name.display())));
        }
        members.push(Input::of_member(path, &name, start, length, beginning));
    }
    Ok(members)
}

/// What the reader of archives says, without the words that it puts around the words of the file.
fn fault(error: &io::Error) -> io::Error {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    let words = cause.to_string();
    match error.kind() {
        _ if error.raw_os_error().is_some() => io::Error::new(error.kind(), error.to_string()),
        io::ErrorKind::UnexpectedEof => io::Error::other("it is cut off: the archive stops within a file; a new download may be whole"),
        _ if words.contains("data") && words.contains("byte") => io::Error::other(words),
        _ => io::Error::other(format!("the archive is damaged: {words}")),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::{Read, Write};
    use std::sync::atomic::AtomicBool;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::super::input::Reading;
    use super::{is_archive, members};

    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut builder = tar::Builder::new(Vec::new());
        for (name, bytes) in files {
            let mut header = tar::Header::new_gnu();
            header.set_size(bytes.len() as u64);
            header.set_mode(0o644);
            builder.append_data(&mut header, name, *bytes).unwrap();
        }
        builder.into_inner().unwrap()
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn files_are_read_as_often_as_it_takes() {
        let long: Vec<u8> = (0..3_000_000u32).flat_map(u32::to_le_bytes).collect();
        let deep = "folder/".repeat(40) + "edges.tsv";
        let plain = archive(&[("nodes.tsv", b"id\tname\n"), ("._nodes.tsv", b"x"), (&deep, &long), ("empty", b"")]);
        let folder = tempfile::tempdir().unwrap();
        let stop = AtomicBool::new(false);
        for (name, bytes) in [("a.tar", plain.clone()), ("a.tgz", gzip(&plain))] {
            let path = folder.path().join(name);
            fs::write(&path, &bytes).unwrap();
            let members = members(&path, Reading::new(&stop)).unwrap();
            let names: Vec<String> = members.iter().map(super::Input::name).collect();
            assert_eq!(names, ["nodes.tsv", "edges.tsv", "empty"]);
            for _ in 0..2 {
                let mut read = Vec::new();
                members[1].open().unwrap().read_to_end(&mut read).unwrap();
                assert!(read == long);
            }
            let none = super::Input::of_member(&path, "again".as_ref(), 512 * 5, 0, Vec::new());
            assert_eq!(none.beginning().unwrap(), b"");
        }
        assert!(is_archive(&plain) && !is_archive(b"ustar") && !is_archive(&long));
    }

    #[test]
    fn the_rest_of_a_large_file_is_read_from_the_archive() {
        let long: Vec<u8> = (0..100_000u32).flat_map(u32::to_le_bytes).collect();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.tar.gz");
        fs::write(&path, gzip(&archive(&[("first", b"1"), ("long", &long)]))).unwrap();
        let stop = AtomicBool::new(false);
        let whole = &members(&path, Reading::new(&stop)).unwrap()[1];
        let part = super::Input::of_member(&path, "long".as_ref(), 3 * 512, long.len() as u64, long[..1000].to_vec());
        let (mut one, mut other) = (Vec::new(), Vec::new());
        whole.open().unwrap().read_to_end(&mut one).unwrap();
        part.open().unwrap().read_to_end(&mut other).unwrap();
        assert!(one == long && other == long);
        assert_eq!(part.read_so_far(), long.len() as u64);
    }

    #[test]
    fn an_archive_that_is_cut_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let whole = archive(&[("nodes.tsv", &[b'x'; 5000]), ("edges.tsv", &[b'y'; 5000])]);
        let stop = AtomicBool::new(false);
        let told = |bytes: &[u8]| {
            let path = folder.path().join("a.tar");
            fs::write(&path, bytes).unwrap();
            members(&path, Reading::new(&stop)).map(|members| members.len()).map_err(|error| error.to_string())
        };
        assert_eq!(told(&whole), Ok(2));
        for length in [700, 5000, 6500, 9000] {
            let words = told(&whole[..length]).expect_err("it is cut");
            assert!(words.contains("cut off"), "{length}: {words}");
        }
        let packed = gzip(&whole);
        let words = told(&packed[..packed.len() - 20]).expect_err("it is cut");
        assert!(words.contains("gzip data stops at byte"), "{words}");
        let mut damaged = whole.clone();
        damaged[150] ^= 1;
        assert!(told(&damaged).is_err_and(|words| words.contains("damaged")));
    }
}
