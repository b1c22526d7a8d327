//! Blocks: a Markdown page as prose and fenced blocks, so that tests can run what stands in it and write what came out.

/// A piece of a page. Pieces are set apart by one blank line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Everything that stands in no fence.
    Prose(String),
    /// A fenced block.
    Fence(Fence),
}

/// A fenced block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fence {
    /// What stands behind the opening fence: a language, perhaps with more words.
    pub info: String,
    /// The lines inside, each with its line break.
    pub body: String,
    /// The line of the page on which it opens, counted from 1.
    pub line: usize,
}

impl Fence {
    /// A fence that a test writes.
    #[allow(dead_code)] // Pages write fences; documents only fill those that are there.
    pub fn new(info: &str, text: &str) -> Fence {
        let text = text.trim_end();
        let body = if text.is_empty() { String::new() } else { format!("{text}\n") };
        Fence { info: info.to_owned(), body, line: 0 }
    }

    /// The language of the block.
    pub fn language(&self) -> &str {
        self.info.split_whitespace().next().unwrap_or("")
    }

    /// Whether a word stands behind the language.
    #[allow(dead_code)] // Only pages have such words.
    pub fn has(&self, word: &str) -> bool {
        self.info.split_whitespace().skip(1).any(|known| known == word)
    }
}

/// Cuts a page into its blocks. A fence that is not closed ends with the page.
pub fn read(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut prose = String::new();
    let mut lines = page.lines().zip(1..);
    while let Some((line, number)) = lines.next() {
        let Some(info) = line.strip_prefix("```") else {
            prose += line;
            prose.push('\n');
            continue;
        };
        add_prose(&mut blocks, &prose);
        prose.clear();
        let body: String = lines.by_ref().map(|(line, _)| line).take_while(|line| *line != "```").flat_map(|line| [line, "\n"]).collect();
        blocks.push(Block::Fence(Fence { info: info.trim().to_owned(), body, line: number }));
    }
    add_prose(&mut blocks, &prose);
    blocks
}

fn add_prose(blocks: &mut Vec<Block>, prose: &str) {
    let prose = prose.trim_matches('\n');
    if !prose.trim().is_empty() {
        blocks.push(Block::Prose(prose.to_owned()));
    }
}

/// The page that has these blocks.
pub fn write(blocks: &[Block]) -> String {
    let text = |block: &Block| match block {
        Block::Prose(prose) => format!("{prose}\n"),
        Block::Fence(fence) => format!("```{}\n{}```\n", fence.info, fence.body),
    };
    blocks.iter().map(text).collect::<Vec<_>>().join("\n")
}

/// Whether files are to be rewritten rather than compared: `OMS_UPDATE=1`.
pub fn is_updating() -> bool {
    std::env::var_os("OMS_UPDATE").is_some_and(|value| !value.is_empty() && value != "0")
}

/// Where two texts part, for a failing test's message: the first line that differs, with its number.
pub fn first_difference(kept: &str, found: &str) -> String {
    let (mut old, mut new) = (kept.lines(), found.lines());
    for number in 1.. {
        match (old.next(), new.next()) {
            (None, None) => break,
            (old, new) if old == new => {}
            (old, new) => {
                return format!("line {number}\n  kept:  {}\n  found: {}", old.unwrap_or("(the end)"), new.unwrap_or("(the end)"));
            }
        }
    }
    "the line breaks at the end".to_owned()
}
