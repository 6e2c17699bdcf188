//! Putting a dictionary in place: whole or not at all, and over nothing else.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::Folder;
use crate::dictionary::{ContextIds, Dictionary, build};

#[test]
fn a_failed_build_leaves_the_old_dictionary() {
    let folder = Folder::built();
    let before = fs::read(folder.out().join("dict.vals")).unwrap();
    fs::write(folder.from().join("matrix.def"), "1 1\n").unwrap();
    build(&folder.from(), &folder.out(), ContextIds::Merged).unwrap_err();
    assert_eq!(fs::read(folder.out().join("dict.vals")).unwrap(), before);
    Dictionary::open(&folder.out()).unwrap();
    assert_eq!(folder.names(), ["ko-dic"]);
}

#[test]
fn a_build_replaces_a_dictionary_and_nothing_else() {
    let folder = Folder::built();
    folder.build(ContextIds::Merged);
    Dictionary::open(&folder.out()).unwrap();
    assert_eq!(folder.names(), ["ko-dic"]);

    let other = folder.path().join("thesis");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("thesis.txt"), "서론").unwrap();
    let error = build(&folder.from(), &other, ContextIds::Merged).unwrap_err().to_string();
    assert!(error.contains("thesis: expected a dictionary to replace"), "{error}");
    assert_eq!(fs::read_to_string(other.join("thesis.txt")).unwrap(), "서론");
}

#[test]
fn what_an_interrupted_build_left_is_removed() {
    let folder = Folder::new();
    // No process has this number.
    let stale = folder.path().join(".ko-dic.building-4294967295-abc");
    fs::create_dir_all(stale.join("dictionary")).unwrap();
    let running = folder.path().join(format!(".ko-dic.building-{}-abc", std::process::id()));
    fs::create_dir(&running).unwrap();
    if !Path::new("/proc/self").exists() {
        // Elsewhere only its age tells.
        let long_ago = SystemTime::now() - Duration::from_secs(10_000);
        if fs::File::open(&stale).and_then(|folder| folder.set_modified(long_ago)).is_err() {
            return;
        }
    }
    folder.build(ContextIds::Merged);
    assert!(!stale.exists());
    assert!(running.exists(), "another build may be under way");
}

#[test]
fn a_path_that_looks_like_a_pattern_is_no_trouble() {
    let folder = Folder::new();
    let out = folder.path().join("a[b]*/ko-dic");
    build(&folder.from(), &out, ContextIds::Merged).unwrap();
    Dictionary::open(&out).unwrap();
}
