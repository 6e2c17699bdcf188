//! Candidates: spans that a recognizer proposes, and the choice among those that overlap.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::rule::Rule;
use crate::title::Title;
use gisa_text::Label;

/// The evidence for a candidate.
///
/// Among overlapping candidates a name of the user's wins over all others, and a recalled name over none. Between the
/// model and the date reader the surer wins: the model knows better where most dates end, and the date reader knows
/// forms of which the model is unsure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Evidence {
    /// The user's gazetteer lists the name.
    User,
    /// The trained model predicts the mention.
    Model,
    /// The date reader knows the form.
    Date,
    /// The model is sure of the name elsewhere in the document.
    Recalled,
}

impl Evidence {
    /// Returns the rank of the evidence; the lowest wins.
    const fn rank(self) -> u8 {
        match self {
            Evidence::User => 0,
            Evidence::Model | Evidence::Date => 1,
            Evidence::Recalled => 2,
        }
    }
}

/// The confidence at which the model's end of a date is as often right as the date reader's. Measured on annotated
/// articles: where the model is less sure, the reader's is right more often.
const DATE_STRENGTH: f32 = 0.65;

/// A span that a recognizer proposes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Candidate<'g> {
    /// The proposed label.
    pub label: Label,
    /// The range in bytes of the document.
    pub range: Range<usize>,
    /// The evidence, which with the confidence decides among overlapping candidates.
    pub evidence: Evidence,
    /// The probability that the candidate is correct, from 0 to 1.
    pub confidence: f32,
    /// The rule that proposed it.
    pub rule: Rule,
    /// The canonical name, if a gazetteer has one.
    pub name: Option<&'g str>,
    /// The title of a person.
    pub title: Option<Title>,
}

impl Candidate<'_> {
    /// Returns the form of a person's title.
    pub fn title_form(&self) -> Option<&'static str> {
        self.title.as_ref().map(|title| title.form)
    }

    /// Returns the confidence as it is compared with that of an overlapping candidate of the same rank.
    fn strength(&self) -> f32 {
        if self.evidence == Evidence::Date { DATE_STRENGTH } else { self.confidence }
    }

    pub fn new(label: Label, range: Range<usize>, evidence: Evidence, confidence: f32, rule: Rule) -> Self {
        Candidate { label, range, evidence, confidence, rule, name: None, title: None }
    }
}

/// Retains the candidates that do not overlap, in the order of the text.
///
/// The candidate with the strongest [`Evidence`] is selected first, then the surest, the longest, the earliest, and the
/// one proposed first. Candidates that overlap a selected one are dropped.
pub(crate) fn select(candidates: &mut Vec<Candidate<'_>>) {
    candidates.retain(|candidate| !candidate.range.is_empty());
    candidates.sort_by_key(|candidate| candidate.range.start);
    let mut taken: Vec<Candidate<'_>> = Vec::with_capacity(candidates.len());
    let mut rest = candidates.as_mut_slice();
    while !rest.is_empty() {
        let (cluster, after) = rest.split_at_mut(cluster_length(rest));
        select_in_cluster(cluster, &mut taken);
        rest = after;
    }
    *candidates = taken;
}

/// Returns how many of the first candidates overlap each other, directly or through others. Each such cluster is
/// selected from independently, so the work stays linear in the length of the document.
fn cluster_length(candidates: &[Candidate<'_>]) -> usize {
    let mut end = candidates[0].range.end;
    candidates[1..]
        .iter()
        .position(|candidate| {
            let apart = candidate.range.start >= end;
            end = end.max(candidate.range.end);
            apart
        })
        .map_or(candidates.len(), |position| position + 1)
}

fn select_in_cluster<'g>(cluster: &mut [Candidate<'g>], taken: &mut Vec<Candidate<'g>>) {
    if let [single] = cluster {
        taken.push(single.clone());
        return;
    }
    cluster.sort_by(|a, b| {
        let by_rank = a.evidence.rank().cmp(&b.evidence.rank());
        by_rank.then(b.strength().total_cmp(&a.strength())).then(b.range.len().cmp(&a.range.len()))
    });
    // Keyed by start, so that a candidate is compared with its neighbour only: a cluster may be long.
    let mut chosen: BTreeMap<usize, &Candidate<'g>> = BTreeMap::new();
    for candidate in &*cluster {
        let Range { start, end } = candidate.range;
        let before = chosen.range(..end).next_back();
        if before.is_none_or(|(_, other)| other.range.end <= start) {
            chosen.insert(start, candidate);
        }
    }
    taken.extend(chosen.into_values().cloned());
}

#[cfg(test)]
mod tests {
    use super::Evidence::{Date, Model, Recalled, User};
    use super::*;

    #[test]
    fn the_stronger_evidence_then_the_surer_then_the_longer_wins() {
        for (given, expected) in [
            (vec![(0, 3, Model, 0.6), (0, 6, Model, 0.6)], vec![(0, 6)]),
            (vec![(0, 3, User, 0.1), (0, 6, Model, 1.0)], vec![(0, 3)]),
            (vec![(0, 3, Model, 0.9), (0, 6, Date, 0.8)], vec![(0, 3)]),
            (vec![(0, 3, Model, 0.6), (0, 6, Date, 0.1)], vec![(0, 6)]),
            (vec![(0, 3, Date, 0.2), (0, 6, Recalled, 1.0)], vec![(0, 3)]),
            (vec![(3, 6, Model, 0.6), (0, 3, Model, 0.6), (6, 9, Model, 0.6)], vec![(0, 3), (3, 6), (6, 9)]),
            (vec![(0, 4, Model, 0.6), (3, 6, Model, 0.6), (5, 9, Model, 0.6)], vec![(0, 4), (5, 9)]),
            (vec![(0, 9, Recalled, 0.9), (0, 3, Model, 0.3), (6, 9, Model, 0.3)], vec![(0, 3), (6, 9)]),
            (
                vec![(6, 9, Model, 0.9), (0, 3, Model, 0.9), (2, 7, Model, 0.8), (3, 6, Recalled, 0.7)],
                vec![(0, 3), (3, 6), (6, 9)],
            ),
            (vec![(3, 3, User, 1.0)], vec![]),
        ] {
            let candidate = |(start, end, evidence, confidence)| {
                Candidate::new(Label::Person, start..end, evidence, confidence, Rule::Model)
            };
            let mut candidates: Vec<Candidate<'_>> = given.into_iter().map(candidate).collect();
            select(&mut candidates);
            let found: Vec<(usize, usize)> = candidates.into_iter().map(|c| (c.range.start, c.range.end)).collect();
            assert_eq!(found, expected);
        }
    }
}
