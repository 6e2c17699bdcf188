//! The sentences of the texts to learn from, read once for all networks of the recipe.

use rustc_hash::FxHashMap;

use crate::corpus::{Encoder, Labels, Reader, Sentence};
use crate::dataset::Dataset;
use crate::exchange::Pool;
use crate::fit::TrainError;
use crate::random::Random;
use crate::recipe::{Texts, TrainingSettings};
use gisa_gold::GoldDocument;
use gisa_model::features::Vocabulary;
use gisa_model::tags::MOST_LABELS;

/// Greatest number of surfaces with a row of their own, and how often one has to occur.
const MOST_SURFACES: usize = 47_999;
const LEAST_COUNT: u32 = 2;

/// How often the small network sees each gold sentence where there are others.
pub(super) const GOLD_COPIES: usize = 3;

/// Stream of random numbers for the first exchange of mentions, far from those of other uses.
const EXCHANGE_STREAM: u64 = 1 << 40;

/// Sentences by what is known of them.
pub(super) struct TrainingSentences {
    pub labels: Labels,
    pub hint_labels: Labels,
    /// The sentences of each gold text.
    pub gold: Vec<Vec<Sentence>>,
    /// The same with mentions exchanged, once for each further copy.
    exchanged: Vec<Vec<Vec<Sentence>>>,
    /// For each gold sentence the tags of its hints, if it has any.
    pub hints: Vec<Option<Vec<usize>>>,
    /// Silver sentences, tagged with the labels of the hints.
    pub silver: Vec<Sentence>,
    pub unlabelled: Vec<Sentence>,
}

impl TrainingSentences {
    /// Reads the sentences of all texts; `reader` counts the surfaces of the gold and silver ones.
    ///
    /// # Errors
    ///
    /// When the gold texts have no mentions, or too many labels.
    pub fn read(
        reader: &mut Reader,
        texts: &Texts,
        settings: &TrainingSettings,
    ) -> Result<TrainingSentences, TrainError> {
        let mut labels = Labels::default();
        for mention in texts.gold.iter().flat_map(|document| &document.mentions) {
            labels.number(&mention.label);
        }
        if texts.gold.is_empty() {
            return Err(TrainError::Empty);
        }
        if labels.names().is_empty() {
            return Err(TrainError::NoMentions);
        }
        if labels.names().len() > MOST_LABELS {
            return Err(TrainError::Labels { count: labels.names().len() });
        }
        let mut hint_labels = Labels::default();
        for mention in texts.hints.iter().chain(&texts.silver).flat_map(|document| &document.mentions) {
            hint_labels.number(&mention.label);
        }
        let mut sentences = TrainingSentences {
            labels,
            hint_labels,
            gold: Vec::new(),
            exchanged: Vec::new(),
            hints: Vec::new(),
            silver: Vec::new(),
            unlabelled: Vec::new(),
        };
        sentences.read_gold(reader, texts);
        sentences.exchange(reader, &texts.gold, settings.seed);
        for document in &texts.silver {
            sentences.silver.extend(reader.read_gold(document, &sentences.hint_labels));
        }
        if settings.unlabelled_sentences > 0 {
            sentences.unlabelled = read_unlabelled(reader, &texts.unlabelled, settings.unlabelled_sentences);
        }
        Ok(sentences)
    }

    fn read_gold(&mut self, reader: &mut Reader, texts: &Texts) {
        let hints: FxHashMap<&str, &GoldDocument<String>> =
            texts.hints.iter().rev().map(|hint| (hint.text.as_str(), hint)).collect();
        for document in &texts.gold {
            let sentences = reader.read_gold(document, &self.labels);
            let other = hints.get(document.text.as_str());
            match other.map(|other| reader.read_gold(other, &self.hint_labels)) {
                Some(with_hints) => self.hints.extend(with_hints.into_iter().map(|sentence| Some(sentence.tags))),
                None => self.hints.extend(sentences.iter().map(|_| None)),
            }
            self.gold.push(sentences);
        }
    }

    /// Reads the further copies of the gold texts, with mentions exchanged. Their surfaces are not counted again.
    fn exchange(&mut self, reader: &Reader, gold: &[GoldDocument<String>], seed: u64) {
        let pool = Pool::new(gold);
        let mut reader = reader.without_counts();
        for copy in 1..GOLD_COPIES as u64 {
            let mut random = Random::new(seed, EXCHANGE_STREAM + copy);
            let read = |document| reader.read_gold(&pool.exchange(document, &mut random), &self.labels);
            self.exchanged.push(gold.iter().map(read).collect());
        }
    }

    /// Returns the counts of gold, silver and unlabelled sentences in words.
    pub fn summary(&self) -> String {
        format!(
            "{} gold, {} silver and {} unlabelled sentences",
            self.gold.iter().flatten().count(),
            self.silver.len(),
            self.unlabelled.len()
        )
    }

    /// Returns how often the small network sees each gold sentence: more often where there are others.
    pub fn gold_copies(&self) -> usize {
        if self.silver.is_empty() { 1 } else { GOLD_COPIES }
    }

    /// Adds `copies` copies of the sentences of some gold texts to a data set, with double weight where there are other
    /// sentences. Copies after the first have mentions exchanged.
    pub fn push_gold(
        &self,
        vocabulary: &Vocabulary,
        copies: usize,
        is_included: impl Fn(usize) -> bool,
        data: &mut Dataset,
    ) {
        let weight = if self.silver.is_empty() { 1.0 } else { 2.0 };
        let copies = std::iter::once(&self.gold).chain(&self.exchanged).take(copies);
        let texts = copies.flat_map(|texts| texts.iter().enumerate().filter(|(number, _)| is_included(*number)));
        let sentences = texts.flat_map(|(_, sentences)| sentences).map(|sentence| (sentence, None, weight));
        Encoder::new(vocabulary).push_tagged(sentences, data);
    }
}

/// Returns the vocabulary of the surfaces that a reader has counted.
pub(super) fn vocabulary(reader: &Reader) -> Vocabulary {
    reader.vocabulary(LEAST_COUNT, MOST_SURFACES)
}

/// Reads at most about `most` sentences of the unlabelled texts, evenly spread. Their surfaces are not counted: a row
/// that no gold or silver sentence uses would be learnt from guesses alone.
fn read_unlabelled(reader: &Reader, texts: &[String], most: usize) -> Vec<Sentence> {
    let mut reader = reader.without_counts();
    let has_usual_length = |sentence: &Sentence| (3..=120).contains(&sentence.len());
    let mut all = 0;
    for text in texts {
        reader.read_text(text, |sentence| all += usize::from(has_usual_length(&sentence)));
    }
    let every = all.div_ceil(most.max(1)).max(1);
    let mut counter = 0;
    let mut sentences = Vec::new();
    for text in texts {
        reader.read_text(text, |sentence| {
            if has_usual_length(&sentence) {
                if counter % every == 0 {
                    sentences.push(sentence);
                }
                counter += 1;
            }
        });
    }
    sentences
}
