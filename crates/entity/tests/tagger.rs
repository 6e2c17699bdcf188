//! The tagger over the real dictionary: what it finds in sentences written for this test, and what holds for any text.

use std::sync::LazyLock;

use gisa_entity::{Document, Label, Tagged, Tagger, composed};
use gisa_testing::provided;
use gisa_tokenizer::{Dictionary, Error};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

static TAGGER: LazyLock<Tagger> = LazyLock::new(|| Tagger::builder().build().unwrap_or_else(|error| panic!("{error}")));

/// Returns whether the dictionary was built. Where it was not, the test is skipped.
fn has_dictionary() -> bool {
    provided(Dictionary::find(None), Error::is_not_found).is_some()
}

/// The mentions of a text as `text/LABEL`, with `=name` where the entity has another name.
fn mentions(text: &str) -> Vec<String> {
    mentions_by(&TAGGER, text)
}

fn mentions_by(by: &Tagger, text: &str) -> Vec<String> {
    let mut worker = by.new_worker();
    let day = "2024-06-23".parse().expect("a day");
    let tagged = worker.tag(Document::new(text).published(day));
    check(&tagged);
    tagged
        .mentions
        .iter()
        .map(|mention| {
            let name = tagged.name(mention);
            let other = if name == mention.text { String::new() } else { format!("={name}") };
            format!("{}/{}{other}", mention.text, mention.label)
        })
        .collect()
}

/// What holds for every tagged document.
fn check(tagged: &Tagged<'_>) {
    let text = tagged.document.text;
    let chars: Vec<char> = text.chars().collect();
    let mut end = 0;
    for (index, mention) in tagged.mentions.iter().enumerate() {
        assert_eq!(&text[mention.bytes.clone()], mention.text);
        assert_eq!(chars[mention.chars.clone()].iter().collect::<String>(), mention.text);
        assert!(mention.bytes.start >= end, "mentions overlap or are out of order");
        assert!(!mention.bytes.is_empty());
        end = mention.bytes.end;
        let sentence = &tagged.sentences[mention.sentence];
        assert!(sentence.start <= mention.bytes.start && mention.bytes.end <= sentence.end);
        let entity = &tagged.entities[mention.entity];
        assert!(entity.mentions.contains(&index));
        assert_eq!(entity.label, mention.label);
    }
    let listed: usize = tagged.entities.iter().map(|entity| entity.mentions.len()).sum();
    assert_eq!(listed, tagged.mentions.len(), "every mention belongs to one entity");
    for mention in &tagged.mentions {
        let Some(title) = &mention.title else { continue };
        assert_eq!(&text[title.bytes.clone()], title.text);
        assert!(title.bytes.start >= mention.bytes.end, "{mention:?}");
        let chars = text[..title.bytes.start].chars().count();
        assert_eq!(title.chars, chars..chars + title.text.chars().count(), "{mention:?}");
    }
}

