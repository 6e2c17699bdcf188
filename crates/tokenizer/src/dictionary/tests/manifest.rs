//! The list of a dictionary's files, by which it is refused where one is missing, altered or of another version.

use std::fs;
use std::time::{Duration, SystemTime};

use super::Folder;
use crate::dictionary::Dictionary;
use crate::dictionary::manifest::{self, Manifest};
use crate::error::Error;

#[test]
fn a_cut_or_altered_or_missing_file_is_refused_by_name() {
    let folder = Folder::built();
    let manifest = Manifest::read(&folder.out()).unwrap();
    for name in manifest.files() {
        let path = folder.out().join(name);
        let whole = fs::read(&path).unwrap();
        let refused = |message: &str| {
            let error = Dictionary::open(&folder.out()).unwrap_err().to_string();
            assert!(error.contains(name), "{error}");
            assert!(error.contains(message), "{error}");
            assert!(error.contains("make dictionary"), "{error}");
        };
        fs::write(&path, &whole[..whole.len() - 1]).unwrap();
        refused(&format!("expected {} bytes, found {}", whole.len(), whole.len() - 1));
        let mut altered = whole.clone();
        altered[whole.len() / 2] ^= 1;
        fs::write(&path, &altered).unwrap();
        // A second later, whatever the steps are in which the file system counts time.
        let file = fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(SystemTime::now() + Duration::from_secs(1)).unwrap();
        refused("altered: expected sha256");
        fs::remove_file(&path).unwrap();
        refused("found none");
        // The same bytes at another time, as after copying the folder, are as good.
        fs::write(&path, &whole).unwrap();
        Dictionary::open(&folder.out()).unwrap();
    }
}

#[test]
fn an_alteration_that_keeps_the_time_is_found_by_verifying() {
    let folder = Folder::built();
    let path = folder.out().join("matrix.mtx");
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    let mut bytes = fs::read(&path).unwrap();
    bytes[20] ^= 1;
    fs::write(&path, bytes).unwrap();
    fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    let dictionary = Dictionary::open(&folder.out()).unwrap();
    let error = dictionary.verify().unwrap_err().to_string();
    assert!(error.contains("matrix.mtx: the file is altered"), "{error}");
}

#[test]
fn a_folder_that_is_no_dictionary_of_this_version_is_refused() {
    let folder = Folder::built();
    let path = folder.out().join(manifest::FILE);
    let whole = fs::read_to_string(&path).unwrap();
    let refused = |text: &str, message: &str| {
        fs::write(&path, text).unwrap();
        let error = Dictionary::open(&folder.out()).unwrap_err().to_string();
        assert!(error.contains(message) && error.contains("make dictionary"), "{error}");
    };
    let other_version = whole.replace("\"format_version\": 3", "\"format_version\": 9");
    refused(&other_version, "expected a dictionary of format version 3, found 9");
    refused(&whole.replace("\"entries\": ", "\"entries\": 1"), "words in its parts");
    refused(&whole[..whole.len() / 2], "manifest.json: ");
    refused("{}", "found none");
    fs::remove_file(&path).unwrap();
    let error = Dictionary::open(&folder.out()).unwrap_err().to_string();
    assert!(error.contains("expected a built dictionary, found no manifest.json"), "{error}");
    let error = Dictionary::find(Some(&folder.path().join("nowhere"))).unwrap_err();
    assert!(matches!(error, Error::NoDictionary { .. }), "{error}");
}
