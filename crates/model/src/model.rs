//! The opened model: from the morphemes of a sentence to its mentions.

use std::borrow::Cow;
use std::ops::Range;

use gisa_tokenizer::Morpheme;

use crate::crf::{Chain, Crf};
use crate::embedding::Embedding;
use crate::error::ModelError;
use crate::features::{self, Features, Vocabulary};
use crate::file::{self, Header};
use crate::lanes::Instructions;
use crate::lists::ListedForms;
use crate::network::{Activations, Network};
use crate::parameters::Parameters;
use crate::tags::Tags;
use crate::unit::{Unit, Units};

/// An opened, trained tagger. All threads share one; each has its own [`Buffers`].
pub struct Model {
    header: Header,
    tags: Tags,
    vocabulary: Vocabulary,
    lists: ListedForms,
    units: Units,
    network: Network,
    crf: Crf,
    instructions: Instructions,
}

/// A mention predicted by the model.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// Byte range in the document, half open.
    pub range: Range<usize>,
    /// Index of the label in [`Header::labels`].
    pub label: usize,
    /// Probability of the mention, from 0 to 1.
    pub confidence: f32,
}

/// The buffers of one thread.
#[derive(Debug, Default)]
pub struct Buffers {
    units: Vec<Unit>,
    features: Features,
    activations: Activations,
    chain: Chain,
    path: Vec<usize>,
}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Model").field("header", &self.header).finish_non_exhaustive()
    }
}

impl Model {
    /// Opens the model built into the crate.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read), though a test makes sure that it opens.
    #[cfg(feature = "fast")]
    pub fn fast() -> Result<Model, ModelError> {
        Model::read(Cow::Borrowed(include_bytes!("../models/fast.model")))
    }

    /// Opens a model from the bytes of its file.
    ///
    /// # Errors
    ///
    /// When the file is truncated, altered or of another version, and when the model was trained with other lists or features
    /// than this crate has.
    pub fn read(bytes: Cow<'static, [u8]>) -> Result<Model, ModelError> {
        let file = file::read(bytes)?;
        let lists = ListedForms::embedded();
        check_inputs(&file.header, &features::digest(&lists))?;
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
            lists,
            units: Units::new(),
            header: file.header,
            instructions: Instructions::detect(),
        })
    }

    /// Returns the header of the model's file.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Calls `found` with each mention of a sentence, given the sentence's morphemes.
    pub fn tag(&self, text: &str, morphemes: &[Morpheme], buffers: &mut Buffers, mut found: impl FnMut(Prediction)) {
        self.units.read(text, morphemes, &mut buffers.units);
        if buffers.units.is_empty() {
            return;
        }
        buffers.features.read(text, &buffers.units, &self.vocabulary, &self.lists);
        self.network.run(&buffers.features, &mut buffers.activations, self.instructions);
        let emissions = &buffers.activations.emissions;
        buffers.path.clear();
        buffers.path.extend_from_slice(self.crf.decode(emissions, &mut buffers.chain, self.instructions));
        let mentions = self.tags.mentions(&buffers.path);
        if mentions.is_empty() {
            return;
        }
        self.crf.sum(emissions, &mut buffers.chain, self.instructions);
        for (units, label) in mentions {
            let confidence = self.crf.probability(units.start, &buffers.path[units.clone()], &buffers.chain);
            let range = buffers.units[units.start].start..buffers.units[units.end - 1].end;
            found(Prediction { range, label, confidence });
        }
    }
}

/// Checks that a model was trained with the lists and features of this crate.
fn check_inputs(header: &Header, expected: &str) -> Result<(), ModelError> {
    if header.inputs == expected {
        return Ok(());
    }
    let (model, expected, found) = (header.name.clone(), expected.to_owned(), header.inputs.clone());
    Err(ModelError::Inputs { model, expected, found })
}

#[cfg(all(test, feature = "fast"))]
mod tests {
    use super::*;

    #[test]
    fn a_model_of_other_lists_is_refused_by_name() {
        let model = Model::fast().expect("the built-in model opens");
        let header = Header { inputs: "ab12".to_owned(), ..model.header().clone() };
        let expected = features::digest(&model.lists);
        let error = check_inputs(&header, &expected).unwrap_err().to_string();
        assert!(error.starts_with("the model \"fast\" was trained with other word lists or features (digest ab12)"));
        assert!(error.contains(&expected) && error.ends_with("train it again"), "{error}");
    }

    #[test]
    fn the_digest_is_pinned() {
        // Whoever changes a list, the number of a tag or the size of a table trains the model anew.
        let digest = features::digest(&ListedForms::embedded());
        assert_eq!(digest, Model::fast().expect("the built-in model opens").header().inputs);
        assert_eq!(digest.len(), 64);
    }
}
