//! Composed text: decomposed Hangul and letters with combining marks, composed, with a map of offsets.
//!
//! The dictionary, the lists and the model know composed text only. Files written on a Mac often have each syllable as
//! two or three conjoining jamo (`ᄒ` `ᅡ` `ᆫ` for `한`) and `é` as `e` with an accent (Unicode's form NFD), and `ㅋㅋ` may
//! have become `ᄏᄏ`, conjoining jamo with nothing to join. Such text is analysed in its composed form, and offsets are
//! mapped to the original.

use std::borrow::Cow;
use std::iter;
use std::ops::Range;

use memchr::memchr3_iter;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, compose};

/// A text whose Hangul and letters are composed, with the map from its offsets to those of the original.
#[derive(Debug)]
pub struct ComposedText<'t> {
    text: Cow<'t, str>,
    /// The clusters in text order. Outside clusters both texts have the same bytes, except for lone jamo, which are as
    /// long as the compatibility jamo that replace them.
    clusters: Vec<Cluster>,
}

/// The ranges, in both texts, of a character and of the jamo or marks composed with it.
#[derive(Debug)]
struct Cluster {
    original: Range<usize>,
    composed: Range<usize>,
}

impl<'t> ComposedText<'t> {
    /// Composes a text. A text without decomposed characters is scanned once and is not copied.
    ///
    /// - Conjoining jamo (U+1100 to U+11FF) that make a syllable become that syllable, also behind a syllable that
    ///   lacks its last consonant.
    /// - Other conjoining jamo become compatibility jamo: `ㅋ` for each of `ᄏ` and `ᆿ`. Archaic ones without a
    ///   counterpart are unchanged.
    /// - A character followed by combining marks, one of them from U+0300 to U+036F, is normalised to Unicode's form
    ///   NFC. It forms one cluster with the marks that remain.
    pub fn new(text: &'t str) -> ComposedText<'t> {
        let mut composer = Composer { original: text, copied: 0, composed: String::new(), clusters: Vec::new() };
        let mut read = 0;
        while let Some(at) = next_part(text, read) {
            read = composer.compose_at(at);
        }
        composer.finish()
    }

    /// Returns the composed text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the composed text and drops the map of offsets.
    pub fn into_text(self) -> Cow<'t, str> {
        self.text
    }

    /// Maps a byte range of the composed text to the original.
    ///
    /// Boundaries lie between characters and never inside a cluster: one between a character and a mark that remains is
    /// mapped to the end of the mark. Ranges that do not overlap are therefore mapped to ranges that do not overlap; a
    /// range of such marks only becomes empty.
    pub fn original(&self, composed: &Range<usize>) -> Range<usize> {
        self.original_border(composed.start)..self.original_border(composed.end)
    }

    /// Maps a boundary of the composed text to the original; one inside a cluster to the end of the cluster.
    fn original_border(&self, byte: usize) -> usize {
        let after = self.clusters.partition_point(|cluster| cluster.composed.start < byte);
        let Some(cluster) = self.clusters[..after].last() else { return byte };
        cluster.original.end + byte.saturating_sub(cluster.composed.end)
    }

    /// Maps a byte range of the original to the composed text. Clusters that it covers in part are included whole.
    pub fn composed(&self, original: &Range<usize>) -> Range<usize> {
        self.composed_start(original.start)..self.composed_end(original.end)
    }

    /// Maps a boundary of the original to the composed text; one inside a cluster to the start of the cluster.
    fn composed_start(&self, byte: usize) -> usize {
        let after = self.clusters.partition_point(|cluster| cluster.original.end <= byte);
        let (before, rest) = self.clusters.split_at(after);
        let moved = before.last().map_or(byte, |cluster| cluster.composed.end + (byte - cluster.original.end));
        rest.first().map_or(moved, |cluster| moved.min(cluster.composed.start))
    }

    /// Maps a boundary of the original to the composed text; one inside a cluster to the end of the cluster.
    fn composed_end(&self, byte: usize) -> usize {
        let after = self.clusters.partition_point(|cluster| cluster.original.start < byte);
        let Some(cluster) = self.clusters[..after].last() else { return byte };
        cluster.composed.end + byte.saturating_sub(cluster.original.end)
    }
}

/// Composes decomposed Hangul and letters with combining marks, and replaces lone conjoining jamo by compatibility
/// jamo.
///
/// Names of entities are composed. The text of a mention is a slice of its document, which may be decomposed; compare
/// and display it in composed form.
///
/// ```
/// use gisa_text::composed;
///
/// assert_eq!(composed("\u{1112}\u{1161}\u{11ab}국 cafe\u{301} \u{110f}\u{110f}"), "한국 café ㅋㅋ");
/// ```
pub fn composed(text: &str) -> Cow<'_, str> {
    ComposedText::new(text).into_text()
}

