//! Page furniture: menus, share buttons, headings of rankings, copyright lines and footers.
//!
//! `kind` uses it to classify lines without prose. The lists in `words/furniture.txt` have the words that many sites
//! share; furniture of a single site is excluded later, when `story` takes the densest run of prose for the article.

use std::sync::LazyLock;

use crate::line::{Line, squeeze};
use crate::prose::{is_alphanumeric, is_hangul};
use crate::words::{FURNITURE, WordFinder, WordSet};

static TOOLS: LazyLock<WordSet> = LazyLock::new(|| FURNITURE.set("tools"));
static TOOL_PARTS: LazyLock<WordFinder> = LazyLock::new(|| FURNITURE.finder("tool-parts"));
static TOOL_ENDS: LazyLock<WordSet> = LazyLock::new(|| FURNITURE.set("tool-ends"));
static TAILS: LazyLock<WordSet> = LazyLock::new(|| FURNITURE.set("tails"));
static TAILS_ALONE: LazyLock<WordSet> = LazyLock::new(|| FURNITURE.set("tails-alone"));
static TAIL_SENTENCES: LazyLock<WordSet> = LazyLock::new(|| FURNITURE.set("tail-sentences"));
static TAIL_PARTS: LazyLock<WordFinder> = LazyLock::new(|| FURNITURE.finder("tail-parts"));
static ASIDES: LazyLock<WordSet> = LazyLock::new(|| FURNITURE.set("asides"));
static COPYRIGHT: LazyLock<WordFinder> = LazyLock::new(|| FURNITURE.finder("copyright"));
static FOOTER: LazyLock<WordFinder> = LazyLock::new(|| FURNITURE.finder("footer"));
static NOTICES: LazyLock<WordFinder> = LazyLock::new(|| FURNITURE.finder("notices"));
static PROMPTS: LazyLock<WordFinder> = LazyLock::new(|| FURNITURE.finder("prompts"));
static CONTACTS: LazyLock<WordSet> = LazyLock::new(|| FURNITURE.set("contacts"));
static SPEAKERS: LazyLock<WordSet> = LazyLock::new(|| FURNITURE.set("speakers"));
static ENLARGE: LazyLock<WordSet> = LazyLock::new(|| FURNITURE.set("enlarge"));
static SCRIPT: LazyLock<WordFinder> = LazyLock::new(|| FURNITURE.finder("script"));

/// Maximum number of letters after a heading at the start of a line.
const TAIL_REST: usize = 6;

/// Maximum length of a copyright line, in bytes.
const LONGEST_COPYRIGHT: usize = 600;

/// Maximum length of a notice, in characters.
const LONGEST_NOTICE: usize = 220;

/// Returns whether the words of the line are those of a button, a tool or a menu item.
pub(crate) fn is_tool(line: &Line<'_>) -> bool {
    let (text, squeezed) = (line.text, line.squeezed());
    let short = line.chars <= 40;
    squeezed.is_empty()
        || squeezed.chars().all(|c| c == '가')
        || TOOLS.contains(squeezed)
        || (short && TOOL_PARTS.is_in(text))
        || (line.words() <= 4 && line.chars <= 18 && TOOL_ENDS.end_of(text).is_some())
        || text.matches(" | ").count() >= 3
        || text.ends_with(" |")
        || (text.starts_with('|') && short)
        || (line.words() >= 3 && short && text.split_whitespace().all(|word| TOOLS.contains(&squeeze(word))))
}

/// Returns whether the line is a heading of the page below the article.
pub(crate) fn is_tail(line: &Line<'_>) -> bool {
    let squeezed = line.squeezed();
    let begun = || {
        let rest = &squeezed[TAILS.beginning_of(squeezed)?.len()..];
        Some(rest.chars().count() <= TAIL_REST)
    };
    let counted = || {
        squeezed == "댓글"
            && line.text.contains(|c: char| c.is_ascii_digit() || c == '(')
            && line.text.starts_with("댓글")
    };
    line.chars <= 45
        && (TAILS_ALONE.contains(squeezed)
            || TAIL_SENTENCES.beginning_of(squeezed).is_some()
            || begun() == Some(true)
            || TAIL_PARTS.is_in(line.text)
            || counted())
}

/// Returns whether the line is a heading of related articles.
pub(crate) fn is_aside(line: &Line<'_>) -> bool {
    let heading = || {
        let squeezed = line.squeezed();
        ASIDES.contains(squeezed.strip_suffix("더보기").unwrap_or(squeezed)) || ASIDES.contains(squeezed)
    };
    (line.chars <= 24 && heading())
        || line.text.starts_with("[관련기사]")
        || line.text.starts_with("TAGS")
        || is_hashtags(line.text)
}

/// Returns whether the line is a copyright line. A line in which the claim follows a sentence is prose.
pub(crate) fn is_copyright(line: &Line<'_>) -> bool {
    if line.text.len() > LONGEST_COPYRIGHT {
        return false;
    }
    let Some(at) = copyright_at(line.text) else {
        // `© 2024 …` claims a page; `© 가람통신` credits a picture.
        let year = line.text.trim_start_matches(['ⓒ', '©', ' ']);
        return year.len() < line.text.len() && year.bytes().take_while(u8::is_ascii_digit).count() == 4;
    };
    line.first_end.is_none_or(|end| end > at || end < 12)
}

