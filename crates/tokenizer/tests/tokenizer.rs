//! The tokenizer over the tiny dictionary: known analyses, user dictionaries, and what holds for any text. The tests of the
//! whole dictionary print that they are skipped where none was built.

use std::collections::HashSet;
use std::fmt::Debug;

use gisa_testing::provided;
use gisa_tokenizer::{
    Analysis, Dictionary, Error, HopelessEntry, Morpheme, MorphemeSource, SemanticClass, Tag, Tokenizer,
    TokenizerBuilder, Worker, sentences, tiny,
};
use proptest::prelude::*;

/// A tokenizer over the tiny dictionary.
fn tiny() -> Tokenizer {
    Tokenizer::new(tiny::dictionary().unwrap())
}

/// A tokenizer over the whole dictionary, or none with a word of why a test does less.
fn whole() -> Option<Tokenizer> {
    provided(Dictionary::find(None), Error::is_not_found).map(Tokenizer::new)
}

/// Both tokenizers, or the tiny one where the whole dictionary was not built.
fn tokenizers() -> impl Iterator<Item = Tokenizer> {
    [tiny()].into_iter().chain(whole())
}

fn analysis(worker: &mut Worker, text: &str) -> String {
    let morphemes = worker.tokenize(text);
    morphemes.iter().map(|m| format!("{}/{}", m.surface(text), m.tag())).collect::<Vec<_>>().join(" ")
}

/// What holds for the morphemes of any text: they come in order, do not overlap, lie on character borders, and between
/// them is white space only.
fn check(text: &str, morphemes: &[Morpheme]) {
    let mut end = 0;
    for morpheme in morphemes {
        assert!(morpheme.start() >= end && morpheme.start() < morpheme.end(), "{morpheme:?} after byte {end}");
        assert!(text.get(morpheme.range()).is_some(), "{morpheme:?} is not on character borders");
        assert!(!morpheme.surface(text).contains('\n'));
        assert!(text[end..morpheme.start()].chars().all(char::is_whitespace), "before {morpheme:?}");
        end = morpheme.end();
    }
    assert!(text[end..].chars().all(char::is_whitespace), "{:?} is in no morpheme", &text[end..]);
}

/// A tokenizer with the rows of a user dictionary.
fn with_rows(tokenizer: &Tokenizer, rows: &str) -> Tokenizer {
    tokenizer.with_user_entries(rows.as_bytes(), "mine.csv").unwrap()
}

#[test]
fn known_sentences() {
    for tokenizer in tokenizers() {
        let mut worker = tokenizer.new_worker();
        for (text, expected) in [
            ("", ""),
            ("시장이 말했다.", "시장/NNG 이/JKS 말/NNG 했/XSV+EP 다/EF ./SF"),
            ("서울에서 열렸다.", "서울/NNP 에서/JKB 열렸/VV+EP 다/EF ./SF"),
        ] {
            assert_eq!(analysis(&mut worker, text), expected);
        }
    }
}

#[test]
fn classes_and_ranges() {
    let text = "이장우 시장은 서울에 갔다.";
    let mut worker = tiny().new_worker();
    let morphemes = worker.tokenize(text).to_vec();
    let of = |surface: &str| morphemes.iter().find(|m| m.surface(text) == surface).copied().expect(surface);
    assert_eq!(of("이장우").class(), SemanticClass::Person);
    assert_eq!(of("이장우").range(), 0..9);
    assert_eq!(of("서울").class(), SemanticClass::Place);
    assert_eq!(of("서울").source(), MorphemeSource::System);
}

#[test]
fn ranges_are_places_in_the_whole_text() {
    let text = "첫 문장이다. 둘째는 서울이다.";
    let mut worker = tiny().new_worker();
    let whole = worker.tokenize(text).to_vec();
    let mut parts = Vec::new();
    for sentence in sentences(text) {
        parts.extend_from_slice(worker.tokenize_sentence(text, sentence));
    }
    assert_eq!(whole, parts);
}

#[test]
fn user_entries_win() {
    let tokenizer = with_rows(&tiny(), "# 우리말\n한빛도시철도,NNP,*\n가람누리,NNP,지명\n");
    let mut worker = tokenizer.new_worker();
    let text = "한빛도시철도가 가람누리에서 달린다.";
    let morphemes = worker.tokenize(text).to_vec();
    assert_eq!(morphemes[0].surface(text), "한빛도시철도");
    assert_eq!(morphemes[0].source(), MorphemeSource::User);
    let place = morphemes.iter().find(|m| m.surface(text) == "가람누리").expect("the user's place");
    assert_eq!(place.class(), SemanticClass::Place);
}

