//! Batches of rows: those that a sink takes of an article, and those of consecutive articles.

use crate::article::Article;
use crate::article_mention::ArticleMention;
use crate::rows::article::ArticleRow;
use crate::rows::entity::EntityTally;
use crate::rows::failure::FailureRow;
use crate::rows::mention::MentionRow;

/// The rows that a sink takes of an article. Every sink names its type of them ([`Encoder::Rows`]), so that nothing is
/// computed or copied that it does not write.
///
/// [`Encoder::Rows`]: crate::sink::Encoder::Rows
pub trait ArticleRows: Sized + Send {
    /// Makes the rows of an article and its mentions, which come in the order of its parts.
    fn new<'t>(article: &Article, mentions: impl Iterator<Item = ArticleMention<'t, 't>>) -> Self;

    /// Returns the number of mentions.
    fn mentions(&self) -> usize;

    /// Adds the entities of the article to those of the corpus. A sink that does not list them has nothing to add.
    fn tally(&self, entities: &mut EntityTally);
}

/// The rows of an article in the tables.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct TableRows {
    /// The article itself.
    pub article: ArticleRow,
    /// Its mentions, in the order of its parts.
    pub mentions: Vec<MentionRow>,
}

impl ArticleRows for TableRows {
    fn new<'t>(article: &Article, mentions: impl Iterator<Item = ArticleMention<'t, 't>>) -> TableRows {
        let mentions: Vec<_> = mentions.map(|mention| MentionRow::new(article, &mention)).collect();
        TableRows { article: ArticleRow::new(article, &mentions), mentions }
    }

    fn mentions(&self) -> usize {
        self.mentions.len()
    }

    fn tally(&self, entities: &mut EntityTally) {
        entities.add_article(&self.mentions);
    }
}

/// The rows of some articles of the input, in its order.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RowBatch<R> {
    /// The rows of the articles that were processed.
    pub articles: Vec<R>,
    /// The failures among them.
    pub failures: Vec<FailureRow>,
}

impl<R> Default for RowBatch<R> {
    fn default() -> RowBatch<R> {
        RowBatch { articles: Vec::new(), failures: Vec::new() }
    }
}
