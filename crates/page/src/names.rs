//! Names of reporters in bylines: which words may be names, and which of them are.
//!
//! In a byline, names precede a title (`홍길동·성춘향 기자`) or an e-mail address, or follow a label (`글 홍길동`).

use std::sync::LazyLock;

use crate::prose::is_hangul;
use crate::words::{Labels, NAMES, WordFinder, WordSet};

static SURNAMES: LazyLock<WordSet> = LazyLock::new(|| NAMES.set("surnames"));
static NOT_NAMES: LazyLock<WordSet> = LazyLock::new(|| NAMES.set("not-names"));
static NOT_NAME_ENDS: LazyLock<WordSet> = LazyLock::new(|| NAMES.set("not-name-ends"));
static TITLES: LazyLock<WordFinder> = LazyLock::new(|| NAMES.finder("titles"));
static TITLE_FOLLOWERS: LazyLock<WordSet> = LazyLock::new(|| NAMES.set("title-followers"));
static QUALIFIERS: LazyLock<WordSet> = LazyLock::new(|| NAMES.set("qualifiers"));
static LABELS: LazyLock<Labels> = LazyLock::new(|| Labels::new(&NAMES.list("labels")));

/// The label that a name may follow without a space.
const GLUED_LABEL: &str = "기자명";

/// Returns the names of the reporters in a byline, in order, without titles; empty if there are none.
pub(crate) fn names(byline: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut from = 0;
    while let Some((at, title)) = next_title(byline, from) {
        collect_names(&byline[from..at], &mut names);
        from = at + title.len();
    }
    if names.is_empty() {
        labelled_names(byline, &mut names);
    }
    names
}

/// Returns whether a word may be a person's name: two to four syllables that start with a surname.
pub(crate) fn is_name(word: &str) -> bool {
    let Some(surname) = SURNAMES.beginning_of(word) else { return false };
    let length = word.chars().count();
    ((2..=3).contains(&length) || (length == 4 && surname.chars().nth(1).is_some()))
        && word.chars().all(is_hangul)
        && !NOT_NAMES.contains(word)
        && !(length > 2 && NOT_NAME_ENDS.end_of(word).is_some())
}

/// Returns the next title after a name, from an offset.
pub(crate) fn next_title(text: &str, from: usize) -> Option<(usize, &str)> {
    let found = TITLES.all_in(&text[from..]).map(|found| from + found.start..from + found.end);
    found.map(|found| (found.start, &text[found])).find(|&(at, title)| is_title_at(text, at, title))
}

/// Returns whether the word at the offset is a title, and not the start of another word (`기자회견`, `기자의`).
fn is_title_at(text: &str, at: usize, title: &str) -> bool {
    let after = &text[at + title.len()..];
    let run: String = after.chars().take_while(|&c| is_hangul(c)).take(8).collect();
    let glued_name = is_name(&run) && run.chars().count() >= 3 && {
        let behind = after[run.len()..].trim_start();
        TITLES.first_in(behind).is_some_and(|title| title.start == 0)
    };
    run.is_empty() || glued_name || TITLE_FOLLOWERS.beginning_of(&run).is_some()
}

/// Collects the names at the end of the text before a title, from right to left: `대전=홍길동·김영희`.
fn collect_names<'t>(before: &'t str, names: &mut Vec<&'t str>) {
    let mut found: Vec<&str> = Vec::new();
    let mut rest = before.trim_end();
    while let Some(last) = QUALIFIERS.end_of(rest).filter(|_| !is_name(last_word(rest))) {
        rest = rest[..rest.len() - last.len()].trim_end_matches(|c: char| c.is_whitespace() || "·,".contains(c));
    }
    // `홍길동 정치부 기자`: the desk is between the name and the title.
    if last_word(rest).ends_with(['부', '팀', '국']) && last_word(rest).chars().count() > 2 {
        let before = rest[..rest.len() - last_word(rest).len()].trim_end();
        if is_name(last_word(before)) {
            rest = before;
        }
    }
    loop {
        let word = last_word(rest);
        let name = name_in(word, found.is_empty());
        let Some(name) = name else { break };
        found.push(name);
        if name.len() < word.len() {
            break;
        }
        let left = &rest[..rest.len() - word.len()];
        let trimmed = left.trim_end_matches(|c: char| c.is_whitespace() || "·,ㆍ‧/、&".contains(c));
        let separator = &left[trimmed.len()..];
        let listed =
            separator.contains(|c: char| "·,ㆍ‧、&".contains(c)) || (separator.contains('/') && found.len() > 1);
        // Names separated only by spaces must be full names, since a place or a desk may be there too.
        let spaced =
            !separator.is_empty() && !listed && last_word(trimmed).chars().count() == 3 && !separator.contains('/');
        if !listed && !spaced {
            break;
        }
        rest = trimmed;
    }
    for name in found.into_iter().rev() {
        if !names.contains(&name) {
            names.push(name);
        }
    }
}

