//! The reading of dates that may lie on either side of the publication.

/// The reading of a date that may lie on either side of the publication.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Reading {
    /// The date that the sentence indicates, or the nearest one.
    #[default]
    Sentence,
    /// The last date up to the day of publication, whatever the sentence indicates.
    Past,
    /// The first date from the day of publication, whatever the sentence indicates.
    Future,
}
