//! Candidates: spans that a recognizer proposes, and the choice among those that overlap.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::Label;
use crate::rule::Rule;
use crate::title::Title;

/// How sure a rule is, from 0 to 100. Among overlapping candidates the surer wins, then the longer.
pub(crate) type Score = u8;

/// Candidates below this score are not taken.
pub(crate) const THRESHOLD: Score = 50;

/// What the user's own gazetteer says: nothing wins over it.
pub(crate) const USER: Score = 100;

/// A span that a recognizer proposes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Candidate<'g> {
    /// What it would be.
    pub label: Label,
    /// Where it stands, in bytes of the document.
    pub range: Range<usize>,
    /// How sure the rule is.
    pub score: Score,
    /// How probable it is that the candidate is right, from 0 to 1, as far as that is known.
    pub confidence: f32,
    /// The rule.
    pub rule: Rule,
    /// The canonical name, when a gazetteer gives one.
    pub name: Option<&'g str>,
    /// The title that goes with a person's name.
    pub title: Option<Title>,
}

impl Candidate<'_> {
    /// Returns the form of the title that goes with a person's name.
    pub fn title_form(&self) -> Option<&'static str> {
        self.title.as_ref().map(|title| title.form)
    }

    pub fn new(label: Label, range: Range<usize>, score: Score, rule: Rule) -> Self {
        Candidate { label, range, score, confidence: f32::from(score) / 100.0, rule, name: None, title: None }
    }
}

/// Keeps the candidates that are sure enough and do not overlap, in the order of the text.
///
/// The surest is taken first; of equally sure ones the longer, then the earlier, then the one proposed first. What
/// overlaps one that was taken is dropped.
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

/// How many of the first candidates overlap each other, directly or through others. What overlaps stays together, so
/// the choice never has to look further, however long the document is.
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
    // By its start, so that only the neighbours of a candidate are compared with it: a cluster may be long.
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
