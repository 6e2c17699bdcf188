//! Cursor over the text of a date or time: what both parsers of days, `written` and `published`, read with.

/// The rest of the text to read. A method that finds no match leaves it unchanged.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'t>(pub(super) &'t str);

impl<'t> Cursor<'t> {
    pub(super) fn eat(&mut self, word: &str) -> bool {
        let rest = self.0.strip_prefix(word);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// Reads a word with or without white space before it.
    pub(super) fn eat_spaced(&mut self, word: &str) -> bool {
        let mut ahead = *self;
        ahead.skip(&[' ']);
        let is_eaten = ahead.eat(word);
        if is_eaten {
            *self = ahead;
        }
        is_eaten
    }

    /// Skips these characters; a space stands for all white space.
    pub(super) fn skip(&mut self, chars: &[char]) {
        self.0 = self.0.trim_start_matches(|c: char| chars.contains(&if c.is_whitespace() { ' ' } else { c }));
    }

    pub(super) fn while_char(&mut self, accepted: impl Fn(char) -> bool) -> &'t str {
        let (start, rest) = self.0.split_at(self.0.find(|c| !accepted(c)).unwrap_or(self.0.len()));
        self.0 = rest;
        start
    }

    /// Reads the ASCII digits that follow, which may be none.
    pub(super) fn digits(&mut self) -> &'t str {
        self.while_char(|c| c.is_ascii_digit())
    }

    pub(super) fn spaced_digits(&mut self) -> &'t str {
        self.skip(&[' ']);
        self.digits()
    }

    /// Reads an English name, in full or abbreviated to three or more letters, and returns its index in `names`.
    pub(super) fn name_of(&mut self, names: &[&str]) -> Option<usize> {
        let mut ahead = *self;
        let word = ahead.while_char(|c| c.is_ascii_alphabetic());
        let is_short_for = |name: &&str| name.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        let index = names.iter().position(|name| word.len() >= 3 && is_short_for(name))?;
        ahead.eat(".");
        *self = ahead;
        Some(index)
    }
}
