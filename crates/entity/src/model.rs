//! The trained tagger: a small network over the units of a sentence, and a chain over their tags.
//!
//! text → morphemes (`gisa-tokenizer`) → units (`unit`) → features (`features`) → scores of tags (`network`, whose parts
//! `shape` explains) → the best row of tags and how sure each mention is (`crf`). `file` is how a model is kept.

#![allow(clippy::cast_precision_loss, reason = "sums of the network are far below 2^24, or need not be exact")]

use std::borrow::Cow;
use std::ops::Range;

use gisa_tokenizer::Morpheme;

use crate::gazetteer::{ListedForms, countries};
use crate::model::crf::{Chain, Crf};
use crate::model::embedding::Embedding;
use crate::model::features::{Features, Vocabulary};
use crate::model::file::Header;
use crate::model::lanes::Instructions;
use crate::model::network::{Activations, Network};
use crate::model::parameters::Parameters;
use crate::model::tags::Tags;
use crate::model::unit::{Unit, Units};

pub(crate) mod crf;
pub(crate) mod embedding;
pub(crate) mod features;
pub(crate) mod file;
pub(crate) mod lanes;
pub(crate) mod network;
pub(crate) mod parameters;
pub(crate) mod product;
pub(crate) mod shape;
pub(crate) mod tags;
pub(crate) mod unit;

/// A trained tagger, opened. It is shared by all threads; each has its own [`Sight`].
pub(crate) struct Model {
    header: Header,
    tags: Tags,
    vocabulary: Vocabulary,
    lists: ListedForms,
    units: Units,
    network: Network,
    crf: Crf,
    instructions: Instructions,
}

/// A mention that the model finds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found {
    /// Where it stands, in bytes of the document.
    pub range: Range<usize>,
    /// Its label, a place in the model's list of labels.
    pub label: usize,
    /// How probable the model takes it to be, from 0 to 1.
    pub confidence: f32,
}

/// One thread's buffers.
#[derive(Default)]
pub(crate) struct Sight {
    units: Vec<Unit>,
    features: Features,
    activations: Activations,
    chain: Chain,
    path: Vec<usize>,
}

impl Model {
    /// Reads a model file.
    ///
    /// # Errors
    ///
    /// What is wrong with it, what was expected and found.
    pub fn read(bytes: Cow<'static, [u8]>) -> Result<Model, String> {
        let file = file::read(bytes)?;
        let tags = Tags::new(file.header.labels.len());
        let crf = Crf::with_temperature(tags, &file.parameters.transitions, file.header.temperature);
        let Parameters { input, layers, output, .. } = file.parameters;
        let embedding = Embedding::new(&file.shape, &file.tables, &file.flags, &input, file.greatest);
        let layers = file.shape.layers.into_iter().zip(layers);
        Ok(Model {
            tags,
            network: Network::new(embedding, layers, &crf.arranged(&output)),
            crf,
            vocabulary: file.vocabulary,
            lists: ListedForms::embedded(),
            units: Units::new(countries()),
            header: file.header,
            instructions: Instructions::detect(),
        })
    }

    /// What the model is.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Finds the mentions of a sentence, whose morphemes these are.
    pub fn tag(&self, text: &str, morphemes: &[Morpheme], sight: &mut Sight, mut found: impl FnMut(Found)) {
        self.units.read(text, morphemes, &mut sight.units);
        if sight.units.is_empty() {
            return;
        }
        sight.features.read(text, &sight.units, &self.vocabulary, &self.lists);
        self.network.run(&sight.features, &mut sight.activations, self.instructions);
        let emissions = &sight.activations.emissions;
        sight.path.clear();
        sight.path.extend_from_slice(self.crf.decode(emissions, &mut sight.chain, self.instructions));
        let mentions = self.tags.mentions(&sight.path);
        if mentions.is_empty() {
            return;
        }
        self.crf.sum(emissions, &mut sight.chain, self.instructions);
        for (units, label) in mentions {
            let confidence = self.crf.probability(units.start, &sight.path[units.clone()], &sight.chain);
            let range = sight.units[units.start].start..sight.units[units.end - 1].end;
            found(Found { range, label, confidence });
        }
    }
}
