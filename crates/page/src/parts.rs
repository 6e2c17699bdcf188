//! The parts of an article: sorts its lines into subtitles, paragraphs, captions and bylines.
//!
//! This is the last step of reading a page, after `story` has found the lines, and nearly the only one of reading a
//! table row.

use std::ops::Range;

use crate::caption::{Credit, LONGEST_CREDIT};
use crate::dates::Stamp;
use crate::line::{Line, LineKind};
use crate::page::Page;
use crate::prose::is_cut_off;
use crate::title::normal;
use crate::{byline, paragraph};

/// Maximum length of a subtitle, in characters.
const LONGEST_LEAD: usize = 120;

/// Sorts an article's lines into the parts of the page; lines that repeat `title` are left out.
pub(crate) fn sort(lines: &[Line<'_>], title: Option<&str>, page: &mut Page) {
    let mut in_aside = false;
    for (at, line) in lines.iter().enumerate() {
        let opening = page.body.is_empty();
        if title
            .is_some_and(|title| line.text.len() < 400 && line.kind != LineKind::Prose && normal(line.text) == title)
        {
            continue;
        }
        match settled(lines, at, opening) {
            LineKind::Prose => {
                in_aside = false;
                paragraph(line, opening, page);
            }
            LineKind::Caption(_) => page.captions.push(line.range()),
            LineKind::Byline | LineKind::Mail => page.bylines.push(line.range()),
            // A list without a sentence, long as a paragraph: appointments, disclosures.
            LineKind::Text if line.chars > LONGEST_LEAD && !in_aside => paragraph(line, opening, page),
            LineKind::Text if opening => page.leads.extend(lead(line)),
            LineKind::Text if !in_aside => page.body.push(line.range()),
            LineKind::Aside => in_aside = true,
            _ => {}
        }
    }
    settle_empty_body(lines, page);
}

/// Returns the subtitle on a line above the body; `None` for a single word, as in descriptions of pictures.
pub(crate) fn lead(line: &Line<'_>) -> Option<Range<usize>> {
    let bare = line.text.trim_start_matches(|c: char| "-■▲△◆◇□·ㆍ※▶*".contains(c) || c.is_whitespace());
    let words = bare.split_whitespace().count() >= 2 && bare.chars().nth(5).is_some();
    words.then(|| line.start + line.text.len() - bare.len()..line.start + line.text.len())
}

/// Returns the index of the line after the body, which the headings of other articles may follow.
pub(crate) fn end_of_body(lines: &[Line<'_>], from: usize) -> usize {
    let mass = |line: &Line<'_>| match line.kind {
        LineKind::Prose if !is_cut_off(line.text) => line.text.len().min(2000),
        _ => 0,
    };
    let from = from.min(lines.len());
    let total: usize = lines[from..].iter().map(mass).sum();
    let mut before = 0;
    for (at, line) in lines.iter().enumerate().skip(from) {
        before += mass(line);
        if matches!(line.kind, LineKind::Tail | LineKind::Copyright | LineKind::Footer)
            && before > 0
            && total - before <= before / 4
        {
            return at;
        }
    }
    lines.len()
}

/// Returns the kind of a line among its neighbours.
fn settled(lines: &[Line<'_>], at: usize, opening: bool) -> LineKind {
    let line = &lines[at];
    let later_prose = || lines[at + 1..].iter().take(40).any(|line| line.kind == LineKind::Prose);
    match line.kind {
        // A line with a signature is a caption above the first paragraph, below the button that enlarges a picture, or
        // if the sentence describes a scene; elsewhere it is a paragraph.
        LineKind::Caption(Credit::Signature) => {
            let enlarged = at > 0 && lines[at - 1].kind == LineKind::Enlarge;
            let sentence = line.first_end.map(|end| &line.text[..end]);
            let scene = sentence.is_some_and(|words| words.ends_with("있다.") || !words.ends_with("다."));
            if enlarged || ((scene || opening) && line.dateline().is_none() && later_prose()) {
                line.kind
            } else {
                LineKind::Prose
            }
        }
        LineKind::Caption(Credit::Picture) if opening && line.first_end.is_some() && !later_prose() => LineKind::Prose,
        // A date without a label inside the article is part of its text.
        LineKind::Date
            if !opening && line.stamp.is_none() && line.dates().iter().all(|date| date.stamp == Stamp::Bare) =>
        {
            LineKind::Text
        }
        // The text above a credit that is alone on its line is its caption.
        LineKind::Text => {
            let credit = lines.get(at + 1).is_some_and(is_lone_credit);
            let columnist = || byline::columnist(line.text).is_some() && !later_prose();
            if line.sign_off().is_some() || columnist() {
                LineKind::Byline
            } else if credit && line.words() > 1 {
                LineKind::Caption(Credit::Picture)
            } else {
                LineKind::Text
            }
        }
        LineKind::Prose if line.sign_off().is_some() => LineKind::Byline,
        // Rules, ranks and figures are left out: a list number is as likely one of a menu.
        kind => kind,
    }
}

/// Returns whether the line is a picture credit without a sentence.
fn is_lone_credit(line: &Line<'_>) -> bool {
    matches!(line.kind, LineKind::Caption(_)) && line.first_end.is_none() && line.chars <= LONGEST_CREDIT
}

/// Sorts the parts of a line of prose into those of the page.
fn paragraph(line: &Line<'_>, opening: bool, page: &mut Page) {
    let parts = paragraph::parts(line.text, opening);
    let placed = |range: Range<usize>| line.start + range.start..line.start + range.end;
    let full = |range: &Range<usize>| range.start < range.end;
    page.body.extend(parts.body.into_iter().filter(full).map(placed));
    page.captions.extend(parts.captions.into_iter().filter(full).map(placed));
    page.leads.extend(parts.leads.into_iter().filter(full).map(placed));
    let mut bylines: Vec<_> = parts.bylines.into_iter().filter(full).map(placed).collect();
    bylines.sort_by_key(|range| range.start);
    page.bylines.extend(bylines);
}

/// Makes the captions or the list the body of an article that has nothing else.
fn settle_empty_body(lines: &[Line<'_>], page: &mut Page) {
    if !page.body.is_empty() {
        return;
    }
    if page.captions.is_empty() {
        page.body = std::mem::take(&mut page.leads);
    } else {
        page.body = std::mem::take(&mut page.captions);
    }
    if page.body.is_empty() {
        let words = lines.iter().filter(|line| line.kind == LineKind::Text).map(Line::range);
        let bylines = &page.bylines;
        let signed = |range: &Range<usize>| {
            let next = bylines.partition_point(|byline| byline.end <= range.start);
            bylines.get(next).is_some_and(|byline| byline.start < range.end)
        };
        page.body = words.filter(|range| !signed(range)).collect();
    }
}