/// Returns the byte offset of the next conjoining jamo or combining mark at or after `from`.
///
/// In UTF-8 the jamo begin with `E1`, the marks with `CC` or `CD`, which no Hangul syllable has among its bytes.
fn next_part(text: &str, from: usize) -> Option<usize> {
    let is_part = |char| is_jamo(char) || ('\u{300}'..='\u{36f}').contains(&char) && is_mark(char);
    let mut places = memchr3_iter(0xE1, 0xCC, 0xCD, &text.as_bytes()[from..]).map(|at| from + at);
    places.find(|&at| text[at..].starts_with(is_part))
}

/// Returns whether a character is a conjoining jamo.
fn is_jamo(char: char) -> bool {
    ('\u{1100}'..='\u{11ff}').contains(&char)
}

/// Returns whether a character is a combining mark, which normalisation may reorder and compose with its base.
fn is_mark(char: char) -> bool {
    canonical_combining_class(char) != 0
}

/// Returns the length in bytes of the combining marks at the start of a text.
fn marks_length(text: &str) -> usize {
    text.find(|char| !is_mark(char)).unwrap_or(text.len())
}

/// Writes the composed text.
struct Composer<'t> {
    original: &'t str,
    /// The end of the part of the original that has been copied.
    copied: usize,
    composed: String,
    clusters: Vec<Cluster>,
}

impl<'t> Composer<'t> {
    /// Writes the cluster of the jamo or mark at `at`, and returns the offset of the end of the cluster.
    fn compose_at(&mut self, at: usize) -> usize {
        let base = if self.original[at..].starts_with(is_jamo) { self.syllable(at) } else { self.marked(at) };
        let Some((range, base)) = base else { return at + marks_length(&self.original[at..]) };
        let marks_end = range.end + marks_length(&self.original[range.end..]);
        self.push(range.start..marks_end, base, &self.original[range.end..marks_end]);
        marks_end
    }

    /// Returns the syllable that a jamo is part of, or the compatibility jamo of one that is part of none.
    fn syllable(&self, at: usize) -> Option<(Range<usize>, char)> {
        let mut jamo = self.original[at..].chars();
        let first = jamo.next()?;
        let open = self.original[self.copied..at].chars().next_back();
        let joined = open.and_then(|open| Some((at - open.len_utf8(), compose(open, first)?)));
        let (start, mut syllable) = joined.unwrap_or((at, first));
        let mut end = at + first.len_utf8();
        for next in jamo {
            let Some(longer) = compose(syllable, next) else { break };
            syllable = longer;
            end += next.len_utf8();
        }
        Some((start..end, compatibility_jamo(syllable).unwrap_or(syllable)))
    }

    /// Returns the base character of a mark; `None` at the start of a text or a line and after white space.
    fn marked(&self, at: usize) -> Option<(Range<usize>, char)> {
        let before = &self.original[self.copied..at];
        let (start, base) = before.char_indices().rev().find(|&(_, char)| !is_mark(char))?;
        let start = self.copied + start;
        (!base.is_whitespace() && !base.is_control()).then(|| (start..start + base.len_utf8(), base))
    }

    /// Copies the original up to a cluster, and writes the cluster's base and marks in composed form.
    fn push(&mut self, original: Range<usize>, base: char, marks: &str) {
        self.composed.push_str(&self.original[self.copied..original.start]);
        self.copied = original.end;
        let start = self.composed.len();
        if marks.is_empty() {
            self.composed.push(base);
        } else {
            self.composed.extend(iter::once(base).chain(marks.chars()).nfc());
        }
        if self.original[original.clone()].chars().nth(1).is_some() {
            self.clusters.push(Cluster { original, composed: start..self.composed.len() });
        }
    }

    /// Copies the rest of the original; borrows all of it if nothing was composed.
    fn finish(mut self) -> ComposedText<'t> {
        if self.copied == 0 {
            return ComposedText { text: Cow::Borrowed(self.original), clusters: Vec::new() };
        }
        self.composed.push_str(&self.original[self.copied..]);
        ComposedText { text: Cow::Owned(self.composed), clusters: self.clusters }
    }
}

