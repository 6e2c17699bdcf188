//! Encoded texts, the inputs of networks, in flat arrays: about 70 bytes a unit.

use std::hash::{Hash, Hasher};
use std::ops::Range;

use rustc_hash::FxHasher;

use crate::label_set::LabelSet;
use gisa_model::shape::Shape;

/// Least probability of a tag that is stored.
const LEAST: f32 = 0.001;

/// Lists of any length in one array.
#[derive(Clone, Debug)]
struct Lists<T> {
    ends: Vec<u32>,
    values: Vec<T>,
}

impl<T> Lists<T> {
    fn new() -> Lists<T> {
        Lists { ends: Vec::new(), values: Vec::new() }
    }

    fn push(&mut self, values: impl IntoIterator<Item = T>) {
        self.values.extend(values);
        self.ends.push(u32::try_from(self.values.len()).expect("fewer than 2^32 values"));
    }

    fn get(&self, list: usize) -> &[T] {
        let start = list.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.values[start..self.ends[list] as usize]
    }
}

/// The training target of each unit: its tag, or the probability of each tag.
#[derive(Clone, Debug)]
pub(crate) struct Targets {
    tags: Vec<u8>,
    /// Tags with their probabilities in 65,535ths; empty where the tag is certain.
    likely: Lists<(u8, u16)>,
}

impl Targets {
    /// Creates an empty list of targets.
    pub fn new() -> Targets {
        Targets { tags: Vec::new(), likely: Lists::new() }
    }

    /// Returns the number of targets.
    pub fn len(&self) -> usize {
        self.tags.len()
    }

    /// Adds a unit whose tag is certain.
    pub fn push(&mut self, tag: usize) {
        self.push_tag(tag);
        self.likely.push([]);
    }

    /// Adds a unit with the probability of each tag, and with its tag in the best tag sequence of the sentence.
    /// Probabilities below 0.001 count as zero, and the others are normalised to a sum of one.
    pub fn push_likely(&mut self, tag: usize, probabilities: &[f32]) {
        self.push_tag(tag);
        let likely = probabilities.iter().zip(0u8..).filter(|(probability, _)| **probability >= LEAST);
        #[allow(clippy::cast_sign_loss)] // probabilities are not below zero
        let share = |probability: &f32| (probability.min(1.0) * 65535.0).round() as u16;
        self.likely.push(likely.map(|(probability, tag)| (tag, share(probability))));
    }

    fn push_tag(&mut self, tag: usize) {
        self.tags.push(u8::try_from(tag).expect("at most 256 tags"));
    }

    /// Returns the tag of a unit.
    pub fn tag(&self, unit: usize) -> usize {
        usize::from(self.tags[unit])
    }

    /// Returns the possible tags of a unit, with probabilities that sum to one.
    pub fn probabilities(&self, unit: usize) -> impl Iterator<Item = (usize, f64)> {
        let likely = self.likely.get(unit);
        let sum: u32 = likely.iter().map(|&(_, share)| u32::from(share)).sum();
        let certain = likely.is_empty().then(|| (self.tag(unit), 1.0));
        let likely = likely.iter().map(move |&(tag, share)| (usize::from(tag), f64::from(share) / f64::from(sum)));
        certain.into_iter().chain(likely)
    }
}

/// Texts of sentences of units, each unit with its features and its training target.
#[derive(Clone, Debug)]
pub(crate) struct Dataset {
    tables: usize,
    /// Row of each unit in each table.
    rows: Vec<u32>,
    flags: Lists<u16>,
    targets: Targets,
    /// End of each sentence, in units.
    ends: Vec<usize>,
    texts: Vec<TextEntry>,
}

/// A text of a data set.
#[derive(Clone, Copy, Debug, Hash)]
struct TextEntry {
    /// Its end, in sentences.
    end: usize,
    /// Bits of its weight.
    weight: u32,
    unannotated: LabelSet,
}

impl Dataset {
    /// Creates an empty data set for networks of a shape.
    pub fn new(shape: &Shape) -> Dataset {
        Dataset {
            tables: shape.tables.len(),
            rows: Vec::new(),
            flags: Lists::new(),
            targets: Targets::new(),
            ends: Vec::new(),
            texts: Vec::new(),
        }
    }

    /// Adds a unit to the current sentence: its row in each table, and the flags that are set. Its target, if any, goes to
    /// [`targets_mut`](Self::targets_mut).
    pub fn push_unit(&mut self, rows: &[u32], flags: impl IntoIterator<Item = u16>) {
        assert_eq!(rows.len(), self.tables, "a row for each table");
        self.rows.extend_from_slice(rows);
        self.flags.push(flags);
    }

    /// Ends the current sentence.
    pub fn end_sentence(&mut self) {
        if self.ends.last().copied().unwrap_or(0) < self.units() {
            self.ends.push(self.units());
        }
    }

    /// Ends the current text and its last sentence. A text of weight 2 counts like two texts. Mentions of the labels in
    /// `unannotated` are not marked in it.
    pub fn end_text(&mut self, weight: f32, unannotated: LabelSet) {
        self.end_sentence();
        if self.texts.last().map_or(0, |text| text.end) < self.ends.len() {
            self.texts.push(TextEntry { end: self.ends.len(), weight: weight.to_bits(), unannotated });
        }
    }

    /// Returns the targets of the units.
    pub fn targets(&self) -> &Targets {
        &self.targets
    }

