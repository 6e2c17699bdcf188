//! The word lists of the page reader, embedded from the files in `words/`, and the searches for their words.
//!
//! A file is plain text with one word a line. `[name]` starts a list, `#` starts a comment, and a word with white space
//! at either end is written in double quotes. The order of a list has no meaning: a search finds the leftmost word and,
//! of several at the same position, the longest.
//!
//! Each rule declares its list where it uses it (`static TOOLS: LazyLock<WordSet> = …`), so lists are built on first
//! use.

use std::ops::Range;

use aho_corasick::{AhoCorasick, Anchored, Input, MatchKind, StartKind};
use rustc_hash::FxHashSet;

/// The words of bylines and people's names.
pub(crate) const NAMES: WordFile = WordFile { name: "names.txt", text: include_str!("../words/names.txt") };
/// The words of date lines.
pub(crate) const DATES: WordFile = WordFile { name: "dates.txt", text: include_str!("../words/dates.txt") };
/// The words of menus, buttons, headings, notices and footers.
pub(crate) const FURNITURE: WordFile = WordFile { name: "furniture.txt", text: include_str!("../words/furniture.txt") };
/// The words of picture credits and captions.
pub(crate) const PICTURES: WordFile = WordFile { name: "pictures.txt", text: include_str!("../words/pictures.txt") };
/// Newspapers, agencies and broadcasters.
pub(crate) const PRESS: WordFile = WordFile { name: "press.txt", text: include_str!("../words/press.txt") };
/// Sections, and the words of breadcrumbs and window titles.
pub(crate) const SECTIONS: WordFile = WordFile { name: "sections.txt", text: include_str!("../words/sections.txt") };

/// A file of word lists.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WordFile {
    name: &'static str,
    text: &'static str,
}

impl WordFile {
    /// Returns the words of a list.
    ///
    /// # Panics
    ///
    /// If the file has no such list, which is a mistake in the code.
    pub(crate) fn list(self, name: &str) -> Vec<&'static str> {
        let found = self.lists().find(|(list, _)| *list == name);
        found.unwrap_or_else(|| panic!("crates/page/words/{}: no list [{name}]", self.name)).1
    }

    /// Returns the words of a list, for comparison with whole texts, their prefixes and their suffixes.
    pub(crate) fn set(self, name: &str) -> WordSet {
        WordSet::new(self.list(name))
    }

    /// Returns the words of a list, for searches in a text.
    pub(crate) fn finder(self, name: &str) -> WordFinder {
        WordFinder::new(&self.list(name))
    }

    /// Returns the lists of the file with their names.
    fn lists(self) -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
        let mut lists: Vec<(&str, Vec<&str>)> = Vec::new();
        for line in self.text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            match (list_name(line), lists.last_mut()) {
                (Some(name), _) => lists.push((name, Vec::new())),
                (None, Some((_, words))) => words.push(unquoted(line)),
                (None, None) => panic!("crates/page/words/{}: {line:?} stands before the first list", self.name),
            }
        }
        lists.into_iter()
    }
}

/// Returns the name in a line that starts a list. Words may start with a bracket too (`[사진]`), but names are ASCII.
fn list_name(line: &str) -> Option<&str> {
    let name = line.strip_prefix('[')?.strip_suffix(']')?;
    name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-').then_some(name)
}

/// Returns the word of a line, without its quotes.
fn unquoted(line: &str) -> &str {
    line.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(line)
}

/// Words that are compared with whole texts, their prefixes and their suffixes.
#[derive(Debug)]
pub(crate) struct WordSet {
    words: FxHashSet<&'static str>,
    /// The lengths of the words in bytes, longest first.
    lengths: Vec<usize>,
}

impl WordSet {
    fn new(words: Vec<&'static str>) -> WordSet {
        let mut lengths: Vec<usize> = words.iter().map(|word| word.len()).collect();
        lengths.sort_unstable_by(|a, b| b.cmp(a));
        lengths.dedup();
        WordSet { words: words.into_iter().collect(), lengths }
    }

    /// Returns whether the text is one of the words.
    pub(crate) fn contains(&self, text: &str) -> bool {
        self.words.contains(text)
    }

    /// Returns the longest word that is a prefix of the text.
    pub(crate) fn beginning_of<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.lengths.iter().filter_map(|&length| text.get(..length)).find(|word| self.words.contains(word))
    }

    /// Returns the longest word that is a suffix of the text.
    pub(crate) fn end_of<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.ends_of(text).next()
    }

    /// Returns the words that are suffixes of the text, longest first.
    pub(crate) fn ends_of<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> {
        let ends = self.lengths.iter().filter_map(|&length| text.get(text.len().checked_sub(length)?..));
        ends.filter(|word| self.words.contains(word))
    }
}

/// Words that are searched for in a text, all in one pass.
#[derive(Debug)]
pub(crate) struct WordFinder {
    automaton: AhoCorasick,
}

impl WordFinder {
    fn new(words: &[&str]) -> WordFinder {
        let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words);
        WordFinder { automaton: automaton.expect("lists are far smaller than an automaton may be") }
    }

    /// Returns whether the text contains one of the words.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        self.automaton.is_match(text)
    }

    /// Returns the byte range of the first word in the text.
    pub(crate) fn first_in(&self, text: &str) -> Option<Range<usize>> {
        self.automaton.find(text).map(|found| found.range())
    }

    /// Returns the byte ranges of the words in the text, in text order and without overlaps.
    pub(crate) fn all_in<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
        self.automaton.find_iter(text).map(|found| found.range())
    }
}

