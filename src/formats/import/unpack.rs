//! Unpack: bytes as they were before they were packed with gzip or zstd, which is told by how they begin and not by a name.

use std::io::{self, BufRead, BufReader, ErrorKind, Read};

use flate2::bufread::GzDecoder;
use ruzstd::decoding::StreamingDecoder;

/// How much is read of a packed file at once, in bytes.
const BUFFER: usize = 1 << 17;
/// How often something may be packed: servers pack what was packed before.
const MOST_LAYERS: usize = 4;
const GZIP: &[u8] = b"\x1f\x8b";
const ZSTD: &[u8] = b"\x28\xb5\x2f\xfd";

/// The bytes without their packing, however often they were packed; those that are not packed come as they are.
///
/// Reading it fails at the byte where the packed data is cut or damaged: nothing of it ends early in silence.
///
/// # Errors
/// What the reader says.
pub(super) fn unpacked(reader: impl Read + Send + 'static) -> io::Result<Box<dyn Read + Send>> {
    let mut reader: Box<dyn Read + Send> = Box::new(reader);
    for _ in 0..MOST_LAYERS {
        let mut packed = BufReader::with_capacity(BUFFER, reader);
        let beginning = filled(&mut packed)?;
        if beginning.starts_with(GZIP) {
            reader = Box::new(Gzip { decoder: Some(GzDecoder::new(Counted::new(packed))) });
        } else if beginning.starts_with(ZSTD) || is_skippable(beginning) {
            reader = Box::new(Zstd::Between(Counted::new(packed)));
        } else {
            return Ok(Box::new(packed));
        }
    }
    Ok(reader)
}

/// What the reader has ready; no interruption by a signal comes between.
fn filled(reader: &mut impl BufRead) -> io::Result<&[u8]> {
    while let Err(error) = reader.fill_buf() {
        if error.kind() != ErrorKind::Interrupted {
            return Err(error);
        }
    }
    reader.fill_buf()
}

/// Bytes with the count of those that were taken.
struct Counted<R> {
    reader: R,
    taken: u64,
}

impl<R: BufRead> Counted<R> {
    fn new(reader: R) -> Counted<R> {
        Counted { reader, taken: 0 }
    }

    /// Leaves out zeros, with which some writers fill the last block; gives whether anything else follows.
    fn goes_on(&mut self) -> io::Result<bool> {
        loop {
            let ready = filled(self)?;
            if ready.is_empty() {
                return Ok(false);
            }
            let zeros = ready.iter().take_while(|byte| **byte == 0).count();
            if zeros < ready.len() {
                self.consume(zeros);
                return Ok(true);
            }
            self.consume(zeros);
        }
    }

    /// The error of a decoder, said of the file.
    fn fault(&self, format: &str, error: &io::Error) -> io::Error {
        let at = self.taken;
        match error.kind() {
            ErrorKind::UnexpectedEof => cut(format, at),
            ErrorKind::InvalidData | ErrorKind::InvalidInput | ErrorKind::Other if error.raw_os_error().is_none() => damaged(format, at),
            kind => error.raw_os_error().map_or_else(|| io::Error::new(kind, error.to_string()), io::Error::from_raw_os_error),
        }
    }
}

fn cut(format: &str, at: u64) -> io::Error {
    let words = format!("it is cut off: its {format} data stops at byte {at}, before its end; a new download may be whole");
    io::Error::new(ErrorKind::InvalidData, words)
}

fn damaged(format: &str, at: u64) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, format!("its {format} data is damaged near byte {at}; a new download may be whole"))
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.taken += read as u64;
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.reader.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.reader.consume(count);
        self.taken += count as u64;
    }
}

/// Members of gzip, one behind the other, as parallel packers write them.
struct Gzip<R: BufRead> {
    /// None at the end.
    decoder: Option<GzDecoder<Counted<R>>>,
}

impl<R: BufRead> Read for Gzip<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        while let Some(decoder) = &mut self.decoder {
            match decoder.read(buffer) {
                Ok(0) => {}
                Err(error) if error.kind() != ErrorKind::Interrupted => return Err(decoder.get_ref().fault("gzip", &error)),
                read => return read,
            }
            let Some(mut rest) = self.decoder.take().map(GzDecoder::into_inner) else { break };
            if rest.goes_on()? {
                if !filled(&mut rest)?.starts_with(&GZIP[..1]) {
                    return Err(damaged("gzip", rest.taken));
                }
                self.decoder = Some(GzDecoder::new(rest));
            }
        }
        Ok(0)
    }
}

/// Frames of zstd, one behind the other; those that are marked as no data are left out.
enum Zstd<R: BufRead> {
    Between(Counted<R>),
    Within(Box<StreamingDecoder<Counted<R>, ruzstd::decoding::FrameDecoder>>),
    Ended,
}

/// Whether a frame begins that is to be left out.
fn is_skippable(beginning: &[u8]) -> bool {
    beginning.len() >= 8 && beginning[0] & 0xf0 == 0x50 && beginning[1..4] == [0x2a, 0x4d, 0x18]
}

