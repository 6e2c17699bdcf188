//! Reports of an [`Evaluation`]: aligned tables for people, and JSON for programs.

use std::fmt;

use serde_json::{Value, json};

use gisa_text::Label;

use crate::evaluation::Evaluation;
use crate::evaluation::NEWS_LABELS;
use crate::score::Score;
use crate::tally::Tally;

impl Evaluation {
    /// Returns the report as JSON:
    ///
    /// ```text
    /// {"labels": ["PS", …], "overall": TALLY, "sources": {"wikitree": TALLY, …}}
    /// TALLY: {"documents": 2, "labels": {"PS": SCORE, …},
    ///         "sets": [{"labels": ["PS", …], "micro": SCORE, "macro": {"f1": 0.5}, "spans": SCORE}, …],
    ///         "pairs": {"PS": {"PS": 1, "LC": 0, …}, …}}
    /// SCORE: {"gold": 5, "predicted": 4, "correct": 3, "precision": 0.75, "recall": 0.6, "f1": 0.67}
    /// ```
    ///
    /// The first of `sets` has the labels that are scored; the second, present when more are scored, has
    /// [`NEWS_LABELS`](crate::NEWS_LABELS). `pairs` counts gold and predicted mentions with the same span, by gold
    /// label and then predicted label.
    pub fn to_json(&self) -> Value {
        let sets = self.sets();
        let tally = |tally: &Tally| tally.to_json(self.labels(), &sets);
        let sources: serde_json::Map<String, Value> =
            self.sources().map(|(source, counts)| (source.to_owned(), tally(counts))).collect();
        json!({ "labels": self.labels(), "overall": tally(self.overall()), "sources": sources })
    }

    /// Returns the sets of labels to sum over, each with the suffix of its rows' names.
    fn sets(&self) -> Vec<(String, &[Label])> {
        let mut sets = vec![(String::new(), self.labels())];
        if self.labels().len() > NEWS_LABELS.len() && NEWS_LABELS.iter().all(|label| self.labels().contains(label)) {
            sets.push((format!(" {}", NEWS_LABELS.map(Label::as_str).join(" ")), &NEWS_LABELS));
        }
        sets
    }
}

impl fmt::Display for Evaluation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sets = self.sets();
        let mut blocks =
            vec![self.overall().score_lines("overall", self.labels(), &sets), self.overall().pair_lines(self.labels())];
        // A source that has every document would repeat the overall table.
        let sources = self.sources().filter(|(_, tally)| tally.documents() < self.overall().documents());
        blocks.extend(sources.map(|(source, tally)| tally.score_lines(source, self.labels(), &sets)));
        let blocks: Vec<String> = blocks.iter().map(|lines| lines.join("\n")).collect();
        f.write_str(&blocks.join("\n\n"))
    }
}

impl Tally {
    /// Renders the table of scores, one row per line.
    fn score_lines(&self, title: &str, labels: &[Label], sets: &[(String, &[Label])]) -> Vec<String> {
        let documents = if self.documents() == 1 { "document" } else { "documents" };
        let width = name_width(labels);
        let mut lines = vec![
            format!("{title}: {} {documents}", self.documents()),
            format!(
                "{:<width$}{:>8}{:>11}{:>9}{:>11}{:>8}{:>8}",
                "label", "gold", "predicted", "correct", "precision", "recall", "F1"
            ),
        ];
        let row = |name: &str, score: Score| {
            format!(
                "{}{:>8}{:>11}{:>9}{:>11.2}{:>8.2}{:>8.2}",
                left(name, width),
                score.gold,
                score.predicted,
                score.correct,
                100.0 * score.precision(),
                100.0 * score.recall(),
                100.0 * score.f1()
            )
        };
        lines.extend(labels.iter().map(|&label| row(label.as_str(), self.label(label))));
        for (name, labels) in sets {
            lines.push(row(&format!("micro{name}"), self.micro(labels)));
            lines.push(format!("{:<width$}{:>55.2}", format!("macro{name}"), 100.0 * self.macro_f1(labels)));
            lines.push(row(&format!("spans{name}"), self.spans(labels)));
        }
        lines
    }

