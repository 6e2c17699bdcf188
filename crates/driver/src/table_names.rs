//! The names of the tables, by which they are written and, when a folder is read, passed over.

pub(crate) const ARTICLES: &str = "articles.csv";
pub(crate) const MENTIONS: &str = "mentions.csv";
pub(crate) const ENTITIES: &str = "entities.csv";
pub(crate) const FAILURES: &str = "failures.csv";

/// The names of all tables.
pub(crate) const TABLES: [&str; 4] = [ARTICLES, MENTIONS, ENTITIES, FAILURES];
