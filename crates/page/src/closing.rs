//! The end of a line of prose: the signature, the copyright line and the calls to subscribe that follow the article's
//! last sentence without a line break.
//!
//! `paragraph` uses it to split a line of prose.

use std::ops::Range;
use std::sync::LazyLock;

use crate::caption::{self, Credit};
use crate::dateline::bracketed;
use crate::lines::{is_space, trimmed};
use crate::paragraph::ParagraphParts;
use crate::prose::{self, floor_boundary, is_alphanumeric};
use crate::words::{FURNITURE, WordFinder};
use crate::{byline, dates, furniture, press};

static CLOSINGS: LazyLock<WordFinder> = LazyLock::new(|| FURNITURE.finder("closings"));
static CALLS: LazyLock<WordFinder> = LazyLock::new(|| FURNITURE.finder("calls"));

/// Number of bytes at the end of a line that are searched for signatures and calls to subscribe.
const CLOSING: usize = 3000;

/// Maximum length of a signature with its credits, in characters.
const LONGEST_SIGNATURE: usize = 160;

/// Maximum length of a signature that ends in an e-mail address, in characters.
const LONGEST_MAILED: usize = 70;

/// Returns the byte offset at which the article ends, before its signature, copyright line and calls to subscribe.
pub(crate) fn cut(text: &str, span: Range<usize>, parts: &mut ParagraphParts) -> usize {
    let mut end = span.end;
    // A signature may precede or follow a copyright line.
    for _ in 0..3 {
        let before = end;
        end = before_closing(text, span.start..end);
        end = before_signature(text, span.start..end, parts);
        if end == before {
            break;
        }
    }
    end
}

/// Returns the byte offset of the call to subscribe or copyright line after which nothing of the article follows.
fn before_closing(text: &str, span: Range<usize>) -> usize {
    let from = floor_boundary(text, span.end.saturating_sub(CLOSING)).max(span.start);
    let window = &text[from..span.end];
    let mut marks: Vec<usize> = CLOSINGS.all_in(window).map(|mark| mark.start).collect();
    marks.extend(furniture::copyright_at(window));
    marks.extend(call_brackets(window));
    marks.sort_unstable();
    let closing = marks.into_iter().take(60).find(|&at| is_closing(&window[at..]));
    closing.map_or(span.end, |at| {
        let kept = &text[span.start..from + at];
        let opened = kept.trim_end_matches(|c: char| is_space(c) || "[<＜(【-–/·=".contains(c));
        span.start + opened.len()
    })
}

/// Returns the byte offsets of brackets with a call to readers (`[가람일보 채널 구독하기]`).
fn call_brackets(window: &str) -> impl Iterator<Item = usize> + '_ {
    window
        .match_indices('[')
        .map(|(at, _)| at)
        .filter(|&at| bracketed(&window[at..]).is_some_and(|(_, inside)| CALLS.is_in(inside)))
}

/// Returns whether the text from a closing mark on has no sentence of an article, only calls to readers.
fn is_closing(text: &str) -> bool {
    let called = CALLS.is_in(text);
    let furnished = text.contains("http")
        || text.contains('@')
        || furniture::copyright_at(text).is_some()
        || text.starts_with(['ⓒ', '©', '◎']);
    let spoken_to = |sentence: &str| {
        let addressed = sentence.ends_with("니다.") || sentence.ends_with("요.");
        let short = sentence.chars().nth(12).is_none();
        short || (addressed && CALLS.is_in(sentence)) || furniture::copyright_at(sentence).is_some()
    };
    let sentences = prose::ends(text).scan(0, |from, end| Some((std::mem::replace(from, end), end)));
    (called || furnished) && sentences.take(12).all(|(from, end)| spoken_to(&text[from..end]))
}

/// Returns the end of the last sentence if a signature or a credit follows it.
fn before_signature(text: &str, span: Range<usize>, parts: &mut ParagraphParts) -> usize {
    let Some(end) = prose::last_end(&text[span.clone()]).map(|end| span.start + end) else { return span.end };
    let rest = trimmed(text, end..span.end);
    if rest.is_empty() {
        return end;
    }
    let words = &text[rest.clone()];
    if words.chars().nth(LONGEST_SIGNATURE).is_some() {
        return span.end;
    }
    // `홍길동 기자 hong@…사진=가람시`: a picture credit follows the address without a space.
    let credit = words.find("사진").filter(|&at| at > 0 && byline::has_email(&words[..at]));
    if let Some(at) = credit.filter(|&at| is_signature(&words[..at])) {
        parts.bylines.push(trimmed(text, rest.start..rest.start + at));
        parts.captions.push(rest.start + at..rest.end);
        return end;
    }
    if is_signature(words) {
        parts.bylines.push(rest);
        return end;
    }
    let line = &text[floor_boundary(text, end.saturating_sub(60)).max(span.start)..span.end];
    if caption::credit(line) == Some(Credit::Picture) && words.chars().nth(60).is_none() {
        parts.captions.push(rest);
        return end;
    }
    span.end
}

/// Returns the ranges around a signature with an e-mail address between sentences. After it there may be the start of
/// another article, a picture credit, or links.
pub(crate) fn around_signature(text: &str, span: Range<usize>, parts: &mut ParagraphParts) -> Vec<Range<usize>> {
    let from = floor_boundary(text, span.end.saturating_sub(CLOSING)).max(span.start);
    let found = text[from..span.end].match_indices('@').map(|(at, _)| from + at).find_map(|at| {
        let domain =
            text[at + 1..span.end].bytes().take_while(|b| b.is_ascii_alphanumeric() || b"._-".contains(b)).count();
        let end = at + 1 + domain;
        let start = span.start + prose::last_end(&text[span.start..at])?;
        let words = text[start..end].trim();
        (domain > 2 && words.chars().nth(LONGEST_MAILED).is_none() && is_signature(words)).then_some(start..end)
    });
    let mut kept = Vec::new();
    let Some(signature) = found else {
        kept.push(span);
        return kept;
    };
    parts.bylines.push(trimmed(text, signature.clone()));
    kept.push(span.start..signature.start);
    let rest = trimmed(text, signature.end..span.end);
    let words = &text[rest.clone()];
    let credit = words.starts_with("사진") || words.starts_with("/사진");
    if prose::first_end(words).is_some() {
        kept.push(rest);
    } else if credit {
        parts.captions.push(rest);
    }
    kept
}

/// Returns whether the words after the last sentence are only a signature.
fn is_signature(words: &str) -> bool {
    let bare = words.trim_matches(|c: char| !is_alphanumeric(c) && c != '@');
    let dated = bracketed(words).map_or(words, |(length, _)| words[length..].trim_start());
    let agency_date = dates::dates(dated).first().is_some_and(|date| {
        let rest = dated[date.range.end..].trim_matches(|c: char| !is_alphanumeric(c));
        let first = rest.split(|c: char| c.is_whitespace() || c == '©').next().unwrap_or(rest);
        date.range.start <= 1 && (rest.is_empty() || press::is_press(first) || byline::is_byline(rest))
    });
    let mailed = byline::has_email(words)
        && words.split_whitespace().last().is_some_and(byline::has_email)
        && words.chars().nth(LONGEST_MAILED).is_none();
    byline::is_byline(bare)
        || byline::is_byline(words)
        || press::is_press(bare)
        || agency_date
        || mailed
        || bare == "끝"
}
