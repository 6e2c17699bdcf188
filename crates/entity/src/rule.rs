//! Rules: which evidence made a span a mention.

use std::fmt;

/// The rule that proposed a mention, as the column `rule` of the tables shows it.
///
/// Linking depends on it.
///
/// ```
/// use gisa_entity::Rule;
///
/// assert_eq!(Rule::Surname.to_string(), "surname");
/// assert_eq!(Rule::Date("month").as_str(), "month");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// The user's gazetteer lists the name; it has precedence over every other rule.
    User,
    /// The trained model predicts the mention.
    Model,
    /// An organisation in brackets directly after another, whose abbreviation it is: `국립보건원(NIH)`.
    Abbreviation,
    /// A surname alone, which refers to a full name.
    Surname,
    /// A letter in place of a name: `A씨`.
    Letter,
    /// A name of which the model is sure elsewhere in the document.
    Recall,
    /// A date or a time without a resolved value.
    Temporal,
    /// A date, with the rule that resolved its value: `day`, `month`, `range` and others.
    Date(&'static str),
}

impl Rule {
    /// Returns the word for the rule in the tables, such as `user`, `model` or `surname`; for a date, that of its own
    /// rule.
    pub const fn as_str(self) -> &'static str {
        match self {
            Rule::User => "user",
            Rule::Model => "model",
            Rule::Abbreviation => "abbreviation",
            Rule::Surname => "surname",
            Rule::Letter => "letter",
            Rule::Recall => "recall",
            Rule::Temporal => "temporal",
            Rule::Date(rule) => rule,
        }
    }

    /// Returns whether a person's mention is short for a full name, which the document may or may not contain.
    pub(crate) const fn is_short_name(self) -> bool {
        matches!(self, Rule::Surname | Rule::Letter)
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for Rule {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
