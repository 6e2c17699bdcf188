//! Names of newspapers, agencies and broadcasters, in copyright lines and datelines.

use std::sync::LazyLock;

use crate::prose::{is_alphanumeric, is_hangul};
use crate::words::{OverlappingWords, PRESS, WordFinder, WordSet};

static KNOWN: LazyLock<WordSet> = LazyLock::new(|| PRESS.set("known"));
static ENDINGS: LazyLock<WordSet> = LazyLock::new(|| PRESS.set("endings"));
static MAGAZINE_OPENINGS: LazyLock<WordSet> = LazyLock::new(|| PRESS.set("magazine-openings"));
static NOT_PRESS: LazyLock<WordSet> = LazyLock::new(|| PRESS.set("not-press"));
static BROADCASTERS: LazyLock<WordSet> = LazyLock::new(|| PRESS.set("broadcasters"));
static COMPANY_ENDS: LazyLock<WordSet> = LazyLock::new(|| PRESS.set("company-ends"));
static OWNER_MARKS: LazyLock<OverlappingWords> = LazyLock::new(|| OverlappingWords::new(&PRESS.list("owner-marks")));
static OWNER_ENDS: LazyLock<WordFinder> = LazyLock::new(|| PRESS.finder("owner-ends"));

/// Words before the owner's name in a copyright line, each at most once and in this order.
const OWNER_OPENINGS: [&str; 6] = ["by ", "By ", "BY ", "저작권자", "copyright", "Copyright"];

/// Words at the start of a company's name, each at most once and in this order.
const COMPANY_OPENINGS: [&str; 4] = ["주식회사", "(주)", "㈜", "주)"];

/// Returns whether the words are the name of a newspaper, an agency or a broadcaster.
pub(crate) fn is_press(name: &str) -> bool {
    let name = name.trim();
    if name.is_empty() || name.chars().nth(14).is_some() {
        return false;
    }
    let known = || KNOWN.contains(name);
    let ending = || ENDINGS.ends_of(name).any(|ending| ending.len() < name.len()) && !name.contains(' ');
    (known() || ending()) && name.chars().all(|c| is_alphanumeric(c) || c == ' ') && !NOT_PRESS.contains(name)
}

/// Returns whether the words may be the name of a newspaper where one is expected, as at the top of its page.
pub(crate) fn is_masthead(name: &str) -> bool {
    let magazine = MAGAZINE_OPENINGS.beginning_of(name).is_some() && (4..=7).contains(&name.chars().count());
    is_press(name) || (magazine && !name.contains(' '))
}

/// Returns whether the word is a broadcaster's name.
pub(crate) fn is_broadcaster(name: &str) -> bool {
    BROADCASTERS.contains(name)
}

/// Returns the newspaper of a copyright line: `저작권자 ⓒ 가람일보 무단전재`, `가람일보(www.garam.example.kr), 무단전재`.
pub(crate) fn in_copyright(line: &str) -> Option<String> {
    OWNER_MARKS.last_in(line).and_then(|mark| owner(&line[mark.end..])).or_else(|| owner(line))
}

/// Returns the newspaper of a dateline or bracketed byline: `서울=가람통신`, `가람일보 홍길동 기자`, `가람일보`.
pub(crate) fn in_dateline(inside: &str) -> Option<String> {
    inside
        .split(|c: char| c.is_whitespace() || "=[]()【】./·,-".contains(c))
        .find(|word| is_press(word))
        .map(str::to_owned)
}

/// Returns the owner's name at the start of a text.
fn owner(text: &str) -> Option<String> {
    let skip = |c: char| !is_hangul(c) && !c.is_ascii_alphabetic();
    let mut text = text.trim_start_matches(skip);
    for word in OWNER_OPENINGS {
        text = text.strip_prefix(word).unwrap_or(text).trim_start_matches(skip);
    }
    for company in COMPANY_OPENINGS {
        text = text.strip_prefix(company).unwrap_or(text).trim_start();
    }
    let window = text.char_indices().nth(40).map_or(text, |(at, _)| &text[..at]);
    let end = OWNER_ENDS.first_in(window).map_or(window.len(), |end| end.start);
    let name = window[..end].trim_matches(|c: char| c.is_whitespace() || "./·:-".contains(c));
    if is_press(name) {
        return Some(brand(name).to_owned());
    }
    // `종합 경제정보 미디어 이데일리`: the name is last. A host or a slogan alone is not a name.
    let last = name.split_whitespace().rev().find(|word| is_press(word));
    let short = name.split_whitespace().count() <= 2 && name.chars().count() <= 14 && !name.contains('.');
    let lettered = name.chars().any(is_hangul) || name.chars().filter(char::is_ascii_uppercase).count() > 2;
    last.map(|name| brand(name).to_owned()).or_else(|| (short && lettered).then(|| name.to_owned()))
}

/// Returns the name of a newspaper without the words of its company.
fn brand(name: &str) -> &str {
    let brand = COMPANY_ENDS.end_of(name).map(|end| &name[..name.len() - end.len()]);
    brand.filter(|brand| KNOWN.contains(brand)).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copyright_lines_name_their_owner() {
        for (line, press) in [
            ("가람일보(www.garam.example.kr), 무단전재 및 수집, 재배포 금지", Some("가람일보")),
            ("<저작권자 ⓒ 가람일보, 무단전재 및 재배포 금지>", Some("가람일보")),
            ("저작권자 © 한빛신문 무단전재 및 재배포 금지", Some("한빛신문")),
            ("Copyright ⓒ 한빛신문. All rights reserved.", Some("한빛신문")),
            ("[ⓒ 한빛일보 & hanbit.example.kr, 무단전재 및 재배포 금지]", Some("한빛일보")),
            ("＜ⓒ종합 경제정보 미디어 한빛데일리 - 무단전재 & 재배포 금지＞", Some("한빛데일리")),
            ("◎공감언론 뉴시스 hong@garam.example.kr", Some("뉴시스")),
            ("Copyright by garam.example.kr All rights reserved.", None),
            ("무단전재 및 재배포 금지", None),
        ] {
            assert_eq!(in_copyright(line).as_deref(), press, "{line}");
        }
    }

    #[test]
    fn papers_are_told_from_sections() {
        for (name, is) in
            [("가람일보", true), ("뉴스1", true), ("경제", false), ("포토뉴스", false), ("가람시", false), ("", false)]
        {
            assert_eq!(is_press(name), is, "{name}");
        }
    }
}
