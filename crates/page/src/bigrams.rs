//! Syllable bigrams, by which headlines and articles are compared.
//!
//! `story` finds the prose that matches the first lines of a page, and `title` the line that matches the article.

use rustc_hash::FxHashSet;

use crate::prose::is_hangul;

/// Maximum number of characters that are compared.
const LONGEST: usize = 6000;

/// The bigrams of adjacent syllables in the words of texts.
#[derive(Debug)]
pub(crate) struct Bigrams(FxHashSet<(char, char)>);

impl Bigrams {
    /// Collects the bigrams of texts, up to a maximum number of characters.
    pub(crate) fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Bigrams {
        let mut pairs = FxHashSet::default();
        let mut before = ' ';
        for c in texts.flat_map(|text| text.chars().chain([' '])).take(LONGEST) {
            if is_hangul(before) && is_hangul(c) {
                pairs.insert((before, c));
            }
            before = c;
        }
        Bigrams(pairs)
    }

    /// Returns the percentage of these bigrams that the other texts share.
    pub(crate) fn share_in(&self, other: &Bigrams) -> u32 {
        let shared = self.0.iter().filter(|pair| other.0.contains(pair)).count();
        u32::try_from(100 * shared / self.0.len().max(1)).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_of_the_pairs_of_the_first() {
        let of = |text: &'static str| Bigrams::of([text].into_iter());
        for (first, second, share) in [
            ("가람시 버스", "가람시는 버스를", 100),
            ("가람시 버스", "가람의", 33),
            ("bus", "가람", 0),
            ("가람", "", 0),
        ] {
            assert_eq!(of(first).share_in(&of(second)), share, "{first} {second}");
        }
    }
}
