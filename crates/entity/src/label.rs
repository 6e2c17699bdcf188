//! Labels: the six kinds of mention, by the names and conventions of KLUE-NER.

use std::fmt;
use std::str::FromStr;

/// What a mention is. The inventory and the span conventions are those of KLUE-NER (Park et al. 2021, "KLUE: Korean
/// Language Understanding Evaluation", section 4.3): a span never includes the particle (josa) or a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub enum Label {
    /// `PS`: a person's name, without title or particle; a bare surname before a title is one (`이` in `이 시장`).
    Person,
    /// `LC`: a place.
    Location,
    /// `OG`: an organisation, and a place acting as an administration (`대전시는 밝혔다`).
    Organisation,
    /// `DT`: a date, and a duration of a day or longer.
    Date,
    /// `TI`: a time of day, and a shorter duration.
    Time,
    /// `QT`: a quantity.
    Quantity,
}

impl Label {
    /// All labels, in the order in which tables list them.
    pub const ALL: [Label; 6] =
        [Label::Person, Label::Location, Label::Organisation, Label::Date, Label::Time, Label::Quantity];

    /// The two letters of the label.
    pub const fn as_str(self) -> &'static str {
        match self {
            Label::Person => "PS",
            Label::Location => "LC",
            Label::Organisation => "OG",
            Label::Date => "DT",
            Label::Time => "TI",
            Label::Quantity => "QT",
        }
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<Label> for &'static str {
    fn from(label: Label) -> &'static str {
        label.as_str()
    }
}

impl FromStr for Label {
    type Err = ParseLabelError;

    fn from_str(text: &str) -> Result<Label, ParseLabelError> {
        Label::ALL
            .into_iter()
            .find(|label| label.as_str() == text)
            .ok_or_else(|| ParseLabelError { text: text.to_owned() })
    }
}

impl TryFrom<String> for Label {
    type Error = ParseLabelError;

    fn try_from(text: String) -> Result<Label, ParseLabelError> {
        text.parse()
    }
}

/// A text that is no label.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown label {text:?}; the labels are PS, LC, OG, DT, TI and QT")]
pub struct ParseLabelError {
    text: String,
}
