//! Scores: counts of mentions, and the precision, recall and F1 computed from them.

/// The counts of a label, or their sum over several labels, with precision, recall and F1 as fractions of 1.
///
/// ```
/// use gisa_gold::Score;
///
/// // 3 of 5 gold mentions were predicted, and 1 mention that is not gold.
/// let score = Score { gold: 5, predicted: 4, correct: 3 };
/// assert_eq!(score.precision(), 0.75);
/// assert_eq!(score.recall(), 0.6);
/// assert_eq!(format!("{:.4}", score.f1()), "0.6667");
/// assert_eq!(Score::default().f1(), 0.0);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// The number of gold mentions.
    pub gold: u64,
    /// The number of predicted mentions.
    pub predicted: u64,
    /// The number of predicted mentions that are correct (true positives).
    pub correct: u64,
}

impl Score {
    /// Returns the number of predicted mentions that are wrong (false positives).
    pub fn spurious(self) -> u64 {
        self.predicted - self.correct
    }

    /// Returns the number of gold mentions that were not predicted (false negatives).
    pub fn missed(self) -> u64 {
        self.gold - self.correct
    }

    /// Returns the fraction of the predicted mentions that is correct; 0 when there are none.
    pub fn precision(self) -> f64 {
        ratio(self.correct, self.predicted)
    }

    /// Returns the fraction of the gold mentions that was predicted; 0 when there are none.
    pub fn recall(self) -> f64 {
        ratio(self.correct, self.gold)
    }

    /// Returns the harmonic mean of precision and recall; 0 when there are no mentions.
    pub fn f1(self) -> f64 {
        ratio(2 * self.correct, self.predicted + self.gold)
    }

    pub(crate) fn plus(self, other: Score) -> Score {
        Score {
            gold: self.gold + other.gold,
            predicted: self.predicted + other.predicted,
            correct: self.correct + other.correct,
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of mentions are far below 2^52")]
fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(gold: u64, predicted: u64, correct: u64) -> Score {
        Score { gold, predicted, correct }
    }

    #[test]
    fn figures_of_counts() {
        // gold, predicted, correct; precision, recall, F1
        for (counts, expected) in [
            ((0, 0, 0), "0.0000 0.0000 0.0000"),
            ((3, 0, 0), "0.0000 0.0000 0.0000"),
            ((0, 3, 0), "0.0000 0.0000 0.0000"),
            ((3, 3, 0), "0.0000 0.0000 0.0000"),
            ((3, 3, 3), "1.0000 1.0000 1.0000"),
            ((4, 2, 1), "0.5000 0.2500 0.3333"),
            // 2 * 0.75 * 0.6 / 1.35
            ((5, 4, 3), "0.7500 0.6000 0.6667"),
        ] {
            let score = score(counts.0, counts.1, counts.2);
            let found = format!("{:.4} {:.4} {:.4}", score.precision(), score.recall(), score.f1());
            assert_eq!(found, expected, "{counts:?}");
            assert_eq!(score.spurious() + score.correct, score.predicted);
            assert_eq!(score.missed() + score.correct, score.gold);
        }
    }
}
