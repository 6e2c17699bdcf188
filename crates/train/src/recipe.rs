//! The recipe: from texts with mentions to a model, by way of a corrector and teachers.
//!
//! 1. **Vocabulary.** Surfaces that gold and silver texts have twice get a row each.
//! 2. **Corrector** (with hints): sentences that carry both the labels to learn and the labels of another annotation
//!    (the hints) train networks that see the hints and say the labels. They label the silver sentences, which carry
//!    hints alone.
//! 3. **Teachers**: large networks, trained on the gold sentences and the silver ones as the corrector labels them.
//! 4. **Distillation** (Hinton, Vinyals, Dean 2015, "Distilling the knowledge in a neural network"): the teachers say for
//!    each unit of the silver and the unlabelled sentences how likely each tag is; the small network learns from that
//!    and from the gold sentences. Where these are seen more than once, mentions are exchanged (`exchange`).
//! 5. **Calibration**: a network like it, which has not seen a tenth of the gold sentences, tells at what temperature
//!    confidences are right as often as they say.
//!
//! Without hints, silver and unlabelled texts the small network learns from the gold sentences alone. Every network
//! that was trained is kept in the working folder, and taken from there when the same is to be trained again.

#![allow(clippy::cast_precision_loss, reason = "there are few networks")]

use std::fs;
use std::path::PathBuf;

use gisa_tokenizer::Tokenizer;
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use crate::calibration::temperature;
use crate::corpus::{Encoder, Labels, Reader, Sentence};
use crate::exchange::Pool;
use crate::random::Random;
use crate::{Dataset, Options, TrainError, decode_probabilities, fit, initial, posteriors};
use gisa_gold::GoldDocument;
use gisa_model::ListedForms;
use gisa_model::features::{self, FLAGS, TABLES, Vocabulary};
use gisa_model::file::{self, Header};
use gisa_model::parameters::Parameters;
use gisa_model::shape::{Layer, Shape, Table};
use gisa_model::tags::MOST_LABELS;

/// The most surfaces with a row of their own, and how often one has to be read.
const MOST_SURFACES: usize = 47_999;
const LEAST_COUNT: u32 = 2;

/// The width of the hints' rows.
const HINT_WIDTH: usize = 48;

/// One in so many gold texts is kept apart to find out how sure the network may be, if their sentences are not too few.
const KEPT_APART: usize = 10;
const FEWEST_APART: usize = 30;

/// How often the small network sees each gold sentence where there are others.
const TIMES: usize = 3;

/// The stream of chance for the first exchange of mentions. It is far from those of other uses.
const EXCHANGE_STREAM: u64 = 1 << 40;

/// So many networks make a corrector, and a teacher.
const CORRECTORS: u64 = 3;
const TEACHERS: u64 = 2;

/// So many sentences are labelled at a time.
const LABELLED_AT_ONCE: usize = 4_000;

/// The texts to learn from.
#[derive(Default)]
pub struct Texts {
    /// Texts with the mentions to learn.
    pub gold: Vec<GoldDocument<String>>,
    /// The same texts, or some of them, with the mentions of another annotation.
    pub hints: Vec<GoldDocument<String>>,
    /// Further texts with the mentions of that other annotation.
    pub silver: Vec<GoldDocument<String>>,
    /// Texts without mentions.
    pub unlabelled: Vec<String>,
}

/// What to train, and how.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What the model is called.
    pub name: String,
    /// What it is trained on, for its header: a line for each source, with its licence.
    pub sources: Vec<String>,
    /// Under which licence the model may be used.
    pub licence: String,
    /// What all chance comes from.
    pub seed: u64,
    /// How many of the unlabelled sentences are learnt from.
    pub unlabelled_sentences: usize,
    /// Where networks are kept that were trained on the way; without it they are not.
    pub work: Option<PathBuf>,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            name: "fast".to_owned(),
            sources: Vec::new(),
            licence: String::new(),
            seed: 0,
            unlabelled_sentences: 20_000,
            work: None,
        }
    }
}