    /// Renders the table of gold and predicted labels of matching spans, one row per line.
    fn pair_lines(&self, labels: &[Label]) -> Vec<String> {
        let width = name_width(labels);
        let cell_width = labels.iter().map(|label| columns(label.as_str()) + 2).max().unwrap_or(0).max(8);
        let row = |name: &str, cells: Vec<String>| {
            cells.iter().fold(left(name, width), |row, cell| row + &right(cell, cell_width))
        };
        let mut lines = vec!["start and end right: gold label down, predicted label across".to_owned()];
        lines.push(row("", labels.iter().map(ToString::to_string).chain(["none".to_owned()]).collect()));
        for &gold in labels {
            let pairs: Vec<u64> = labels.iter().map(|&predicted| self.pairs(gold, predicted)).collect();
            let none = self.label(gold).gold - pairs.iter().sum::<u64>();
            lines.push(row(gold.as_str(), pairs.iter().chain([&none]).map(ToString::to_string).collect()));
        }
        let none = labels.iter().map(|&predicted| {
            self.label(predicted).predicted - labels.iter().map(|&gold| self.pairs(gold, predicted)).sum::<u64>()
        });
        lines.push(row("none", none.map(|count| count.to_string()).collect()));
        lines
    }

    fn to_json(&self, labels: &[Label], sets: &[(String, &[Label])]) -> Value {
        let by_label = |value: &dyn Fn(Label) -> Value| -> Value {
            labels.iter().map(|&label| (label.to_string(), value(label))).collect::<serde_json::Map<_, _>>().into()
        };
        let sets: Vec<Value> = sets
            .iter()
            .map(|(_, labels)| {
                json!({
                    "labels": labels,
                    "micro": self.micro(labels).to_json(),
                    "macro": { "f1": self.macro_f1(labels) },
                    "spans": self.spans(labels).to_json(),
                })
            })
            .collect();
        json!({
            "documents": self.documents(),
            "labels": by_label(&|label| self.label(label).to_json()),
            "sets": sets,
            "pairs": by_label(&|gold| by_label(&|predicted| self.pairs(gold, predicted).into())),
        })
    }
}

impl Score {
    fn to_json(self) -> Value {
        json!({
            "gold": self.gold,
            "predicted": self.predicted,
            "correct": self.correct,
            "precision": self.precision(),
            "recall": self.recall(),
            "f1": self.f1(),
        })
    }
}

/// Returns the width of the column of names, which fits the names of the sums and the longest label.
fn name_width(labels: &[Label]) -> usize {
    labels.iter().map(|label| columns(label.as_str()) + 1).max().unwrap_or(0).max(18)
}

