//! Quotation: marks that close what is typed, and what is escaped between them.

/// Words with the mark that closes what `open` opened behind them.
pub(super) fn closed(words: &str, open: char) -> String {
    let close = match open {
        '“' | '”' | '„' => '”',
        '‘' => '’',
        other => other,
    };
    let mut closed = String::with_capacity(words.len() + 2);
    for letter in words.chars() {
        if letter == close || letter == open || letter == '\\' {
            closed.push('\\');
        }
        closed.push(letter);
    }
    closed.push(close);
    closed
}
