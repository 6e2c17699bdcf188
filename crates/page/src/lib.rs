//! Reads Korean newspaper pages as they are scraped: bare text in, the parts of the article out.
//!
//! [`read_page`] takes a whole page (or an agency's article, or a plain article under its headline), [`read_body`] the
//! text of a row that has its headline elsewhere. Both say where in the text the headline, the subtitles, the paragraphs,
//! the captions and the bylines are, and what the page says about the article: its day, its newspaper, its reporters, its
//! sections and its address. Everything else of a page (menus, rankings, teasers of other articles, copyright lines) is in
//! none of the parts. Nothing is rewritten: all parts are byte ranges into the text.
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
//! What a page looks like differs by site and changes by the year, so no site is known by name. The rules are words that
//! many sites share (the lists in the folder `words`) and how prose lies between them. They need neither a dictionary nor a
//! model, take any text, and are linear in its length.
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
