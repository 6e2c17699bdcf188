//! Batches: the sentences of one step of training, and their parts for the threads.

use std::ops::Range;

use crate::dataset::Dataset;
use crate::random::Random;

/// Number of parts of a batch, each computed by one thread. It is fixed because floating-point sums depend on their order:
/// results are the same whatever the number of threads.
pub(super) const PARTS: usize = 4;

/// Returns all sentences in a random order, in batches of about `units_per_batch` units.
pub(super) fn batches(data: &Dataset, units_per_batch: usize, random: &mut Random) -> Vec<Vec<usize>> {
    let mut sentences: Vec<_> = (0..data.sentences()).collect();
    random.shuffle(&mut sentences);
    group(data, sentences, units_per_batch)
}

/// Groups sentences in the given order; a group ends with the sentence that brings it to `units` units.
pub(super) fn group(data: &Dataset, sentences: impl IntoIterator<Item = usize>, units: usize) -> Vec<Vec<usize>> {
    let mut groups = Vec::new();
    let mut group = Vec::new();
    let mut filled = 0;
    for sentence in sentences {
        group.push(sentence);
        filled += data.sentence(sentence).len();
        if filled >= units {
            groups.push(std::mem::take(&mut group));
            filled = 0;
        }
    }
    if !group.is_empty() {
        groups.push(group);
    }
    groups
}

/// Splits the sentences of a batch into [`PARTS`] parts of about equally many units; some may be empty.
pub(super) fn parts<'b>(data: &Dataset, batch: &'b [usize]) -> Vec<&'b [usize]> {
    let units: usize = batch.iter().map(|&sentence| data.sentence(sentence).len()).sum();
    let mut parts = Vec::with_capacity(PARTS);
    let (mut start, mut end, mut filled) = (0, 0, 0);
    for part in 1..=PARTS {
        while end < batch.len() && (filled * PARTS < units * part || part == PARTS) {
            filled += data.sentence(batch[end]).len();
            end += 1;
        }
        parts.push(&batch[start..end]);
        start = end;
    }
    parts
}

/// The units of several sentences, in the order of the rows of the layers' matrices.
pub(super) struct Units {
    /// Number of each unit in the data set.
    pub sources: Vec<usize>,
    /// Range of each sentence in `sources`.
    pub sentences: Vec<Range<usize>>,
}

impl Units {
    /// Collects the units of sentences.
    pub fn new(data: &Dataset, sentences: &[usize]) -> Units {
        let mut units = Units { sources: Vec::new(), sentences: Vec::with_capacity(sentences.len()) };
        for &sentence in sentences {
            let start = units.sources.len();
            units.sources.extend(data.sentence(sentence));
            units.sentences.push(start..units.sources.len());
        }
        units
    }

    /// Returns the number of units.
    pub fn len(&self) -> usize {
        self.sources.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::toy;

    #[test]
    fn every_sentence_is_in_one_batch_and_one_part() {
        let data = toy::data(50, 1);
        let batches = batches(&data, 40, &mut Random::new(1, 0));
        let mut seen: Vec<_> = batches.iter().flatten().copied().collect();
        assert_ne!(seen, (0..50).collect::<Vec<_>>());
        seen.sort_unstable();
        assert_eq!(seen, (0..50).collect::<Vec<_>>());
        for batch in &batches {
            let parts = parts(&data, batch);
            assert_eq!(parts.len(), PARTS);
            assert_eq!(parts.concat(), *batch);
        }
    }

    #[test]
    fn few_sentences_leave_parts_empty() {
        let data = toy::data(2, 1);
        let parts = parts(&data, &[0, 1]);
        assert_eq!((parts.len(), parts.concat()), (PARTS, vec![0, 1]));
        assert_eq!(parts.iter().filter(|part| part.is_empty()).count(), 2);
    }

    #[test]
    fn units_of_sentences() {
        let data = toy::data(3, 1);
        let units = Units::new(&data, &[2, 0]);
        assert_eq!(units.len(), data.sentence(2).len() + data.sentence(0).len());
        assert_eq!(units.sources[units.sentences[1].clone()], data.sentence(0).collect::<Vec<_>>());
    }
}
