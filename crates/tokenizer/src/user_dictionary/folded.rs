//! A sentence as the entries are written: with one space for any white space.

/// The characters of a sentence with every stretch of white space as one space, as it is in the entries.
#[derive(Default)]
pub(crate) struct Folded {
    chars: Vec<char>,
    /// For each character of the sentence its place in `chars`; in a stretch of white space that of the stretch.
    places: Vec<u32>,
    /// For each of `chars` the character of the sentence after it.
    ends: Vec<u32>,
}

impl Folded {
    /// Takes the characters of a sentence.
    pub fn read(&mut self, sentence: impl Iterator<Item = char>) {
        self.chars.clear();
        self.places.clear();
        self.ends.clear();
        for (c, end) in sentence.zip(1..) {
            // The trie takes U+0000 for the end of an entry; no entry has a control character.
            let c = match c {
                '\0' => '\u{1}',
                c if c.is_whitespace() => ' ',
                c => c,
            };
            if c == ' ' && self.chars.last() == Some(&' ') {
                self.ends.pop();
            } else {
                self.chars.push(c);
            }
            self.places.push(self.chars.len() as u32 - 1);
            self.ends.push(end);
        }
    }

    /// The characters from one of the sentence on.
    pub fn from(&self, start: usize) -> impl Iterator<Item = char> {
        self.chars[self.places[start] as usize..].iter().copied()
    }

    /// The character of the sentence after so many from one on.
    pub fn end(&self, start: usize, length: usize) -> usize {
        self.ends[self.places[start] as usize + length - 1] as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_one_space() {
        let mut folded = Folded::default();
        folded.read("가   나 \0다".chars());
        assert_eq!(folded.from(0).collect::<String>(), "가 나 \u{1}다");
        assert_eq!(folded.from(4).collect::<String>(), "나 \u{1}다");
        for (start, length, end) in [(0, 1, 1), (0, 2, 4), (0, 3, 5), (4, 1, 5), (4, 4, 8)] {
            assert_eq!(folded.end(start, length), end, "{length} from {start}");
        }
    }
}
