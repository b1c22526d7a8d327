//! Typo: how many slips of the pen lie between a word as typed and a word of the graph, one by one or all that are near at once.

use fst::{IntoStreamer, Streamer};

/// Words of more letters are compared letter by letter only where they are equal.
pub(super) const LONGEST: usize = 40;

/// How many slips a word of so many letters may have: none if it is short, since short words are near to one another.
pub(super) fn allowed(letters: usize) -> u8 {
    match letters {
        0..=3 => 0,
        4..=7 => 1,
        8..=LONGEST => 2,
        _ => 0,
    }
}

/// Whether a word is one in which letters are mixed up: a number with another digit is another number.
pub(super) fn is_spelled(word: &str) -> bool {
    word.chars().all(char::is_alphabetic)
}

/// Whether bytes are a transducer, as its own checksum says: what reads it trusts every byte.
pub(super) fn is_whole(words: &[u8]) -> bool {
    fst::raw::Fst::new(words).is_ok_and(|transducer| transducer.verify().is_ok())
}

/// A word as typed, to be compared with others. A slip is a letter too many, a missing one, another one, or two that changed places.
#[derive(Debug)]
pub(super) struct Typed {
    letters: Vec<char>,
    allowed: u8,
}

/// How far a text is from every beginning of the typed word, after each of the last two letters.
#[derive(Clone, Copy, Debug)]
pub(super) struct State {
    row: [u8; LONGEST + 1],
    before: [u8; LONGEST + 1],
    last: char,
    /// The bytes of a letter that is not complete yet.
    pending: [u8; 4],
    pending_length: u8,
}

impl Typed {
    /// The word, if it may have slips at all.
    pub fn new(word: &str) -> Option<Typed> {
        let letters: Vec<char> = word.chars().collect();
        let allowed = allowed(letters.len());
        (allowed > 0 && is_spelled(word)).then_some(Typed { letters, allowed })
    }

    /// How many slips lie between the word and another one; none if they are too many.
    pub fn slips(&self, word: &str) -> Option<u8> {
        let letters = if word.is_ascii() { word.len() } else { word.chars().count() };
        if letters.abs_diff(self.letters.len()) > usize::from(self.allowed) || !is_spelled(word) {
            return None;
        }
        let mut state = self.first();
        for letter in word.chars() {
            state = self.step(&state, letter);
            if !self.is_alive(&state) {
                return None;
            }
        }
        let slips = state.row[self.letters.len()];
        (slips <= self.allowed).then_some(slips)
    }

    /// All words of a transducer that are near, in order. It must be whole, see [`is_whole`].
    pub fn near(&self, words: &[u8], mut found: impl FnMut(&[u8])) {
        let Ok(set) = fst::Set::new(words) else { return };
        let mut stream = set.search(self).into_stream();
        while let Some(word) = stream.next() {
            found(word);
        }
    }

    fn first(&self) -> State {
        let mut row = [u8::MAX; LONGEST + 1];
        for (at, distance) in (0u8..).zip(row.iter_mut().take(self.letters.len() + 1)) {
            *distance = at;
        }
        State { row, before: [u8::MAX; LONGEST + 1], last: '\0', pending: [0; 4], pending_length: 0 }
    }

    fn step(&self, state: &State, letter: char) -> State {
        let mut next = State { row: [u8::MAX; LONGEST + 1], before: state.row, last: letter, pending: [0; 4], pending_length: 0 };
        next.row[0] = state.row[0].saturating_add(1);
        for (at, typed) in self.letters.iter().enumerate() {
            let other = state.row[at].saturating_add(u8::from(*typed != letter));
            let missing = next.row[at].saturating_add(1);
            let spare = state.row[at + 1].saturating_add(1);
            let mut least = other.min(missing).min(spare);
            if at > 0 && letter == self.letters[at - 1] && state.last == *typed {
                least = least.min(state.before[at - 1].saturating_add(1));
            }
            next.row[at + 1] = least;
        }
        next
    }

    fn is_alive(&self, state: &State) -> bool {
        state.row[..=self.letters.len()].iter().any(|distance| *distance <= self.allowed)
    }
}

impl fst::Automaton for &Typed {
    /// Nothing where no word can be near any more.
    type State = Option<State>;

    fn start(&self) -> Option<State> {
        Some(self.first())
    }

    fn is_match(&self, state: &Option<State>) -> bool {
        state.as_ref().is_some_and(|state| state.pending_length == 0 && state.row[self.letters.len()] <= self.allowed)
    }

    fn can_match(&self, state: &Option<State>) -> bool {
        state.is_some()
    }

    fn accept(&self, state: &Option<State>, byte: u8) -> Option<State> {
        let state = state.as_ref()?;
        let next = if byte.is_ascii() {
            self.step(state, char::from(byte))
        } else {
            let mut waiting = *state;
            let length = usize::from(waiting.pending_length);
            *waiting.pending.get_mut(length)? = byte;
            match std::str::from_utf8(&waiting.pending[..=length]) {
                Ok(letter) => self.step(state, letter.chars().next()?),
                Err(_) => {
                    waiting.pending_length += 1;
                    return Some(waiting);
                }
            }
        };
        self.is_alive(&next).then_some(next)
    }
}

#[cfg(test)]
mod tests {
    use super::{Typed, is_whole};

    #[test]
    fn slips_are_counted_and_bounded() {
        let slips = |typed: &str, word: &str| Typed::new(typed).and_then(|typed| typed.slips(word));
        assert_eq!(slips("tremr", "tremor"), Some(1));
        assert_eq!(slips("termor", "tremor"), Some(1));
        assert_eq!(slips("tumor", "tremor"), None);
        assert_eq!(slips("opsoclnnus", "opsoclonus"), Some(1));
        assert_eq!(slips("opsclnus", "opsoclonus"), Some(2));
        assert_eq!(slips("eye", "eyes"), None);
        assert_eq!(slips("brca1", "brca2"), None);
        assert_eq!(slips("sjögern", "sjögren"), Some(1));
        assert_eq!(slips(&"x".repeat(1000), &"x".repeat(999)), None);
    }

    #[test]
    fn a_transducer_yields_the_same_words() {
        let mut words = vec!["ataxia", "ataxic", "eyes", "myoclonus", "opsoclonus", "sjögren", "sjøgren", "tremor", "tumor", "opsoclonia"];
        words.sort_unstable();
        let bytes = fst::Set::from_iter(&words).expect("sorted").into_fst().into_inner();
        for typed in ["ataxai", "eyess", "opsoclnus", "sjogren", "sjögern", "tremmor", "mioclonus", "opsoclonias"] {
            let typed = Typed::new(typed).expect("it may have slips");
            let mut near = Vec::new();
            typed.near(&bytes, |word| near.push(String::from_utf8_lossy(word).into_owned()));
            let expected: Vec<&str> = words.iter().copied().filter(|word| typed.slips(word).is_some()).collect();
            assert_eq!(near, expected);
        }
        assert!(is_whole(&bytes) && !is_whole(&[]) && !is_whole(&[1, 2, 3]));
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert!(!is_whole(&changed) && !is_whole(&bytes[..at]), "byte {at}");
        }
    }
}
