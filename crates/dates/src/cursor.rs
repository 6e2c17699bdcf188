//! The cursor: a position in a sentence from which words and numbers are read.

/// A position in a text. A reader advances a copy, which replaces the original on success.
#[derive(Clone, Copy)]
pub(crate) struct Cursor<'t> {
    /// The text: a sentence.
    pub text: &'t str,
    /// The byte offset of the position.
    pub at: usize,
}

impl<'t> Cursor<'t> {
    pub fn new(text: &'t str, at: usize) -> Cursor<'t> {
        Cursor { text, at }
    }

    /// Returns the text after the position.
    pub fn rest(self) -> &'t str {
        &self.text[self.at..]
    }

    /// Returns the next character.
    pub fn peek(self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Returns the character before the position.
    pub fn before(self) -> Option<char> {
        self.text[..self.at].chars().next_back()
    }

    /// Skips a word, which must not be empty, and returns whether it was next.
    pub fn eat(&mut self, word: &str) -> bool {
        let (rest, word) = (self.rest().as_bytes(), word.as_bytes());
        // The third byte of a syllable differs the most, and most words are not the one that comes next.
        let probe = word.len().min(3) - 1;
        let found = rest.get(probe) == Some(&word[probe]) && rest.starts_with(word);
        if found {
            self.at += word.len();
        }
        found
    }

    /// Skips the first of several words that is next, and returns its index.
    pub fn eat_any(&mut self, words: &[&str]) -> Option<usize> {
        words.iter().position(|word| self.eat(word))
    }

    /// Skips the first of several words that is next, and returns its value.
    pub fn eat_entry<T: Copy>(&mut self, entries: &[(&str, T)]) -> Option<T> {
        entries.iter().find(|(word, _)| self.eat(word)).map(|entry| entry.1)
    }

    /// Skips a character that passes a test.
    pub fn eat_if(&mut self, test: impl Fn(char) -> bool) -> bool {
        let found = self.peek().filter(|&c| test(c));
        self.at += found.map_or(0, char::len_utf8);
        found.is_some()
    }

    /// Skips one space, and returns whether it was next.
    pub fn space(&mut self) -> bool {
        self.eat_if(is_space)
    }

    /// Skips a word that may be written with a space between any two of its syllables.
    pub fn eat_loosely(&mut self, word: &str) -> bool {
        let mut cursor = *self;
        for (index, c) in word.chars().enumerate() {
            if index > 0 {
                cursor.space();
            }
            if !cursor.eat_if(|next| next == c) {
                return false;
            }
        }
        *self = cursor;
        true
    }

    /// Reads one to nine decimal digits, and returns the number and how many digits it has.
    pub fn digits(&mut self) -> Option<(u32, usize)> {
        let digits = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > 9 {
            return None;
        }
        let number = self.rest()[..digits].parse().ok()?;
        self.at += digits;
        Some((number, digits))
    }

    /// Returns the letters and digits up to the end of the word.
    pub fn rest_of_word(self) -> &'t str {
        let rest = self.rest();
        &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())]
    }
}

/// Returns whether a character is a space inside a line.
pub(crate) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}')
}
