//! Transform: files in other clothes as lines: fields between commas or in quotes become fields between tabs, a document of JSON
//! becomes a line for each object.

use std::io::{self, Read};

/// What turns bytes into others, as they come.
pub(super) trait Transform {
    /// Takes the next bytes.
    fn take(&mut self, bytes: &[u8], out: &mut Vec<u8>);
    /// The end is reached.
    fn end(&mut self, out: &mut Vec<u8>);
}

/// A reader of what a transform makes of another's bytes.
pub(super) struct Transformed<R, T> {
    inner: R,
    transform: T,
    out: Vec<u8>,
    given: usize,
    has_ended: bool,
}

impl<R: Read, T: Transform> Transformed<R, T> {
    pub(super) fn new(inner: R, transform: T) -> Transformed<R, T> {
        Transformed { inner, transform, out: Vec::new(), given: 0, has_ended: false }
    }
}

impl<R: Read, T: Transform> Read for Transformed<R, T> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.out.len() {
            if self.has_ended {
                return Ok(0);
            }
            self.out.clear();
            self.given = 0;
            let mut bytes = [0; 1 << 16];
            match self.inner.read(&mut bytes) {
                Ok(0) => {
                    self.has_ended = true;
                    self.transform.end(&mut self.out);
                }
                Ok(count) => self.transform.take(&bytes[..count], &mut self.out),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        let count = buffer.len().min(self.out.len() - self.given);
        buffer[..count].copy_from_slice(&self.out[self.given..self.given + count]);
        self.given += count;
        Ok(count)
    }
}

/// Fields between separators, in quotes where they hold separators, quotes or line ends: the latter become spaces, as do tabs.
pub(super) struct Quoted {
    separator: u8,
    is_quoted: bool,
    /// A quote was met within quotes: their end, or the first of two.
    is_closing: bool,
    at_start: bool,
    /// Line ends within quotes, made up for behind the row, so that rows keep their lines.
    pending: usize,
    fields: usize,
    most_fields: usize,
}

impl Quoted {
    pub(super) fn new(separator: u8) -> Quoted {
        Quoted { separator, is_quoted: false, is_closing: false, at_start: true, pending: 0, fields: 1, most_fields: 1 }
    }

    fn outside(&mut self, byte: u8, out: &mut Vec<u8>) {
        match byte {
            b'"' if self.at_start => self.is_quoted = true,
            b'\n' => {
                out.push(b'\n');
                out.extend(std::iter::repeat_n(b'\n', std::mem::take(&mut self.pending)));
                self.most_fields = self.most_fields.max(self.fields);
                self.fields = 1;
            }
            _ if byte == self.separator => {
                out.push(b'\t');
                self.fields += 1;
            }
            b'\t' => out.push(b' '),
            _ => out.push(byte),
        }
        // Behind the mark of the byte order a field still begins.
        self.at_start = byte == b'\n' || byte == self.separator || (self.at_start && b"\xEF\xBB\xBF".contains(&byte));
    }
}

impl Transform for Quoted {
    fn take(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        for byte in bytes {
            if self.is_closing {
                self.is_closing = false;
                if *byte == b'"' {
                    out.push(b'"');
                } else {
                    self.is_quoted = false;
                    self.outside(*byte, out);
                }
                continue;
            }
            if !self.is_quoted {
                self.outside(*byte, out);
                continue;
            }
            match byte {
                b'"' => self.is_closing = true,
                b'\n' => {
                    out.push(b' ');
                    self.pending += 1;
                }
                b'\t' | b'\r' => out.push(b' '),
                _ => out.push(*byte),
            }
        }
    }

    fn end(&mut self, out: &mut Vec<u8>) {
        if self.is_quoted && !self.is_closing {
            // A quote that nobody closed has swallowed rows: more fields than any row has say so.
            out.extend(std::iter::repeat_n(&b"\t\""[..], self.most_fields).flatten());
        }
    }
}

/// A document `{"nodes": [{...}, ...], "edges": [...]}` or `[{...}, ...]`: each object of these lists on a line of its own.
#[derive(Default)]
pub(super) struct Document {
    /// What is open.
    open: Vec<u8>,
    is_text: bool,
    is_escaped: bool,
    /// The last text at the outermost level, the name of what follows.
    name: Vec<u8>,
    /// How deep the object lies that is written out; 0 outside.
    object: usize,
    pending: usize,
    /// Whether a line has to be ended before the next object.
    is_line: bool,
}

