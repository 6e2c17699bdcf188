//! The dictionary: mecab-ko-dic, built once and opened memory-mapped in a millisecond or two.
//!
//! `build` makes the folder that [`Dictionary::open`] reads, and needs the feature of the same name. It reads the pinned
//! package or a folder (`build/source`), decompiles what MeCab compiled (`build/mecab`) to words and costs
//! (`build/lexicon`, `build/matrix`), has lindera build its files from these, adds three tables of our own and a list of
//! all files, and puts the folder in place in one step (`build/staging`). The tables and the list are read in `index`,
//! `words`, `contexts` and `manifest`, and written in the `writer` beside each.

#[cfg(feature = "build")]
pub use self::build::{BuildReport, ContextIds, build, export, install};
pub(crate) use self::contexts::Contexts;
pub use self::opened::Dictionary;

#[cfg(feature = "build")]
mod build;
mod contexts;
mod digest;
pub(crate) mod index;
mod manifest;
mod opened;
mod search;
#[cfg(test)]
mod tests;
mod words;