/// The compatibility jamo of the same name for each of U+1100 to U+11FF, sixteen per row; a full stop where there is
/// none. The fillers (U+115F, U+1160) are not letters and are unchanged.
const COMPATIBILITY_JAMO: [&str; 16] = [
    // First consonants.
    "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋ",
    "ㅌㅍㅎ.ㅥㅦ....ㅀ.ㅮㅱㅲ.",
    "ㅳㅄㅴㅵ...ㅶ.ㅷ.ㅸㅹㅺㅻㅼ",
    "..ㅽ...ㅾ.........",
    "ㅿ......ㆀ....ㆁ...",
    ".......ㆄㆅㆆ.ㅧㄵㄶ..",
    // Vowels.
    ".ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝ",
    "ㅞㅟㅠㅡㅢㅣ..........",
    "....ㆇㆈ..ㆉ.......",
    ".ㆊㆋ.ㆌ.........ㆍ.",
    // Vowels and, from U+11A8 on, last consonants.
    ".ㆎ......ㄱㄲㄳㄴㄵㄶㄷㄹ",
    "ㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋ",
    "ㅌㅍㅎ...ㅦㅧㅨ...ㅩ.ㅪ.",
    "...ㅫ...ㅬ.ㅭ..ㅮㅯ.ㅰ",
    "..ㅱ...ㅸㅺㅼ.ㅽㅿ..ㆀ.",
    "ㆁㆂㆃ.ㆄ....ㆆ.....ㅥ",
];

