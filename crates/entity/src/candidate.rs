//! Candidates: spans that a recognizer proposes, and the choice among those that overlap.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::rule::Rule;
use crate::title::Title;
use gisa_text::Label;

/// The score of a candidate, from 0 to 100. Among overlapping candidates the highest score wins, then the longest
/// range.
pub(crate) type Score = u8;

/// The lowest score of a candidate that can be selected.
pub(crate) const THRESHOLD: Score = 50;

/// The score of the user's gazetteers, above all others.
pub(crate) const USER: Score = 100;

/// A span that a recognizer proposes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Candidate<'g> {
    /// The proposed label.
    pub label: Label,
    /// The range in bytes of the document.
    pub range: Range<usize>,
    /// The score.
    pub score: Score,
    /// The probability that the candidate is correct, from 0 to 1: the model's, or the score divided by 100.
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

    pub fn new(label: Label, range: Range<usize>, score: Score, rule: Rule) -> Self {
        Candidate { label, range, score, confidence: f32::from(score) / 100.0, rule, name: None, title: None }
    }
}

/// Retains the candidates with a sufficient score that do not overlap, in the order of the text.
///
/// The candidate with the highest score is selected first; of equal scores the longest, then the earliest, then the one
/// proposed first. Candidates that overlap a selected one are dropped.
pub(crate) fn select(candidates: &mut Vec<Candidate<'_>>) {
    candidates.retain(|candidate| candidate.score >= THRESHOLD && !candidate.range.is_empty());
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
    cluster.sort_by(|a, b| b.score.cmp(&a.score).then(b.range.len().cmp(&a.range.len())));
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
    use super::*;

    #[test]
    fn the_surer_then_the_longer_wins() {
        for (given, expected) in [
            (vec![(0, 3, 60), (0, 6, 60)], vec![(0, 6)]),
            (vec![(0, 3, 70), (0, 6, 60)], vec![(0, 3)]),
            (vec![(3, 6, 60), (0, 3, 60), (6, 9, 60)], vec![(0, 3), (3, 6), (6, 9)]),
            (vec![(0, 4, 60), (3, 6, 60), (5, 9, 60)], vec![(0, 4), (5, 9)]),
            (vec![(0, 9, 60), (0, 3, 70), (6, 9, 70)], vec![(0, 3), (6, 9)]),
            (vec![(6, 9, 80), (0, 3, 80), (2, 7, 70), (3, 6, 60)], vec![(0, 3), (3, 6), (6, 9)]),
            (vec![(0, 3, 49)], vec![]),
            (vec![(3, 3, 90)], vec![]),
        ] {
            let candidate = |(start, end, score)| Candidate::new(Label::Person, start..end, score, Rule::Name);
            let mut candidates: Vec<Candidate<'_>> = given.into_iter().map(candidate).collect();
            select(&mut candidates);
            let found: Vec<(usize, usize)> = candidates.into_iter().map(|c| (c.range.start, c.range.end)).collect();
            assert_eq!(found, expected);
        }
    }
}
