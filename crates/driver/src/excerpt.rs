//! Excerpts: the beginning or the end of a text that is too long for a message or a cell, cut only between graphemes,
//! so that a syllable written in several characters, a letter with its accent or a flag is never shown in half.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;

/// Returns the longest beginning of a text that has no more than `most` characters and ends between two graphemes.
pub(crate) fn beginning(text: &str, most: usize) -> &str {
    let mut chars = 0;
    let end = text.grapheme_indices(true).find_map(|(start, grapheme)| {
        chars += grapheme.chars().count();
        (chars > most).then_some(start)
    });
    &text[..end.unwrap_or(text.len())]
}

/// Returns the longest end of a text that has no more than `most` characters and begins between two graphemes.
pub(crate) fn ending(text: &str, most: usize) -> &str {
    let mut chars = 0;
    let start = text.grapheme_indices(true).rev().find_map(|(start, grapheme)| {
        chars += grapheme.chars().count();
        (chars > most).then_some(start + grapheme.len())
    });
    &text[start.unwrap_or(0)..]
}

/// Returns a text as it is shown in a message: what is beyond `most` characters is replaced by `…`.
pub(crate) fn excerpt(text: &str, most: usize) -> Cow<'_, str> {
    let shown = beginning(text, most);
    if shown.len() == text.len() { text.into() } else { format!("{shown}…").into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_between_graphemes() {
        // `한` in three conjoining jamo, `é` in two characters, a family in five.
        let jamo = "\u{1112}\u{1161}\u{11ab}국";
        let cases = [
            ("", 3, "", ""),
            ("서울시", 3, "서울시", "서울시"),
            ("서울시장", 3, "서울시", "울시장"),
            ("서울", 0, "", ""),
            (jamo, 2, "", "국"),
            (jamo, 3, "\u{1112}\u{1161}\u{11ab}", "국"),
            ("cafe\u{301}s", 4, "caf", "fe\u{301}s"),
            ("a👨‍👩‍👧b", 5, "a", "b"),
            ("a👨‍👩‍👧b", 6, "a👨‍👩‍👧", "👨‍👩‍👧b"),
            ("a\r\nb", 2, "a", "b"),
        ];
        for (text, most, first, last) in cases {
            assert_eq!((beginning(text, most), ending(text, most)), (first, last), "{text:?}, {most}");
        }
    }

    #[test]
    fn what_is_cut_off_is_marked() {
        for (text, most, shown) in [("서울시장", 4, "서울시장"), ("서울시장", 3, "서울시…"), ("", 0, "")]
        {
            assert_eq!(excerpt(text, most), shown);
        }
    }
}
