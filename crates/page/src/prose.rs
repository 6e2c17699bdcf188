//! Sentence ends, by which the page reader distinguishes prose from menus and finds what follows the last sentence of a
//! paragraph. (Sentences for tagging are those of `gisa_text::sentences`, in the parts that the page reader finds.)
//!
//! Every line of a page is examined here first, so each function makes one pass over the bytes.

use memchr::memchr3_iter;

/// Last syllables of a sentence before a full stop that the next sentence follows without a space (`밝혔다.이어`): the
/// endings of predicates, unlike the syllable in `네이버.컴`.
const PREDICATE_ENDS: &str = "다요죠까오음임함됨것네라지자군";

/// Marks that close a quotation or a bracket after a full stop.
const CLOSERS: &str = "\"'”’」』)]";

/// Marks that close a quotation before a full stop.
const QUOTES: &str = "\"'”’」』";

/// Prose is longer than this, in characters.
pub(crate) const SHORTEST: usize = 10;

/// Prose without a full stop is longer than this, in characters.
pub(crate) const SHORTEST_BARE: usize = 45;

/// Returns whether a character is a Hangul syllable.
pub(crate) fn is_hangul(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

/// Returns whether a character is a letter of any script, with a fast path for Hangul and ASCII.
pub(crate) fn is_letter(c: char) -> bool {
    is_hangul(c) || c.is_ascii_alphabetic() || (!c.is_ascii() && c.is_alphabetic())
}

/// Returns whether a character is a letter or a number of any script, with a fast path for Hangul and ASCII.
pub(crate) fn is_alphanumeric(c: char) -> bool {
    is_hangul(c) || c.is_ascii_alphanumeric() || (!c.is_ascii() && c.is_alphanumeric())
}

/// Returns the byte offset after the first full stop that ends a sentence, and after the quotes that close it.
pub(crate) fn first_end(text: &str) -> Option<usize> {
    ends(text).next()
}

/// Returns the byte offset after the last sentence of the text, which may also end with a question or exclamation mark.
///
/// Only the last 4,000 bytes are searched: a sign-off is not farther from the end.
pub(crate) fn last_end(text: &str) -> Option<usize> {
    let from = floor_boundary(text, text.len().saturating_sub(4000));
    text[from..]
        .char_indices()
        .rev()
        .filter(|&(_, c)| matches!(c, '.' | '．' | '。' | '?' | '!' | '？' | '！'))
        .find_map(|(at, c)| end_at(text, from + at, c))
}

/// Returns the byte offsets after the sentences of a text that end with a full stop, in text order.
pub(crate) fn ends(text: &str) -> impl Iterator<Item = usize> + '_ {
    // The first bytes of `.`, `．` and `。`.
    let stops = memchr3_iter(b'.', 0xef, 0xe3, text.as_bytes());
    stops.filter_map(move |at| {
        let stop = text[at..].chars().next().filter(|c| matches!(c, '.' | '．' | '。'))?;
        end_at(text, at, stop)
    })
}

/// Returns whether the paragraph was truncated, as teasers of other articles are (`… 벌여 왔으며..`).
pub(crate) fn is_cut_off(text: &str) -> bool {
    text.ends_with("..") || text.ends_with('…')
}

/// Returns the nearest character boundary at or before an offset.
pub(crate) fn floor_boundary(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Returns the offset after this full stop and its closing quotes if it ends a sentence.
fn end_at(text: &str, at: usize, stop: char) -> Option<usize> {
    let before = text[..at].chars().next_back()?;
    let after = &text[at + stop.len_utf8()..];
    let closing: usize = after.chars().take_while(|&c| CLOSERS.contains(c)).map(char::len_utf8).sum();
    let next = after[closing..].chars().next();
    let spaced = next.is_none_or(char::is_whitespace);
    let ends = if is_hangul(before) {
        let glued = next.is_some_and(|c| c != '.' && (before == '다' || !c.is_ascii_digit()));
        spaced || closing > 0 || (PREDICATE_ENDS.contains(before) && glued)
    } else {
        QUOTES.contains(before) && spaced && text[..at].chars().rev().take(40).any(is_hangul)
    };
    // A straight quote directly before the next sentence opens it and does not close this one (`말했다."우리는`).
    let glued_quote = next.is_some_and(|c| !c.is_whitespace()) && after.starts_with(['"', '\'']);
    ends.then(|| at + stop.len_utf8() + if glued_quote { 0 } else { closing })
}

/// Returns whether the line ends with a predicate without a full stop, or with a quote instead. Headlines do too, but
/// are shorter than the lines this is used for.
pub(crate) fn ends_bare(text: &str) -> bool {
    let end = text.trim_end_matches(|c| CLOSERS.contains(c) || c == '?' || c == '!' || c == '~' || c == ' ');
    end.ends_with(['다', '요', '죠', '까']) && text.split(' ').nth(5).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::line::Line;

    #[test]
    fn prose_is_told_from_menus_and_headlines() {
        for (line, prose) in [
            ("가람시는 다음 달부터 버스를 늘린다.", true),
            ("박 시장은 \"노선을 늘리겠다\"고 말했다.", true),
            ("가람시는 노선을 늘린다.박 시장은 이날 이렇게 말했다.이어", true),
            ("가람시, 버스 노선 늘린다", false),
            ("다리 '2031년 개통' 전망은 흐림? 맑음?", false),
            ("입력 2024.06.23. 오전 9:12", false),
            ("정치", false),
            ("www.garam.example.kr", false),
            ("가람시는 다음 달부터 시내를 도는 버스 노선 열두 개를 새로 만들고 정류장도 서른 곳 늘리기로 했다", true),
            ("", false),
        ] {
            assert_eq!(Line::new(line, 0, false).is_prose(), prose, "{line}");
        }
    }

    #[test]
    fn the_last_end_stands_before_the_sign_off() {
        for (text, end) in [
            ("늘린다.홍길동 기자 hong@garam.example.kr", Some("늘린다.")),
            ("늘리겠다”고 했다. 홍길동 기자", Some("늘리겠다”고 했다.")),
            ("“늘리겠다.” 가람시 제공", Some("“늘리겠다.”")),
            ("말했다.\"우리는\" 하고", Some("말했다.")),
            ("왜 늘렸을까? 홍길동 기자", Some("왜 늘렸을까?")),
            ("노선도 3.5 판", None),
        ] {
            assert_eq!(last_end(text).map(|end| &text[..end]), end, "{text}");
        }
    }
}
