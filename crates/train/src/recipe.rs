//! The recipe: from texts with mentions to a model, by way of correctors and teachers.
//!
//! 1. **Vocabulary.** Surfaces that occur several times in the texts get a row each.
//! 2. **Correctors** (with hints): sentences that carry both the labels to learn and the labels of another annotation
//!    (the hints) train networks that read the hints and predict the labels. They label the silver sentences, which
//!    carry hints alone.
//! 3. **Teachers**: networks with wider tables, trained on the gold texts and on the silver ones as the correctors label
//!    them.
//! 4. **Distillation** (Hinton, Vinyals, Dean 2015, "Distilling the knowledge in a neural network"): the teachers
//!    predict the probability of each tag of each unit of the silver and the unlabelled texts; the small network
//!    learns from these and from the gold texts. The texts of a small annotation are seen several times, with mentions
//!    exchanged (`exchange`).
//! 5. **Calibration**: a network like the small one, trained without a held-out tenth of the gold texts, gives the
//!    temperature at which confidences equal the share of correct mentions.
//!
//! Without hints, silver and unlabelled texts the small network learns from the gold sentences alone. Every trained
//! network is kept in the working folder (`kept`), and read from there when the same one is needed again.

use std::path::PathBuf;

use gisa_tokenizer::Tokenizer;

use self::kept::KeptNetwork;
use self::teacher::{TagProbabilities, average, label, push_labelled};
use self::texts::TrainingTexts;
use crate::calibration::temperature;
use crate::corpus::{Encoder, Reader, Text};
use crate::dataset::Dataset;
use crate::fit::{TrainError, fit};
use crate::initial::initial;
use crate::options::Options;
use gisa_gold::GoldDocument;
use gisa_model::ListedForms;
use gisa_model::features::{self, Vocabulary};
use gisa_model::file::{self, Header};
use gisa_model::parameters::Parameters;
use gisa_model::shape::Shape;

mod kept;
mod networks;
mod teacher;
mod texts;

/// One gold text in this many is held out for calibration, unless the held-out sentences are too few.
const HELD_OUT_INTERVAL: usize = 10;
const FEWEST_HELD_OUT: usize = 30;

/// With fewer units than this, a network is trained in more and smaller steps.
const FEW_UNITS: usize = 400_000;

/// Number of correctors.
const CORRECTORS: u64 = 3;

/// Number of teachers.
const TEACHERS: u64 = 2;

/// Number of texts that the teachers label at a time.
const TEXTS_PER_LABELLING: usize = 200;

/// The texts to learn from.
#[derive(Debug, Default)]
pub struct Texts {
    /// Texts with the mentions to learn: a list for each annotation. A label of which a list has no mention is not
    /// annotated in it, so that its texts say nothing of mentions of this label.
    pub gold: Vec<Vec<GoldDocument<String>>>,
    /// The same texts, or some of them, with the mentions of another annotation.
    pub hints: Vec<GoldDocument<String>>,
    /// Further texts with the mentions of that other annotation.
    pub silver: Vec<GoldDocument<String>>,
    /// Texts without mentions.
    pub unlabelled: Vec<String>,
}

/// The name, provenance and options of a model to train.
#[derive(Clone, Debug)]
pub struct TrainingSettings {
    /// Name of the model.
    pub name: String,
    /// Sources of the training texts for the model's header: one line each, with its licence.
    pub sources: Vec<String>,
    /// Licence of the model.
    pub licence: String,
    /// Random seed.
    pub seed: u64,
    /// Number of unlabelled sentences to learn from.
    pub unlabelled_sentences: usize,
    /// Working folder in which intermediate networks are kept; without it they are not.
    pub work: Option<PathBuf>,
}

impl Default for TrainingSettings {
    fn default() -> TrainingSettings {
        TrainingSettings {
            name: "fast".to_owned(),
            sources: Vec::new(),
            licence: String::new(),
            seed: 0,
            unlabelled_sentences: 120_000,
            work: None,
        }
    }
}

/// Trains a model and returns the bytes of its file. Calls `report` with each line of progress.
///
/// # Errors
///
/// When there is nothing to learn, or a network cannot be kept in the working folder.
pub fn train(
    tokenizer: &Tokenizer,
    texts: &Texts,
    settings: &TrainingSettings,
    report: &mut dyn FnMut(String),
) -> Result<Vec<u8>, TrainError> {
    let mut reader = Reader::new(tokenizer);
    let read = TrainingTexts::read(&mut reader, texts, settings)?;
    let vocabulary = read.vocabulary(&reader);
    Trainer { settings, report, texts: read, vocabulary }.train()
}

