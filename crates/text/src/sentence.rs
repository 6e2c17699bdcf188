//! Sentences of Korean newspaper text.
//!
//! A sentence ends at a line break, or at a stop that is not part of a number, an address, an abbreviation or a quote.
//! Scraped text often has no space after the stop (`밝혔다.이어`), so a stop after a sentence-final syllable ends the
//! sentence too. A quote or bracket is split only if it is longer than [`MAX_QUOTE_CHARS`], and a particle that
//! directly follows it (`"…하겠다."고 말했다`) belongs to the same sentence.
//!
//! The text is read once from left to right with a bounded look-ahead, so text that is appended never changes a
//! sentence that had ended before it.

use std::ops::Range;

/// Maximum length of a quote or bracket, in characters, beyond which its opening sign is ignored as stray.
const MAX_QUOTE_CHARS: usize = 400;

/// Maximum nesting depth of quotes and brackets. Opening signs beyond it are ignored.
const MAX_DEPTH: usize = 4;

/// Sentence-final syllables. A stop without a following space ends a sentence only after one of these.
const FINAL_SYLLABLES: &str = "다요죠까네라자오음함됨임듯것니래걸께게군나지";

/// Quotative particles and verb stems that may directly follow a closing quote and continue the sentence.
const QUOTATIVES: [&str; 14] = [
    "고",
    "라고",
    "이라고",
    "라는",
    "이라는",
    "라며",
    "이라며",
    "며",
    "면서",
    "라면서",
    "이라면서",
    "란",
    "이란",
    "하고",
];

/// Particles of one syllable that continue the sentence if they form the whole word after a closing quote.
const PARTICLES: &str = "은는이가을를의에도만와과로";

/// Abbreviations whose stop does not end a sentence.
const ABBREVIATIONS: [&str; 14] =
    ["mr", "mrs", "ms", "dr", "st", "vs", "no", "jr", "sr", "co", "ltd", "inc", "corp", "prof"];

/// Returns the byte ranges of the sentences of a text, in text order and without surrounding white space.
///
/// Every character other than white space lies in exactly one sentence.
///
/// ```
/// let text = "물가가 1.5% 올랐다.이어 환율도 올랐다. \"괜찮다. 곧 내린다\"고 말했다.";
/// let sentences: Vec<&str> = gisa_text::sentences(text).map(|range| &text[range]).collect();
/// assert_eq!(
///     sentences,
///     ["물가가 1.5% 올랐다.", "이어 환율도 올랐다.", "\"괜찮다. 곧 내린다\"고 말했다."]
/// );
/// ```
pub fn sentences(text: &str) -> Sentences<'_> {
    Sentences { text, position: 0 }
}

/// An iterator over the sentences of a text, returned by [`sentences`].
#[derive(Clone, Debug)]
pub struct Sentences<'t> {
    text: &'t str,
    position: usize,
}

impl Iterator for Sentences<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let rest = &self.text[self.position..];
        let start = self.position + (rest.len() - rest.trim_start().len());
        if start == self.text.len() {
            self.position = start;
            return None;
        }
        let end = start + sentence_length(&self.text[start..]);
        self.position = end;
        Some(start..start + self.text[start..end].trim_end().len())
    }
}

/// Returns the length in bytes of the sentence that `text` starts with.
fn sentence_length(text: &str) -> usize {
    let mut open = OpenSigns::default();
    let mut before = None;
    for (index, (at, c)) in text.char_indices().enumerate() {
        if is_line_break(c) {
            return at;
        }
        let after = &text[at + c.len_utf8()..];
        open.see(index, before, c, after.chars().next());
        if is_stop(c) && !open.any() && ends_sentence(&text[..at], c, after) {
            return at + c.len_utf8() + trailing_signs(after);
        }
        if is_closing(c) && !open.any() && stops_inside(&text[..at]) && !continues_after_quote(after) {
            return at + c.len_utf8();
        }
        before = Some(c);
    }
    text.len()
}

/// The stack of quotes and brackets that are open.
#[derive(Default)]
struct OpenSigns {
    signs: [(char, usize); MAX_DEPTH],
    depth: usize,
}

impl OpenSigns {
    fn any(&self) -> bool {
        self.depth > 0
    }

