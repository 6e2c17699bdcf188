//! Datelines: the place, the newspaper and the reporters at the start of a paragraph (`(서울=가람통신) 홍길동 기자 = `).
//!
//! `paragraph` removes them from the start of running text; `press` reads the newspaper in them.

use std::sync::LazyLock;

use crate::names::{is_name, names, next_title};
use crate::press;
use crate::prose::{first_end, is_alphanumeric};
use crate::words::{PICTURES, WordFinder};

static CREDIT_WORDS: LazyLock<WordFinder> = LazyLock::new(|| PICTURES.finder("credit-words"));

/// Returns the length of the dateline or byline before the first sentence of a paragraph, in bytes: `(서울=가람통신) 홍길동 기자 =
/// `, `[가람일보 홍길동 기자] `, `홍길동 기자 = `.
pub(crate) fn dateline(text: &str) -> Option<usize> {
    let bracket = bracketed(text)
        .filter(|(_, inside)| is_dateline_inside(inside) || signed_paper(text).is_some())
        .map(|(length, _)| length);
    let from = bracket.unwrap_or(0);
    let rest = &text[from..];
    let equals = rest.char_indices().take(90).find(|&(_, c)| matches!(c, '=' | '＝')).map(|(at, c)| (at, c.len_utf8()));
    if let Some((at, width)) = equals {
        let before = &rest[..at];
        let signed = !names(before).is_empty() || (bracket.is_some() && before.trim().is_empty());
        let desk = bracket.is_some()
            && before.trim_end().ends_with(['단', '부', '팀'])
            && before.split_whitespace().count() <= 2;
        if (signed && is_short_byline(before)) || desk {
            // `대전=홍길동 기자 = ` has a second equals sign, which ends the byline.
            let behind = from + at + width;
            let more = text[behind..].trim_start();
            let second = dateline_tail(more).map_or(0, |length| text.len() - behind - more.len() + length);
            return Some(behind + second);
        }
    }
    // `(가람=가람통신) 홍길동 기자` without an equals sign, before a sentence.
    bracket.map(|length| length + signed_opening(&text[length..]).unwrap_or(0))
}

/// Returns the newspaper of a dateline, whatever its name, if reporters and an equals sign follow: `[서울=가람핌]홍길동 기자 = `.
pub(crate) fn signed_paper(text: &str) -> Option<&str> {
    let (length, inside) = bracketed(text)?;
    let (place, paper) = inside.split_once(['=', '＝'])?;
    let (place, paper) = (place.trim(), paper.trim());
    let plain = |words: &str| {
        (1..=3).contains(&words.split_whitespace().count())
            && words.chars().all(|c| is_alphanumeric(c) || " ·/".contains(c))
    };
    let rest = &text[length..];
    let (at, _) = rest.char_indices().take(90).find(|&(_, c)| matches!(c, '=' | '＝'))?;
    let signed = next_title(&rest[..at], 0).is_some() && !names(&rest[..at]).is_empty() && is_short_byline(&rest[..at]);
    (plain(place) && plain(paper) && !CREDIT_WORDS.is_in(inside) && names(paper).is_empty() && signed).then_some(paper)
}

/// Returns the length of a bracket at the start of the text, in bytes, and its content; `None` if it is longer than a
/// byline.
pub(crate) fn bracketed(text: &str) -> Option<(usize, &str)> {
    let open = text.chars().next()?;
    let close = match open {
        '[' => ']',
        '(' => ')',
        '【' => '】',
        '<' => '>',
        '＜' => '＞',
        '［' => '］',
        '〔' => '〕',
        _ => return None,
    };
    let from = open.len_utf8();
    let at =
        text[from..].char_indices().take(70).find(|&(_, c)| c == close || c == '\n').filter(|&(_, c)| c == close)?.0;
    Some((from + at + close.len_utf8(), text[from..from + at].trim()))
}

/// Returns whether the content of a bracket makes it a dateline: `서울=가람통신`, `가람일보 홍길동 기자`, `가람일보`.
pub(crate) fn is_dateline_inside(inside: &str) -> bool {
    if inside.contains(['"', '“', '‘', '?', '!', ':']) || CREDIT_WORDS.is_in(inside) {
        return false;
    }
    if let Some((place, paper)) = inside.split_once('=') {
        return !place.trim().is_empty()
            && place.split_whitespace().count() <= 3
            && (press::is_press(paper.trim()) || !names(paper).is_empty() || press::is_press(place.trim()));
    }
    !names(inside).is_empty() && is_short_byline(inside)
        || press::is_press(inside)
        || inside
            .split_once(' ')
            .is_some_and(|(paper, place)| press::is_broadcaster(paper) && place.chars().count() <= 4)
}

/// Returns whether the text before an equals sign is only a byline.
fn is_short_byline(text: &str) -> bool {
    text.chars().count() <= 70 && first_end(text).is_none() && !text.contains(['"', '“', '‘', '?', '!'])
}

/// Returns the length of a byline without a bracket at the start of the text, with its equals sign, in bytes.
fn dateline_tail(text: &str) -> Option<usize> {
    let (at, c) = text.char_indices().take(40).find(|&(_, c)| matches!(c, '=' | '＝'))?;
    (!names(&text[..at]).is_empty() && is_short_byline(&text[..at])).then_some(at + c.len_utf8())
}

/// Returns the length of `홍길동 기자 ` after a bracket if a space and the sentence follow, in bytes.
fn signed_opening(text: &str) -> Option<usize> {
    let window = text.char_indices().nth(24).map_or(text, |(at, _)| &text[..at]);
    let (at, title) = next_title(window, 0)?;
    let before = window[..at].trim();
    let end = at + title.len();
    (is_name(before) && text[end..].starts_with([' ', '\u{a0}'])).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_end_where_the_sentence_starts() {
        for (text, cut) in [
            ("(서울=연합뉴스) 홍길동 기자 = 가람시는", Some("(서울=연합뉴스) 홍길동 기자 =")),
            ("(가람=뉴스1) 홍길동 기자,성춘향 기자 = 가람시는", Some("(가람=뉴스1) 홍길동 기자,성춘향 기자 =")),
            ("[가람=뉴시스]홍길동 기자 = 가람시는", Some("[가람=뉴시스]홍길동 기자 =")),
            ("[가람=뉴시스] 가람시는 버스를", Some("[가람=뉴시스]")),
            ("[헤럴드경제=홍길동 기자] 가람시는", Some("[헤럴드경제=홍길동 기자]")),
            ("[가람일보 홍길동 기자] 가람시는", Some("[가람일보 홍길동 기자]")),
            ("【가람=뉴시스】홍길동 기자 = 가람시는", Some("【가람=뉴시스】홍길동 기자 =")),
            ("홍길동 기자 = 가람시는", Some("홍길동 기자 =")),
            ("[서울신문] 가람시는", Some("[서울신문]")),
            ("[서울=가람핌]홍길동 성춘향 기자 = 가람시는", Some("[서울=가람핌]홍길동 성춘향 기자 =")),
            ("(도쿄=가람핌) 홍길동 특파원 = 가람시는", Some("(도쿄=가람핌) 홍길동 특파원 =")),
            ("[서울=가람핌] 가람시는", None),
            ("[사진=가람핌] 홍길동 = 가람시는", None),
            ("[속보] 가람시는", None),
            ("(사진=연합뉴스) 가람시는", None),
            ("가람시는 [새 노선]을", None),
        ] {
            assert_eq!(dateline(text).map(|end| text[..end].trim_end()), cut, "{text}");
        }
    }
}
