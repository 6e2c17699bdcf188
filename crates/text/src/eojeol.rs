//! Eojeol: the words of Korean writing, which white space delimits.

use std::ops::Range;

/// The eojeol of a text: byte ranges of the runs between white space, in order.
///
/// White space is Unicode's `White_Space` property, so no-break and ideographic spaces delimit too.
///
/// ```
/// let text = "이 시장은\u{3000}23일 출국한다.";
/// let words: Vec<&str> = gisa_text::eojeol(text).map(|range| &text[range]).collect();
/// assert_eq!(words, ["이", "시장은", "23일", "출국한다."]);
/// ```
pub fn eojeol(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.split_whitespace().map(move |word| {
        let start = word.as_ptr().addr() - text.as_ptr().addr();
        start..start + word.len()
    })
}