struct Trainer<'t> {
    settings: &'t TrainingSettings,
    report: &'t mut dyn FnMut(String),
    texts: TrainingTexts,
    vocabulary: Vocabulary,
}

impl Trainer<'_> {
    fn train(mut self) -> Result<Vec<u8>, TrainError> {
        self.report_texts();
        let silver = self.correct_silver()?;
        let small = networks::small(&self.vocabulary, self.tags());
        let mut data = Dataset::new(&small);
        if !silver.is_empty() || !self.texts.unlabelled.is_empty() {
            self.distil(silver, &mut data)?;
        }
        self.report(format!("the model: {} multiplications a unit", small.multiplications()));
        let options = self.small_options(&data);
        let temperature = self.calibrate(&small, &data, &options)?;
        self.texts.push_gold(&self.vocabulary, |_| true, &mut data);
        let parameters = self.fit("small", &small, &data, &options)?;
        let header = self.header(&small, &options, temperature);
        Ok(file::write(&header, &small, &self.vocabulary, &parameters))
    }

    fn report(&mut self, line: String) {
        (self.report)(line);
    }

    fn report_texts(&mut self) {
        if let [only] = self.texts.labels.names() {
            let line = format!("all mentions of the gold texts have one label, {only}: the model will know no other");
            self.report(line);
        }
        self.report(format!("{}; labels {}", self.texts.summary(), self.texts.labels.names().join(" ")));
        self.report(format!("{} surfaces have a row of their own", self.vocabulary.fingerprints().len()));
    }

    /// Returns the number of tags to learn.
    fn tags(&self) -> usize {
        self.texts.labels.tags().count()
    }

    /// Returns the temperature for confidences, measured on held-out gold texts with a network trained on the others.
    fn calibrate(&mut self, shape: &Shape, others: &Dataset, options: &Options) -> Result<f32, TrainError> {
        let is_held_out = |number: usize| number % HELD_OUT_INTERVAL == HELD_OUT_INTERVAL - 1;
        let mut held_out = Dataset::new(shape);
        self.texts.push_gold(&self.vocabulary, is_held_out, &mut held_out);
        if held_out.texts() < FEWEST_HELD_OUT {
            return Ok(1.0);
        }
        let mut data = others.clone();
        self.texts.push_gold(&self.vocabulary, |number| !is_held_out(number), &mut data);
        let parameters = self.fit("calibration", shape, &data, options)?;
        let temperature = temperature(shape, &parameters, &held_out);
        self.report(format!("confidences are at a temperature of {temperature:.1}"));
        Ok(temperature)
    }

    /// Returns the correctors' tag probabilities of each silver sentence; none without hints.
    fn correct_silver(&mut self) -> Result<Vec<TagProbabilities>, TrainError> {
        let has_hints = self.texts.hints.iter().any(Option::is_some);
        if self.texts.silver.is_empty() || !has_hints {
            return Ok(Vec::new());
        }
        let hint_tags = self.texts.hint_labels.tags().count();
        let shape = networks::corrector(&self.vocabulary, self.tags(), hint_tags);
        let with_hints = self.texts.gold.iter().zip(&self.texts.hints);
        let mut data = Dataset::new(&shape);
        let with_hints = with_hints.filter_map(|(text, hints)| Some((text, Some(hints.as_deref()?), 1.0)));
        Encoder::new(&self.vocabulary).push_tagged(with_hints, &mut data);
        let networks = (0..CORRECTORS)
            .map(|network| {
                let options = Options { epochs: 14, seed: self.settings.seed + network, ..Options::default() };
                let options = Options { units_per_batch: 800, average: 0.998, warm_up_steps: 100, ..options };
                self.fit(&format!("corrector {network}"), &shape, &data, &options)
            })
            .collect::<Result<Vec<_>, _>>()?;
        self.report("the correctors label the silver sentences".to_owned());
        let silver = self.texts.silver.iter().map(|text| (text, Some(text.tags.as_slice())));
        Ok(label(&shape, &networks, &self.vocabulary, silver))
    }

    /// Adds the silver and the unlabelled sentences to `data`, as the teachers label them.
    fn distil(&mut self, corrected: Vec<TagProbabilities>, data: &mut Dataset) -> Result<(), TrainError> {
        let shape = networks::teacher(&self.vocabulary, self.tags());
        let teachers = self.train_teachers(&shape, &corrected)?;
        self.report("the teachers label the silver and the unlabelled sentences".to_owned());
        let TrainingTexts { silver, unlabelled, labels, .. } = &self.texts;
        let mut encoder = Encoder::new(&self.vocabulary);
        let taught = label(&shape, &teachers, &self.vocabulary, silver.iter().map(|text| (text, None)));
        let silver_labels = if corrected.is_empty() { taught } else { average(corrected, taught) };
        push_labelled(&mut encoder, silver, &silver_labels, labels, data);
        for texts in unlabelled.chunks(TEXTS_PER_LABELLING) {
            let taught = label(&shape, &teachers, &self.vocabulary, texts.iter().map(|text| (text, None)));
            push_labelled(&mut encoder, texts, &taught, labels, data);
        }
        Ok(())
    }

    /// Trains the teachers on the gold texts and on the corrected silver ones.
    fn train_teachers(&mut self, shape: &Shape, corrected: &[TagProbabilities]) -> Result<Vec<Parameters>, TrainError> {
        let mut data = Dataset::new(shape);
        self.texts.push_gold(&self.vocabulary, |_| true, &mut data);
        let mut encoder = Encoder::new(&self.vocabulary);
        push_labelled(&mut encoder, &self.texts.silver, corrected, &self.texts.labels, &mut data);
        (0..TEACHERS)
            .map(|teacher| {
                let options = Options {
                    epochs: 5,
                    units_per_batch: 2_000,
                    average: 0.998,
                    seed: self.settings.seed + 100 + teacher,
                    ..Options::default()
                };
                self.fit(&format!("teacher {teacher}"), shape, &data, &options)
            })
            .collect()
    }

    /// Trains a network, or reads it from the working folder.
    fn fit(&mut self, name: &str, shape: &Shape, data: &Dataset, options: &Options) -> Result<Parameters, TrainError> {
        let folder = self.settings.work.as_ref();
        let kept = folder.map(|folder| KeptNetwork::new(folder, name, shape, options, data));
        if let Some(kept) = &kept
            && let Some(parameters) = kept.read(shape)
        {
            self.report(format!("{name}: taken from {}", kept.path().display()));
            return Ok(parameters);
        }
        let begun = std::time::Instant::now();
        let report = &mut *self.report;
        let parameters = fit(shape, initial(shape, options.seed), data, options, &mut |progress| {
            if progress.step == progress.steps {
                report(format!(
                    "{name}: epoch {} of {}, loss {:.4}, {:.0} s",
                    progress.epoch,
                    options.epochs,
                    progress.loss,
                    begun.elapsed().as_secs_f64()
                ));
            }
        })?;
        if let Some(kept) = kept {
            let path = kept.path().to_owned();
            kept.write(&parameters).map_err(|source| TrainError::Work { path, source })?;
        }
        Ok(parameters)
    }

    /// Returns the options of the small network, given the texts beside the gold ones. From few units it takes more and
    /// smaller steps.
    fn small_options(&self, others: &Dataset) -> Options {
        let options = Options {
            epochs: 4,
            units_per_batch: 2_000,
            dropout: 0.1,
            input_dropout: 0.2,
            learning_rate: 2.5e-3,
            table_rate: 2.5e-3,
            seed: self.settings.seed,
            ..Options::default()
        };
        let gold: usize = self.texts.gold.iter().map(Text::len).sum();
        if others.units() + gold < FEW_UNITS {
            Options { epochs: 20, units_per_batch: 400, warm_up_steps: 50, average: 0.99, ..options }
        } else {
            options
        }
    }

    fn header(&self, shape: &Shape, options: &Options, temperature: f32) -> Header {
        let mut training = self.settings.sources.clone();
        training.push(format!("{}; {options:?}", self.texts.summary()));
        Header {
            name: self.settings.name.clone(),
            labels: self.texts.labels.names().to_vec(),
            surfaces: self.vocabulary.fingerprints().len(),
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
