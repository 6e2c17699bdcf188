//! The tokenizer over the real dictionary: known analyses, user dictionaries, and what holds for any text.

use std::path::Path;
use std::sync::LazyLock;

use gisa_tokenizer::{Dictionary, Morpheme, Origin, SemanticClass, Tokenizer, Worker, sentences};
use proptest::prelude::*;

static TOKENIZER: LazyLock<Tokenizer> =
    LazyLock::new(|| Tokenizer::new(Dictionary::find(None).unwrap_or_else(|error| panic!("{error}"))));

fn analysis(worker: &mut Worker, text: &str) -> String {
    let morphemes = worker.tokenize(text);
    morphemes.iter().map(|m| format!("{}/{}", m.surface(text), m.tag())).collect::<Vec<_>>().join(" ")
}

/// What holds for the morphemes of any text.
fn check(text: &str, morphemes: &[Morpheme]) {
    let mut end = 0;
    for morpheme in morphemes {
        assert!(morpheme.start() >= end && morpheme.start() < morpheme.end(), "{morpheme:?} after byte {end}");
        assert!(text.get(morpheme.range()).is_some(), "{morpheme:?} is not on character borders");
        assert!(!morpheme.surface(text).contains('\n'));
        end = morpheme.end();
    }
}

#[test]
fn known_sentences() {
    let mut worker = TOKENIZER.new_worker();
    for (text, expected) in [
        ("", ""),
        ("시장이 말했다.", "시장/NNG 이/JKS 말/NNG 했/XSV+EP 다/EF ./SF"),
        ("서울에서 열렸다.", "서울/NNP 에서/JKB 열렸/VV+EP 다/EF ./SF"),
    ] {
        assert_eq!(analysis(&mut worker, text), expected);
    }
}

#[test]
fn classes_and_ranges() {
    let text = "이장우 시장은 서울에 갔다.";
    let mut worker = TOKENIZER.new_worker();
    let morphemes = worker.tokenize(text).to_vec();
    let of = |surface: &str| morphemes.iter().find(|m| m.surface(text) == surface).copied().expect(surface);
    assert_eq!(of("이장우").class(), SemanticClass::Person);
    assert_eq!(of("이장우").range(), 0..9);
    assert_eq!(of("서울").class(), SemanticClass::Place);
    assert_eq!(of("서울").origin(), Origin::System);
}

#[test]
fn ranges_are_places_in_the_whole_text() {
    let text = "첫 문장이다. 둘째는 서울이다.";
    let mut worker = TOKENIZER.new_worker();
    let whole = worker.tokenize(text).to_vec();
    let mut parts = Vec::new();
    for sentence in sentences(text) {
        parts.extend_from_slice(worker.tokenize_sentence(text, sentence));
    }
    assert_eq!(whole, parts);
}

#[test]
fn user_entries_win() {
    let rows = "# 우리말\n한빛도시철도,NNP,*\n가람누리,NNP,지명\n";
    let tokenizer = Tokenizer::builder().build_with_user_entries(rows.as_bytes(), Path::new("mine.csv")).unwrap();
    let mut worker = tokenizer.new_worker();
    let text = "한빛도시철도가 가람누리에서 달린다.";
    let morphemes = worker.tokenize(text).to_vec();
    assert_eq!(morphemes[0].surface(text), "한빛도시철도");
    assert_eq!(morphemes[0].origin(), Origin::User);
    let place = morphemes.iter().find(|m| m.surface(text) == "가람누리").expect("the user's place");
    assert_eq!(place.class(), SemanticClass::Place);
}

#[test]
fn wrong_user_rows_are_named_by_line() {
    for (rows, message) in [
        ("한빛,NNP\n가람,XYZ\n", "mine.csv:2:"),
        (",NNP\n", "mine.csv:1:"),
        ("한빛,NNP\n\n# 주석\n가람,NNP,인명,많이\n", "mine.csv:4:"),
    ] {
        let error = Tokenizer::builder()
            .build_with_user_entries(rows.as_bytes(), Path::new("mine.csv"))
            .err()
            .expect("refused")
            .to_string();
        assert!(error.starts_with(message), "{error}");
    }
}

#[test]
fn types_are_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    fn sent<T: Send>() {}
    shared::<Tokenizer>();
    shared::<Dictionary>();
    sent::<Worker>();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_is_analysed(text in prop_oneof![any::<String>(), "[가-힣ㄱ-ㅎ .,\"'()0-9a-z\\n…]{0,120}", "\\PC{0,80}"]) {
        let mut worker = TOKENIZER.new_worker();
        check(&text, worker.tokenize(&text));
    }

    #[test]
    fn sentences_hold_all_that_is_not_white_space(text in prop_oneof![any::<String>(), "[가-힣 .,\"'“”()0-9a-z\\n…다]{0,200}"]) {
        let mut covered = vec![false; text.len()];
        let mut end = 0;
        for sentence in sentences(&text) {
            prop_assert!(sentence.start >= end && !sentence.is_empty());
            prop_assert_eq!(text[sentence.clone()].trim(), &text[sentence.clone()]);
            end = sentence.end;
            covered[sentence].fill(true);
        }
        for (at, c) in text.char_indices() {
            prop_assert!(covered[at] || c.is_whitespace(), "{:?} at {} lies in no sentence", c, at);
        }
    }

    #[test]
    fn appended_text_keeps_earlier_sentences(text in "[가-힣 .,\"'“”()0-9다요]{0,120}", more in "[가-힣 .\"”]{1,40}") {
        let before: Vec<_> = sentences(&text).collect();
        let longer = format!("{text}{more}");
        let after: Vec<_> = sentences(&longer).collect();
        let kept = before.len().saturating_sub(2);
        prop_assert_eq!(&before[..kept], &after[..kept]);
    }
}