    fn see(&mut self, index: usize, before: Option<char>, c: char, after: Option<char>) {
        while self.depth > 0 && index - self.signs[0].1 > MAX_QUOTE_CHARS {
            self.signs.copy_within(1.., 0);
            self.depth -= 1;
        }
        if let Some(level) = self.signs[..self.depth].iter().rposition(|&(opening, _)| closing_of(opening) == c) {
            if c != '\'' || before.is_some_and(|c| !c.is_whitespace()) {
                self.depth = level;
            }
        } else if self.depth < MAX_DEPTH && opens(before, c, after) {
            self.signs[self.depth] = (c, index);
            self.depth += 1;
        }
    }
}

/// Returns whether `c` opens a quote or bracket. A straight single quote does so only at the start of a word and not
/// before a digit, where it is an apostrophe (`'24년`).
fn opens(before: Option<char>, c: char, after: Option<char>) -> bool {
    match c {
        '\'' => {
            before.is_none_or(|c| !c.is_alphanumeric())
                && after.is_some_and(|c| !c.is_whitespace() && !c.is_ascii_digit())
        }
        _ => closing_of(c) != '\0',
    }
}

fn closing_of(opening: char) -> char {
    match opening {
        '"' => '"',
        '\'' => '\'',
        '“' => '”',
        '‘' => '’',
        '(' => ')',
        '[' => ']',
        '（' => '）',
        '［' => '］',
        '「' => '」',
        '『' => '』',
        '《' => '》',
        '〈' => '〉',
        '【' => '】',
        '<' => '>',
        _ => '\0',
    }
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | ')' | ']' | '）' | '］' | '」' | '』' | '》' | '〉' | '】' | '>')
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '?' | '!' | '…' | '。' | '？' | '！' | '．')
}

fn is_hangul(c: char) -> bool {
    matches!(c, '가'..='힣' | '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}')
}

/// Returns the last bytes of a text, at most a fixed number, so that the time stays linear in a text without spaces.
fn tail(text: &str) -> &str {
    const LENGTH: usize = 96;
    &text[text.ceil_char_boundary(text.len().saturating_sub(LENGTH))..]
}

/// Returns whether the stop `c` between `before` and `after` ends the sentence.
fn ends_sentence(before: &str, c: char, after: &str) -> bool {
    let before = tail(before);
    let next = after.chars().next();
    if next.is_some_and(is_stop) {
        return false; // The last of several stops decides.
    }
    let word = before.rsplit(char::is_whitespace).next().unwrap_or("");
    let core = word.trim_end_matches(is_stop);
    let last = core.chars().next_back();
    let final_syllable = last.is_some_and(|c| FINAL_SYLLABLES.contains(c));
    let ellipsis = c == '…' || word.ends_with(['.', '…']);
    match next {
        None => true,
        Some(next) if next.is_whitespace() => match last {
            None => false,
            _ if ellipsis => final_syllable,
            Some(last) if c != '.' => !last.is_whitespace(),
            Some(last) if last.is_numeric() => !is_number_with_stop(core, before, after),
            Some(last) if last.is_alphabetic() && !is_hangul(last) => !is_abbreviation(core),
            Some(_) => true,
        },
        Some(next) if is_closing(next) => final_syllable || (c != '.' && last.is_some()),
        Some(next) => final_syllable && !ellipsis && (next.is_alphanumeric() || starts_clause(next)),
    }
}

/// Returns whether a sign may start a new sentence without a preceding space.
fn starts_clause(c: char) -> bool {
    closing_of(c) != '\0' || matches!(c, '△' | '▲' | '▷' | '▶' | '■' | '□' | '◆' | '◇' | '●' | '○' | '※' | '·' | '-')
}

/// Returns whether a number and its stop continue: in a date (`2024. 6. 23.`) or at the head of a list item (`1. 첫째`).
fn is_number_with_stop(core: &str, before: &str, after: &str) -> bool {
    let heads_list = before.len() == core.len() && core.chars().all(char::is_numeric);
    let next_is_number = after.trim_start().starts_with(|c: char| c.is_numeric());
    let digits = core.chars().all(char::is_numeric) && core.chars().count() <= 4;
    let previous = before[..before.len() - core.len()].split_whitespace().next_back().unwrap_or("");
    let previous_is_number = previous.ends_with('.') && previous.starts_with(|c: char| c.is_numeric());
    heads_list || (digits && (next_is_number || previous_is_number))
}