/// Returns the number of terminal columns of a text: two for each Hangul or Chinese character, otherwise one.
fn columns(text: &str) -> usize {
    text.chars().map(|c| 1 + usize::from(matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{d7a3}'))).sum()
}

/// Aligns a text to the left of its column.
fn left(text: &str, width: usize) -> String {
    format!("{text}{:1$}", "", width.saturating_sub(columns(text)))
}

/// Aligns a text to the right of its column.
fn right(text: &str, width: usize) -> String {
    format!("{:1$}{text}", "", width.saturating_sub(columns(text)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::tests::{corpus, gold, predicted, score};
    use Label::{Date as DT, Location as LC, Organisation as OG, Person as PS, Time as TI};

    #[test]
    fn labels_of_a_model_are_scored_like_the_six() {
        let [event, product] = ["EVENT_OF_SEVERAL_DAYS", "제품"].map(Label::named);
        let mut evaluation = Evaluation::with_labels([product, PS, event]);
        evaluation.add(
            &gold(None, &[(event, 0, 3), (event, 5, 8), (product, 10, 12), (PS, 14, 16)]),
            predicted(&[(event, 0, 3), (product, 5, 8), (product, 10, 12), (LC, 14, 16)]),
        );
        assert_eq!(evaluation.labels(), [PS, event, product]);
        assert_eq!(evaluation.overall().gold_labels().collect::<Vec<_>>(), [PS, event, product]);
        assert_eq!(evaluation.overall().label(event), score(2, 1, 1));
        // The place is none of the labels that are scored.
        assert_eq!(evaluation.micro(), score(4, 3, 2));
        let expected = "\
overall: 1 document
label                     gold  predicted  correct  precision  recall      F1
PS                           1          0        0       0.00    0.00    0.00
EVENT_OF_SEVERAL_DAYS        2          1        1     100.00   50.00   66.67
제품                         1          2        1      50.00  100.00   66.67
micro                        4          3        2      66.67   50.00   57.14
macro                                                                   44.44
spans                        4          3        3     100.00   75.00   85.71

start and end right: gold label down, predicted label across
                                           PS  EVENT_OF_SEVERAL_DAYS                   제품                   none
PS                                          0                      0                      0                      1
EVENT_OF_SEVERAL_DAYS                       0                      1                      1                      0
제품                                        0                      0                      1                      0
none                                        0                      0                      0";
        assert_eq!(evaluation.to_string(), expected);
        assert_eq!(evaluation.to_json()["overall"]["pairs"]["EVENT_OF_SEVERAL_DAYS"]["제품"], 1);
    }

    #[test]
    fn the_report_is_an_aligned_table() {
        let expected = "\
overall: 2 documents
label                 gold  predicted  correct  precision  recall      F1
PS                       3          3        2      66.67   66.67   66.67
LC                       1          0        0       0.00    0.00    0.00
OG                       1          2        1      50.00  100.00   66.67
DT                       1          2        1      50.00  100.00   66.67
TI                       1          0        0       0.00    0.00    0.00
QT                       0          1        0       0.00    0.00    0.00
micro                    7          8        4      50.00   57.14   53.33
macro                                                               40.00
spans                    7          8        6      75.00   85.71   80.00
micro PS LC OG DT        6          7        4      57.14   66.67   61.54
macro PS LC OG DT                                                   50.00
spans PS LC OG DT        6          7        5      71.43   83.33   76.92

start and end right: gold label down, predicted label across
                        PS      LC      OG      DT      TI      QT    none
PS                       2       0       0       0       0       0       1
LC                       0       0       1       0       0       0       0
OG                       0       0       1       0       0       0       0
DT                       0       0       0       1       0       0       0
TI                       0       0       0       1       0       0       0
QT                       0       0       0       0       0       0       0
none                     1       0       0       0       0       1

nsmc: 1 document
";
        let report = corpus().to_string();
        assert!(report.starts_with(expected), "{report}");
        assert!(report.contains("\n\nwikitree: 1 document\n"), "{report}");
        assert!(!report.ends_with('\n'));

        // The four labels alone have no second set, and documents of one source no second table.
        let mut news = Evaluation::with_labels(NEWS_LABELS);
        news.add(&gold(Some("wikitree"), &[(TI, 0, 2)]), predicted(&[(DT, 0, 2)]));
        let expected = "\
overall: 1 document
label                 gold  predicted  correct  precision  recall      F1
PS                       0          0        0       0.00    0.00    0.00
LC                       0          0        0       0.00    0.00    0.00
OG                       0          0        0       0.00    0.00    0.00
DT                       0          1        0       0.00    0.00    0.00
micro                    0          1        0       0.00    0.00    0.00
macro                                                                0.00
spans                    0          1        0       0.00    0.00    0.00

start and end right: gold label down, predicted label across
                        PS      LC      OG      DT    none
PS                       0       0       0       0       0
LC                       0       0       0       0       0
OG                       0       0       0       0       0
DT                       0       0       0       0       0
none                     0       0       0       1";
        assert_eq!(news.to_string(), expected);
    }

    #[test]
    fn the_report_is_json() {
        let mut evaluation = Evaluation::with_labels([PS, OG]);
        evaluation.merge(&corpus());
        let review = json!({
            "documents": 1,
            "labels": {
                "PS": {"gold": 1, "predicted": 1, "correct": 1, "precision": 1.0, "recall": 1.0, "f1": 1.0},
                "OG": {"gold": 0, "predicted": 0, "correct": 0, "precision": 0.0, "recall": 0.0, "f1": 0.0},
            },
            "sets": [{
                "labels": ["PS", "OG"],
                "micro": {"gold": 1, "predicted": 1, "correct": 1, "precision": 1.0, "recall": 1.0, "f1": 1.0},
                "macro": {"f1": 1.0},
                "spans": {"gold": 1, "predicted": 1, "correct": 1, "precision": 1.0, "recall": 1.0, "f1": 1.0},
            }],
            "pairs": {"PS": {"PS": 1, "OG": 0}, "OG": {"PS": 0, "OG": 0}},
        });
        let report = evaluation.to_json();
        assert_eq!(report["labels"], json!(["PS", "OG"]));
        assert_eq!(report["sources"]["nsmc"], review);
        assert_eq!(report["overall"]["sets"][0]["micro"]["correct"], 3);

        let report = corpus().to_json();
        assert_eq!(report["overall"]["sets"][1]["labels"], json!(["PS", "LC", "OG", "DT"]));
        assert_eq!(report["overall"]["sets"][1]["macro"]["f1"], 0.5);
        assert_eq!(report["overall"]["pairs"]["LC"]["OG"], 1);
    }
}
