//! Ascii: text for terminals that show nothing but ASCII: letters lose their marks, lines are drawn with `+-|`, the rest is told by its code.

use std::borrow::Cow;

use crate::model::without_marks;

/// Characters and what stands for them. Signs that lines and tables are drawn with keep their width.
const SIGNS: &[(&str, &str)] = &[
    ("─━╌╍┄┅┈┉═╴╶╼╾", "-"),
    ("│┃╎╏┆┇┊┋║╵╷", "|"),
    ("┌┐└┘├┤┬┴┼╭╮╰╯┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬╞╡╪╒╕╘╛", "+"),
    ("█▉▊▋▓▇▆▅■▪", "#"),
    ("▌▍▎▏▒░▄▃▂▁▐", ":"),
    ("•·●○◦◆◇‣∙", "*"),
    ("→⟶⇒▶►▸⇢", ">"),
    ("←⟵⇐◀◄◂⇠", "<"),
    ("↑▲△⇑", "^"),
    ("↓▼▽⇓", "v"),
    ("↔", "<->"),
    ("✓✔", "x"),
    ("✗✘×", "x"),
    ("‘’‚′ʼ", "'"),
    ("“”„″«»", "\""),
    ("‐‑‒–—−", "-"),
    ("…", "..."),
    ("≥", ">="),
    ("≤", "<="),
    ("≠", "!="),
    ("≈", "~"),
    ("±", "+/-"),
    ("÷", "/"),
    ("°", " deg"),
    ("\u{a0}\u{2002}\u{2003}\u{2009}\u{202f}", " "),
    ("ß", "ss"),
    ("æ", "ae"),
    ("Æ", "AE"),
    ("œ", "oe"),
    ("Œ", "OE"),
    ("øǿ", "o"),
    ("Ø", "O"),
    ("đð", "d"),
    ("Đ", "D"),
    ("ł", "l"),
    ("Ł", "L"),
    ("ı", "i"),
    ("þ", "th"),
    ("α", "alpha"),
    ("β", "beta"),
    ("γ", "gamma"),
    ("δ", "delta"),
    ("Δ", "Delta"),
    ("ε", "epsilon"),
    ("ζ", "zeta"),
    ("η", "eta"),
    ("θ", "theta"),
    ("κ", "kappa"),
    ("λ", "lambda"),
    ("μµ", "u"),
    ("π", "pi"),
    ("σ", "sigma"),
    ("τ", "tau"),
    ("φ", "phi"),
    ("χ", "chi"),
    ("ψ", "psi"),
    ("ω", "omega"),
];

/// The text in ASCII alone, as well as that can be: what has no likeness there is shown as `\u{1f600}`.
pub fn ascii(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut written = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii() {
            written.push(character);
        } else if let Some((_, sign)) = SIGNS.iter().find(|(signs, _)| signs.contains(character)) {
            written.push_str(sign);
        } else {
            let bare = without_marks(character);
            if bare.is_ascii() {
                written.push_str(&bare);
            } else {
                written.extend(character.escape_unicode());
            }
        }
    }
    Cow::Owned(written)
}

#[cfg(test)]
mod tests {
    use super::{SIGNS, ascii};

    #[test]
    fn letters_lose_their_marks_and_lines_become_signs() {
        assert_eq!(ascii("┌──┬─┐│é ü│Ł…≥ 5 µg α-synuclein – “Ohtahara”"), "+--+-+|e u|L...>= 5 ug alpha-synuclein - \"Ohtahara\"");
        assert_eq!(ascii("plain \u{1b}[1m"), "plain \u{1b}[1m");
        assert_eq!(ascii("\u{1f600} 症"), "\\u{1f600} \\u{75c7}");
        assert_eq!(ascii("e\u{301} ﬁ ½ ²"), "e fi 1/2 2");
    }

    #[test]
    fn what_stands_for_a_sign_is_ascii() {
        assert!(SIGNS.iter().all(|(signs, sign)| sign.is_ascii() && !signs.chars().any(|character| character.is_ascii())));
    }
}
