//! Bylines: the names of an article's authors, in the forms that newspapers use.
//!
//! `kind` classifies whole lines as bylines; `closing` removes bylines from the end of running text.

use std::sync::LazyLock;

use crate::names::{is_name, names};
use crate::press;
use crate::prose::{first_end, is_alphanumeric};
use crate::words::{NAMES, PRESS, WordSet};

static COLUMNIST_TITLES: LazyLock<WordSet> = LazyLock::new(|| NAMES.set("columnist-titles"));
static DESKS: LazyLock<WordSet> = LazyLock::new(|| NAMES.set("desks"));
static CREDIT_ROLES: LazyLock<WordSet> = LazyLock::new(|| NAMES.set("credit-roles"));
static PROGRAMMES: LazyLock<WordSet> = LazyLock::new(|| PRESS.set("programmes"));

/// Maximum length of a byline, in bytes.
const LONGEST: usize = 360;

/// Maximum length of a column's byline, in characters.
const LONGEST_COLUMNIST: usize = 40;

/// Returns whether the whole text is a byline: reporters with their title, a desk, or an e-mail address, and no words
/// of an article.
pub(crate) fn is_byline(text: &str) -> bool {
    text.len() <= LONGEST && first_end(text).is_none() && signs(text, || names(text).len())
}

/// Returns whether a text without a sentence is a byline; `names` counts the names in it.
pub(crate) fn signs(text: &str, names: impl FnOnce() -> usize) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    let bare = text.trim_matches(|c: char| !is_alphanumeric(c));
    if DESKS.contains(bare) || (bare.contains(':') && CREDIT_ROLES.beginning_of(bare).is_some()) {
        return true;
    }
    let names = names();
    let mails = if text.contains('@') { text.split_whitespace().filter(|word| has_email(word)).count() } else { 0 };
    if names + mails == 0 {
        return false;
    }
    // Besides names, titles and addresses, a newspaper, a desk and a place may occur.
    let words = text.split(|c: char| c.is_whitespace() || "·,ㆍ‧/=|".contains(c)).filter(|word| is_word(word)).count();
    words <= 3 * names + 2 * mails + 2 && !text.contains(['"', '“', '‘', '…', '?', '!'])
}

/// Returns whether the text contains an e-mail address, or a truncated one (`hong@`).
pub(crate) fn has_email(text: &str) -> bool {
    text.match_indices('@').any(|(at, _)| {
        let local = text[..at].bytes().rev().take_while(|b| b.is_ascii_alphanumeric() || b"._-+".contains(b)).count();
        local >= 2
    })
}

/// Returns the name in the byline of a column.
pub(crate) fn columnist(text: &str) -> Option<&str> {
    let text = text.trim_matches(|c: char| !is_alphanumeric(c));
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || "·/|()".contains(c)).filter(|word| is_word(word)).collect();
    if !(2..=6).contains(&words.len())
        || text.chars().nth(LONGEST_COLUMNIST).is_some()
        || text.contains(['"', '“', '‘', '…', '?', ',', ':'])
    {
        return None;
    }
    let titled = |word: &str| COLUMNIST_TITLES.end_of(word).is_some();
    let full_name = |word: &str| is_name(word) && (3..=4).contains(&word.chars().count()) && !titled(word);
    if full_name(words[0]) && titled(words[words.len() - 1]) {
        return Some(words[0]);
    }
    let last = words[words.len() - 1];
    (full_name(last) && words.len() <= 4 && titled(words[words.len() - 2])).then_some(last)
}

/// Returns the name in the sentence that ends a broadcaster's report (`가람방송 홍길동입니다.`).
pub(crate) fn broadcaster_sign_off(text: &str) -> Option<&str> {
    let words = text.trim_end_matches('.').strip_suffix("입니다")?;
    let (paper, name) = words.trim_end().rsplit_once(' ')?;
    let mut papers = paper.split_whitespace();
    let few = papers.clone().nth(3).is_none();
    let station = few && papers.any(|word| press::is_press(word) || PROGRAMMES.contains(word));
    (station && name.chars().nth(1).is_some() && is_name(name)).then_some(name)
}

/// Returns whether the text has a letter or a digit.
fn is_word(text: &str) -> bool {
    text.chars().any(is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_hold_nothing_of_the_article() {
        for (line, is) in [
            ("홍길동 기자 hong@garam.example.kr", true),
            ("hong@garam.example.kr", true),
            ("가람=홍길동 기자 hong@", true),
            ("온라인뉴스부", true),
            ("영상취재 : 홍길동, 영상편집 : 성춘향", true),
            ("홍길동 기자의 가람 산책", false),
            ("홍길동 기자가 보도합니다.", false),
            ("가람시 버스 노선 열두 개 늘린다", false),
            ("“홍길동 기자 다시 만나고 싶다”", false),
        ] {
            assert_eq!(is_byline(line), is, "{line}");
        }
        for (line, name) in [
            ("홍길동 가람대 교수", Some("홍길동")),
            ("홍길동 가람경제연구소 선임연구위원", Some("홍길동")),
            ("가람대 교수 홍길동", Some("홍길동")),
            ("가람시 버스 노선 교수", None),
        ] {
            assert_eq!(columnist(line), name, "{line}");
        }
    }
}
