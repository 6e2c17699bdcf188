//! Test data: a small network, a language of a few words, and a comparison of gradients with finite differences.

use ndarray::Array2;

use crate::dataset::Dataset;
use crate::label_set::LabelSet;
use crate::large_table::LARGE;
use crate::options::Options;
use crate::random::Random;
use gisa_gold::{GoldDocument, GoldMention};
use gisa_model::shape::{Layer, Shape, Table};
use gisa_model::tags::{OUTSIDE, SpanPosition, Tags};

/// Number of words.
pub(crate) const WORDS: usize = 16;

/// A network with one of everything.
pub(crate) fn shape() -> Shape {
    Shape {
        tables: vec![Table { rows: LARGE, width: 6 }, Table { rows: 8, width: 3 }],
        beside: 1,
        flags: Table { rows: 5, width: 3 },
        width: 8,
        layers: vec![Layer::Convolution, Layer::Gate],
        tags: 9,
    }
}

/// Options with little dropout.
pub(crate) fn options() -> Options {
    let few = Options { dropout: 0.1, input_dropout: 0.1, word_dropout: 0.02, row_dropout: 0.02, ..Options::default() };
    Options { warm_up_steps: 10, ..few }
}

/// Sentences of a language in which word 10 is a mention of label 0 unless it is after word 1, words 12, 13 … 14 are one
/// of label 1, and words below 10 are none. The second table and the flags say nothing.
pub(crate) fn data(sentences: usize, seed: u64) -> Dataset {
    incomplete_data(sentences, seed, |_| LabelSet::default())
}

/// The same sentences where mentions of some labels are not marked: those that `unannotated` returns for the number of
/// a sentence.
pub(crate) fn incomplete_data(sentences: usize, seed: u64, unannotated: impl Fn(usize) -> LabelSet) -> Dataset {
    let tags = Tags::new(2);
    let mut random = Random::new(seed, 9);
    let mut data = Dataset::new(&shape());
    for unannotated in (0..sentences).map(unannotated) {
        let mark =
            |tag| if tags.read(tag).is_some_and(|(label, _)| unannotated.contains(label)) { OUTSIDE } else { tag };
        for _ in 0..=random.below(8) {
            let mut push = |word: usize, tag| {
                let flags: Vec<_> = (0..5).filter(|_| random.happens(0.2)).collect();
                data.push_unit(&[word as u32, random.below(8) as u32], flags);
                data.targets_mut().push(mark(tag));
                random.below(10)
            };
            match push(1, OUTSIDE) {
                0 | 1 => _ = push(10, OUTSIDE),
                2 | 3 => {
                    push(12, tags.of(1, SpanPosition::Begin));
                    while push(13, tags.of(1, SpanPosition::Inside)) > 6 {}
                    push(14, tags.of(1, SpanPosition::End));
                }
                4 | 5 => {
                    push(2, OUTSIDE);
                    push(10, tags.of(0, SpanPosition::Single));
                }
                word => _ = push(word, OUTSIDE),
            }
        }
        data.end_text(1.0, unannotated);
    }
    data
}

/// A text with mentions, given in the order of the text by their forms and labels.
pub(crate) fn document(text: &str, mentions: &[(&str, &str)]) -> GoldDocument<String> {
    let mut from = 0;
    let mentions = mentions.iter().map(|&(form, label)| {
        let at = from + text[from..].find(form).expect("the form");
        from = at + form.len();
        let start = text[..at].chars().count();
        GoldMention { label: label.to_owned(), chars: start..start + form.chars().count() }
    });
    GoldDocument::new(text, mentions.collect())
}

/// Random numbers around zero.
pub(crate) fn numbers(count: usize, seed: u64) -> Vec<f32> {
    let mut random = Random::new(seed, 1);
    (0..count).map(|_| random.normal()).collect()
}

/// A matrix of random numbers.
pub(crate) fn matrix(rows: usize, columns: usize, seed: u64) -> Array2<f32> {
    shaped(&numbers(rows * columns, seed), rows)
}

/// Numbers as a matrix of `rows` rows.
pub(crate) fn shaped(values: &[f32], rows: usize) -> Array2<f32> {
    Array2::from_shape_vec((rows, values.len() / rows), values.to_vec()).unwrap()
}

/// The scalar product of a matrix with a direction.
pub(crate) fn along(values: &Array2<f32>, direction: &Array2<f32>) -> f64 {
    values.iter().zip(direction).map(|(&value, &direction)| f64::from(value) * f64::from(direction)).sum()
}

/// Compares a gradient with central finite differences of a function.
pub(crate) fn check(values: &[f32], gradient: &[f32], function: impl Fn(&[f32]) -> f64) {
    const STEP: f32 = 2e-3;
    assert_eq!(values.len(), gradient.len());
    for number in 0..values.len() {
        let at = |value: f32| {
            let mut values = values.to_vec();
            values[number] = value;
            function(&values)
        };
        let (below, above) = (values[number] - STEP, values[number] + STEP);
        let slope = (at(above) - at(below)) / (f64::from(above) - f64::from(below));
        let gradient = f64::from(gradient[number]);
        assert!((slope - gradient).abs() < 5e-3 * (1.0 + slope.abs()), "{number}: slope {slope}, gradient {gradient}");
    }
}
