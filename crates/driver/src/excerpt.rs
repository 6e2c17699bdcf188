//! Excerpts: the beginning or the end of a text that is too long for a message or a cell, cut only between graphemes,
//! so that a syllable written in several characters, a letter with its accent or a flag is never shown in half.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;

/// Returns the longest beginning of a text that has no more than `most` characters and ends between two graphemes.
pub(crate) fn beginning(text: &str, most: usize) -> &str {
    let Some((cut, _)) = text.char_indices().nth(most) else { return text };
    if is_plain_cut(text, cut) {
        return &text[..cut];
    }
    let starts = text.grapheme_indices(true).map(|(start, _)| start);
    &text[..starts.take_while(|&start| start <= cut).last().unwrap_or(0)]
}

/// Returns the longest end of a text that has no more than `most` characters and begins between two graphemes.
pub(crate) fn ending(text: &str, most: usize) -> &str {
    let Some((last, _)) = text.char_indices().rev().nth(most) else { return text };
    let cut = last + text[last..].chars().next().map_or(0, char::len_utf8);
    if is_plain_cut(text, cut) {
        return &text[cut..];
    }
    let ends = text.grapheme_indices(true).rev().map(|(start, grapheme)| start + grapheme.len());
    &text[ends.take_while(|&end| end >= cut).last().unwrap_or(text.len())..]
}

/// Returns whether a cut stands between two characters that are graphemes by themselves beside each other: syllables and
/// ASCII that is no control character. Most cuts do, and no table has to be asked.
fn is_plain_cut(text: &str, cut: usize) -> bool {
    let is_plain = |c: char| matches!(c, ' '..='~' | '가'..='힣');
    let (before, after) = text.split_at(cut);
    before.chars().next_back().is_none_or(is_plain) && after.chars().next().is_none_or(is_plain)
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
    fn plain_cuts_are_between_graphemes() {
        let characters = [
            ' ', '~', 'a', '가', '힣', '각', '\r', '\n', '\u{1112}', '\u{1161}', '\u{11ab}', '\u{301}', '\u{200d}', '🇰',
        ];
        for before in characters {
            for after in characters {
                let text = format!("{before}{after}");
                let is_boundary = text.graphemes(true).count() == 2;
                assert!(is_boundary || !is_plain_cut(&text, before.len_utf8()), "{text:?}");
            }
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
