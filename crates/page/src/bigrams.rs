//! Pairs of syllables, by which headlines and articles are compared.
//!
//! `story` asks which run of prose is about the page's first lines, `title` which line is about the article.

use rustc_hash::FxHashSet;

use crate::prose::is_hangul;

/// The most characters that are looked at.
const LONGEST: usize = 6000;

/// The pairs of syllables that stand side by side in the words of texts.
#[derive(Debug)]
pub(crate) struct Bigrams(FxHashSet<(char, char)>);

impl Bigrams {
    /// Collects the pairs of texts, over at most some thousand characters.
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

    /// Returns how many in a hundred of these pairs the other texts have too.
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
