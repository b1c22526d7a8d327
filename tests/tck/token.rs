//! Token: cuts a query into words, texts, numbers and signs; comments and blanks are left out.

/// A piece of a query.
#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    /// A word as written: a keyword or a name.
    Word(String),
    /// A name between backquotes.
    Quoted(String),
    /// A text between quotes, without its escapes.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// The name of a parameter.
    Parameter(String),
    /// Anything else: one or two characters.
    Sign(String),
}

const TWO_CHARACTER_SIGNS: [&str; 6] = ["<>", "<=", ">=", "..", "+=", "=~"];

/// The pieces of a query. Never fails: what cannot be read is a sign.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut cutter = Cutter { characters: text.chars().collect(), at: 0, tokens: Vec::new() };
    while cutter.at < cutter.characters.len() {
        cutter.cut();
    }
    cutter.tokens
}

struct Cutter {
    characters: Vec<char>,
    at: usize,
    tokens: Vec<Token>,
}

impl Cutter {
    fn character(&self, offset: usize) -> char {
        self.characters.get(self.at + offset).copied().unwrap_or('\0')
    }

    fn cut(&mut self) {
        let (first, second) = (self.character(0), self.character(1));
        match first {
            _ if first.is_whitespace() => self.at += 1,
            '/' if second == '/' => {
                while self.at < self.characters.len() && self.character(0) != '\n' {
                    self.at += 1;
                }
            }
            '/' if second == '*' => {
                self.at += 2;
                while self.at < self.characters.len() && !(self.character(0) == '*' && self.character(1) == '/') {
                    self.at += 1;
                }
                self.at += 2;
            }
            '\'' | '"' => self.text(first),
            '`' => {
                self.at += 1;
                let name = self.run(|character| character != '`');
                self.at += 1;
                self.tokens.push(Token::Quoted(name));
            }
            '$' => {
                self.at += 1;
                let name = self.run(is_of_word);
                self.tokens.push(Token::Parameter(name));
            }
            _ if first.is_ascii_digit() || (first == '.' && second.is_ascii_digit()) => self.number(),
            _ if is_of_word(first) => {
                let word = self.run(is_of_word);
                self.tokens.push(Token::Word(word));
            }
            _ => {
                let two: String = [first, second].into_iter().collect();
                let sign = if TWO_CHARACTER_SIGNS.contains(&two.as_str()) { two } else { first.to_string() };
                self.at += sign.chars().count();
                self.tokens.push(Token::Sign(sign));
            }
        }
    }

    /// As many characters as pass the test.
    fn run(&mut self, belongs: impl Fn(char) -> bool) -> String {
        let start = self.at;
        while self.at < self.characters.len() && belongs(self.character(0)) {
            self.at += 1;
        }
        self.characters[start..self.at].iter().collect()
    }

    fn text(&mut self, quote: char) {
        self.at += 1;
        let mut text = String::new();
        while self.at < self.characters.len() && self.character(0) != quote {
            if self.character(0) == '\\' {
                self.at += 1;
                match self.character(0) {
                    'n' => text.push('\n'),
                    't' => text.push('\t'),
                    'r' => text.push('\r'),
                    other => text.push(other),
                }
            } else {
                text.push(self.character(0));
            }
            self.at += 1;
        }
        self.at += 1;
        self.tokens.push(Token::Text(text));
    }

    fn number(&mut self) {
        let mut number = self.run(|character| character.is_ascii_digit());
        let mut is_float = false;
        if self.character(0) == '.' && self.character(1).is_ascii_digit() {
            is_float = true;
            self.at += 1;
            number.push('.');
            number.push_str(&self.run(|character| character.is_ascii_digit()));
        }
        let signed = "+-".contains(self.character(1)) && self.character(2).is_ascii_digit();
        if "eE".contains(self.character(0)) && (self.character(1).is_ascii_digit() || signed) {
            is_float = true;
            number.push('e');
            number.push(self.character(1));
            self.at += 2;
            number.push_str(&self.run(|character| character.is_ascii_digit()));
        }
        let token = match number.parse::<i64>() {
            Ok(integer) if !is_float => Token::Integer(integer),
            _ => Token::Float(number.parse().unwrap_or(f64::NAN)),
        };
        self.tokens.push(token);
    }
}

fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}
