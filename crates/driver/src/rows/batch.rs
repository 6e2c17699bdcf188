//! Batches of rows: those of an article, and those of consecutive articles, which sinks are given.

use crate::rows::article::ArticleRow;
use crate::rows::failure::FailureRow;
use crate::rows::mention::MentionRow;

/// The rows of an article.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ArticleRows {
    /// The article itself.
    pub article: ArticleRow,
    /// Its mentions, in the order of its parts.
    pub mentions: Vec<MentionRow>,
}

/// The rows of some articles of the input, in its order.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct RowBatch {
    /// The articles that were processed.
    pub articles: Vec<ArticleRows>,
    /// The failures among them.
    pub failures: Vec<FailureRow>,
}
