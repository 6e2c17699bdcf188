//! The basis of a value: the day of publication, what the text said before, or the mention alone.

/// The information that the value of a date mention is based on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Basis {
    /// The day of publication: `23일`, `지난해`.
    Publication,
    /// An earlier date of the text: `이날`, `이듬해`, a day after a mention of its month.
    Discourse,
    /// The mention alone: `2024년 6월 23일`, `사흘`.
    Text,
}

impl Basis {
    /// Returns the name of the basis in tables and JSON: `publication`, `discourse` or `text`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Basis::Publication => "publication",
            Basis::Discourse => "discourse",
            Basis::Text => "text",
        }
    }
}
