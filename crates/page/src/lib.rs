//! Extraction of articles from Korean newspaper pages that were scraped as plain text.
//!
//! [`read_page`] takes a whole page (or an agency's article, or a plain article under its headline), [`read_body`] the
//! text of a table row whose headline is in another column. Both return the ranges of the headline, subtitles,
//! paragraphs, captions and bylines, and the metadata on the page: publication day, newspaper, reporters, sections and
//! address. Everything else on the page (menus, rankings, teasers of other articles, copyright lines) belongs to none
//! of the parts. The text is not changed: all parts are byte ranges of it.
//!
//! ```
//! let text = "가람시, 버스 노선 늘린다 - 가람일보\n로그인\n구독하기\n가람시, 버스 노선 늘린다\n\
//!             입력 2024.06.23 17:04\n홍길동 기자\n가람시는 다음 달부터 버스 노선을 늘린다.\n\
//!             많이 본 뉴스\n한빛시, 축제 연다\n";
//! let page = gisa_page::read_page(text);
//!
//! assert_eq!(page.title.map(|title| &text[title]), Some("가람시, 버스 노선 늘린다"));
//! assert_eq!(page.body.len(), 1);
//! assert_eq!(page.press.as_deref(), Some("가람일보"));
//! assert_eq!(page.reporters, ["홍길동"]);
//! ```
//!
//! Layouts differ between sites and change every year, so no rule is specific to one site. The rules use words that
//! many sites share (the lists in the folder `words`) and the distribution of prose between them. They need neither a
//! dictionary nor a model, accept any text, and take time linear in its length.
//!
//! With the feature `serde`, a [`Page`] can be serialized.

pub use gisa_text::Day;

pub use crate::page::Page;
pub use crate::reader::{read_body, read_page};

mod bigrams;
mod breadcrumb;
mod byline;
mod caption;
mod closing;
mod dateline;
mod dates;
mod furniture;
mod kind;
mod line;
mod lines;
mod link;
mod names;
mod newspaper;
mod page;
mod paragraph;
mod parts;
mod press;
mod prose;
mod publication;
mod reader;
mod reporters;
mod section;
mod story;
mod title;
mod words;
