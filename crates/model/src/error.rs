//! Errors of model files.

/// An error in a model file. The message has what was expected and what was found.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// The file is no model file.
    #[error("expected a model file, which begins with GISAMODL")]
    NoModel,
    /// The file is of another version of the format.
    #[error("expected a model of version {expected}, found {found}; {}", if found > expected { "a newer gisa reads it" } else { "train it again" })]
    Version {
        /// The version this crate reads.
        expected: u32,
        /// The version of the file.
        found: u32,
    },
    /// The file is truncated or altered.
    #[error("the file is cut or altered: {0}")]
    Damaged(String),
    /// The header describes an impossible network.
    #[error("{0}")]
    Header(String),
    /// The model was trained with other word lists or features than this crate has.
    #[error(
        "the model {model:?} was trained with other word lists or features (digest {found}) than this gisa has ({expected}); train it again"
    )]
    Inputs {
        /// The name of the model.
        model: String,
        /// The digest of this crate's lists and features.
        expected: String,
        /// The digest the model was trained with.
        found: String,
    },
}
