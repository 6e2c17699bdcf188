//! Tallies: the counts of a set of documents by label, from which the scores of any set of labels are computed.

use std::collections::BTreeMap;
use std::ops::Range;

use gisa_text::Label;

use crate::document::GoldDocument;
use crate::score::Score;

/// The counts of a set of documents, by label.
///
/// All labels are counted. Methods that take labels ignore the gold and predicted mentions of other labels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    documents: u64,
    gold: BTreeMap<Label, u64>,
    predicted: BTreeMap<Label, u64>,
    /// The number of pairs of a gold and a predicted mention with the same span, by gold label and predicted label.
    pairs: BTreeMap<(Label, Label), u64>,
}

impl Tally {
    /// Returns the number of documents.
    pub fn documents(&self) -> u64 {
        self.documents
    }

    /// Returns the counts of one label.
    pub fn label(&self, label: Label) -> Score {
        let of = |counts: &BTreeMap<Label, u64>| counts.get(&label).copied().unwrap_or(0);
        Score { gold: of(&self.gold), predicted: of(&self.predicted), correct: self.pairs(label, label) }
    }

    /// Returns the labels of the gold mentions, in ascending order.
    pub fn gold_labels(&self) -> impl Iterator<Item = Label> {
        self.gold.keys().copied()
    }

    /// Returns the labels of the predicted mentions, in ascending order.
    pub fn predicted_labels(&self) -> impl Iterator<Item = Label> {
        self.predicted.keys().copied()
    }

    /// Returns the summed counts of several labels, which must be distinct.
    pub fn micro(&self, labels: &[Label]) -> Score {
        labels.iter().map(|&label| self.label(label)).fold(Score::default(), Score::plus)
    }

    /// Returns the mean F1 of those labels that have gold mentions; 0 when none has.
    pub fn macro_f1(&self, labels: &[Label]) -> f64 {
        let scores = || labels.iter().map(|&label| self.label(label)).filter(|score| score.gold > 0);
        // The number of labels fits in 32 bits, so the conversion to a float is exact.
        let count = u32::try_from(scores().count()).unwrap_or(u32::MAX);
        if count == 0 { 0.0 } else { scores().map(Score::f1).sum::<f64>() / f64::from(count) }
    }

    /// Returns the summed counts of several labels when only spans are compared. The labels must be distinct.
    pub fn spans(&self, labels: &[Label]) -> Score {
        let pairs = labels.iter().flat_map(|&gold| labels.iter().map(move |&predicted| self.pairs(gold, predicted)));
        Score { correct: pairs.sum(), ..self.micro(labels) }
    }

    /// Returns the number of gold mentions of one label whose span was predicted with the other label.
    ///
    /// For equal labels this is the number of correct mentions.
    pub fn pairs(&self, gold: Label, predicted: Label) -> u64 {
        self.pairs.get(&(gold, predicted)).copied().unwrap_or(0)
    }

    pub(crate) fn add(&mut self, gold: &GoldDocument, predicted: &[(Label, Range<usize>)]) {
        // The gold labels and the predicted labels of each span; usually one of each.
        let mut spans: BTreeMap<(usize, usize), (Vec<Label>, Vec<Label>)> = BTreeMap::new();
        for mention in &gold.mentions {
            *self.gold.entry(mention.label).or_default() += 1;
            spans.entry((mention.chars.start, mention.chars.end)).or_default().0.push(mention.label);
        }
        for (label, chars) in predicted {
            *self.predicted.entry(*label).or_default() += 1;
            spans.entry((chars.start, chars.end)).or_default().1.push(*label);
        }
        for (gold, predicted) in spans.into_values() {
            for pair in pairs(gold, predicted) {
                *self.pairs.entry(pair).or_default() += 1;
            }
        }
        self.documents += 1;
    }

    pub(crate) fn merge(&mut self, other: &Tally) {
        self.documents += other.documents;
        sum(&mut self.gold, &other.gold);
        sum(&mut self.predicted, &other.predicted);
        sum(&mut self.pairs, &other.pairs);
    }
}

/// Pairs the gold labels of a span with its predicted labels: equal labels first, then the rest in ascending order.
fn pairs(mut gold: Vec<Label>, mut predicted: Vec<Label>) -> Vec<(Label, Label)> {
    let mut pairs = Vec::new();
    gold.retain(|&label| {
        let same = predicted.iter().position(|&other| other == label);
        if let Some(same) = same {
            pairs.push((label, predicted.swap_remove(same)));
        }
        same.is_none()
    });
    gold.sort_unstable();
    predicted.sort_unstable();
    pairs.extend(gold.into_iter().zip(predicted));
    pairs
}

fn sum<K: Copy + Ord>(to: &mut BTreeMap<K, u64>, from: &BTreeMap<K, u64>) {
    for (&key, count) in from {
        *to.entry(key).or_default() += count;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Label::{Date as DT, Location as LC, Organisation as OG, Person as PS, Quantity as QT};

    #[test]
    fn mentions_of_one_span_are_paired_by_label_first() {
        for (marked, found, expected) in [
            (vec![LC, OG], vec![OG, PS], vec![(OG, OG), (LC, PS)]),
            (vec![QT, LC], vec![DT, PS], vec![(LC, PS), (QT, DT)]),
            (vec![PS, PS], vec![PS], vec![(PS, PS)]),
        ] {
            assert_eq!(pairs(marked, found), expected);
        }
    }
}
