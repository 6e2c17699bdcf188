//! Classification of a line by its own words: prose, a date, a byline, a caption, or furniture.
//!
//! The rules are in `furniture`, `dates`, `byline` and `caption`; this file gives their order.

use crate::line::{Line, LineKind};
use crate::{caption, furniture};

/// Maximum length of a line of furniture, in bytes.
const LONGEST_FURNITURE: usize = 240;

/// Classifies a line by its own words.
pub(crate) fn of(line: &Line<'_>) -> LineKind {
    if furniture::is_copyright(line) {
        return LineKind::Copyright;
    }
    if line.is_prose() {
        if furniture::is_notice_in_prose(line) {
            return LineKind::Notice;
        }
        return caption::credit(line.text).map_or(LineKind::Prose, LineKind::Caption);
    }
    if line.is_date_line() {
        return LineKind::Date;
    }
    match line {
        _ if line.text.len() > LONGEST_FURNITURE => LineKind::Text,
        _ if furniture::is_letterless(line) => LineKind::Letterless,
        _ if furniture::is_script(line) => LineKind::Letterless,
        _ if furniture::is_enlarge(line) => LineKind::Enlarge,
        _ if furniture::is_footer(line) => LineKind::Footer,
        _ if furniture::is_notice(line) => {
            let mail = !line.names().is_empty() && line.has_email() && line.is_byline();
            if mail { LineKind::Mail } else { LineKind::Notice }
        }
        _ if line.has_email() && line.is_byline() => LineKind::Mail,
        _ if furniture::is_aside(line) => LineKind::Aside,
        _ if furniture::is_tail(line) => LineKind::Tail,
        _ if furniture::is_speaker_mark(line.squeezed()) => LineKind::Speaker,
        _ if furniture::is_tool(line) => LineKind::Tool,
        _ if line.is_byline() => LineKind::Byline,
        _ => caption::credit(line.text).map_or(LineKind::Text, LineKind::Caption),
    }
}
#[cfg(test)]
mod tests {
    use super::*;
    use crate::caption::Credit;

    #[test]
    fn kinds_follow_from_the_words() {
        for (line, expected) in [
            ("가람시는 다음 달부터 버스를 늘린다.", LineKind::Prose),
            ("가람시, 버스 노선 늘린다", LineKind::Text),
            ("승인 2024-06-23 17:04", LineKind::Date),
            ("홍길동 기자", LineKind::Byline),
            ("홍길동 기자 hong@garam.example.kr", LineKind::Mail),
            ("새 버스가 서 있다. 사진=가람시", LineKind::Caption(Credit::Picture)),
            ("사진 확대", LineKind::Enlarge),
            ("[앵커]", LineKind::Speaker),
            ("많이 본 뉴스", LineKind::Tail),
            ("관련기사", LineKind::Aside),
            ("가람일보(www.garam.example.kr), 무단전재 및 수집, 재배포 금지", LineKind::Copyright),
            ("제호 : 가람일보", LineKind::Footer),
            ("10", LineKind::Letterless),
            ("공유하기", LineKind::Tool),
        ] {
            assert_eq!(of(&Line::new(line, 0, false)), expected, "{line}");
        }
    }
}