#[test]
fn a_builder_takes_readers_and_an_opened_dictionary() {
    let dictionary = tiny::dictionary().unwrap();
    let text = "가람누리에서 만났다.";
    let build = |rows: &str| {
        Tokenizer::builder().opened_dictionary(dictionary.clone()).user_entries(rows.as_bytes(), "mine.csv")?.build()
    };
    assert_eq!(build("가람누리,NNP,지명\n").unwrap().new_worker().tokenize(text)[0].class(), SemanticClass::Place);
    let error = build("가람누리,NNP\n가람,XYZ\n").unwrap_err().to_string();
    assert!(error.starts_with("mine.csv:2:"), "{error}");
    let by_path = Tokenizer::builder().dictionary(dictionary.path()).build().unwrap();
    assert_eq!(by_path.dictionary().entries(), dictionary.entries());
}

#[test]
fn analyses_are_serialized() {
    let text = "서울에서 열렸다.";
    let analyses = tiny().new_worker().analyses(text, 0..text.len(), 2);
    let json = serde_json::to_string(&analyses).unwrap();
    assert!(json.contains(r#"{"start":0,"end":6,"tag":"NNP","class":"지명","source":"system"}"#), "{json}");
    assert_eq!(serde_json::from_str::<Vec<Analysis>>(&json).unwrap(), analyses);
}

#[test]
fn entries_with_white_space_stand_for_any_white_space() {
    let tokenizer = with_rows(&tiny(), "세종  스마트시티,NNP,지명\n한빛 나래 마을,NNP\n스마트,NNG\n");
    let mut worker = tokenizer.new_worker();
    for (text, expected) in [
        ("세종 스마트시티를 열었다.", vec!["세종 스마트시티"]),
        ("이날 세종 \u{3000} 스마트시티에서 세종\t스마트시티로", vec!["세종 \u{3000} 스마트시티", "세종\t스마트시티"]),
        ("세종스마트시티와 세종 스마트 도시", vec!["스마트", "스마트"]),
        ("옛 한빛 나래 마을과 한빛 나래", vec!["한빛 나래 마을"]),
        ("세종 ", vec![]),
    ] {
        let morphemes = worker.tokenize(text).to_vec();
        check(text, &morphemes);
        let of_user = morphemes.iter().filter(|m| m.source() == MorphemeSource::User).map(|m| m.surface(text));
        assert_eq!(of_user.collect::<Vec<_>>(), expected, "{text}");
    }
}

#[test]
fn a_user_dictionary_is_read_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.csv");
    let text = "한빛나래가 왔다.";
    let first = |tokenizer: &Tokenizer| tokenizer.new_worker().tokenize(text)[0].surface(text).to_owned();
    std::fs::write(&path, "한빛나,NNP\n").unwrap();
    let before = tiny().with_user_dictionary(&path).unwrap();
    assert_eq!(first(&before), "한빛나");
    std::fs::write(&path, "한빛나래,NNP\n").unwrap();
    let after = before.with_user_dictionary(&path).unwrap();
    assert_eq!((first(&before), first(&after)), ("한빛나".to_owned(), "한빛나래".to_owned()));
    std::fs::write(&path, "한빛나래,XYZ\n").unwrap();
    let error = after.with_user_dictionary(&path).unwrap_err().to_string();
    assert!(error.contains("mine.csv:1: "), "{error}");
}

#[test]
fn analyses_come_in_the_order_of_their_costs() {
    analyses_are_in_order(&tiny(), &[("나는 새", 12), ("이장우 시장은 23일 서울로 갔다.", 20), ("", 1)]);
    if let Some(whole) = whole() {
        let cases = [
            ("나는 새", 20),
            ("아버지가방에들어가신다.", 20),
            ("이장우 시장은 23일 서울로 갔다.", 20),
            ("ㅋㅋ abc 12", 2),
            ("", 1),
        ];
        analyses_are_in_order(&whole, &cases);
    }
}

/// Of each case: a sentence, and how many analyses it has when 20 are wanted.
fn analyses_are_in_order(tokenizer: &Tokenizer, cases: &[(&str, usize)]) {
    let mut worker = tokenizer.new_worker();
    for &(text, count) in cases {
        let best = worker.tokenize_sentence(text, 0..text.len()).to_vec();
        let cost = worker.cost();
        let analyses = worker.analyses(text, 0..text.len(), 20);
        assert_eq!((analyses[0].cost, &analyses[0].morphemes), (cost, &best), "{text}");
        assert!(analyses.is_sorted_by_key(|analysis| analysis.cost), "{text}");
        let mut seen = HashSet::new();
        for analysis in &analyses {
            check(text, &analysis.morphemes);
            let reading: Vec<_> = analysis.morphemes.iter().map(|m| (m.range(), m.tag())).collect();
            assert!(seen.insert(reading), "twice the same for {text}");
        }
        assert_eq!(analyses.len(), count, "{text}");
        assert!(worker.analyses(text, 0..text.len(), 0).is_empty());
    }
}

#[test]
fn analyses_of_what_is_no_sentence_are_put_together() {
    let text = "나는 새를 보았다 ".repeat(600);
    let mut worker = tiny().new_worker();
    let best = worker.tokenize_sentence(&text, 0..text.len()).to_vec();
    let cost = worker.cost();
    let analyses = worker.analyses(&text, 0..text.len(), 3);
    assert_eq!((analyses.len(), analyses[0].cost, &analyses[0].morphemes), (3, cost, &best));
    assert!(analyses.is_sorted_by_key(|analysis| analysis.cost));
}

#[test]
fn public_types_are_shared_between_threads() {
    fn assert_all<T: Send + Sync + Clone + Debug>() {}
    fn assert_sent<T: Send + Debug>() {}
    assert_all::<Tokenizer>();
    assert_all::<TokenizerBuilder>();
    assert_all::<Dictionary>();
    assert_all::<Morpheme>();
    assert_all::<Analysis>();
    assert_all::<Tag>();
    assert_all::<HopelessEntry>();
    assert_sent::<Worker>();
    assert_sent::<gisa_tokenizer::Error>();
}

thread_local! {
    /// The tokenizers of a property test, made once and removed when its thread ends.
    static SHARED: Vec<Tokenizer> = tokenizers().collect();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_is_analysed(text in prop_oneof![any::<String>(), "[가-힣ㄱ-ㅎ .,\"'()0-9a-z\\n…]{0,120}", "\\PC{0,80}"]) {
        SHARED.with(|tokenizers| {
            for tokenizer in tokenizers {
                check(&text, tokenizer.new_worker().tokenize(&text));
            }
        });
    }

    #[test]
    fn any_text_is_analysed_with_any_user_dictionary(
        text in prop_oneof!["[가-마 .\\u{3000}a\0-]{0,60}", "\\PC{0,60}"],
        surfaces in prop::collection::btree_set(prop_oneof!["[가-마a]( ?[가-마a]){0,3}", "[!-~&&[^,\"#]]{1,3}"], 1..8),
        costs in prop::collection::vec(prop_oneof![Just(String::new()), any::<i16>().prop_map(|cost| format!(",,{cost}"))], 8),
    ) {
        let rows: Vec<String> =
            surfaces.iter().zip(&costs).map(|(surface, cost)| format!("{surface},NNP{cost}\n")).collect();
        SHARED.with(|tokenizers| {
            for tokenizer in tokenizers {
                let tokenizer = with_rows(tokenizer, &rows.concat());
                let mut worker = tokenizer.new_worker();
                check(&text, worker.tokenize(&text));
                for analysis in worker.analyses(&text, 0..text.len(), 3) {
                    check(&text, &analysis.morphemes);
                }
                tokenizer.hopeless_user_entries();
            }
        });
    }

    #[test]
    fn a_longer_text_keeps_the_analysis_of_its_sentences(
        text in "([가-힣]{1,4}[ .]|이 시장은 |23일 |밝혔다\\. |\\(주\\)){0,30}", more in "[가-힣 .\"”]{1,40}"
    ) {
        let longer = format!("{text}{more}");
        // The last two sentences may go on in what is appended.
        let all: Vec<_> = sentences(&text).collect();
        let end = all.len().checked_sub(3).map_or(0, |last| all[last].end);
        SHARED.with(|tokenizers| {
            for tokenizer in tokenizers {
                let mut worker = tokenizer.new_worker();
                let before = worker.tokenize(&text).to_vec();
                let after = worker.tokenize(&longer).to_vec();
                let kept = before.partition_point(|morpheme| morpheme.end() <= end);
                assert_eq!(&before[..kept], &after[..kept]);
            }
        });
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