impl Document {
    fn begins_object(&self) -> bool {
        let is_listed = matches!(self.name.as_slice(), b"nodes" | b"edges");
        match self.open.as_slice() {
            [b'['] => true,
            [b'{', b'['] => is_listed,
            _ => false,
        }
    }

    fn outside(&mut self, byte: u8, out: &mut Vec<u8>) {
        match byte {
            b'"' => {
                self.is_text = true;
                if self.open.len() == 1 {
                    self.name.clear();
                }
            }
            b'{' | b'[' => {
                if self.object == 0 && byte == b'{' && self.begins_object() {
                    if std::mem::take(&mut self.is_line) {
                        out.push(b'\n');
                    }
                    self.object = self.open.len() + 1;
                    out.push(b'{');
                }
                self.open.push(byte);
            }
            b'}' | b']' => {
                let depth = self.open.len();
                self.open.pop();
                if self.object == depth && depth > 0 {
                    out.push(b'}');
                    self.object = 0;
                    out.extend(std::iter::repeat_n(b'\n', self.pending));
                    self.is_line = std::mem::take(&mut self.pending) == 0;
                }
            }
            b'\n' if self.object == 0 => {
                out.push(b'\n');
                self.is_line = false;
            }
            _ => {}
        }
    }
}

impl Transform for Document {
    fn take(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        const DEEPEST: usize = 200;
        const LONGEST_NAME: usize = 64;
        for byte in bytes {
            if self.object > 0 && self.open.len() < DEEPEST {
                // The brackets at both ends are written where they are met.
                let is_end = self.open.len() == self.object && !self.is_text && matches!(byte, b'}' | b']');
                match byte {
                    b'\n' => {
                        self.pending += 1;
                        out.push(b' ');
                    }
                    b'\r' => out.push(b' '),
                    _ if is_end => {}
                    _ => out.push(*byte),
                }
            }
            if self.is_text {
                match byte {
                    _ if self.is_escaped => self.is_escaped = false,
                    b'\\' => self.is_escaped = true,
                    b'"' => self.is_text = false,
                    _ if self.open.len() == 1 && self.name.len() < LONGEST_NAME => self.name.push(*byte),
                    _ => {}
                }
                continue;
            }
            self.outside(*byte, out);
        }
    }

    fn end(&mut self, _: &mut Vec<u8>) {}
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::{Document, Quoted, Transform, Transformed};

    /// Reads in small steps, so that everything falls on a seam once.
    struct Steps<'t>(&'t [u8]);

    impl Read for Steps<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let count = self.0.len().min(3);
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    fn through(text: &str, transform: impl Transform) -> String {
        let mut all = String::new();
        Transformed::new(Steps(text.as_bytes()), transform).read_to_string(&mut all).unwrap();
        all
    }

    #[test]
    fn quotes_are_undone_and_lines_kept() {
        assert_eq!(through("id,name\n1,\"a, \"\"b\"\"\nc\"\n2,d\"e\t\n", Quoted::new(b',')), "id\tname\n1\ta, \"b\" c\n\n2\td\"e \n");
        assert_eq!(through("\u{feff}\"id\";\"x\"\r\n\"\";\"y\"", Quoted::new(b';')), "\u{feff}id\tx\r\n\ty");
        assert_eq!(through("a,b\n1,\"open\n2,x\n", Quoted::new(b',')).matches('\t').count(), 4);
    }

    #[test]
    fn documents_become_lines() {
        let text = "{\"meta\": {\"nodes\": [{\"x\": 1}]},\n\"nodes\": [\n{\"id\": \"a}\\\"\",\n \"l\": [{}]},\n{\"id\": \"b\"}], \"edges\": [{\"subject\": \"a\"}, {}]}";
        let lines: Vec<String> = through(text, Document::default()).lines().map(str::to_owned).collect();
        assert_eq!(lines, ["", "", "{\"id\": \"a}\\\"\",  \"l\": [{}]}", "", "{\"id\": \"b\"}", "{\"subject\": \"a\"}", "{}"]);
        assert_eq!(through("[{\"a\": 1}, {\"b\": 2}]", Document::default()), "{\"a\": 1}\n{\"b\": 2}");
        assert_eq!(through("]}{", Document::default()), "");
    }
}
