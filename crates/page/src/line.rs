//! A line of a page, with the properties that the rules use, each computed once.
//!
//! `lines` creates lines, `kind` classifies them, and all later stages read them. Properties that nearly every rule
//! needs are computed on creation, the others on first use.

use std::cell::OnceCell;
use std::ops::Range;

use crate::caption::Credit;
use crate::dates::{self, PageDate, Stamp};
use crate::prose::{self, is_letter};
use crate::{byline, dateline, names};

/// The kind of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineKind {
    /// A paragraph, or a sentence of one.
    Prose,
    /// Text that is neither a sentence nor furniture: a headline, a subhead, a menu item that is in no list.
    Text,
    /// The day on which the article was published or modified.
    Date,
    /// Who wrote it.
    Byline,
    /// A byline with an e-mail address, which is mostly at the end of an article.
    Mail,
    /// The caption of a picture.
    Caption(Credit),
    /// A button, tool or menu item.
    Tool,
    /// The button that enlarges a picture.
    Enlarge,
    /// The next speaker in a broadcast script.
    Speaker,
    /// A notice to readers.
    Notice,
    /// A heading of related articles.
    Aside,
    /// A heading below the article.
    Tail,
    /// A copyright line.
    Copyright,
    /// A part of a footer, such as the newspaper's address.
    Footer,
    /// No letters: a rank, a count or a rule; also a line of a script.
    Letterless,
}

/// A line that is not empty.
#[derive(Debug)]
pub(crate) struct Line<'t> {
    /// The text, trimmed, without a list bullet.
    pub text: &'t str,
    /// The byte offset of `text` in the page.
    pub start: usize,
    /// Whether a list bullet precedes the text.
    pub bullet: bool,
    /// The kind; [`LineKind::Text`] until `kind` has classified the line.
    pub kind: LineKind,
    /// The meaning of the dates in this line if the previous line is their label (`입력 :`).
    pub stamp: Option<Stamp>,
    /// The length in characters.
    pub chars: usize,
    /// The byte offset after the first sentence, from [`prose::first_end`].
    pub first_end: Option<usize>,
    facts: Facts<'t>,
}

/// The properties of a line that are computed on first use.
#[derive(Debug, Default)]
struct Facts<'t> {
    words: OnceCell<usize>,
    squeezed: OnceCell<Box<str>>,
    has_email: OnceCell<bool>,
    names: OnceCell<Box<[&'t str]>>,
    is_byline: OnceCell<bool>,
    dates: OnceCell<Box<[PageDate]>>,
    dateline: OnceCell<Option<usize>>,
    sign_off: OnceCell<Option<&'t str>>,
}

impl<'t> Line<'t> {
    /// Creates a line from its trimmed text.
    pub(crate) fn new(text: &'t str, start: usize, bullet: bool) -> Line<'t> {
        let (chars, first_end) = (text.chars().count(), prose::first_end(text));
        let (kind, stamp, facts) = (LineKind::Text, None, Facts::default());
        Line { text, start, bullet, kind, stamp, chars, first_end, facts }
    }

    /// Returns the byte range of the line in the page.
    pub(crate) fn range(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    /// Returns whether the line cannot have words of an article.
    pub(crate) fn is_furniture(&self) -> bool {
        !matches!(self.kind, LineKind::Prose | LineKind::Text | LineKind::Caption(_) | LineKind::Speaker)
    }

    /// Returns whether the line is prose: it has a sentence that ends with a full stop, or it is long and ends with a
    /// predicate.
    pub(crate) fn is_prose(&self) -> bool {
        let bare = || self.chars > prose::SHORTEST_BARE && prose::ends_bare(self.text);
        self.chars > prose::SHORTEST && (self.first_end.is_some() || bare())
    }

    /// Returns whether the line consists of dates of publication or modification and little else.
    pub(crate) fn is_date_line(&self) -> bool {
        dates::fill(self.text, self.dates())
    }

    /// Returns the number of words, which white space separates.
    pub(crate) fn words(&self) -> usize {
        *self.facts.words.get_or_init(|| self.text.split_whitespace().count())
    }

    /// Returns the letters of the line, as [`squeeze`] does.
    pub(crate) fn squeezed(&self) -> &str {
        self.facts.squeezed.get_or_init(|| squeeze(self.text).into())
    }

    /// Returns whether the line contains an e-mail address.
    pub(crate) fn has_email(&self) -> bool {
        *self.facts.has_email.get_or_init(|| byline::has_email(self.text))
    }

    /// Returns the names of reporters in the line.
    pub(crate) fn names(&self) -> &[&'t str] {
        self.facts.names.get_or_init(|| names::names(self.text).into())
    }

    /// Returns whether the whole line is a byline.
    pub(crate) fn is_byline(&self) -> bool {
        let signs = || self.first_end.is_none() && byline::signs(self.text, || self.names().len());
        *self.facts.is_byline.get_or_init(signs)
    }

    /// Returns the dates in the line.
    pub(crate) fn dates(&self) -> &[PageDate] {
        self.facts.dates.get_or_init(|| dates::dates(self.text).into())
    }

    /// Returns the length of the dateline at the start of the line, in bytes.
    pub(crate) fn dateline(&self) -> Option<usize> {
        *self.facts.dateline.get_or_init(|| dateline::dateline(self.text))
    }

    /// Returns the reporter's name if the line is the sentence that ends a broadcaster's report.
    pub(crate) fn sign_off(&self) -> Option<&'t str> {
        *self.facts.sign_off.get_or_init(|| byline::broadcaster_sign_off(self.text))
    }
}

/// Returns the letters of a text, by which whole lines are compared with lists: without spaces, marks and digits, ASCII
/// in lower case.
pub(crate) fn squeeze(text: &str) -> String {
    text.chars().filter(|&c| is_letter(c)).map(|c| c.to_ascii_lowercase()).collect()
}
