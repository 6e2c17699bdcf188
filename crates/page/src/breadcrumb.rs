//! The sections of an article: breadcrumbs (`홈 > 정치 > 국회`), bullets and single words near the headline.

use crate::line::{Line, LineKind};
use crate::section::{HOME, is_section};
use crate::title::{Title, split};

/// Returns the sections of an article, widest first: from a breadcrumb, or else from the bullets between the headline
/// and its repetition, the section names near the headline, or the title of the browser window.
pub(crate) fn find(lines: &[Line<'_>], title: Option<&Title>, end: usize) -> Vec<String> {
    let Some(title) = title else { return Vec::new() };
    let from = title.line.saturating_sub(8).min(title.first);
    let about = &lines[from.max(title.line.saturating_sub(40))..end.clamp(title.line, lines.len())];
    let crumbs = about.iter().find_map(breadcrumb);
    let bullets = || {
        let between = &lines[title.first..end.clamp(title.line, lines.len())];
        let bullets = between
            .iter()
            .filter(|line| line.bullet && line.chars <= 12 && !matches!(line.kind, LineKind::Date | LineKind::Byline));
        let words: Vec<_> = bullets.map(|line| line.text.to_owned()).collect();
        (!words.is_empty()).then_some(words)
    };
    let found = crumbs.or_else(bullets).or_else(|| neighbours(lines, title)).unwrap_or_else(|| {
        let site = split(lines[title.first].text).sections;
        site.into_iter().map(str::to_owned).collect()
    });
    let mut unique: Vec<String> = Vec::new();
    for section in found {
        if !unique.contains(&section) {
            unique.push(section);
        }
    }
    unique
}

/// Returns the sections of a breadcrumb line.
fn breadcrumb(line: &Line<'_>) -> Option<Vec<String>> {
    if line.chars > 60 {
        return None;
    }
    let line = line.text;
    let marked = line.contains('>') || line.contains('›') || line.contains('»');
    let homed = line.split_once(' ').is_some_and(|(first, _)| HOME.contains(first));
    let parts: Vec<&str> = if marked {
        line.split(['>', '›', '»']).map(str::trim).collect()
    } else if homed && line.split_whitespace().count() <= 4 {
        line.split_whitespace().collect()
    } else {
        return None;
    };
    let named = parts.iter().all(|part| part.chars().nth(14).is_none() && !part.contains(['"', '“', '…', '<']));
    let known = parts.iter().any(|part| is_section(part));
    let sections: Vec<String> =
        parts.iter().filter(|part| !part.is_empty() && !HOME.contains(part)).map(|&part| part.to_owned()).collect();
    (named && known && parts.len() >= 2 && !sections.is_empty()).then_some(sections)
}

/// Returns the section names directly above the headline, unless they end a menu, or directly below it.
fn neighbours(lines: &[Line<'_>], title: &Title) -> Option<Vec<String>> {
    let above: Vec<&str> =
        lines[..title.line].iter().rev().map(|line| line.text).take_while(|words| is_section(words)).take(4).collect();
    if (1..=2).contains(&above.len()) {
        return Some(above.into_iter().rev().map(str::to_owned).collect());
    }
    let below = lines.get(title.line + 1).filter(|line| is_section(line.text));
    below.map(|line| vec![line.text.to_owned()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{lines, story, title};

    #[test]
    fn sections_stand_about_the_headline() {
        for (head, expected) in [
            ("홈 > 정치 > 국회·정당\n가람시의회, 버스 조례 통과\n입력 2024-06-23\n", &["정치", "국회·정당"][..]),
            ("HOME 피플 인사\n가람시의회, 버스 조례 통과\n입력 2024-06-23\n", &["피플", "인사"]),
            (
                "가람시의회, 버스 조례 통과\n • 정치/행정\n • 가람\n가람시의회, 버스 조례 통과\n • 승인 2024-06-23\n",
                &["정치/행정", "가람"],
            ),
            ("검색\n사회\n가람시의회, 버스 조례 통과\n입력 2024-06-23\n", &["사회"]),
            ("정치\n경제\n사회\n문화\n가람시의회, 버스 조례 통과\n입력 2024-06-23\n", &[]),
        ] {
            let text =
                format!("메뉴\n로그인\n닫기\n{head}가람시의회는 버스 조례를 통과시켰다.\n가람시는 버스를 늘린다.");
            let lines = lines::lines(&text);
            let story = story::find(&lines).unwrap();
            let title = title::find(&text, &lines, &story);
            assert_eq!(find(&lines, title.as_ref(), story.first_prose), expected, "{head}");
        }
    }
}
