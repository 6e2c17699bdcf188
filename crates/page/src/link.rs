//! The address (URL) of an article, if its page gives it.

use std::sync::LazyLock;

use crate::line::Line;
use crate::prose::is_alphanumeric;
use crate::words::{SECTIONS, WordSet};

static LABELS: LazyLock<WordSet> = LazyLock::new(|| SECTIONS.set("address-labels"));

/// Maximum length of a label, in characters.
const LONGEST_LABEL: usize = 12;

/// Returns the address of the article: one with a label, or one alone on a line above the article.
pub(crate) fn find(lines: &[Line<'_>], first_prose: usize) -> Option<String> {
    let labelled = lines.iter().find_map(|line| {
        let (label, address) = cut(line.text)?;
        let label = label.trim_matches(|c: char| !is_alphanumeric(c));
        let labelled = LABELS.beginning_of(label).is_some() && label.chars().nth(LONGEST_LABEL).is_none();
        labelled.then(|| address.to_owned())
    });
    let alone = || {
        lines[..first_prose.min(lines.len())]
            .iter()
            .find_map(|line| cut(line.text).filter(|(label, _)| label.is_empty()))
    };
    labelled.or_else(|| alone().map(|(_, address)| address.to_owned()))
}

/// Returns the address at the end of a short line, with the text before it.
fn cut(line: &str) -> Option<(&str, &str)> {
    if line.len() > 400 {
        return None;
    }
    let at = line.find("https://").or_else(|| line.find("http://"))?;
    let address = line[at..].trim_end_matches(|c: char| c.is_whitespace() || ")]>".contains(c));
    let whole = !address.contains(char::is_whitespace) && address.len() > "https://".len() + 3;
    whole.then_some((line[..at].trim(), address))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::lines;

    #[test]
    fn the_address_is_labelled_or_stands_above() {
        for (page, expected) in [
            ("기사원문 https://garam.example.kr/news/1\n버스", Some("https://garam.example.kr/news/1")),
            ("URL : http://garam.example.kr/news/2", Some("http://garam.example.kr/news/2")),
            ("https://garam.example.kr/news/3\n가람시", Some("https://garam.example.kr/news/3")),
            ("▷ 뉴스홈페이지 : https://garam.example.kr", None),
            ("가람시", None),
        ] {
            assert_eq!(find(&lines(page), 1).as_deref(), expected, "{page}");
        }
    }
}
