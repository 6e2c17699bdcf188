//! Names of sections, and breadcrumbs that consist of them (`홈 > 뉴스 > 사회`).

use std::sync::LazyLock;

use crate::words::{self, WordSet};

static SECTIONS: LazyLock<WordSet> = LazyLock::new(|| words::SECTIONS.set("sections"));
/// The first word of a breadcrumb, which is not a section.
pub(crate) static HOME: LazyLock<WordSet> = LazyLock::new(|| words::SECTIONS.set("home"));

/// Returns whether the words are the name of a section.
pub(crate) fn is_section(words: &str) -> bool {
    let words = words.trim();
    !words.is_empty()
        && words.chars().nth(14).is_none()
        && words.split(['/', '·', '‧', '•', '&', ',']).all(|part| SECTIONS.contains(part.trim()))
}

/// Returns whether the line consists of sections with `>` between them (`홈 > 뉴스 > 사회`).
pub(crate) fn is_trail(line: &str) -> bool {
    let mut parts = line.split(['>', '›', '»']).map(str::trim);
    line.contains(['>', '›', '»']) && parts.all(|part| HOME.contains(part) || is_section(part))
}
