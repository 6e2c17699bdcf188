//! Captions: lines below a picture, recognized by the credit at their end.
//!
//! Some credits occur only in captions (`사진=…`, `© …`). Others (`… 있다. 홍길동 기자`) make a line a caption only above the
//! first paragraph of the article, which `parts` decides.

use std::sync::LazyLock;

use crate::dateline::bracketed;
use crate::prose::{first_end, is_alphanumeric, last_end};
use crate::words::{PICTURES, WordFinder, WordSet};
use crate::{byline, dates, press};

static CREDITS: LazyLock<WordFinder> = LazyLock::new(|| PICTURES.finder("credits"));
static SCENES: LazyLock<WordFinder> = LazyLock::new(|| PICTURES.finder("scenes"));
static POINTERS: LazyLock<WordFinder> = LazyLock::new(|| PICTURES.finder("pointers"));
static CREDIT_OPENINGS: LazyLock<WordSet> = LazyLock::new(|| PICTURES.set("credit-openings"));
static NUMBERED: LazyLock<WordSet> = LazyLock::new(|| PICTURES.set("numbered"));

/// Maximum length of a caption, in characters.
const LONGEST: usize = 600;

/// Maximum length of a credit that is alone on its line, in characters.
pub(crate) const LONGEST_CREDIT: usize = 30;

/// The evidence that a line is a caption.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Credit {
    /// A credit that only pictures have.
    Picture,
    /// An agency, a reporter or a short bracket after the sentence: a caption at the start of an article, a signature
    /// at its end.
    Signature,
}

/// Returns the credit at the end of a line, if it has one.
pub(crate) fn credit(line: &str) -> Option<Credit> {
    if line.chars().nth(LONGEST).is_some() {
        return None;
    }
    if is_numbered_picture(line) {
        return Some(Credit::Picture);
    }
    if credit_bracket(line) == Some(line.len()) {
        return Some(Credit::Picture);
    }
    let line = line.trim_end_matches('.').trim_end();
    let from = closing_from(line);
    let rest = line[from..].trim();
    if rest.is_empty() || rest.chars().nth(120).is_some() {
        return None;
    }
    let described = from > 0 || SCENES.is_in(line);
    let closed = from > 0 || line.contains(['/', '[', '(', '=', 'ⓒ', '©']);
    let picture = CREDITS.is_in(rest) && (from > 0 || is_mark_placed(rest));
    let provided = rest.trim_end_matches([')', ']', '>']).ends_with(" 제공")
        || rest.trim_end_matches([')', ']', '>']).ends_with("=제공");
    let opened = from > 0 && line.starts_with(['▲', '△', '◆', '▶']) && POINTERS.is_in(line);
    if picture
        || (provided && described && (closed || from > 0))
        || (provided && rest.split_whitespace().count() <= 3 && from == 0 && !line.contains(','))
    {
        return Some(Credit::Picture);
    }
    if opened && rest.chars().nth(LONGEST_CREDIT).is_none() {
        return Some(Credit::Picture);
    }
    let signed = press::is_press(rest.trim_matches(|c: char| !is_alphanumeric(c))) || byline::is_byline(rest);
    let bracket =
        bracketed(rest).is_some_and(|(length, inside)| length == rest.len() && inside.chars().nth(24).is_none());
    (from > 0 && (signed || bracket || is_photo_date(rest))).then_some(Credit::Signature)
}

/// Returns whether the line starts with a label such as `[사진]`, `[사진 2]` or `[표1]`.
fn is_numbered_picture(line: &str) -> bool {
    bracketed(line).filter(|_| line.starts_with('[')).is_some_and(|(_, inside)| {
        let word = inside.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
        NUMBERED.contains(word)
    })
}

/// Returns the length of a bracketed picture credit at the start of a text (`[사진 제공: 가람통신]`), in bytes.
pub(crate) fn credit_bracket(text: &str) -> Option<usize> {
    let (length, inside) = bracketed(text)?;
    let marked = CREDIT_OPENINGS.beginning_of(inside).is_some();
    let provided = inside.ends_with("제공")
        || inside.contains(" 제공=")
        || inside.contains(" 제공.")
        || inside.ends_with("자료사진");
    (marked || provided).then_some(length)
}

/// Returns whether the text is the date and the agency after an agency's picture (`2024.06.23/가람통신`, `2024.06.23.
/// photo@…`).
fn is_photo_date(rest: &str) -> bool {
    let date = dates::dates(rest);
    let letters = rest.chars().filter(|c| c.is_alphabetic()).count();
    date.first().is_some_and(|date| date.range.start <= 1) && (letters <= 8 || byline::has_email(rest))
}

/// Returns the byte offset after the last sentence; zero if the line has none.
fn closing_from(line: &str) -> usize {
    if first_end(line).is_some() { last_end(line).unwrap_or(0) } else { 0 }
}

/// Returns whether the mark of a credit is where credits are in a line without a sentence: after a slash or a bracket,
/// at the start or at the end of the line.
fn is_mark_placed(rest: &str) -> bool {
    CREDITS.all_in(rest).any(|mark| {
        let before = rest[..mark.start].trim_end();
        let opened = before.is_empty() || before.ends_with(['/', '[', '(', '<', '·', '.']);
        opened || rest[mark.clone()].ends_with(['=', 'ⓒ', '©']) || rest[mark.end..].chars().nth(12).is_none()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_close_with_a_credit() {
        use Credit::{Picture, Signature};
        for (line, expected) in [
            ("홍길동 가람시장이 새 버스를 타 보고 있다. 사진제공은 가람시", Some(Picture)),
            ("가람시 새 버스 조감도. /사진제공=가람버스", Some(Picture)),
            ("새 버스의 모습. (사진=가람시 제공) 2024.06.23. photo@garam.example.kr *재판매 및 DB 금지", Some(Picture)),
            ("새 버스에 실린 자전거. 가람시민모임 제공", Some(Picture)),
            ("가람시청 전경.ⓒ 뉴스1", Some(Picture)),
            ("(사진=연합뉴스)", Some(Picture)),
            ("[사진1] 새 버스가 종점에 서 있다 (제공: 가람시)", Some(Picture)),
            ("[사진 2] 새 버스를 탄 시민들이 웃고 있다.", Some(Picture)),
            ("새 버스가 종점에 서 있다. (제공: 가람시)", Some(Picture)),
            ("가람시 제공", Some(Picture)),
            ("시민들이 버스를 기다리고 있다. 홍길동 기자", Some(Signature)),
            ("시민들이 버스를 기다리고 있다. 연합뉴스", Some(Signature)),
            ("시민들이 버스를 기다리고 있다. [가람버스]", Some(Signature)),
            ("가람시는 버스를 늘린다. 2024.06.23/뉴스1", Some(Signature)),
            ("가람시는 다음 달부터 버스를 늘린다.", None),
            ("가람시는 시민에게 사진을 무료로 나눠 준다고 밝혔다.", None),
            ("가람시, 청년에 일자리 240개 제공", None),
            ("가람시 버스 노선 늘린다", None),
        ] {
            assert_eq!(credit(line), expected, "{line}");
        }
    }
}