/// Returns the compatibility jamo of a conjoining jamo; `None` for other characters.
fn compatibility_jamo(char: char) -> Option<char> {
    let number = (char as usize).checked_sub(0x1100)?;
    COMPATIBILITY_JAMO.get(number / 16)?.chars().nth(number % 16).filter(|&jamo| jamo != '.')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::char::decompose_compatible;

    use super::*;

    #[test]
    fn texts_are_composed() {
        for (original, expected) in [
            ("", ""),
            ("대전시장은 23일 café에 갔다. ㅋㅋ", "대전시장은 23일 café에 갔다. ㅋㅋ"),
            // Syllables of two and three jamo, and one that lacks its last consonant.
            ("\u{1103}\u{1162}\u{110c}\u{1165}\u{11ab}은", "대전은"),
            ("대저\u{11ab}은", "대전은"),
            ("대전\u{11ab}은", "대전ㄴ은"),
            // Lone jamo: first consonants, vowels, last consonants.
            ("이 \u{110f}\u{110f}", "이 ㅋㅋ"),
            ("가\u{1172}\u{1172}", "가ㅠㅠ"),
            ("\u{1112}\u{1112}\u{1161}", "ㅎ하"),
            ("\u{11aa} \u{11b9}", "ㄳ ㅄ"),
            // Archaic ones: with a counterpart and without; fillers.
            ("\u{1112}\u{119e}\u{11ab}글", "ㅎㆍㄴ글"),
            ("\u{1113}\u{1161}", "\u{1113}ㅏ"),
            ("\u{115f}\u{1161}", "\u{115f}ㅏ"),
            // Letters with marks: one, several, in either order, more than compose, none that composes.
            ("cafe\u{301}에", "café에"),
            ("Vie\u{323}\u{302}t", "Việt"),
            ("Vie\u{302}\u{323}t", "Việt"),
            ("o\u{326}\u{301}!", "ó\u{326}!"),
            ("x\u{301}\u{323}!", "x\u{323}\u{301}!"),
            ("и\u{306}", "й"),
            // Marks on Hangul, and without anything before them.
            ("가\u{301}\u{110f}\u{301}", "가\u{301}ㅋ\u{301}"),
            ("\u{1100}\u{301}\u{1161}", "ㄱ\u{301}ㅏ"),
            ("\u{301}가\n\u{301}", "\u{301}가\n\u{301}"),
            // Other characters that begin with the same bytes.
            ("ტბა ạ ͻ", "ტბა ạ ͻ"),
            // Compatibility ideographs are left as they are.
            ("\u{f90a}\u{1112}\u{1161}", "\u{f90a}하"),
        ] {
            assert_eq!(composed(original), expected, "{original:?}");
        }
    }

    #[test]
    fn text_without_anything_to_compose_is_not_copied() {
        for text in ["", "대전시장은 23일 café에 갔다. ㅋㅋ", "ტბა ạ ͻ", "\u{301}가", "\n\u{301}"]
        {
            assert!(matches!(composed(text), Cow::Borrowed(_)), "{text:?}");
        }
    }

    #[test]
    fn ranges_are_mapped_both_ways() {
        // original, composed range, original range
        for (original, composed, expected) in [
            ("대전은", 3..6, 3..6),
            // 대 is 6 bytes in the original, 전 9.
            ("\u{1103}\u{1162}\u{110c}\u{1165}\u{11ab}은", 0..3, 0..6),
            ("\u{1103}\u{1162}\u{110c}\u{1165}\u{11ab}은", 3..6, 6..15),
            ("\u{1103}\u{1162}\u{110c}\u{1165}\u{11ab}은", 6..9, 15..18),
            ("이 \u{110f}\u{110f}", 4..7, 4..7),
            ("a cafe\u{301} b", 2..7, 2..8),
            ("a cafe\u{301} b", 8..9, 9..10),
        ] {
            let text = ComposedText::new(original);
            assert_eq!(text.original(&composed), expected, "{original:?}");
            assert_eq!(text.composed(&expected), composed, "{original:?}");
        }
    }

    #[test]
    fn a_cluster_is_not_split() {
        // ComposedText: a, ó in two bytes, a mark in two bytes, b.
        let text = ComposedText::new("ao\u{326}\u{301}b");
        for (composed, expected) in [(0..1, 0..1), (1..3, 1..6), (3..5, 6..6), (3..6, 6..7), (0..5, 0..6)] {
            assert_eq!(text.original(&composed), expected, "{composed:?}");
        }
        for (original, expected) in [(0..2, 0..5), (2..4, 1..5), (4..7, 1..6), (6..7, 5..6)] {
            assert_eq!(text.composed(&original), expected, "{original:?}");
        }
    }

    #[test]
    fn compatibility_jamo_are_those_of_unicode() {
        for row in COMPATIBILITY_JAMO {
            assert_eq!(row.chars().count(), 16, "{row}");
        }
        // The filler, U+3164, is no letter.
        for jamo in ('\u{3131}'..='\u{318e}').filter(|&jamo| jamo != '\u{3164}') {
            decompose_compatible(jamo, |conjoining| assert_eq!(compatibility_jamo(conjoining), Some(jamo)));
        }
        for (last, jamo) in
            ('\u{11a8}'..='\u{11c2}').zip("ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ".chars())
        {
            assert_eq!(compatibility_jamo(last), Some(jamo));
        }
    }

    #[test]
    fn a_megabyte_of_anything_is_composed() {
        for unit in ["\u{1100}", "\u{1161}", "\u{1112}\u{1161}\u{11ab}", "\u{301}", "a\u{301}", "\u{3099}\u{301}", "ა"]
        {
            let text = unit.repeat(1_000_000 / unit.len());
            check(&text);
            check(&format!("a{text}"));
        }
    }

    /// What holds for any text.
    fn check(original: &str) {
        let text = ComposedText::new(original);
        let borders = text.text().char_indices().map(|(at, _)| at).chain([text.text().len()]);
        let mut last = 0;
        for border in borders {
            let mapped = text.original_border(border);
            assert!(original.is_char_boundary(mapped) && mapped >= last, "{border} of {original:?}");
            last = mapped;
        }
        assert_eq!((text.original_border(0), last), (0, original.len()));
        for Cluster { original, composed } in &text.clusters {
            assert_eq!(text.original(composed), *original);
            assert_eq!(text.composed(original), *composed);
        }
        assert_eq!(composed(text.text()), text.text(), "what is composed stays as it is");
    }

    /// Jamo, Hangul, letters and marks in any order.
    fn mixture() -> impl Strategy<Value = String> {
        let syllable = "[\u{1100}-\u{1112}][\u{1161}-\u{1175}][\u{11a8}-\u{11c2}]?";
        let others = "[\u{1100}-\u{11ff}]|[가-힣ㄱ-ㅣ]|[a-zA-ZéạøÅ]|[\u{300}-\u{36f}\u{3099}]|[ .\n]";
        prop::string::string_regex(&format!("({syllable}|{others}){{0,40}}")).expect("a pattern")
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..ProptestConfig::default() })]

        #[test]
        fn any_text_is_composed(text in prop_oneof![mixture(), any::<String>()]) {
            check(&text);
        }

        #[test]
        fn every_character_is_mapped_to_what_it_was_composed_of(text in mixture()) {
            let made = ComposedText::new(&text);
            for (at, char) in made.text().char_indices() {
                let range = made.original(&(at..at + char.len_utf8()));
                let surface = composed(&text[range.clone()]);
                prop_assert!(range.is_empty() || surface.starts_with(char), "{char:?} of {text:?}: {surface:?}");
            }
        }

        #[test]
        fn the_decomposed_copy_is_composed_to_the_same(text in mixture()) {
            let text: String = text.nfc().collect();
            let decomposed: String = text.nfd().collect();
            prop_assert_eq!(composed(&decomposed), composed(&text));
        }
    }
}
