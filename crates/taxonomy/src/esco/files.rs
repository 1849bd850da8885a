//! Which files of an ESCO download there are, by their names.

use std::fs;
use std::path::{Path, PathBuf};

use domain::language::Language;

use super::ImportError;

/// How deep below the given folder files are looked for.
const DEPTH: usize = 3;

/// What a file of the download holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    OccupationGroups,
    Occupations,
    SkillGroups,
    Skills,
    LanguageSkills,
    BroaderOccupations,
    BroaderSkills,
    Needs,
    RelatedSkills,
}

impl Role {
    /// All roles with the file name before `_LANG.csv` or `.csv`.
    pub(crate) const ALL: [(Role, &'static str); 9] = [
        (Role::OccupationGroups, "ISCOGroups"),
        (Role::Occupations, "occupations"),
        (Role::SkillGroups, "skillGroups"),
        (Role::Skills, "skills"),
        (Role::LanguageSkills, "languageSkillsCollection"),
        (Role::BroaderOccupations, "broaderRelationsOccPillar"),
        (Role::BroaderSkills, "broaderRelationsSkillPillar"),
        (Role::Needs, "occupationSkillRelations"),
        (Role::RelatedSkills, "skillSkillRelations"),
    ];

    /// Name of the file without language and ending.
    pub(crate) fn stem(self) -> &'static str {
        Role::ALL
            .iter()
            .find(|(role, _)| *role == self)
            .map_or("", |(_, stem)| stem)
    }

    /// Concepts first, then what speaks of them.
    pub(crate) fn step(self) -> u8 {
        match self {
            Role::OccupationGroups | Role::Occupations | Role::SkillGroups | Role::Skills => 0,
            Role::LanguageSkills => 1,
            _ => 2,
        }
    }

    /// Whether the file holds relations, which are the same in every language.
    pub(crate) fn is_relation(self) -> bool {
        self.step() > 0
    }

    /// Columns without which the file cannot be used.
    pub(crate) fn columns(self) -> &'static [&'static str] {
        match self {
            Role::OccupationGroups => &["conceptUri", "code", "preferredLabel"],
            Role::Occupations => &["conceptUri", "iscoGroup", "preferredLabel", "altLabels"],
            Role::SkillGroups => &["conceptUri", "preferredLabel"],
            Role::Skills => &[
                "conceptUri",
                "skillType",
                "reuseLevel",
                "preferredLabel",
                "altLabels",
            ],
            Role::LanguageSkills => &["conceptUri"],
            Role::BroaderOccupations | Role::BroaderSkills => {
                &["conceptType", "conceptUri", "broaderType", "broaderUri"]
            }
            Role::Needs => &["occupationUri", "relationType", "skillUri"],
            Role::RelatedSkills => &["originalSkillUri", "relationType", "relatedSkillUri"],
        }
    }
}

/// A file that was found.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) path: PathBuf,
    pub(crate) role: Role,
    /// Language of the texts; relations may have none in their name.
    pub(crate) language: Option<Language>,
}

/// Finds the files of the download under a folder.
pub(crate) fn find(folder: &Path) -> Result<Vec<Found>, ImportError> {
    let mut found = Vec::new();
    walk(folder, DEPTH, &mut found)?;
    if !found
        .iter()
        .any(|file| matches!(file.role, Role::Occupations | Role::Skills))
    {
        return Err(ImportError::NothingFound {
            path: folder.to_path_buf(),
        });
    }
    Ok(found)
}

fn walk(folder: &Path, depth: usize, found: &mut Vec<Found>) -> Result<(), ImportError> {
    let cannot = |source| ImportError::Read {
        path: folder.to_path_buf(),
        source,
    };
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).map_err(cannot)? {
        entries.push(entry.map_err(cannot)?.path());
    }
    // Folders list their files in any order; the outcome must not depend on it.
    entries.sort();
    for path in entries {
        if path.is_dir() {
            if depth > 0 {
                walk(&path, depth - 1, found)?;
            }
        } else if let Some((role, language)) = role_of(&path) {
            found.push(Found {
                path,
                role,
                language,
            });
        }
    }
    Ok(())
}

fn role_of(path: &Path) -> Option<(Role, Option<Language>)> {
    let name = path.file_name()?.to_str()?.strip_suffix(".csv")?;
    Role::ALL.iter().find_map(|&(role, stem)| {
        let rest = name.strip_prefix(stem)?;
        let language = match rest.strip_prefix('_') {
            Some(code) => Some(code.parse().ok()?),
            None if rest.is_empty() && role.is_relation() => None,
            None => return None,
        };
        Some((role, language))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_read_from_both_layouts() {
        let role = |name: &str| role_of(Path::new(name)).map(|(r, l)| (r, l.map(Language::code)));
        assert_eq!(
            role("occupations_en.csv"),
            Some((Role::Occupations, Some("en")))
        );
        assert_eq!(
            role("occupationSkillRelations.csv"),
            Some((Role::Needs, None))
        );
        assert_eq!(
            role("occupationSkillRelations_en.csv"),
            Some((Role::Needs, Some("en")))
        );
        assert_eq!(role("skillsHierarchy_en.csv"), None);
        assert_eq!(role("occupations.csv"), None);
        assert_eq!(role("occupations_xx.csv"), None);
    }

    #[test]
    fn a_folder_without_esco_files_is_refused() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("readme.csv"), "a,b\n")?;
        assert!(matches!(
            find(folder.path()),
            Err(ImportError::NothingFound { .. })
        ));
        assert!(matches!(
            find(&folder.path().join("nowhere")),
            Err(ImportError::Read { .. })
        ));
        Ok(())
    }
}