impl<R: BufRead> Zstd<R> {
    /// Comes to the next frame with data, or to the end.
    fn begun(mut packed: Counted<R>) -> io::Result<Zstd<R>> {
        while packed.goes_on()? {
            if !is_skippable(filled(&mut packed)?) {
                let start = packed.taken;
                let failed = |error| match error {
                    ruzstd::decoding::errors::FrameDecoderError::ReadFrameHeaderError(_) => cut("zstd", start),
                    ruzstd::decoding::errors::FrameDecoderError::WindowSizeTooBig { .. } => {
                        let words =
                            "its zstd data needs a larger window than is read; packed without `--long`, or with gzip, it can be read";
                        io::Error::new(ErrorKind::InvalidData, words)
                    }
                    _ => damaged("zstd", start),
                };
                return StreamingDecoder::new(packed).map(|decoder| Zstd::Within(Box::new(decoder))).map_err(failed);
            }
            let mut header = [0; 8];
            packed.read_exact(&mut header)?;
            let length = u64::from(u32::from_le_bytes([header[4], header[5], header[6], header[7]]));
            if io::copy(&mut packed.by_ref().take(length), &mut io::sink())? < length {
                return Err(cut("zstd", packed.taken));
            }
        }
        Ok(Zstd::Ended)
    }
}

impl<R: BufRead> Read for Zstd<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            let packed = match std::mem::replace(self, Zstd::Ended) {
                Zstd::Ended => return Ok(0),
                Zstd::Between(packed) => packed,
                Zstd::Within(mut decoder) => {
                    let read = decoder.read(buffer);
                    match read {
                        Ok(0) => {}
                        Err(error) => {
                            let mut packed = decoder.into_inner();
                            let ended = filled(&mut packed).is_ok_and(<[u8]>::is_empty);
                            return Err(if ended { cut("zstd", packed.taken) } else { packed.fault("zstd", &error) });
                        }
                        read => {
                            *self = Zstd::Within(decoder);
                            return read;
                        }
                    }
                    let written = decoder.decoder.get_checksum_from_data();
                    let differs = written.is_some() && written != decoder.decoder.get_calculated_checksum();
                    let packed = decoder.into_inner();
                    if differs {
                        return Err(damaged("zstd", packed.taken));
                    }
                    packed
                }
            };
            *self = Zstd::begun(packed)?;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::unpacked;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
    }

    fn read(packed: Vec<u8>) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        let mut reader = unpacked(std::io::Cursor::new(packed)).map_err(|error| error.to_string())?;
        reader.read_to_end(&mut bytes).map_err(|error| error.to_string())?;
        Ok(bytes)
    }

    fn text() -> Vec<u8> {
        (0..50_000u32).flat_map(|number| format!("{number}\t{}\n", number.wrapping_mul(2_654_435_761)).into_bytes()).collect()
    }

    #[test]
    fn what_is_packed_comes_as_it_was() {
        let text = text();
        for bytes in [&text[..], b"", b"\n", b"\x1f"] {
            assert_eq!(read(bytes.to_vec()).as_deref(), Ok(bytes));
            assert_eq!(read(gzip(bytes)).as_deref(), Ok(bytes));
            assert_eq!(read(zstd(bytes)).as_deref(), Ok(bytes));
            assert_eq!(read(gzip(&zstd(&gzip(bytes)))).as_deref(), Ok(bytes));
        }
        let twice = [&text[..], &text[..]].concat();
        let skipped = [b"\x5a\x2a\x4d\x18\x03\0\0\0abc".to_vec(), zstd(&text), b"\x50\x2a\x4d\x18\0\0\0\0".to_vec(), zstd(&text)].concat();
        for packed in [[gzip(&text), gzip(b""), gzip(&text)].concat(), [gzip(&text), gzip(&text), vec![0; 700]].concat(), skipped] {
            assert!(read(packed) == Ok(twice.clone()), "several parts are one");
        }
    }

    #[test]
    fn what_is_cut_or_damaged_says_where() {
        let text = text();
        for (packed, format) in [(gzip(&text), "gzip"), (zstd(&text), "zstd")] {
            for length in [6, 40, packed.len() / 2, packed.len() - 9, packed.len() - 1] {
                let told = read(packed[..length].to_vec()).expect_err("it is cut");
                assert!(told.contains("is cut off") && told.contains(format), "{length}: {told}");
                assert!(told.contains(&format!("at byte {length}")) || length < 16, "{length}: {told}");
            }
            for at in [packed.len() / 3, packed.len() - 2] {
                let mut changed = packed.clone();
                changed[at] ^= 0x55;
                let told = read(changed).expect_err("it is damaged");
                assert!(told.contains(format), "{told}");
            }
        }
        assert!(read([gzip(b"a"), b"behind".to_vec()].concat()).is_err_and(|told| told.contains("damaged")));
    }
}
