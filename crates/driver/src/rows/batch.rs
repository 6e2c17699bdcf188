//! Rows together: those of an article, and those of a stretch of the input, which is what sinks are given.

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
    /// The articles that were done.
    pub articles: Vec<ArticleRows>,
    /// What failed among them.
    pub failures: Vec<FailureRow>,
}
