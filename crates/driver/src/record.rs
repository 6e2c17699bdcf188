//! Records: the data of one article, exactly as its file has them. Readers make them; [`crate::article`] finds the
//! article in them.

use std::fmt;

use gisa_entity::Day;

use crate::error::Failure;
use crate::source_position::SourcePosition;

/// The name an article goes by: the one it came with, or one made of the file's name.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(untagged)]
pub enum Id {
    /// A text.
    Text(String),
    /// A number of a JSON record, written as a number.
    Number(serde_json::Number),
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Id::Text(text) => f.write_str(text),
            Id::Number(number) => write!(f, "{number}"),
        }
    }
}

/// The metadata of an article: what is known of it beside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The day of publication.
    pub published: Option<Day>,
    /// The text of the day of publication, where it cannot be parsed as a day.
    pub no_day: Option<String>,
    /// The newspaper.
    pub press: Option<String>,
    /// The reporters, in the order of the file.
    pub reporters: Vec<String>,
    /// The sections the article was filed under (통합 분류).
    pub sections: Vec<String>,
    /// The kinds of incident the article was filed under (사건/사고 분류).
    pub incidents: Vec<String>,
    /// The address of the article.
    pub url: Option<String>,
    /// Why a `BigKinds` export leaves the article out of its own counts (분석제외 여부).
    pub excluded: Option<String>,
}

/// Whether a record's text is a page with all that surrounds an article, or a cell that holds the text alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A scraped page or a plain article, a whole file.
    Page,
    /// A line of JSON Lines or a row of a table.
    Row,
}

/// One article as its file has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The article's id.
    pub id: Id,
    /// The file and line of the record.
    pub position: SourcePosition,
    /// How the record was stored.
    pub shape: Shape,
    /// What the file says of the article beside its text.
    pub facts: Facts,
    /// The title, as it was read.
    pub title: String,
    /// The text, as it was read.
    pub text: String,
}

/// A record, or the failure to read it.
pub type RecordResult = Result<Record, Failure>;