/// Returns the name that a word is or, directly before a title, ends with (`뉴스부홍길동`).
fn name_in(word: &str, at_title: bool) -> Option<&str> {
    if is_name(word) {
        return Some(word);
    }
    let count = word.chars().count();
    if !at_title || count <= 4 {
        return None;
    }
    let start = word.char_indices().nth(count - 3)?.0;
    let (desk, name) = word.split_at(start);
    (is_name(name) && desk.ends_with(['부', '팀', '국', '보', '문'])).then_some(name)
}

/// Collects names without a title: after a label (`글 홍길동`) or before an e-mail address.
fn labelled_names<'t>(byline: &'t str, names: &mut Vec<&'t str>) {
    let text = byline.trim_matches(|c: char| c.is_whitespace() || "|[]()/".contains(c));
    if let Some(label) = LABELS.beginning_of(text) {
        let behind = &text[label.len()..];
        let rest = behind.trim_start_matches([' ', ':', '=', '/', '\u{a0}']);
        let separated = rest.len() < behind.len() || label == GLUED_LABEL;
        if separated && rest.split(['·', ',', ' ']).all(|word| word.is_empty() || is_name(word)) {
            names.extend(rest.split(['·', ',', ' ']).filter(|word| !word.is_empty()));
            return;
        }
    }
    if let Some((before, _)) = text.split_once('@') {
        let before = before.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || "._-+".contains(c));
        let before = before.trim_end_matches(|c: char| c.is_whitespace() || c == '(');
        let word = last_word(before);
        if before.split_whitespace().count() <= 3 && word.chars().count() >= 3 && is_name(word) {
            names.push(word);
        }
    }
}

/// Returns the last run of syllables of a text.
fn last_word(text: &str) -> &str {
    let from = text.char_indices().rev().take_while(|&(_, c)| is_hangul(c)).last().map_or(text.len(), |(at, _)| at);
    &text[from..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_without_titles_places_and_desks() {
        for (byline, expected) in [
            ("홍길동 기자", &["홍길동"][..]),
            ("홍길동 기자홍길동 기자", &["홍길동"]),
            ("홍길동·성춘향 기자 hong@garam.example.kr", &["홍길동", "성춘향"]),
            ("홍길동 기자, 성춘향 기자", &["홍길동", "성춘향"]),
            ("대전=홍길동 기자 hong@", &["홍길동"]),
            ("도쿄/홍길동 특파원", &["홍길동"]),
            ("가람일보 홍길동 선임기자", &["홍길동"]),
            ("정치부 홍길동 인턴기자", &["홍길동"]),
            ("글·사진 홍길동 기자", &["홍길동"]),
            ("남궁바다 기자", &["남궁바다"]),
            ("온라인뉴스부홍길동 기자", &["홍길동"]),
            ("기자명 홍길동", &["홍길동"]),
            ("홍길동 hong@garam.example.kr", &["홍길동"]),
            ("국회사진기자단", &[]),
            ("홍길동 기자회견", &[]),
            ("인턴 기자", &[]),
            ("hong@garam.example.kr", &[]),
        ] {
            assert_eq!(names(byline), expected, "{byline}");
        }
    }
}
