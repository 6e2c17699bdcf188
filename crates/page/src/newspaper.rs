//! The newspaper of a page, from the name of the site after the headline, the copyright line, or the datelines.

use crate::line::{Line, LineKind};
use crate::press::{in_copyright, in_dateline, is_masthead};
use crate::prose::floor_boundary;
use crate::title::Title;
use crate::{dateline, furniture, title};

/// Number of bytes at the end of the last paragraph that are searched for a copyright line.
const CLOSING: usize = 400;

/// Finds the newspaper of a page from the title of the browser window, the copyright line, the datelines in `bylines`,
/// or the name of the site at the top.
pub(crate) fn find(lines: &[Line<'_>], title: Option<&Title>, bylines: &[&str]) -> Option<String> {
    let site = title.and_then(|title| title::split(lines[title.first].text).press).map(str::to_owned);
    site.or_else(|| claimed(lines)).or_else(|| closing(lines)).or_else(|| signed(bylines)).or_else(|| top(lines, title))
}

/// Returns the newspaper of a copyright line.
fn claimed(lines: &[Line<'_>]) -> Option<String> {
    let claims = lines.iter().filter(|line| matches!(line.kind, LineKind::Copyright | LineKind::Notice)).take(12);
    let by_name = claims.clone().find_map(|line| in_copyright(line.text).filter(|name| is_masthead(name)));
    by_name.or_else(|| claims.filter(|line| line.kind == LineKind::Copyright).find_map(|line| in_copyright(line.text)))
}

/// Returns the newspaper of the copyright claim at the end of the last paragraph.
fn closing(lines: &[Line<'_>]) -> Option<String> {
    let last = lines.iter().rev().find(|line| matches!(line.kind, LineKind::Prose | LineKind::Caption(_)))?;
    let tail = &last.text[floor_boundary(last.text, last.text.len().saturating_sub(CLOSING))..];
    furniture::copyright_at(tail).and_then(|_| in_copyright(tail)).filter(|name| is_masthead(name))
}

/// Returns the newspaper of the datelines.
fn signed(bylines: &[&str]) -> Option<String> {
    bylines.iter().find_map(|words| dateline::signed_paper(words).map(str::to_owned).or_else(|| in_dateline(words)))
}

/// Returns the newspaper named above the headline, or on a date line near the top.
fn top(lines: &[Line<'_>], title: Option<&Title>) -> Option<String> {
    let top = title.map_or(0, |title| title.first.clamp(3, 12).min(lines.len()));
    let named = lines[..top].iter().map(|line| line.text).find(|words| is_masthead(words)).map(str::to_owned);
    named.or_else(|| {
        let mut dated = lines.iter().take(40).filter(|line| line.kind == LineKind::Date);
        dated.find_map(|line| in_dateline(line.text))
    })
}
