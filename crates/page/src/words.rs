//! A table of words to look for in lines, searched for all at once.
//!
//! Every line of a page is compared with some hundred words; one automaton a table keeps that linear and fast. Tables that
//! are compared with whole lines need none and are plain slices.

use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;

/// Words to look for, anywhere in a text.
#[derive(Debug)]
pub(crate) struct Words {
    table: &'static [&'static str],
    automaton: OnceLock<Regex>,
}

impl Words {
    /// A table of words. Where one begins another, the longer must stand first to be the one found.
    pub(crate) const fn new(table: &'static [&'static str]) -> Words {
        Words { table, automaton: OnceLock::new() }
    }

    /// Whether one of the words is in the text.
    pub(crate) fn are_in(&self, text: &str) -> bool {
        self.automaton().is_match(text)
    }

    /// Where the first of the words stands in the text.
    pub(crate) fn first_in(&self, text: &str) -> Option<Range<usize>> {
        self.automaton().find(text).map(|found| found.range())
    }

    /// Where the words stand in the text, first to last.
    pub(crate) fn all_in<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
        self.automaton().find_iter(text).map(|found| found.range())
    }

    /// The automaton, built when first asked for.
    fn automaton(&self) -> &Regex {
        self.automaton.get_or_init(|| {
            let words: Vec<String> = self.table.iter().map(|word| regex::escape(word)).collect();
            Regex::new(&words.join("|")).expect("escaped words are a regular expression")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_where_they_stand() {
        static WORDS: Words = Words::new(&["대기자", "기자", "[제보"]);
        assert_eq!(WORDS.first_in("홍길동 대기자"), Some(10..19));
        assert_eq!(WORDS.all_in("[제보] 홍길동 기자").count(), 2);
        assert!(!WORDS.are_in("홍길동"));
    }
}