/// Trains a model, and gives the bytes of its file. What is done is said on the way, a line at a time.
///
/// # Errors
///
/// When there is nothing to learn, or a network cannot be kept in the working folder.
pub fn train(
    tokenizer: &Tokenizer,
    texts: &Texts,
    settings: &Settings,
    say: &mut dyn FnMut(String),
) -> Result<Vec<u8>, TrainError> {
    let mut trainer = Trainer::read(tokenizer, texts, settings, say)?;
    let vocabulary = trainer.reader.vocabulary(LEAST_COUNT, MOST_SURFACES);
    trainer.say(format!("{} surfaces have a row of their own", vocabulary.fingerprints().len()));
    let silver = trainer.correct_silver(&vocabulary)?;
    let small = small_shape(&vocabulary, trainer.labels.tags().count());
    let mut data = Dataset::new(&small);
    if !silver.is_empty() {
        trainer.distil(&vocabulary, silver, &small, &mut data)?;
    }
    trainer.say(format!("the model: {} multiplications a unit", small.multiplications()));
    let options = trainer.small_options();
    let temperature = trainer.calibrate(&vocabulary, &small, &data, &options)?;
    trainer.add_gold(&vocabulary, trainer.times(), |_| true, &mut data);
    let parameters = trainer.fit("small", &small, &data, &options)?;
    let header = trainer.header(&vocabulary, &small, &options, temperature);
    Ok(file::write(&header, &small, &vocabulary, &parameters))
}

/// The widths of the tables' rows: surface, first and last tag, class, shape, place, then the hashed ones.
const SMALL_WIDTHS: [usize; TABLES] = [64, 12, 8, 8, 16, 8, 16, 16, 16, 16, 16, 16, 16, 16];
const LARGE_WIDTHS: [usize; TABLES] = [64, 12, 8, 8, 16, 8, 32, 32, 32, 32, 16, 32, 32, 32];

/// The small network sees of its neighbours their surfaces, which costs nothing but the sum of two more rows, and has no
/// convolution.
fn small_shape(vocabulary: &Vocabulary, tags: usize) -> Shape {
    Shape {
        tables: features::tables(vocabulary, SMALL_WIDTHS),
        beside: 1,
        flags: Table { rows: FLAGS, width: 24 },
        width: 96,
        layers: vec![Layer::Gate, Layer::Gate],
        tags,
    }
}

fn large_shape(vocabulary: &Vocabulary, tags: usize) -> Shape {
    let layers = [Layer::Convolution, Layer::Gate].repeat(2);
    let tables = features::tables(vocabulary, LARGE_WIDTHS);
    Shape { tables, beside: 0, width: 192, layers, ..small_shape(vocabulary, tags) }
}

/// A silver sentence, and for each unit how likely each tag is.
type Likely = Vec<f32>;

struct Trainer<'t> {
    settings: &'t Settings,
    say: &'t mut dyn FnMut(String),
    reader: Reader,
    labels: Labels,
    hint_labels: Labels,
    /// The sentences of each gold text.
    gold: Vec<Vec<Sentence>>,
    /// The same with mentions exchanged, for each further time that they are seen.
    exchanged: Vec<Vec<Vec<Sentence>>>,
    /// For each gold sentence the tags of its hints, where it has any.
    hints: Vec<Option<Vec<usize>>>,
    /// Their tags are those of the hints.
    silver: Vec<Sentence>,
    unlabelled: Vec<Sentence>,
}

