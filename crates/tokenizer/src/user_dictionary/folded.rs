//! A sentence in the form of the entries: with one space for any white space.

/// The characters of a sentence with every run of white space as one space, as in the entries.
#[derive(Default)]
pub(crate) struct FoldedSentence {
    chars: Vec<char>,
    /// The position in `chars` of each character of the sentence; in a run of white space that of the run.
    places: Vec<u32>,
    /// The character of the sentence that follows each of `chars`.
    ends: Vec<u32>,
}

impl FoldedSentence {
    /// Reads the characters of a sentence.
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

    /// Returns the characters from one of the sentence on.
    pub fn from(&self, start: usize) -> impl Iterator<Item = char> {
        self.chars[self.places[start] as usize..].iter().copied()
    }

    /// Returns the end, in characters of the sentence, of `length` folded characters that start at one of the sentence.
    pub fn end(&self, start: usize, length: usize) -> usize {
        self.ends[self.places[start] as usize + length - 1] as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_one_space() {
        let mut folded = FoldedSentence::default();
        folded.read("가   나 \0다".chars());
        assert_eq!(folded.from(0).collect::<String>(), "가 나 \u{1}다");
        assert_eq!(folded.from(4).collect::<String>(), "나 \u{1}다");
        for (start, length, end) in [(0, 1, 1), (0, 2, 4), (0, 3, 5), (4, 1, 5), (4, 4, 8)] {
            assert_eq!(folded.end(start, length), end, "{length} from {start}");
        }
    }
}