/// Words at the start of a text, compared without regard to case.
#[derive(Debug)]
pub(crate) struct Labels {
    automaton: AhoCorasick,
}

impl Labels {
    /// Creates the labels from the words of a list.
    pub(crate) fn new(words: &[&str]) -> Labels {
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .start_kind(StartKind::Anchored)
            .ascii_case_insensitive(true)
            .build(words);
        Labels { automaton: automaton.expect("lists are far smaller than an automaton may be") }
    }

    /// Returns the longest label that the text starts with, as the text has it.
    pub(crate) fn beginning_of<'t>(&self, text: &'t str) -> Option<&'t str> {
        let found = self.automaton.find(Input::new(text).anchored(Anchored::Yes))?;
        Some(&text[found.range()])
    }
}

/// Words that may overlap in a text, as the labels of dates do (`최종수정`, `수정`).
#[derive(Debug)]
pub(crate) struct OverlappingWords {
    automaton: AhoCorasick,
}

impl OverlappingWords {
    /// Creates the matcher from words.
    pub(crate) fn new(words: &[&str]) -> OverlappingWords {
        let automaton = AhoCorasick::new(words);
        OverlappingWords { automaton: automaton.expect("lists are far smaller than an automaton may be") }
    }

    /// Returns the byte range of the word that ends last in the text, the longest of those that end there.
    pub(crate) fn last_in(&self, text: &str) -> Option<Range<usize>> {
        let found = self.automaton.find_overlapping_iter(text).map(|found| found.range());
        found.max_by_key(|range| (range.end, range.len()))
    }

    /// Replaces each of the words in the text by a space, from right to left. Of overlapping words, the one that ends
    /// last is replaced, and of those that end there the longest.
    pub(crate) fn taken_out_of(&self, text: &str) -> String {
        let mut found: Vec<Range<usize>> =
            self.automaton.find_overlapping_iter(text).map(|found| found.range()).collect();
        found.sort_unstable_by_key(|range| (range.end, range.len()));
        let mut rest = text.to_owned();
        let mut reached = text.len();
        for range in found.into_iter().rev() {
            if range.end <= reached {
                reached = range.start;
                rest.replace_range(range, " ");
            }
        }
        rest
    }
}

#[cfg(test)]
mod tests {
    use unicode_normalization::is_nfc;

    use super::*;

    #[test]
    fn lists_are_sorted_unique_and_composed() {
        for file in [NAMES, DATES, FURNITURE, PICTURES, PRESS, SECTIONS] {
            let lists: Vec<_> = file.lists().collect();
            for (at, (name, words)) in lists.iter().enumerate() {
                let list = format!("crates/page/words/{} [{name}]", file.name);
                assert!(!lists[..at].iter().any(|(other, _)| other == name), "{list} is there twice");
                assert!(!words.is_empty(), "{list} is empty");
                for pair in words.windows(2) {
                    assert!(
                        pair[0] < pair[1],
                        "{list}: {:?} stands before {:?}; sort by code points",
                        pair[0],
                        pair[1]
                    );
                }
                for word in words {
                    assert!(is_nfc(word), "{list}: {word:?} is not in NFC");
                }
            }
            for line in file.text.lines() {
                assert!(line == line.trim(), "crates/page/words/{}: {line:?} needs quotes", file.name);
            }
        }
    }

    #[test]
    fn words_are_found_where_they_stand() {
        let finder = WordFinder::new(&["기자", "대기자", "[제보"]);
        assert_eq!(finder.first_in("홍길동 대기자"), Some(10..19));
        assert_eq!(finder.all_in("[제보] 홍길동 기자").count(), 2);
        assert!(!finder.is_in("홍길동"));
        assert_eq!(PICTURES.finder("credits").first_in("© News1"), Some(0.."© News1".len()));
    }

    #[test]
    fn sets_know_whole_words_beginnings_and_ends() {
        let set = WordSet::new(vec!["뉴스", "뉴스24", "통신", "통신사"]);
        assert!(set.contains("통신") && !set.contains("통"));
        assert_eq!(set.beginning_of("뉴스24시"), Some("뉴스24"));
        assert_eq!(set.beginning_of("가람뉴스"), None);
        assert_eq!(set.end_of("가람통신사"), Some("통신사"));
        assert_eq!(set.ends_of("가람뉴스").collect::<Vec<_>>(), ["뉴스"]);
        assert_eq!(set.end_of(""), None);
    }

    #[test]
    fn labels_begin_a_text_in_any_case() {
        let labels = Labels::new(&["by", "글", "글쓴이"]);
        for (text, label) in [("BY 홍길동", Some("BY")), ("글쓴이 홍길동", Some("글쓴이")), ("홍길동 글", None)]
        {
            assert_eq!(labels.beginning_of(text), label, "{text}");
        }
    }

    #[test]
    fn overlapping_words_are_taken_from_the_end() {
        let words = OverlappingWords::new(&["최종수정", "수정", "일시", "작성일"]);
        assert_eq!(words.last_in("최종수정"), Some(0..12));
        assert_eq!(words.taken_out_of("작성일시 최종수정 ."), "작성    .");
        assert_eq!(words.last_in("가람"), None);
    }
}
