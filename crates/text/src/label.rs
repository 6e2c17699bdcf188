//! Labels of mentions: the six of KLUE-NER, and those that only a model defines.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};

/// The type of a mention.
///
/// The six types, and the conventions for their spans, are those of KLUE-NER (Park et al. 2021, "KLUE: Korean Language
/// Understanding Evaluation", section 4.3): a span never includes the particle (josa) or a title. A model that was
/// trained on other labels predicts those, as [`Label::Own`].
///
/// ```
/// use gisa_text::Label;
///
/// let event = Label::named("EVENT");
/// assert_eq!(event, Label::named("EVENT"));
/// assert_eq!(event.as_str(), "EVENT");
/// assert!(event.is_own());
/// // The names of the six parse as the six, which sort before all others.
/// assert_eq!(Label::named("QT"), Label::Quantity);
/// assert!(Label::Quantity < event);
/// // Parsing, as of tables and gazetteers, accepts the six only.
/// assert_eq!("OG".parse(), Ok(Label::Organisation));
/// assert!("EVENT".parse::<Label>().is_err());
/// ```
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
    /// A label that a model was trained with ([`Label::named`]). Such labels sort after the six, by name.
    Own(OwnLabel),
}

/// The name of a label that is none of the six. [`Label::named`] creates it, so that each name has one label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OwnLabel(&'static str);

impl Label {
    /// The six labels, in the order in which tables list them.
    pub const ALL: [Label; 6] =
        [Label::Person, Label::Location, Label::Organisation, Label::Date, Label::Time, Label::Quantity];

    /// Returns the label with a name: one of the six, or else [`Label::Own`].
    ///
    /// Each name is interned: it is stored once, for as long as the program runs.
    pub fn named(name: &str) -> Label {
        name.parse().unwrap_or_else(|_| Label::Own(OwnLabel(interned(name))))
    }

    /// Returns whether the label is none of the six.
    pub const fn is_own(self) -> bool {
        matches!(self, Label::Own(_))
    }

    /// Returns the name of the label, which has two letters for the six.
    pub const fn as_str(self) -> &'static str {
        match self {
            Label::Person => "PS",
            Label::Location => "LC",
            Label::Organisation => "OG",
            Label::Date => "DT",
            Label::Time => "TI",
            Label::Quantity => "QT",
            Label::Own(own) => own.0,
        }
    }
}

/// Interns a name for as long as the program runs, so that labels are `Copy`.
fn interned(name: &str) -> &'static str {
    static NAMES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    // The set is consistent between two calls even if a thread panicked while it held the lock.
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(name) = names.get(name) {
        return name;
    }
    let name: &'static str = name.to_owned().leak();
    names.insert(name);
    name
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

/// The error of parsing a text that is none of the six labels.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown label {text:?}; the labels are PS, LC, OG, DT, TI and QT")]
pub struct ParseLabelError {
    text: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_label() {
        for label in Label::ALL {
            assert_eq!(Label::named(label.as_str()), label);
            assert!(!label.is_own());
        }
        // The same name in two places.
        let two: Vec<Label> = "EVENT EVENT".split(' ').map(Label::named).collect();
        let (first, again) = (two[0], two[1]);
        assert_eq!(first, again);
        assert!(std::ptr::eq(first.as_str(), again.as_str()), "the name is kept once");
        assert_ne!(first, Label::named("event"));
    }

    #[test]
    fn labels_of_a_model_stand_behind_the_six() {
        let mut labels =
            [Label::named("행사"), Label::Quantity, Label::named("AAA"), Label::named("ZZZ"), Label::Person];
        labels.sort_unstable();
        assert_eq!(labels.map(Label::as_str), ["PS", "QT", "AAA", "ZZZ", "행사"]);
    }

    #[test]
    fn reading_knows_the_six_alone() {
        let message = "unknown label \"EVENT\"; the labels are PS, LC, OG, DT, TI and QT";
        assert_eq!("EVENT".parse::<Label>().unwrap_err().to_string(), message);
        assert!(serde_json::from_str::<Label>("\"EVENT\"").unwrap_err().to_string().starts_with(message));
        assert_eq!(serde_json::to_string(&[Label::named("EVENT"), Label::Date]).unwrap(), r#"["EVENT","DT"]"#);
    }
}
