//! Notation: reads the values that the suite's tables are written in.

use crate::value::{Node, Path, Properties, Relationship, Value};

/// The value that a cell of a table holds.
///
/// # Errors
/// What was expected, and where.
pub fn read(text: &str) -> Result<Value, String> {
    let mut reader = Reader { characters: text.chars().collect(), at: 0 };
    let value = reader.value()?;
    reader.skip_space();
    if reader.at < reader.characters.len() { reader.fault("the end") } else { Ok(value) }
}

struct Reader {
    characters: Vec<char>,
    at: usize,
}

impl Reader {
    fn fault<T>(&self, expected: &str) -> Result<T, String> {
        let text: String = self.characters.iter().collect();
        Err(format!("expected {expected} at character {} of {text}", self.at))
    }

    fn skip_space(&mut self) {
        while self.characters.get(self.at).is_some_and(|character| character.is_whitespace()) {
            self.at += 1;
        }
    }

    /// The next character that is no space, without taking it.
    fn peek(&mut self) -> Option<char> {
        self.skip_space();
        self.characters.get(self.at).copied()
    }

    fn takes(&mut self, wanted: &str) -> bool {
        self.skip_space();
        let found = wanted.chars().enumerate().all(|(offset, character)| self.characters.get(self.at + offset) == Some(&character));
        if found {
            self.at += wanted.chars().count();
        }
        found
    }

    fn expect(&mut self, wanted: &str) -> Result<(), String> {
        if self.takes(wanted) { Ok(()) } else { self.fault(&format!("`{wanted}`")) }
    }

    fn value(&mut self) -> Result<Value, String> {
        match self.peek() {
            Some('\'' | '"') => self.text().map(Value::Text),
            Some('{') => self.entries().map(Value::Map),
            Some('(') => self.node().map(Value::Node),
            Some('<') => self.path().map(Value::Path),
            Some('[') => {
                self.at += 1;
                if self.peek() == Some(':') { self.relationship().map(Value::Relationship) } else { self.list() }
            }
            Some(_) => self.plain(),
            None => self.fault("a value"),
        }
    }

    /// A number or a word.
    fn plain(&mut self) -> Result<Value, String> {
        let start = self.at;
        let belongs = |character: &char| character.is_alphanumeric() || "+-._".contains(*character);
        while self.characters.get(self.at).is_some_and(belongs) {
            self.at += 1;
        }
        let word: String = self.characters[start..self.at].iter().collect();
        match word.as_str() {
            "null" => Ok(Value::Null),
            "true" => Ok(Value::Boolean(true)),
            "false" => Ok(Value::Boolean(false)),
            "NaN" => Ok(Value::Float(f64::NAN)),
            "Inf" | "+Inf" | "Infinity" => Ok(Value::Float(f64::INFINITY)),
            "-Inf" | "-Infinity" => Ok(Value::Float(f64::NEG_INFINITY)),
            _ => {
                let integer = word.parse::<i64>().map(Value::Integer);
                let is_number = word.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first));
                match integer {
                    Ok(value) => Ok(value),
                    Err(_) if is_number => word.parse::<f64>().map(Value::Float).or_else(|_| self.fault("a number")),
                    Err(_) => self.fault("a value"),
                }
            }
        }
    }

    fn text(&mut self) -> Result<String, String> {
        let quote = self.characters[self.at];
        self.at += 1;
        let mut text = String::new();
        loop {
            let Some(&character) = self.characters.get(self.at) else { return self.fault("a closing quote") };
            self.at += 1;
            match character {
                '\\' => {
                    let Some(&escaped) = self.characters.get(self.at) else { return self.fault("an escaped character") };
                    self.at += 1;
                    match escaped {
                        '\\' | '\'' | '"' => text.push(escaped),
                        'n' => text.push('\n'),
                        't' => text.push('\t'),
                        'r' => text.push('\r'),
                        other => text.extend(['\\', other]),
                    }
                }
                character if character == quote => return Ok(text),
                character => text.push(character),
            }
        }
    }

    /// A list behind its opening bracket.
    fn list(&mut self) -> Result<Value, String> {
        let mut members = Vec::new();
        if self.takes("]") {
            return Ok(Value::List(members));
        }
        loop {
            members.push(self.value()?);
            if !self.takes(",") {
                self.expect("]")?;
                return Ok(Value::List(members));
            }
        }
    }

    fn entries(&mut self) -> Result<Properties, String> {
        self.expect("{")?;
        let mut entries = Properties::new();
        if self.takes("}") {
            return Ok(entries);
        }
        loop {
            let name = self.name()?;
            self.expect(":")?;
            entries.insert(name, self.value()?);
            if !self.takes(",") {
                self.expect("}")?;
                return Ok(entries);
            }
        }
    }

    fn name(&mut self) -> Result<String, String> {
        self.skip_space();
        if self.takes("`") {
            let start = self.at;
            while self.characters.get(self.at).is_some_and(|character| *character != '`') {
                self.at += 1;
            }
            let name = self.characters[start..self.at].iter().collect();
            self.expect("`")?;
            return Ok(name);
        }
        let start = self.at;
        while self.characters.get(self.at).is_some_and(|character| character.is_alphanumeric() || *character == '_') {
            self.at += 1;
        }
        if start == self.at { self.fault("a name") } else { Ok(self.characters[start..self.at].iter().collect()) }
    }

    fn optional_entries(&mut self) -> Result<Properties, String> {
        if self.peek() == Some('{') { self.entries() } else { Ok(Properties::new()) }
    }

    fn node(&mut self) -> Result<Node, String> {
        self.expect("(")?;
        let mut labels = Vec::new();
        while self.takes(":") {
            labels.push(self.name()?);
        }
        labels.sort();
        let properties = self.optional_entries()?;
        self.expect(")")?;
        Ok(Node { labels, properties })
    }

    /// A relationship behind its opening bracket.
    fn relationship(&mut self) -> Result<Relationship, String> {
        self.expect(":")?;
        let relation_type = self.name()?;
        let properties = self.optional_entries()?;
        self.expect("]")?;
        Ok(Relationship { relation_type, properties })
    }

    fn path(&mut self) -> Result<Path, String> {
        self.expect("<")?;
        let start = self.node()?;
        let mut steps = Vec::new();
        while !self.takes(">") {
            let backward = self.takes("<");
            self.expect("-")?;
            self.expect("[")?;
            let relationship = self.relationship()?;
            self.expect("-")?;
            if !backward {
                self.expect(">")?;
            }
            steps.push((relationship, !backward, self.node()?));
        }
        Ok(Path { start, steps })
    }
}
