//! The search for a dictionary when no path is given.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The environment variable with the path of the dictionary.
pub(crate) const VARIABLE: &str = "GISA_DICTIONARY";

const IN_CHECKOUT: &str = "dictionaries/ko-dic";

/// The places of a search.
#[derive(Clone, Debug, Default)]
pub(crate) struct SearchPlaces {
    /// `$GISA_DICTIONARY`.
    pub variable: Option<OsString>,
    /// The dictionary's place in the user's data folder.
    pub user_data: Option<PathBuf>,
    /// The current folder.
    pub current: Option<PathBuf>,
    /// The checkout that the program was compiled in.
    pub checkout: Option<PathBuf>,
}

impl SearchPlaces {
    /// Returns the places of this process.
    pub fn of_process() -> SearchPlaces {
        SearchPlaces {
            variable: env::var_os(VARIABLE).filter(|value| !value.is_empty()),
            user_data: user_data_path(),
            current: env::current_dir().ok(),
            checkout: Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).map(Path::to_owned),
        }
    }

    /// Returns the first place that has a dictionary, or else all places of the search.
    pub fn find(&self, explicit: Option<&Path>) -> Result<PathBuf, Vec<PathBuf>> {
        let places = self.places(explicit);
        places.iter().find(|place| place.is_dir()).cloned().ok_or(places)
    }

    /// A path that the user names is the only place: if it is wrong, another dictionary would be a surprise.
    fn places(&self, explicit: Option<&Path>) -> Vec<PathBuf> {
        if let Some(path) = explicit {
            return vec![path.to_owned()];
        }
        if let Some(path) = &self.variable {
            return vec![path.into()];
        }
        let above = self.current.iter().flat_map(|current| current.ancestors());
        let above = above.map(|folder| folder.join(IN_CHECKOUT)).find(|place| place.is_dir());
        let below = self.current.iter().map(|current| current.join(IN_CHECKOUT));
        let checkout = self.checkout.iter().map(|checkout| checkout.join(IN_CHECKOUT));
        let mut places = Vec::new();
        for place in self.user_data.iter().cloned().chain(above).chain(below).chain(checkout) {
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places
    }
}

/// Returns `gisa/ko-dic` in the user's data folder of the system.
pub(crate) fn user_data_path() -> Option<PathBuf> {
    let folder = |variable: &str| env::var_os(variable).map(PathBuf::from).filter(|path| path.is_absolute());
    let data = if cfg!(windows) {
        folder("APPDATA")?
    } else if cfg!(target_os = "macos") {
        folder("HOME")?.join("Library/Application Support")
    } else {
        folder("XDG_DATA_HOME").or_else(|| Some(folder("HOME")?.join(".local/share")))?
    };
    Some(data.join("gisa").join("ko-dic"))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_first_place_that_has_one_is_taken() {
        let root = tempfile::tempdir().unwrap();
        let [variable, user_data, project, checkout] =
            ["variable", "data/gisa/ko-dic", "project", "checkout"].map(|name| root.path().join(name));
        let deep = project.join("corpus/2024");
        fs::create_dir_all(&deep).unwrap();
        let mut search = SearchPlaces {
            variable: None,
            user_data: Some(user_data.clone()),
            current: Some(deep.clone()),
            checkout: Some(checkout.clone()),
        };
        let in_checkout = checkout.join(IN_CHECKOUT);
        let everywhere = vec![user_data.clone(), deep.join(IN_CHECKOUT), in_checkout.clone()];
        assert_eq!(search.find(None), Err(everywhere));

        // From the last place to the first.
        fs::create_dir_all(&in_checkout).unwrap();
        assert_eq!(search.find(None), Ok(in_checkout));
        let in_project = project.join(IN_CHECKOUT);
        fs::create_dir_all(&in_project).unwrap();
        assert_eq!(search.find(None), Ok(in_project));
        fs::create_dir_all(&user_data).unwrap();
        assert_eq!(search.find(None), Ok(user_data));

        // What the user names is the only place.
        search.variable = Some(variable.clone().into());
        assert_eq!(search.find(None), Err(vec![variable.clone()]));
        fs::create_dir_all(&variable).unwrap();
        assert_eq!(search.find(None), Ok(variable));
        let explicit = root.path().join("explicit");
        assert_eq!(search.find(Some(&explicit)), Err(vec![explicit.clone()]));
        fs::create_dir_all(&explicit).unwrap();
        assert_eq!(search.find(Some(&explicit)), Ok(explicit));
    }
}