    /// Returns the targets of the units, to be added to or replaced.
    pub fn targets_mut(&mut self) -> &mut Targets {
        &mut self.targets
    }

    /// Returns the number of units.
    pub fn units(&self) -> usize {
        self.flags.ends.len()
    }

    /// Returns the number of sentences.
    pub fn sentences(&self) -> usize {
        self.ends.len()
    }

    /// Returns the units of a sentence.
    pub fn sentence(&self, sentence: usize) -> Range<usize> {
        let start = sentence.checked_sub(1).map_or(0, |before| self.ends[before]);
        start..self.ends[sentence]
    }

    /// Returns the number of texts.
    pub fn texts(&self) -> usize {
        self.texts.len()
    }

    /// Returns the sentences of a text.
    pub fn text(&self, text: usize) -> Range<usize> {
        let start = text.checked_sub(1).map_or(0, |before| self.texts[before].end);
        start..self.texts[text].end
    }

    /// Returns the units of a text.
    pub fn text_units(&self, text: usize) -> Range<usize> {
        let sentences = self.text(text);
        self.sentence(sentences.start).start..self.sentence(sentences.end - 1).end
    }

    /// Returns the weight of a text.
    pub fn weight(&self, text: usize) -> f32 {
        f32::from_bits(self.texts[text].weight)
    }

    /// Returns the labels whose mentions are not marked in a text.
    pub fn unannotated(&self, text: usize) -> LabelSet {
        self.texts[text].unannotated
    }

    /// Returns the rows of a unit, one for each table.
    pub fn rows(&self, unit: usize) -> &[u32] {
        &self.rows[unit * self.tables..][..self.tables]
    }

    /// Returns the flags that are set for a unit.
    pub fn flags(&self, unit: usize) -> &[u16] {
        self.flags.get(unit)
    }

    /// Returns a hash of the contents.
    pub fn fingerprint(&self) -> u64 {
        let mut hasher = FxHasher::default();
        self.rows.hash(&mut hasher);
        self.flags.values.hash(&mut hasher);
        self.flags.ends.hash(&mut hasher);
        self.targets.tags.hash(&mut hasher);
        self.targets.likely.values.hash(&mut hasher);
        self.ends.hash(&mut hasher);
        self.texts.hash(&mut hasher);
        hasher.finish()
    }

    /// Returns whether all rows and flags exist in a network of this shape.
    pub fn fits(&self, shape: &Shape) -> bool {
        let limits: Vec<_> = shape.tables.iter().map(|table| table.rows).collect();
        let in_table = |(row, limit): (&u32, &usize)| (*row as usize) < *limit;
        self.tables == limits.len()
            && self.rows.chunks_exact(self.tables.max(1)).all(|rows| rows.iter().zip(&limits).all(in_table))
            && self.flags.values.iter().all(|&flag| usize::from(flag) < shape.flags.rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::toy;

    #[test]
    fn what_is_put_in_comes_out() {
        let mut data = Dataset::new(&toy::shape());
        let unannotated = LabelSet::from_iter([1]);
        data.push_unit(&[1, 2], [3, 0]);
        data.push_unit(&[4, 5], []);
        data.end_sentence();
        data.end_sentence();
        data.push_unit(&[6, 7], [1]);
        data.end_text(2.0, unannotated);
        data.end_text(1.0, LabelSet::default());
        data.push_unit(&[6, 7], [1]);
        data.end_text(0.5, LabelSet::default());
        assert_eq!((data.texts(), data.sentences(), data.units()), (2, 3, 4));
        assert_eq!((data.text(0), data.text(1)), (0..2, 2..3));
        assert_eq!((data.sentence(0), data.sentence(1), data.sentence(2)), (0..2, 2..3, 3..4));
        assert_eq!((data.text_units(0), data.text_units(1)), (0..3, 3..4));
        assert_eq!((data.weight(0), data.weight(1)), (2.0, 0.5));
        assert_eq!((data.unannotated(0), data.unannotated(1)), (unannotated, LabelSet::default()));
        assert_eq!((data.rows(1), data.flags(1)), (&[4, 5][..], &[][..]));
        assert_eq!((data.rows(2), data.flags(0), data.flags(2)), (&[6, 7][..], &[3, 0][..], &[1][..]));
    }

    #[test]
    fn rows_and_flags_beyond_the_shape() {
        let shape = toy::shape();
        for (rows, flag, fits) in [([1, 2], 0, true), ([u32::MAX, 2], 0, false), ([1, 2], 99, false)] {
            let mut data = Dataset::new(&shape);
            data.push_unit(&rows, [flag]);
            assert_eq!(data.fits(&shape), fits);
        }
    }

    #[test]
    fn probabilities_sum_to_one() {
        let mut targets = Targets::new();
        targets.push(3);
        targets.push_likely(1, &[0.2, 0.7, 0.0999, 0.0001]);
        assert_eq!((targets.tag(0), targets.tag(1), targets.len()), (3, 1, 2));
        assert_eq!(targets.probabilities(0).collect::<Vec<_>>(), [(3, 1.0)]);
        let likely: Vec<_> = targets.probabilities(1).collect();
        assert_eq!(likely.iter().map(|&(tag, _)| tag).collect::<Vec<_>>(), [0, 1, 2]);
        assert!((likely.iter().map(|&(_, probability)| probability).sum::<f64>() - 1.0).abs() < 1e-12);
        assert!((likely[1].1 - 0.7).abs() < 1e-3);
    }
}
