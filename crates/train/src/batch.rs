//! Batches: the texts of one step of training, and their parts for the threads.

use std::ops::Range;

use crate::dataset::Dataset;
use crate::random::Random;

/// Number of parts of a batch, each computed by one thread. It is fixed because floating-point sums depend on their order:
/// results are the same whatever the number of threads.
pub(super) const PARTS: usize = 4;

/// Returns all texts in a random order, in batches of about `units_per_batch` units.
pub(super) fn batches(data: &Dataset, units_per_batch: usize, random: &mut Random) -> Vec<Vec<usize>> {
    let mut texts: Vec<_> = (0..data.texts()).collect();
    random.shuffle(&mut texts);
    group(data, texts, units_per_batch)
}

/// Groups texts in the given order; a group ends with the text that brings it to `units` units.
pub(super) fn group(data: &Dataset, texts: impl IntoIterator<Item = usize>, units: usize) -> Vec<Vec<usize>> {
    let mut groups = Vec::new();
    let mut group = Vec::new();
    let mut filled = 0;
    for text in texts {
        group.push(text);
        filled += data.text_units(text).len();
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

/// Splits the texts of a batch into [`PARTS`] parts of about equally many units; some may be empty.
pub(super) fn parts<'b>(data: &Dataset, batch: &'b [usize]) -> Vec<&'b [usize]> {
    let units: usize = batch.iter().map(|&text| data.text_units(text).len()).sum();
    let mut parts = Vec::with_capacity(PARTS);
    let (mut start, mut end, mut filled) = (0, 0, 0);
    for part in 1..=PARTS {
        while end < batch.len() && (filled * PARTS < units * part || part == PARTS) {
            filled += data.text_units(batch[end]).len();
            end += 1;
        }
        parts.push(&batch[start..end]);
        start = end;
    }
    parts
}

/// The units of several texts, in the order of the rows of the layers' matrices.
pub(super) struct Units {
    /// Number of each unit in the data set.
    pub sources: Vec<usize>,
    /// Range of each text in `sources`.
    pub texts: Vec<Range<usize>>,
    /// Range of each sentence in `sources`, and the number of its text in the data set.
    pub sentences: Vec<(Range<usize>, usize)>,
}

impl Units {
    /// Collects the units of texts.
    pub fn new(data: &Dataset, texts: &[usize]) -> Units {
        let mut units = Units { sources: Vec::new(), texts: Vec::new(), sentences: Vec::new() };
        for &text in texts {
            let start = units.sources.len();
            let first = data.text_units(text).start;
            units.sources.extend(data.text_units(text));
            units.texts.push(start..units.sources.len());
            for sentence in data.text(text).map(|sentence| data.sentence(sentence)) {
                units.sentences.push((start + sentence.start - first..start + sentence.end - first, text));
            }
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
    use crate::label_set::LabelSet;
    use crate::toy;

    #[test]
    fn every_text_is_in_one_batch_and_one_part() {
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
    fn few_texts_leave_parts_empty() {
        let data = toy::data(2, 1);
        let parts = parts(&data, &[0, 1]);
        assert_eq!((parts.len(), parts.concat()), (PARTS, vec![0, 1]));
        assert_eq!(parts.iter().filter(|part| part.is_empty()).count(), 2);
    }

    #[test]
    fn units_of_texts() {
        let mut data = Dataset::new(&toy::shape());
        for (form, ends) in [(7, false), (0, true), (7, false), (8, true), (7, false), (7, true)] {
            data.push_unit(&[1, 1], []);
            match (form, ends) {
                (0, true) => data.end_sentence(),
                (_, true) => data.end_text(1.0, LabelSet::default()),
                _ => {}
            }
        }
        let units = Units::new(&data, &[1, 0]);
        assert_eq!(units.sources, [4, 5, 0, 1, 2, 3]);
        assert_eq!(units.texts, [0..2, 2..6]);
        assert_eq!(units.sentences, [(0..2, 1), (2..4, 0), (4..6, 0)]);
    }
}
