//! Clipboard: a text on the clipboard, by the program that has it, else by a sequence that asks the terminal.

use std::env;
use std::io::Write;
use std::process::{Command, Stdio};

/// The bytes that terminals take in one sequence.
const MOST: usize = 74_000;

/// How a text was copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Copied {
    /// By this program.
    By(&'static str),
    /// The terminal does it when this is written to it.
    ByTerminal(String),
    /// Not at all: it is longer than a terminal takes.
    TooLong,
    /// Not at all: there is neither a program nor a terminal.
    Nowhere,
}

/// The programs that have a clipboard: the variable that says that theirs is there, and their words.
const PROGRAMS: &[(&str, &[&str])] = &[
    ("WAYLAND_DISPLAY", &["wl-copy"]),
    ("DISPLAY", &["xclip", "-selection", "clipboard"]),
    ("DISPLAY", &["xsel", "--clipboard", "--input"]),
];

/// Copies a text. From afar the clipboard that is meant is the one of the terminal.
pub(super) fn copy(text: &str, at_terminal: bool) -> Copied {
    let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    if !is_set("SSH_CONNECTION") && !is_set("SSH_TTY") {
        let system: &[&[&str]] = if cfg!(target_os = "macos") {
            &[&["pbcopy"]]
        } else if cfg!(windows) {
            &[&["clip"]]
        } else {
            &[]
        };
        let named = PROGRAMS.iter().filter(|(name, _)| is_set(name)).map(|(_, words)| *words);
        for words in system.iter().copied().chain(named) {
            if put_by(words, text) {
                return Copied::By(words[0]);
            }
        }
    }
    match (at_terminal, text.len() > MOST) {
        (false, _) => Copied::Nowhere,
        (true, true) => Copied::TooLong,
        (true, false) => Copied::ByTerminal(format!("\u{1b}]52;c;{}\u{7}", base64(text.as_bytes()))),
    }
}

/// Whether a program took the text.
fn put_by(words: &[&'static str], text: &str) -> bool {
    let started = Command::new(words[0]).args(&words[1..]).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let Ok(mut program) = started else { return false };
    let taken = program.stdin.take().is_some_and(|mut input| input.write_all(text.as_bytes()).is_ok());
    program.wait().is_ok_and(|status| status.success()) && taken
}

/// A size for people: `412 bytes`, `12 KB`.
pub(super) fn told_size(bytes: usize) -> String {
    if bytes < 10_000 { format!("{bytes} bytes") } else { format!("{} KB", bytes / 1000) }
}

/// Bytes as the sequence has them: RFC 4648, padded.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut written = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let at = |position: usize| u32::from(chunk.get(position).copied().unwrap_or(0));
        let group = at(0) << 16 | at(1) << 8 | at(2);
        for place in 0..4 {
            let digit = DIGITS[(group >> (18 - 6 * place)) as usize & 63];
            written.push(if place <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::{base64, told_size};

    #[test]
    fn bytes_are_written_as_the_standard_has_them() {
        for (bytes, expected) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(bytes.as_bytes()), expected);
        }
        assert_eq!(told_size(412), "412 bytes");
        assert_eq!(told_size(74_321), "74 KB");
    }
}
