//! The texts to learn from, analysed once for all networks of the recipe.

use rustc_hash::FxHashMap;

use crate::corpus::{Encoder, Labels, Reader, Text};
use crate::dataset::Dataset;
use crate::exchange::Pool;
use crate::fit::TrainError;
use crate::label_set::LabelSet;
use crate::random::Random;
use crate::recipe::{Texts, TrainingSettings};
use gisa_gold::GoldDocument;
use gisa_model::features::Vocabulary;
use gisa_model::tags::MOST_LABELS;

/// Greatest number of surfaces with a row of their own, and how often one has to occur: more often in unlabelled texts,
/// which training sees less often.
const MOST_SURFACES: usize = 47_999;
const LEAST_COUNT: u32 = 2;
const LEAST_COUNT_WITH_UNLABELLED: u32 = 4;

/// How often the texts of a small annotation are seen.
const COPIES: u64 = 3;

/// An annotation is small if it has less than one in this many units of all texts.
const SMALL_SHARE: usize = 10;

/// Weight of gold texts beside others.
const GOLD_WEIGHT: f32 = 2.0;

/// Stream of random numbers for the first exchange of mentions, far from those of other uses.
const EXCHANGE_STREAM: u64 = 1 << 40;

/// Texts by what is known of them.
pub(super) struct TrainingTexts {
    pub labels: Labels,
    pub hint_labels: Labels,
    pub gold: Vec<Text>,
    /// Further copies of some of them with mentions exchanged, each with the number of its text.
    copies: Vec<(usize, Text)>,
    /// For each gold text the tags of its hints, if it has any.
    pub hints: Vec<Option<Vec<usize>>>,
    /// Silver texts, tagged with the labels of the hints.
    pub silver: Vec<Text>,
    pub unlabelled: Vec<Text>,
}

