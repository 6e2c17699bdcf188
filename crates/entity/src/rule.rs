//! Rules: what decided that a span is a mention, and how it is resolved afterwards.

use std::fmt;

/// What proposed a mention, as the column `rule` of tables shows it. Recall, merging and links depend on it.
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
    /// The user's gazetteer has the name. Nothing wins over it.
    User,
    /// The trained model.
    Model,
    /// An organisation in brackets right behind another, whose abbreviation it is.
    Abbreviation,
    /// A bare surname, which stands for a full name.
    Surname,
    /// A letter in place of a name: `A씨`.
    Letter,
    /// A Korean name with a title.
    Title,
    /// A Korean name without a title.
    Name,
    /// A foreigner's name.
    Foreign,
    /// A name that is sure elsewhere in the document.
    Recall,
    /// The project's word lists have the name.
    Gazetteer,
    /// The end of the name says what it names.
    Suffix,
    /// A place that acts as an administration.
    Administration,
    /// The sign `㈜` marks a company.
    Company,
    /// Neighbouring mentions that were joined into one.
    Merged,
    /// A date or a time of which no value was read.
    Temporal,
    /// A date, with the rule that gave its value: `day`, `month`, `range` ….
    Date(&'static str),
    /// A pattern of numbers and units.
    Quantity,
}

impl Rule {
    /// Returns the word for the rule in tables: `user`, `model`, `surname`; of a date the word of its own rule.
    pub const fn as_str(self) -> &'static str {
        match self {
            Rule::User => "user",
            Rule::Model => "model",
            Rule::Abbreviation => "abbreviation",
            Rule::Surname => "surname",
            Rule::Letter => "letter",
            Rule::Title => "title",
            Rule::Name => "name",
            Rule::Foreign => "foreign",
            Rule::Recall => "recall",
            Rule::Gazetteer => "gazetteer",
            Rule::Suffix => "suffix",
            Rule::Administration => "administration",
            Rule::Company => "company",
            Rule::Merged => "merged",
            Rule::Temporal => "temporal",
            Rule::Quantity => "quantity",
            Rule::Date(rule) => rule,
        }
    }

    /// Returns whether a person's mention stands for a full name that is elsewhere in the document or nowhere.
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
