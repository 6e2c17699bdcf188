//! Sets of syllables with which the words of a list begin or end. A test against such a set rules out most words of a
//! text before any look-up.

/// First precomposed syllable (The Unicode Standard, 3.12).
const FIRST: u32 = 0xAC00;

/// Number of precomposed syllables.
const COUNT: usize = 11_172;

/// A set of precomposed Hangul syllables, with one bit for each and one for all other characters.
#[derive(Debug)]
pub struct Syllables {
    bits: Vec<u64>,
    has_others: bool,
}

impl Default for Syllables {
    fn default() -> Syllables {
        Syllables::new()
    }
}

impl Syllables {
    /// Creates an empty set.
    pub fn new() -> Syllables {
        Syllables { bits: vec![0; COUNT.div_ceil(64)], has_others: false }
    }

    /// Creates the set of the characters with which words begin.
    pub fn that_begin<'w>(words: impl Iterator<Item = &'w str>) -> Syllables {
        Syllables::of(words.filter_map(|word| word.chars().next()))
    }

    /// Creates the set of the characters with which words end.
    pub fn that_end<'w>(words: impl Iterator<Item = &'w str>) -> Syllables {
        Syllables::of(words.filter_map(|word| word.chars().next_back()))
    }

    fn of(characters: impl Iterator<Item = char>) -> Syllables {
        let mut syllables = Syllables::new();
        characters.for_each(|character| syllables.insert(character));
        syllables
    }

    /// Adds a character.
    pub fn insert(&mut self, character: char) {
        match place(character) {
            Some(place) => self.bits[place / 64] |= 1 << (place % 64),
            None => self.has_others = true,
        }
    }

    /// Returns whether a character may be in the set.
    ///
    /// The answer is exact for a syllable. For another character it is whether the set has any other characters.
    #[inline]
    pub fn may_have(&self, character: char) -> bool {
        place(character).map_or(self.has_others, |place| self.bits[place / 64] >> (place % 64) & 1 == 1)
    }
}

/// Returns the index of a precomposed syllable.
fn place(character: char) -> Option<usize> {
    let place = u32::from(character).checked_sub(FIRST)? as usize;
    (place < COUNT).then_some(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_and_others() {
        let ends = Syllables::that_end(["시장", "대통령", "힣"].into_iter());
        for (character, expected) in
            [('장', true), ('령', true), ('힣', true), ('시', false), ('가', false), ('A', false), ('\u{d7a4}', false)]
        {
            assert_eq!(ends.may_have(character), expected, "{character}");
        }
        let begins = Syllables::that_begin(["CEO", "가수", ""].into_iter());
        assert!(begins.may_have('C') && begins.may_have('가') && begins.may_have('(') && !begins.may_have('수'));
    }
}
