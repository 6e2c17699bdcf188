//! Eojeol: the words of Korean writing, which white space delimits.

use std::ops::Range;

/// Returns the byte ranges of the eojeol of a text, in text order.
///
/// White space is what has Unicode's `White_Space` property, including no-break and ideographic spaces.
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