/// Returns the byte offset of a copyright claim in a text.
pub(crate) fn copyright_at(text: &str) -> Option<usize> {
    COPYRIGHT.first_in(text).map(|found| found.start)
}

/// Returns whether the line is part of a footer: the newspaper's address, registration or publisher.
pub(crate) fn is_footer(line: &Line<'_>) -> bool {
    let marks = FOOTER.all_in(line.text).take(2).count();
    marks >= 2 || (marks == 1 && line.chars <= 60 && (line.text.contains([':', '|']) || !line.text.contains(' ')))
}

/// Returns whether a line without prose is a notice to readers.
pub(crate) fn is_notice(line: &Line<'_>) -> bool {
    let text = line.text;
    let address =
        || is_marked(text) && !text.starts_with('[') && ["http", "@", "02-"].iter().any(|part| text.contains(part));
    let contact = || {
        let way = text.trim_start_matches(['▷', '▶', '[', ' ', '-']);
        line.chars <= 40 && text.contains(['@', ':', ']']) && CONTACTS.beginning_of(way).is_some()
    };
    line.chars <= LONGEST_NOTICE && (NOTICES.is_in(text) || PROMPTS.is_in(text) || address() || contact())
}

/// Returns whether a line of prose is a notice to readers, recognized by words that no article has.
pub(crate) fn is_notice_in_prose(line: &Line<'_>) -> bool {
    let marked = || is_marked(line.text) && !line.text.starts_with('[');
    line.chars <= LONGEST_NOTICE && (NOTICES.is_in(line.text) || marked() && PROMPTS.is_in(line.text))
}

/// Returns whether the line starts with a mark of notices.
fn is_marked(text: &str) -> bool {
    text.starts_with(['▶', '▷', '☞', '※', '◎', '*', '◆', '['])
}

/// Returns whether the line is code of a script or style sheet, or a comment in it.
pub(crate) fn is_script(line: &Line<'_>) -> bool {
    let text = line.text;
    let code = text.ends_with([';', '{', '}', '(', ',']) || text.contains("/*") || text.starts_with("//");
    script_start(text).is_some() || (code && !text.chars().take(200).any(is_hangul))
}

/// Returns the byte offset of a script in a line of prose, if there is one.
pub(crate) fn script_start(text: &str) -> Option<usize> {
    SCRIPT.first_in(text).map(|found| found.start)
}

/// Returns whether the line has no letter: a rank, a count or a rule.
pub(crate) fn is_letterless(line: &Line<'_>) -> bool {
    line.squeezed().is_empty()
}

/// Returns whether the line is the button that enlarges a picture, whose caption follows.
pub(crate) fn is_enlarge(line: &Line<'_>) -> bool {
    ENLARGE.contains(line.squeezed())
}

/// Returns whether squeezed words name the speaker in a broadcast script (`[앵커]`, `◀ 리포트 ▶`).
pub(crate) fn is_speaker_mark(squeezed: &str) -> bool {
    SPEAKERS.contains(squeezed)
}

/// Returns whether the line consists of hashtags.
fn is_hashtags(line: &str) -> bool {
    line.starts_with('#')
        && line.split_whitespace().all(|word| word.starts_with('#') && word.chars().any(is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_is_told_from_headlines_and_subheads() {
        for (line, expected) in [
            ("글자 크기 변경하기", "tool"),
            ("가 가", "tool"),
            ("댓글", "tool"),
            ("로그인 | ", "tool"),
            ("페이스북 트위터 밴드 인쇄", "tool"),
            ("많이 본 뉴스", "tail"),
            ("홍길동 기자의 다른기사 보기", "tail"),
            ("댓글 (0)", "tail"),
            ("관련기사", "aside"),
            ("#버스 #가람시", "aside"),
            ("저작권자 ⓒ 가람일보 무단전재 및 재배포 금지", "copyright"),
            ("대표전화 : 02-000-0000", "footer"),
            ("주소 : 가람시 새벽로 1 | 등록번호 : 가 00000 | 발행인 : 홍길동", "footer"),
            ("▷ 이메일 : jebo@garam.example.kr", "notice"),
            ("가람시, 버스 노선 열두 개 늘린다", ""),
            ("◇ 왜 지금인가", ""),
            ("포토라인에 선 가람시장", ""),
            ("시민 60%가 반긴 까닭", ""),
        ] {
            let of = Line::new(line, 0, false);
            let kind = if is_copyright(&of) {
                "copyright"
            } else if is_footer(&of) {
                "footer"
            } else if is_notice(&of) {
                "notice"
            } else if is_aside(&of) {
                "aside"
            } else if is_tail(&of) {
                "tail"
            } else if is_tool(&of) {
                "tool"
            } else {
                ""
            };
            assert_eq!(kind, expected, "{line}");
        }
    }
}