/// Returns whether a word in the Latin alphabet is an abbreviation or an initial.
fn is_abbreviation(word: &str) -> bool {
    let letters = word.rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or("");
    letters.len() == 1 || ABBREVIATIONS.iter().any(|known| letters.eq_ignore_ascii_case(known))
}

/// Returns the length in bytes of the stray closing signs after a stop outside quotes and brackets.
fn trailing_signs(after: &str) -> usize {
    after.len() - after.trim_start_matches(is_closing).len()
}

/// Returns whether a quote that has just closed ends with a stop inside: `…했다."`.
fn stops_inside(before: &str) -> bool {
    tail(before).trim_end_matches(is_closing).ends_with(['.', '?', '!', '。', '？', '！'])
}

/// Returns whether the text after a closed quote continues its sentence: with a particle or quotative, or with a
/// character that is neither white space nor Hangul.
fn continues_after_quote(after: &str) -> bool {
    let Some(next) = after.chars().next() else {
        return false;
    };
    if next.is_whitespace() {
        return after.trim_start_matches([' ', '\u{a0}']).starts_with(['고', '라', '며'])
            && continues_with_space(after);
    }
    if !is_hangul(next) {
        return true;
    }
    let word = &after[..after.find(|c: char| !is_hangul(c)).unwrap_or(after.len())];
    let single = word.chars().count() == 1 && PARTICLES.contains(word);
    single || QUOTATIVES.iter().any(|quotative| word.starts_with(quotative))
}

/// Returns whether a quotative follows a quote after a space, as some authors write: `"…했다." 라고 말했다`.
fn continues_with_space(after: &str) -> bool {
    let word = after.split_whitespace().next().unwrap_or("");
    ["고", "라고", "이라고", "라며", "며"].contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the sentences of a text in which `|` marks the expected boundaries.
    fn check(marked: &str) {
        let text = marked.replace('|', "");
        let expected: Vec<&str> = marked.split('|').map(str::trim).filter(|s| !s.is_empty()).collect();
        let found: Vec<&str> = sentences(&text).map(|range| &text[range]).collect();
        assert_eq!(found, expected, "in {marked:?}");
    }

    #[test]
    fn newspaper_sentences() {
        for marked in [
            "",
            " \n\t ",
            "시장이 말했다.",
            "시장이 말했다. |시민이 들었다.",
            "시장이 말했다.|이어 시민이 들었다.",
            "시장이 말했다.|4일 회의를 연다.",
            "시장이 말했다.|“열겠다”고 했다.",
            "시장이 말했다.|△사업 △예산 순이다.",
            "제목 없는 줄\n|본문이다.\r\n|다음이다.",
            "물가가 1.5% 올랐다. |환율은 1,320.5원이다.",
            "문의는 abc.def@hanbit.example.kr 로 하면 된다. |끝이다.",
            "www.hanbit.example.kr 에서 본다. |끝.",
            "2024. 6. 23. 열린다. |다음이다.",
            "회의는 2024.6.23 열렸다. |다음이다.",
            "1. 첫째 항목이다. |2. 둘째 항목이다.",
            "J. 스미스 교수가 왔다. |Dr. 김도 왔다.",
            "“가겠다. 꼭 가겠다”고 말했다. |끝이다.",
            "\"가겠다. 꼭 가겠다.\"고 말했다. |끝이다.",
            "\"가겠다.\" 라고 말했다. |끝이다.",
            "“가겠다.” |시장이 말했다.",
            "“가겠다.”|이어 시장이 말했다.",
            "시장(전 의원. 3선)이 말했다. |끝이다.",
            "정말 갈까? |모른다! |그래도 간다.",
            "추돌…군인 18명 다쳤다. |끝이다.",
            "그랬을까… |아니다.",
            "그랬다... |아니다.",
            "끝이 없다..",
            "'24년 예산을 짰다. |‘나라. 겨레’라는 책이다.",
            "한국은 3위다.|미국은 5위다.",
            "v2.0을 냈다. |3.0은 없다.",
        ] {
            check(marked);
        }
    }

    #[test]
    fn a_stray_quote_does_not_swallow_the_text() {
        let text = format!("그는 \"{} |끝이다.", "말을 했다. ".repeat(200).trim_end());
        let plain = text.replace('|', "");
        let last = sentences(&plain).last().map(|range| plain[range].to_owned());
        assert_eq!(last.as_deref(), Some("끝이다."));
    }
}