impl<'t> Trainer<'t> {
    /// Takes all texts apart.
    fn read(
        tokenizer: &Tokenizer,
        texts: &Texts,
        settings: &'t Settings,
        say: &'t mut dyn FnMut(String),
    ) -> Result<Trainer<'t>, TrainError> {
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
        let mut trainer = Trainer {
            settings,
            say,
            reader: Reader::new(tokenizer),
            labels,
            hint_labels,
            gold: Vec::new(),
            exchanged: Vec::new(),
            hints: Vec::new(),
            silver: Vec::new(),
            unlabelled: Vec::new(),
        };
        trainer.read_gold(texts);
        for document in &texts.silver {
            trainer.silver.extend(trainer.reader.read_gold(document, &trainer.hint_labels));
        }
        if settings.unlabelled_sentences > 0 {
            trainer.read_unlabelled(&texts.unlabelled);
        }
        if let [only] = trainer.labels.names() {
            let line = format!("all mentions of the gold texts have one label, {only}: the model will know no other");
            trainer.say(line);
        }
        trainer.say(format!(
            "{} gold, {} silver and {} unlabelled sentences; labels {}",
            trainer.gold.iter().flatten().count(),
            trainer.silver.len(),
            trainer.unlabelled.len(),
            trainer.labels.names().join(" ")
        ));
        Ok(trainer)
    }

    fn read_gold(&mut self, texts: &Texts) {
        let hints: FxHashMap<&str, &GoldDocument<String>> =
            texts.hints.iter().rev().map(|hint| (hint.text.as_str(), hint)).collect();
        for document in &texts.gold {
            let sentences = self.reader.read_gold(document, &self.labels);
            let other = hints.get(document.text.as_str());
            match other.map(|other| self.reader.read_gold(other, &self.hint_labels)) {
                Some(with_hints) => self.hints.extend(with_hints.into_iter().map(|sentence| Some(sentence.tags))),
                None => self.hints.extend(sentences.iter().map(|_| None)),
            }
            self.gold.push(sentences);
        }
        self.exchange(&texts.gold);
    }

    /// Reads copies of the gold texts with mentions exchanged, as many as are needed.
    fn exchange(&mut self, gold: &[GoldDocument<String>]) {
        let pool = Pool::new(gold);
        // The surfaces were counted before.
        let mut again = self.reader.without_counts();
        for copy in 1..TIMES as u64 {
            let mut random = Random::new(self.settings.seed, EXCHANGE_STREAM + copy);
            let read = |document| again.read_gold(&pool.exchange(document, &mut random), &self.labels);
            self.exchanged.push(gold.iter().map(read).collect());
        }
    }

    /// Keeps so many sentences of the unlabelled texts, evenly spread. Their surfaces are not counted: a row that no gold or
    /// silver sentence has is learnt from nothing but guesses.
    fn read_unlabelled(&mut self, texts: &[String]) {
        let mut reader = self.reader.without_counts();
        let is_kept = |sentence: &Sentence| (3..=120).contains(&sentence.len());
        let mut all = 0;
        for text in texts {
            reader.read_text(text, |sentence| all += usize::from(is_kept(&sentence)));
        }
        let every = all.div_ceil(self.settings.unlabelled_sentences.max(1)).max(1);
        let mut counter = 0;
        for text in texts {
            reader.read_text(text, |sentence| {
                if is_kept(&sentence) {
                    if counter % every == 0 {
                        self.unlabelled.push(sentence);
                    }
                    counter += 1;
                }
            });
        }
    }

    fn say(&mut self, line: String) {
        (self.say)(line);
    }

    /// How often the small network sees each gold sentence: more often where there are others.
    fn times(&self) -> usize {
        if self.silver.is_empty() { 1 } else { TIMES }
    }

    /// Adds the sentences of some of the gold texts, each so many times, with double weight where there are others. After
    /// the first time mentions are exchanged.
    fn add_gold(&self, vocabulary: &Vocabulary, times: usize, which: impl Fn(usize) -> bool, data: &mut Dataset) {
        let weight = if self.silver.is_empty() { 1.0 } else { 2.0 };
        let copies = std::iter::once(&self.gold).chain(&self.exchanged).take(times);
        let texts = copies.flat_map(|texts| texts.iter().enumerate().filter(|(number, _)| which(*number)));
        let sentences = texts.flat_map(|(_, sentences)| sentences).map(|sentence| (sentence, None, weight));
        Encoder::new(vocabulary).push_tagged(sentences, data);
    }

    /// The temperature for confidences: a network that has not seen one in so many gold texts says how sure it is of what it
    /// finds there.
    fn calibrate(
        &mut self,
        vocabulary: &Vocabulary,
        shape: &Shape,
        others: &Dataset,
        options: &Options,
    ) -> Result<f32, TrainError> {
        let is_kept = |number: usize| number % KEPT_APART != KEPT_APART - 1;
        let mut kept_apart = Dataset::new(shape);
        self.add_gold(vocabulary, 1, |number| !is_kept(number), &mut kept_apart);
        if kept_apart.sentences() < FEWEST_APART {
            return Ok(1.0);
        }
        let mut data = others.clone();
        self.add_gold(vocabulary, self.times(), is_kept, &mut data);
        let parameters = self.fit("calibration", shape, &data, options)?;
        let temperature = temperature(shape, &parameters, &kept_apart);
        self.say(format!("confidences are at a temperature of {temperature:.1}"));
        Ok(temperature)
    }

    /// How likely each tag of each unit of each silver sentence is, by the corrector; nothing without hints.
    fn correct_silver(&mut self, vocabulary: &Vocabulary) -> Result<Vec<Likely>, TrainError> {
        let has_hints = self.hints.iter().any(Option::is_some);
        if self.silver.is_empty() || !has_hints {
            return Ok(Vec::new());
        }
        let mut shape = large_shape(vocabulary, self.labels.tags().count());
        shape.width = 128;
        shape.tables.push(Table { rows: self.hint_labels.tags().count(), width: HINT_WIDTH });
        let mut encoder = Encoder::new(vocabulary);
        let with_hints = self.gold.iter().flatten().zip(&self.hints);
        let mut data = Dataset::new(&shape);
        let with_hints = with_hints.filter_map(|(sentence, hints)| Some((sentence, Some(hints.as_deref()?), 1.0)));
        encoder.push_tagged(with_hints, &mut data);
        let networks = (0..CORRECTORS)
            .map(|network| {
                let options = Options { epochs: 14, seed: self.settings.seed + network, ..Options::default() };
                let options = Options { units_per_batch: 800, average: 0.998, warm_up_steps: 100, ..options };
                self.fit(&format!("corrector {network}"), &shape, &data, &options)
            })
            .collect::<Result<Vec<_>, _>>()?;
        self.say("the correctors label the silver sentences".to_owned());
        let silver = self.silver.iter().map(|sentence| (sentence, Some(sentence.tags.as_slice())));
        Ok(label(&shape, &networks, vocabulary, silver))
    }

    /// Adds the silver and the unlabelled sentences as the teachers label them.
    fn distil(
        &mut self,
        vocabulary: &Vocabulary,
        corrected: Vec<Likely>,
        small: &Shape,
        data: &mut Dataset,
    ) -> Result<(), TrainError> {
        let large = large_shape(vocabulary, self.labels.tags().count());
        let mut lessons = Dataset::new(&large);
        self.add_gold(vocabulary, 2, |_| true, &mut lessons);
        let mut encoder = Encoder::new(vocabulary);
        add_likely(&mut encoder, &self.silver, &corrected, large.tags, &self.labels, &mut lessons);
        let teachers = (0..TEACHERS)
            .map(|teacher| {
                let options = Options {
                    epochs: 4,
                    units_per_batch: 1_500,
                    average: 0.998,
                    seed: self.settings.seed + 100 + teacher,
                    ..Options::default()
                };
                self.fit(&format!("teacher {teacher}"), &large, &lessons, &options)
            })
            .collect::<Result<Vec<_>, _>>()?;
        drop(lessons);
        self.say("the teachers label the silver and the unlabelled sentences".to_owned());
        let taught = label(&large, &teachers, vocabulary, self.silver.iter().map(|sentence| (sentence, None)));
        let mixed: Vec<Likely> = corrected
            .into_iter()
            .zip(taught)
            .map(|(a, b)| a.into_iter().zip(b).map(|(a, b)| 0.5 * (a + b)).collect())
            .collect();
        add_likely(&mut encoder, &self.silver, &mixed, small.tags, &self.labels, data);
        for sentences in self.unlabelled.chunks(LABELLED_AT_ONCE) {
            let taught = label(&large, &teachers, vocabulary, sentences.iter().map(|sentence| (sentence, None)));
            add_likely(&mut encoder, sentences, &taught, small.tags, &self.labels, data);
        }
        Ok(())
    }

    /// Trains a network, or takes it from the working folder.
    fn fit(&mut self, name: &str, shape: &Shape, data: &Dataset, options: &Options) -> Result<Parameters, TrainError> {
        let kept = self.settings.work.as_ref().map(|folder| {
            let key = format!("{name} {shape:?} {options:?} {}", data.fingerprint());
            let hash = u64::from_le_bytes(*Sha256::digest(key).first_chunk().unwrap_or(&[0; 8]));
            folder.join(format!("{}-{hash:016x}.parameters", name.replace(' ', "-")))
        });
        let mut parameters = Parameters::zeros(shape);
        if let Some(path) = &kept
            && let Ok(bytes) = fs::read(path)
            && fill(&mut parameters, &bytes)
        {
            self.say(format!("{name}: taken from {}", path.display()));
            return Ok(parameters);
        }
        let begun = std::time::Instant::now();
        let say = &mut *self.say;
        let parameters = fit(shape, initial(shape, options.seed), data, options, &mut |progress| {
            if progress.step == progress.steps {
                say(format!(
                    "{name}: epoch {} of {}, loss {:.4}, {:.0} s",
                    progress.epoch,
                    options.epochs,
                    progress.loss,
                    begun.elapsed().as_secs_f64()
                ));
            }
        })?;
        if let Some(path) = kept {
            keep(&path, &parameters).map_err(|source| TrainError::Work { path, source })?;
        }
        Ok(parameters)
    }

    /// How the small network is trained. From gold sentences alone it takes more and smaller steps.
    fn small_options(&self) -> Options {
        let options = Options {
            epochs: 5,
            units_per_batch: 1_300,
            dropout: 0.1,
            input_dropout: 0.2,
            learning_rate: 2.5e-3,
            table_rate: 2.5e-3,
            seed: self.settings.seed,
            ..Options::default()
        };
        if self.silver.is_empty() {
            Options { epochs: 20, units_per_batch: 400, warm_up_steps: 50, average: 0.99, ..options }
        } else {
            options
        }
    }

    fn header(&self, vocabulary: &Vocabulary, shape: &Shape, options: &Options, temperature: f32) -> Header {
        let mut training = self.settings.sources.clone();
        training.push(format!(
            "{} gold, {} silver and {} unlabelled sentences; {options:?}",
            self.gold.iter().flatten().count(),
            self.silver.len(),
            self.unlabelled.len()
        ));
        Header {
            name: self.settings.name.clone(),
            labels: self.labels.names().to_vec(),
            surfaces: vocabulary.fingerprints().len(),
            table_widths: shape.tables.iter().map(|table| table.width).collect(),
            flag_width: shape.flags.width,
            tables_beside: shape.beside,
            width: shape.width,
            layers: shape.layers.iter().map(|layer| file::layer_name(*layer)).collect(),
            temperature,
            training,
            licence: self.settings.licence.clone(),
            inputs: features::digest(&ListedForms::embedded()),
        }
    }
}