impl TrainingTexts {
    /// Reads all texts; `reader` counts their surfaces.
    ///
    /// # Errors
    ///
    /// When the gold texts have no mentions, or too many labels.
    pub fn read(reader: &mut Reader, texts: &Texts, settings: &TrainingSettings) -> Result<TrainingTexts, TrainError> {
        let mut labels = Labels::default();
        for mention in texts.gold.iter().flatten().flat_map(|document| &document.mentions) {
            labels.number(&mention.label);
        }
        if texts.gold.iter().all(Vec::is_empty) {
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
        let mut read = TrainingTexts {
            labels,
            hint_labels,
            gold: Vec::new(),
            copies: Vec::new(),
            hints: Vec::new(),
            silver: Vec::new(),
            unlabelled: Vec::new(),
        };
        read.read_gold(reader, texts);
        for document in &texts.silver {
            read.silver.push(reader.read_gold(document, &read.hint_labels));
        }
        read.unlabelled = read_unlabelled(reader, &texts.unlabelled, settings.unlabelled_sentences);
        read.exchange(reader, &texts.gold, settings.seed);
        Ok(read)
    }

    fn read_gold(&mut self, reader: &mut Reader, texts: &Texts) {
        let hints: FxHashMap<&str, &GoldDocument<String>> =
            texts.hints.iter().rev().map(|hint| (hint.text.as_str(), hint)).collect();
        for annotation in &texts.gold {
            let unannotated = self.unannotated(annotation);
            for document in annotation {
                let other = hints.get(document.text.as_str());
                self.hints.push(other.map(|other| reader.read_gold(other, &self.hint_labels).tags));
                self.gold.push(reader.read_gold(document, &self.labels).leaving_out(unannotated));
            }
        }
    }

    /// Returns the labels of which an annotation has no mention.
    pub fn unannotated(&self, annotation: &[GoldDocument<String>]) -> LabelSet {
        let has = |name: &String| annotation.iter().flat_map(|document| &document.mentions).any(|m| m.label == *name);
        self.labels.names().iter().enumerate().filter(|(_, name)| !has(name)).map(|(label, _)| label).collect()
    }

    /// Reads further copies of the texts of small annotations, with mentions exchanged. Their surfaces are not counted
    /// again.
    fn exchange(&mut self, reader: &Reader, gold: &[Vec<GoldDocument<String>>], seed: u64) {
        let pool = Pool::new(gold.iter().flatten());
        let mut reader = reader.without_counts();
        let all = self.units();
        let mut first = 0;
        for annotation in gold {
            let own = &self.gold[first..first + annotation.len()];
            if own.iter().map(Text::len).sum::<usize>() * SMALL_SHARE < all {
                for copy in 1..COPIES {
                    let mut random = Random::new(seed, EXCHANGE_STREAM + copy);
                    for (number, document) in (first..).zip(annotation) {
                        let exchanged = pool.exchange(document, &mut random);
                        let unannotated = self.gold[number].unannotated;
                        let text = reader.read_gold(&exchanged, &self.labels).leaving_out(unannotated);
                        self.copies.push((number, text));
                    }
                }
            }
            first += annotation.len();
        }
    }

    /// Returns the number of units of all texts.
    fn units(&self) -> usize {
        [&self.gold, &self.silver, &self.unlabelled].into_iter().flatten().map(Text::len).sum()
    }

    /// Returns the counts of gold, silver and unlabelled sentences in words.
    pub fn summary(&self) -> String {
        let count = |texts: &[Text]| texts.iter().map(Text::sentences).sum::<usize>();
        let [gold, silver, unlabelled] = [&self.gold, &self.silver, &self.unlabelled].map(|texts| count(texts));
        format!("{gold} gold, {silver} silver and {unlabelled} unlabelled sentences")
    }

    /// Returns whether there are texts beside the gold ones.
    fn has_others(&self) -> bool {
        !self.silver.is_empty() || !self.unlabelled.is_empty()
    }

    /// Adds some gold texts and their copies to a data set, with a greater weight if there are other texts.
    pub fn push_gold(&self, vocabulary: &Vocabulary, is_included: impl Fn(usize) -> bool, data: &mut Dataset) {
        let weight = if self.has_others() { GOLD_WEIGHT } else { 1.0 };
        let copies = self.copies.iter().map(|(number, text)| (*number, text));
        let texts = self.gold.iter().enumerate().chain(copies).filter(|(number, _)| is_included(*number));
        Encoder::new(vocabulary).push_tagged(texts.map(|(_, text)| (text, None, weight)), data);
    }

    /// Returns the vocabulary of the surfaces that the reader of the texts has counted.
    pub fn vocabulary(&self, reader: &Reader) -> Vocabulary {
        let least = if self.unlabelled.is_empty() { LEAST_COUNT } else { LEAST_COUNT_WITH_UNLABELLED };
        reader.vocabulary(least, MOST_SURFACES)
    }
}

/// Reads unlabelled texts, evenly spread, until they have `most` sentences.
fn read_unlabelled(reader: &mut Reader, texts: &[String], most: usize) -> Vec<Text> {
    let mut read = Vec::new();
    let mut sentences = 0;
    for text in evenly_spread(texts) {
        if sentences >= most {
            break;
        }
        let text = reader.read_text(text);
        sentences += text.sentences();
        read.push(text);
    }
    read
}

/// Returns all items in an order whose every beginning is spread over the whole: by the multiples of the golden
/// section, modulo 1 (the Weyl sequence).
fn evenly_spread<T>(items: &[T]) -> impl Iterator<Item = &T> {
    const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut order: Vec<(u64, usize)> =
        (0..items.len()).map(|index| ((index as u64).wrapping_mul(GOLDEN), index)).collect();
    order.sort_unstable();
    order.into_iter().map(|(_, index)| &items[index])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::toy::document;
    use gisa_model::tags::OUTSIDE;
    use gisa_tokenizer::{Tokenizer, tiny};

    fn reader() -> Reader {
        Reader::new(&Tokenizer::new(tiny::dictionary().expect("the tiny dictionary")))
    }

    #[test]
    fn labels_without_mentions_in_an_annotation_are_not_annotated_in_it() {
        let klue = vec![
            document("이장우 시장은 서울에 왔다.", &[("이장우", "PS"), ("서울", "LC")]),
            document("김민수 의원은 3일 갔다.", &[("김민수", "PS"), ("3일", "DT")]),
        ];
        let own = vec![document("박서연 교수는 회의에 왔다.", &[("회의", "EVENT")]), document("비가 왔다.", &[])];
        let texts = Texts { gold: vec![klue, own], ..Texts::default() };
        let read = TrainingTexts::read(&mut reader(), &texts, &TrainingSettings::default()).unwrap();
        assert_eq!(read.labels.names(), ["PS", "LC", "DT", "EVENT"]);
        let unannotated = |text: &Text| (0..4).filter(|label| text.unannotated.contains(*label)).collect::<Vec<_>>();
        let expected = [vec![3], vec![3], vec![0, 1, 2], vec![0, 1, 2]];
        assert_eq!(read.gold.iter().map(unannotated).collect::<Vec<_>>(), expected);
        assert!(read.copies.is_empty());
        let is_marked = |text: &Text| text.tags.iter().any(|&tag| tag != OUTSIDE);
        assert_eq!(read.gold.iter().map(is_marked).collect::<Vec<_>>(), [true, true, true, false]);
    }

    #[test]
    fn small_annotations_are_copied() {
        let small = vec![
            document("이장우 시장은 서울에 왔다.", &[("이장우", "PS"), ("서울", "LC")]),
            document("김민수 의원은 갔다.", &[("김민수", "PS")]),
        ];
        let large = vec![document(&"박서연 교수는 회의에 왔다. ".repeat(40), &[("회의", "EVENT")])];
        let texts = Texts { gold: vec![large, small], ..Texts::default() };
        let read = TrainingTexts::read(&mut reader(), &texts, &TrainingSettings::default()).unwrap();
        let copied: Vec<usize> = read.copies.iter().map(|(number, _)| *number).collect();
        assert_eq!(copied, [1, 2, 1, 2]);
        for (number, copy) in &read.copies {
            assert_eq!(copy.unannotated, read.gold[*number].unannotated);
            assert!(copy.tags.iter().any(|&tag| tag != OUTSIDE));
        }
    }

    #[test]
    fn texts_without_anything_to_learn() {
        let settings = TrainingSettings::default();
        let cases = [
            (vec![], "there are no sentences to train on"),
            (vec![vec![document("비가 왔다.", &[])]], "there are no mentions in the sentences to train on"),
        ];
        for (gold, expected) in cases {
            let read = TrainingTexts::read(&mut reader(), &Texts { gold, ..Texts::default() }, &settings);
            let error = read.err().expect("refused").to_string();
            assert!(error.starts_with(expected), "{error}");
        }
    }

    #[test]
    fn every_beginning_is_spread_over_the_whole() {
        let items: Vec<usize> = (0..1000).collect();
        let order: Vec<usize> = evenly_spread(&items).copied().collect();
        assert_ne!(order, items);
        for count in [1, 2, 5, 20, 100, 999, 1000] {
            let mut beginning = order[..count].to_vec();
            beginning.extend([0, 1000]);
            beginning.sort_unstable();
            let gap = beginning.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap();
            assert!(gap <= 4 * 1000 / count, "{count}: {gap}");
        }
        let mut sorted = order;
        sorted.sort_unstable();
        assert_eq!(sorted, items);
        assert_eq!(evenly_spread::<u8>(&[]).count(), 0);
    }

    #[test]
    fn whole_texts_are_read_until_there_are_enough_sentences() {
        let texts: Vec<String> = (0..10).map(|_| "비가 왔다. 또 왔다. 이장우는 갔다.".to_owned()).collect();
        for (most, expected) in [(1, 1), (3, 1), (4, 2), (29, 10), (1000, 10)] {
            let read = read_unlabelled(&mut reader(), &texts, most);
            assert_eq!(read.len(), expected, "{most}");
            assert!(read.iter().all(|text| text.sentences() == 3));
        }
    }
}
