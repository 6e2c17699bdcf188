//! A line of a page: its text, and what the rules ask of it, each fact computed once.
//!
//! `lines` makes them, `kind` says what each is, and everything behind reads them. What nearly every rule needs is computed
//! when the line is made; the rest when first asked for.

use std::cell::OnceCell;
use std::ops::Range;

use crate::caption::Credit;
use crate::dates::{self, PageDate, Stamp};
use crate::prose::{self, is_letter};
use crate::{byline, dateline, names};

/// What a line is, looked at by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineKind {
    /// A paragraph, or a sentence of one.
    Prose,
    /// Words that are no sentence and no furniture: a headline, a subhead, a menu item that no list knows.
    Text,
    /// When the article appeared or was changed.
    Date,
    /// Who wrote it.
    Byline,
    /// Who wrote it, with an e-mail address: at the end of an article more often than not.
    Mail,
    /// The words under a picture.
    Caption(Credit),
    /// A button, tool or menu item.
    Tool,
    /// The button that enlarges a picture.
    Enlarge,
    /// Who speaks next, in a broadcast script.
    Speaker,
    /// A notice of the newspaper to its readers.
    Notice,
    /// A heading of related articles.
    Aside,
    /// A heading that stands below the article.
    Tail,
    /// A copyright claim.
    Copyright,
    /// The newspaper's own particulars.
    Footer,
    /// Nothing to read in it: a rank, a count, a rule, a line of a script.
    Letterless,
}

/// A line that is not empty.
#[derive(Debug)]
pub(crate) struct Line<'t> {
    /// Its text, trimmed, a list bullet before it left out.
    pub text: &'t str,
    /// The byte offset of `text` in the page.
    pub start: usize,
    /// Whether a list bullet stood before it.
    pub bullet: bool,
    /// What it is; [`LineKind::Text`] before `kind` has said what.
    pub kind: LineKind,
    /// What the line before said of the dates in this one (`입력 :` on a line of its own).
    pub stamp: Option<Stamp>,
    /// Its length in characters.
    pub chars: usize,
    /// The byte offset behind its first sentence, as [`prose::first_end`] finds it.
    pub first_end: Option<usize>,
    facts: Facts<'t>,
}

/// What is computed of a line when a rule first asks for it.
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
    /// Makes a line of its trimmed text.
    pub(crate) fn new(text: &'t str, start: usize, bullet: bool) -> Line<'t> {
        let (chars, first_end) = (text.chars().count(), prose::first_end(text));
        let (kind, stamp, facts) = (LineKind::Text, None, Facts::default());
        Line { text, start, bullet, kind, stamp, chars, first_end, facts }
    }

    /// Returns the bytes of the line in the page.
    pub(crate) fn range(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    /// Whether nothing of an article's own can stand in it.
    pub(crate) fn is_furniture(&self) -> bool {
        !matches!(self.kind, LineKind::Prose | LineKind::Text | LineKind::Caption(_) | LineKind::Speaker)
    }

    /// Whether it is prose: it has a sentence that ends in a full stop, or is long and ends like one.
    pub(crate) fn is_prose(&self) -> bool {
        let bare = || self.chars > prose::SHORTEST_BARE && prose::ends_bare(self.text);
        self.chars > prose::SHORTEST && (self.first_end.is_some() || bare())
    }

    /// Whether it says when the article appeared or was changed, and little else.
    pub(crate) fn is_date_line(&self) -> bool {
        dates::fill(self.text, self.dates())
    }

    /// Returns how many words it has, white space between them.
    pub(crate) fn words(&self) -> usize {
        *self.facts.words.get_or_init(|| self.text.split_whitespace().count())
    }

    /// Returns its letters, squeezed together.
    pub(crate) fn squeezed(&self) -> &str {
        self.facts.squeezed.get_or_init(|| squeeze(self.text).into())
    }

    /// Whether an e-mail address is in it.
    pub(crate) fn has_email(&self) -> bool {
        *self.facts.has_email.get_or_init(|| byline::has_email(self.text))
    }

    /// Returns the reporters' names in it.
    pub(crate) fn names(&self) -> &[&'t str] {
        self.facts.names.get_or_init(|| names::names(self.text).into())
    }

    /// Whether it is a byline and nothing else.
    pub(crate) fn is_byline(&self) -> bool {
        let signs = || self.first_end.is_none() && byline::signs(self.text, || self.names().len());
        *self.facts.is_byline.get_or_init(signs)
    }

    /// Returns the dates in it.
    pub(crate) fn dates(&self) -> &[PageDate] {
        self.facts.dates.get_or_init(|| dates::dates(self.text).into())
    }

    /// Returns the length of the dateline it opens with.
    pub(crate) fn dateline(&self) -> Option<usize> {
        *self.facts.dateline.get_or_init(|| dateline::dateline(self.text))
    }

    /// Returns the reporter's name, when it is the sentence that a broadcaster's report closes with.
    pub(crate) fn sign_off(&self) -> Option<&'t str> {
        *self.facts.sign_off.get_or_init(|| byline::broadcaster_sign_off(self.text))
    }
}

/// Returns the letters of a text that lists of whole lines compare: no spaces, no marks, no digits, ASCII in lower case.
pub(crate) fn squeeze(text: &str) -> String {
    text.chars().filter(|&c| is_letter(c)).map(|c| c.to_ascii_lowercase()).collect()
}