/// How likely each tag of each unit is, as the mean over some networks, sentence by sentence.
fn label<'s>(
    shape: &Shape,
    networks: &[Parameters],
    vocabulary: &Vocabulary,
    sentences: impl Iterator<Item = (&'s Sentence, Option<&'s [usize]>)>,
) -> Vec<Likely> {
    let mut encoder = Encoder::new(vocabulary);
    let mut data = Dataset::new(shape);
    let mut lengths = Vec::new();
    for (sentence, hints) in sentences {
        lengths.push(sentence.len());
        encoder.push(sentence, hints, 1.0, &mut data);
    }
    let mut mean = vec![0.0; data.units() * shape.tags];
    let part = 1.0 / networks.len() as f32;
    for parameters in networks {
        let likely = posteriors(shape, parameters, &data, 0..data.sentences());
        for (mean, likely) in mean.iter_mut().zip(likely) {
            *mean += likely * part;
        }
    }
    let mut rest = mean.as_slice();
    let mut by_sentence = Vec::with_capacity(lengths.len());
    for length in lengths {
        let (sentence, after) = rest.split_at(length * shape.tags);
        by_sentence.push(sentence.to_vec());
        rest = after;
    }
    by_sentence
}

/// Adds sentences of which it is known how likely each tag is.
fn add_likely(
    encoder: &mut Encoder<'_>,
    sentences: &[Sentence],
    likely: &[Likely],
    tags: usize,
    labels: &Labels,
    data: &mut Dataset,
) {
    for (sentence, likely) in sentences.iter().zip(likely) {
        encoder.push(sentence, None, 1.0, data);
        let best = decode_probabilities(labels.tags(), likely);
        for (tag, likely) in best.into_iter().zip(likely.chunks_exact(tags)) {
            data.targets_mut().push_likely(tag, likely);
        }
    }
}

fn keep(path: &std::path::Path, parameters: &Parameters) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let bytes: Vec<u8> = parameters.arrays().into_iter().flatten().flat_map(|number| number.to_le_bytes()).collect();
    let part = path.with_extension("part");
    fs::write(&part, bytes)?;
    fs::rename(part, path)
}

/// Fills parameters with the bytes of a file that was kept; false when it is of another size.
fn fill(parameters: &mut Parameters, bytes: &[u8]) -> bool {
    let numbers: usize = parameters.arrays().iter().map(|array| array.len()).sum();
    if bytes.len() != 4 * numbers {
        return false;
    }
    for (number, bytes) in parameters.arrays_mut().into_iter().flatten().zip(bytes.as_chunks().0) {
        *number = f32::from_le_bytes(*bytes);
    }
    true
}
