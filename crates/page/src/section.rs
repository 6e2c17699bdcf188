//! Names of sections, and lines that are nothing but the way to one (`홈 > 뉴스 > 사회`).

use std::sync::LazyLock;

use crate::words::{self, WordSet};

static SECTIONS: LazyLock<WordSet> = LazyLock::new(|| words::SECTIONS.set("sections"));
/// The head of a breadcrumb, which is no section.
pub(crate) static HOME: LazyLock<WordSet> = LazyLock::new(|| words::SECTIONS.set("home"));

/// Whether the words name a section.
pub(crate) fn is_section(words: &str) -> bool {
    let words = words.trim();
    !words.is_empty()
        && words.chars().nth(14).is_none()
        && words.split(['/', '·', '‧', '•', '&', ',']).all(|part| SECTIONS.contains(part.trim()))
}

/// Whether the line is nothing but sections with `>` between them (`홈 > 뉴스 > 사회`).
pub(crate) fn is_trail(line: &str) -> bool {
    let mut parts = line.split(['>', '›', '»']).map(str::trim);
    line.contains(['>', '›', '»']) && parts.all(|part| HOME.contains(part) || is_section(part))
}