#[test]
fn sentences_of_a_newspaper() {
    if !has_dictionary() {
        return;
    }
    let mut wrong = Vec::new();
    for (text, expected) in [
        (
            "이장우 대전시장이 23일 미국으로 출국했다. 이 시장은 29일 돌아온다.",
            "이장우/PS 대전/LC=대전광역시 23일/DT=2024-06-23 미국/LC 이/PS=이장우 29일/DT=2024-06-29",
        ),
        ("이 시장은 값이 싸다.", ""),
        ("마크 엘리치 시장과 린 로빈슨 벨뷰시장을 만났다.", "마크 엘리치/PS 린 로빈슨/PS"),
        ("국립보건원(NIH)을 찾았다. NIH는 미국에 있다.", "국립보건원/OG NIH/OG=국립보건원 NIH/OG=국립보건원 미국/LC"),
        ("대전시에서 열렸다.", "대전시/LC=대전광역시"),
        ("박 전 차관과 김모(45)씨, A씨를 불렀다.", "박/PS 김/PS 45/QT A/PS"),
        ("경주시 양남면에서 18명이 다쳤다.", "경주시 양남면/LC 18명/QT"),
        ("㈜한빛테크는 지난해 11월 설립됐다.", "한빛테크/OG 지난해 11월/DT=2023-11"),
        ("KAIST와 삼성전자, 아마존이 함께한다.", "KAIST/OG 삼성전자/OG 아마존/OG"),
        ("회의는 오전 10시부터 2시간 30분 동안 열렸다.", "오전 10시/TI 2시간 30분/TI"),
        ("홍길동 기자", "홍길동/PS"),
        ("정부는 세종에서 회의를 열었다.", "정부/OG 세종/LC=세종특별자치시"),
        ("그럴 수도 있다. 한편 비가 왔다.", ""),
        ("경찰은 의사를 불렀다. 경찰은 말했다.", "경찰/OG 경찰/OG"),
        ("폼페이오 국무장관이 왔다.", "폼페이오/PS=마이크 폼페이오"),
        ("조국 법무부 장관이 왔다. 조 전 장관은 갔다.", "조국/PS 법무부/OG 조/PS=조국"),
        ("산티아고 국제공항이 문을 닫았다.", "산티아고 국제공항/LC"),
        ("한국인 18명이 미국에 산다.", "18명/QT 미국/LC"),
        ("수원지법 평택지원에 냈다.", "수원지법 평택지원/OG"),
    ] {
        let found = mentions(text).join(" ");
        if found != expected {
            wrong.push(format!("{text}\n    found    {found}\n    expected {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn full_names_explain_surnames_before_and_after() {
    if !has_dictionary() {
        return;
    }
    let found = mentions("김하늘 의원과 김바다 장관이 만났다. 김 장관은 웃었고 김 의원은 말했다.");
    assert_eq!(found, ["김하늘/PS", "김바다/PS", "김/PS=김바다", "김/PS=김하늘"]);
}

#[test]
fn a_deputy_is_not_the_head() {
    if !has_dictionary() {
        return;
    }
    let found = mentions("이장우 대전시장이 왔다. 이택구 행정부시장이 왔다. 이 시장은 말했다.");
    assert_eq!(found.last().map(String::as_str), Some("이/PS=이장우"));
    let found = mentions("아베 신조 총리가 왔다. 아베 총리는 말했다.");
    assert_eq!(found.last().map(String::as_str), Some("아베/PS=아베 신조"));
}

#[test]
fn confidences_are_probabilities_and_can_be_asked_for() {
    if !has_dictionary() {
        return;
    }
    let text = "이장우 대전시장이 23일 출국했다. 이 시장은 29일 돌아온다.";
    let mut least = 1.0_f32;
    for mention in &TAGGER.new_worker().tag(Document::new(text)).mentions {
        assert!((0.0..=1.0).contains(&mention.confidence), "{mention:?}");
        least = least.min(mention.confidence);
    }
    let stricter = Tagger::builder().min_confidence(least + 0.01).build().unwrap();
    let all = TAGGER.new_worker().tag(Document::new(text)).mentions.len();
    let sure = stricter.new_worker().tag(Document::new(text)).mentions.len();
    assert!(sure < all, "{sure} of {all}");
}

#[test]
fn a_surname_is_as_sure_as_its_full_name() {
    if !has_dictionary() {
        return;
    }
    let text = "이장우 대전시장이 23일 출국했다. 시의회는 이 시장의 일정을 물었다. 이 시장은 29일 돌아온다.";
    let strict = Tagger::builder().tokenizer(TAGGER.tokenizer().clone()).min_confidence(0.5).build().unwrap();
    let tagged = strict.new_worker().tag(Document::new(text));
    check(&tagged);
    let people: Vec<_> = tagged.mentions.iter().filter(|mention| mention.label == Label::Person).collect();
    let names: Vec<_> = people.iter().map(|person| (person.text, tagged.name(person))).collect();
    assert_eq!(names, [("이장우", "이장우"), ("이", "이장우"), ("이", "이장우")]);
    assert!(people.iter().all(|person| person.confidence >= people[0].confidence), "{people:?}");
}

#[test]
fn models_that_cannot_be_read_are_named() {
    if !has_dictionary() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("my.model");
    std::fs::write(&path, "no model at all, but long enough for a header and a checksum").unwrap();
    let error = Tagger::builder().model(&path).build().expect_err("refused").to_string();
    assert!(error.contains("my.model: expected a model file"), "{error}");
    let error = Tagger::builder().model(folder.path().join("none")).build().expect_err("refused").to_string();
    assert!(error.contains("none: "), "{error}");
}

#[test]
fn a_user_gazetteer_wins() {
    if !has_dictionary() {
        return;
    }
    let folder = std::env::temp_dir().join(format!("gisa-gazetteer-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    let path = folder.join("mine.csv");
    std::fs::write(&path, "form,label,kind,name\n대전,OG,club,대전 하나 시티즌\n").expect("a file for the test");
    let tagger = Tagger::builder().gazetteer(&path).build().expect("a tagger");
    let mut worker = tagger.new_worker();
    let document = worker.tag(Document::new("대전은 이겼다. 대전에서 열렸다."));
    std::fs::remove_dir_all(&folder).expect("the test's own folder");
    assert_eq!(document.mentions.len(), 2);
    assert_eq!(document.mentions[0].label, Label::Organisation);
    assert_eq!(document.mentions[0].rule, gisa_entity::Rule::User);
    assert_eq!(document.name(&document.mentions[0]), "대전 하나 시티즌");
}

#[test]
fn a_worker_starts_afresh_with_every_document() {
    if !has_dictionary() {
        return;
    }
    let mut worker = TAGGER.new_worker();
    let text = "이장우 대전시장이 왔다. 이 시장은 갔다.";
    let first: Vec<_> = worker.tag(Document::new(text)).mentions;
    worker.tag(Document::new("김하늘 의원이 서울에서 말했다."));
    assert_eq!(worker.tag(Document::new(text)).mentions, first);
}

/// The mentions of a text by their composed surfaces, and the names and values that go with them.
fn composed_mentions(text: &str) -> Vec<(Label, String, String, Option<String>)> {
    let tagged = TAGGER.new_worker().tag(Document::new(text).published("2024-06-23".parse().expect("a day")));
    check(&tagged);
    let mentions = tagged.mentions.iter().map(|mention| {
        let (surface, name) = (composed(mention.text).into_owned(), tagged.name(mention).to_owned());
        (mention.label, surface, name, mention.value.map(|value| value.to_string()))
    });
    mentions.collect()
}

#[test]
fn decomposed_text_has_the_mentions_of_its_composed_copy() {
    if !has_dictionary() {
        return;
    }
    let text =
        "이장우 대전시장이 23일 Café Noé에서 미국 대사를 만났다. 이 시장은 29일 돌아온다. 국립보건원(NIH)은 쉰다.";
    let decomposed: String = text.nfd().collect();
    let mentions = composed_mentions(text);
    assert!(mentions.len() >= 6, "{mentions:?}");
    assert_eq!(composed_mentions(&decomposed), mentions);

    let tagged = TAGGER.new_worker().tag(Document::new(&decomposed));
    let first = &tagged.mentions[0];
    // 이 and 우 are two jamo, 장 three; 이장우 is written as it stands in the text, and named composed.
    assert_eq!((first.chars.clone(), first.bytes.clone()), (0..7, 0..21));
    assert_eq!(first.text, &decomposed[..21]);
    assert_eq!(tagged.name(first), "이장우");
    assert_eq!(tagged.sentences.last().map(|sentence| sentence.end), Some(decomposed.len()));
}

#[test]
fn lone_jamo_are_read_as_they_are_typed() {
    if !has_dictionary() {
        return;
    }
    // ᄏ and ᄒ, first consonants without a vowel, and the vowel ᅲ.
    for (conjoining, typed) in [
        ("이 \u{110f}\u{110f} 대전에서 김하늘 의원이 왔다", "이 ㅋㅋ 대전에서 김하늘 의원이 왔다"),
        ("송강호 최고\u{1112}\u{1112}\u{1112}", "송강호 최고ㅎㅎㅎ"),
        ("서울 가자\u{1172}\u{1172} 23일에", "서울 가자ㅠㅠ 23일에"),
    ] {
        assert_eq!(composed(conjoining), typed);
        let mentions = mentions(conjoining);
        assert!(!mentions.is_empty(), "{conjoining:?}");
        // They are as long as what they are read as, so every place is the same.
        assert_eq!(mentions, self::mentions(typed));
    }
}

#[test]
fn names_of_a_decomposed_gazetteer_are_found() {
    if !has_dictionary() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.csv");
    std::fs::write(&path, "form,label,kind,name\n한빛누리,OG,,한빛누리재단\n".nfd().collect::<String>()).unwrap();
    let tagger = Tagger::builder().gazetteer(&path).build().unwrap();
    for text in ["한빛누리는 쉰다.".to_owned(), "한빛누리는 쉰다.".nfd().collect()] {
        let document = tagger.new_worker().tag(Document::new(&text));
        assert_eq!(document.entities[0].name, "한빛누리재단");
        assert_eq!(composed(document.mentions[0].text), "한빛누리");
    }
}

#[test]
fn a_title_goes_with_its_person() {
    if !has_dictionary() {
        return;
    }
    for (text, expected) in [
        ("이장우 대전시장이 왔다.", vec![("이장우", Some((6, 8, "시장")))]),
        ("김하늘 한빛전자 대표는 쉰다.", vec![("김하늘", Some((9, 11, "대표")))]),
        ("박바다씨가 왔다.", vec![("박바다", Some((3, 4, "씨")))]),
    ] {
        let tagged = TAGGER.new_worker().tag(Document::new(text));
        let people = tagged.mentions.iter().filter(|mention| mention.label == Label::Person);
        let found: Vec<_> = people
            .map(|person| (person.text, person.title.as_ref().map(|t| (t.chars.start, t.chars.end, t.text))))
            .collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn documents_are_serialized() {
    if !has_dictionary() {
        return;
    }
    let text = "이장우 대전시장이 23일 왔다.";
    let tagged = TAGGER.new_worker().tag(Document::new(text).published("2024-06-23".parse().unwrap()));
    let json = serde_json::to_value(&tagged).unwrap();
    assert_eq!(json["document"]["published"], "2024-06-23");
    let person = &json["mentions"][0];
    assert_eq!(
        (&person["label"], &person["text"], &person["title"]["text"]),
        (&"PS".into(), &"이장우".into(), &"시장".into())
    );
    let mentions = json["mentions"].as_array().unwrap();
    let date = mentions.iter().find(|mention| mention["label"] == "DT").unwrap();
    assert_eq!(
        (&date["value"], &date["basis"], &date["rule"]),
        (&"2024-06-23".into(), &"publication".into(), &"day".into())
    );
    let entities: Vec<gisa_entity::Entity> = serde_json::from_value(json["entities"].clone()).unwrap();
    assert_eq!(entities, tagged.entities);
}

#[test]
fn settings_are_checked() {
    if !has_dictionary() {
        return;
    }
    for wrong in [-0.1, 1.5, f32::NAN] {
        let error = Tagger::builder().min_confidence(wrong).build().expect_err("refused");
        assert!(error.to_string().starts_with("expected a least confidence from 0 to 1, found "), "{error}");
    }
    let wrong = Tagger::builder().model_from_reader(&b"no model"[..], "mine").unwrap().build().expect_err("refused");
    assert_eq!(wrong.to_string(), "mine: expected a model file, which begins with GISAMODL");
    let tokenizer = TAGGER.tokenizer().clone();
    let names = "form,label,kind,name\n한빛누리,OG,,한빛누리재단\n";
    let builder = Tagger::builder().tokenizer(tokenizer).gazetteer_from_reader(names.as_bytes(), "names").unwrap();
    let tagger = builder.build().unwrap();
    assert_eq!(tagger.new_worker().tag(Document::new("한빛누리는 쉰다.")).entities[0].name, "한빛누리재단");
}

#[test]
fn types_are_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    fn sent<T: Send>() {}
    shared::<Tagger>();
    sent::<gisa_entity::Worker>();
}

#[test]
fn a_megabyte_of_anything_is_tagged() {
    if !has_dictionary() {
        return;
    }
    let mut worker = TAGGER.new_worker();
    for unit in [
        "가",
        "대전",
        "김",
        "1",
        "a",
        "(",
        "\"",
        "다.",
        "김하늘 대전시장은 서울에 갔고, 김 시장은 왔다. ",
        "미국은 ",
        "마크-엘리치-",
        "美 ",
        "\u{1103}\u{1162}\u{110c}\u{1165}\u{11ab}",
        "\u{110f}",
        "e\u{301}",
    ] {
        let text = unit.repeat(1_000_000 / unit.len());
        check(&worker.tag(Document::new(&text)));
    }
}

/// Texts of the pieces that news is made of, in any order, and of any characters.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![any_news(), any::<String>(), "[가-힣 .,()0-9A-Z]{0,80}"]
}

/// Texts of the pieces that news is made of, in any order, and of Hangul, jamo, letters and marks.
fn any_news() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "이장우",
        "대전시장",
        "김",
        " ",
        "씨",
        "(45)",
        "23일",
        "오는 ",
        "지난 ",
        "2월 30일",
        "서울",
        "미국",
        "은",
        "에서",
        "KAIST",
        "(NIH)",
        "\n",
        ".",
        "다.",
        "\"",
        "“",
        "”",
        "㈜",
        "美",
        "1.5%",
        "3조 5천억 원",
        "前",
        "A",
        "\u{301}",
        "\u{1112}\u{1161}\u{11ab}",
        "\u{110f}\u{110f}",
        "e\u{301}",
        "o\u{326}\u{301}",
        "😀",
        "\u{200d}",
        "\u{a0}",
        "13월",
        "한국은행",
        "이",
        "모",
        "마크 ",
        "엘리치",
        "전",
        "-",
        "~",
        ",",
        "00000000000000000000년",
    ]);
    prop_oneof![
        prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat()),
        "[가-힣ㄱ-ㅣ\u{1100}-\u{11ff}\u{300}-\u{36f}a-zà-žḀ-ỹ .,]{0,80}",
    ]
}

#[test]
fn any_text_is_tagged() {
    if !has_dictionary() {
        return;
    }
    let day = prop::option::of((1900i32..2101, 1u32..13, 1u32..32));
    proptest!(ProptestConfig::with_cases(400), |(text in any_text(), day in day)| {
        let published = day.and_then(|(year, month, day)| gisa_entity::Day::new(year, month, day));
        let mut worker = TAGGER.new_worker();
        check(&worker.tag(Document { text: &text, published }));
        check(&worker.tag(Document { text: &text.nfd().collect::<String>(), published }));
    });
}

#[test]
fn words_of_other_scripts_are_not_cut() {
    if !has_dictionary() {
        return;
    }
    let before = "(가수 |배우 |한빛은행 |\\(|)";
    let word = "[А-Я][а-я]{1,6}('[а-я]{2})?|[क-ह][ा-ौ]?[क-ह]्[क-ह]ि?|[א-ת]{2,4}״[א-ת]|[A-Z]'[A-Z][a-z]{3,6}|[A-Z][a-z]{1,4}é[a-z]{0,3}|[b-z]\u{32d}[a-z]{2}";
    let after = "(은|가|에서| 대통령이| 회장은|\\)는) 23일 서울에서 말했다";
    proptest!(ProptestConfig::with_cases(400), |(before in before, word in word, after in after)| {
        let text = format!("{before}{word}{after}");
        let tagged = TAGGER.new_worker().tag(Document::new(&text));
        let inside = before.len() + 1..before.len() + word.len();
        for mention in &tagged.mentions {
            let bytes = &mention.bytes;
            prop_assert!(!inside.contains(&bytes.start) && !inside.contains(&bytes.end), "{:?} in {text}", mention.text);
        }
    });
}

#[test]
fn any_decomposed_text_is_tagged_as_its_composed_copy() {
    if !has_dictionary() {
        return;
    }
    proptest!(ProptestConfig::with_cases(400), |(text in any_news())| {
        let text: String = text.nfc().collect();
        let decomposed: String = text.nfd().collect();
        prop_assert_eq!(composed_mentions(&decomposed), composed_mentions(&text));
    });
}
