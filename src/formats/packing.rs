//! Packing: files that are written packed: with gzip, or several of them in one archive.

use std::io::{self, Seek, Write};

use flate2::Compression;
use flate2::write::GzEncoder;

/// Writes what `content` writes, packed with gzip.
///
/// # Errors
/// Those of `content` and of the file.
pub fn gzip(out: &mut dyn Write, content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut packed = GzEncoder::new(out, Compression::default());
    content(&mut packed)?;
    packed.finish()?.flush()
}

/// A file of an archive: its name, and what writes its content.
pub type Member<'m> = (String, Box<dyn Fn(&mut dyn Write) -> io::Result<()> + 'm>);

/// Writes an archive of these files, packed with gzip (`.tar.gz`). The same files give the same bytes whenever and by whomever
/// they are packed. `room` opens an empty file for what has to be measured before it is packed.
///
/// # Errors
/// Those of the contents and of the files.
pub fn archive<F: io::Read + Write + Seek>(
    out: &mut dyn Write,
    members: &[Member<'_>],
    room: impl Fn() -> io::Result<F>,
) -> io::Result<()> {
    gzip(out, |packed| {
        let mut archive = tar::Builder::new(packed);
        for (name, content) in members {
            let mut buffered = io::BufWriter::new(room()?);
            content(&mut buffered)?;
            let mut file = buffered.into_inner().map_err(io::IntoInnerError::into_error)?;
            let size = file.stream_position()?;
            file.rewind()?;
            let mut header = tar::Header::new_gnu();
            header.set_size(size);
            header.set_mode(0o644);
            header.set_mtime(0);
            archive.append_data(&mut header, name, file)?;
        }
        archive.finish()
    })
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::archive;

    #[test]
    fn an_archive_holds_its_files_and_is_the_same_every_time() {
        let pack = || {
            let mut bytes = Vec::new();
            let members: [super::Member<'_>; 2] =
                [("a.tsv".to_owned(), Box::new(|out| out.write_all(b"one\n"))), ("b.tsv".to_owned(), Box::new(|_| Ok(())))];
            archive(&mut bytes, &members, tempfile::tempfile).unwrap();
            bytes
        };
        let bytes = pack();
        assert_eq!(bytes, pack());
        let mut read = tar::Archive::new(flate2::read::GzDecoder::new(bytes.as_slice()));
        let contents = read.entries().unwrap().map(|entry| {
            let mut entry = entry.unwrap();
            let mut text = String::new();
            entry.read_to_string(&mut text).unwrap();
            (entry.path().unwrap().to_string_lossy().into_owned(), text)
        });
        let expected = [("a.tsv", "one\n"), ("b.tsv", "")].map(|(name, text)| (name.to_owned(), text.to_owned()));
        assert_eq!(contents.collect::<Vec<_>>(), expected);
    }
}
