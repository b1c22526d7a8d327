//! Fingerprint: the sum by which a sentence is known again without its text.

use sha2::{Digest, Sha256};

use crate::model::Fingerprint;

/// The fingerprint of a sentence: SHA-256 of the sentence trimmed, lower-cased, each run of white space one space.
pub fn of(sentence: &str) -> Fingerprint {
    let folded = sentence.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    Sha256::digest(folded.as_bytes()).into()
}

/// A SHA-256 sum that grows piece by piece.
#[derive(Clone, Default)]
pub struct Sum(Sha256);

impl Sum {
    /// Adds bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The sum of all that was added: `sha256:` and 64 hexadecimal digits.
    pub fn digits(self) -> String {
        format!("sha256:{}", digits(&self.0.finalize().into()))
    }
}

/// The SHA-256 sum of bytes: `sha256:` and 64 hexadecimal digits.
pub fn sum_of(bytes: &[u8]) -> String {
    let mut sum = Sum::default();
    sum.add(bytes);
    sum.digits()
}

/// The fingerprint that 64 hexadecimal digits stand for.
pub fn parse(digits: &str) -> Option<Fingerprint> {
    let bytes = digits.as_bytes();
    if bytes.len() != 64 {
        return None;
    }
    let mut fingerprint = [0; 32];
    for (byte, pair) in fingerprint.iter_mut().zip(bytes.chunks_exact(2)) {
        *byte = (nibble(pair[0])? << 4) | nibble(pair[1])?;
    }
    Some(fingerprint)
}

/// The fingerprint as 64 hexadecimal digits.
pub fn digits(fingerprint: &Fingerprint) -> String {
    fingerprint.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{digits, of, parse};

    #[test]
    fn space_and_case_do_not_matter() {
        assert_eq!(of("  OMS is\t rare. \r"), of("oms is rare."));
        assert_ne!(of("OMS is rare."), of("OMS is not rare."));
    }

    #[test]
    fn digits_read_back() {
        let fingerprint = of("oms");
        assert_eq!(parse(&digits(&fingerprint)), Some(fingerprint));
        assert_eq!(parse("12"), None);
        assert_eq!(parse(&"g".repeat(64)), None);
        assert_eq!(parse(&"é".repeat(32)), None);
    }
}
