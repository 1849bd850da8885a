//! Work compared with education: below one's level or not.
//!
//! Eurostat counts as over-qualified who has tertiary education (ISCED 5 to 8) and works in major
//! groups 4 to 9 of ISCO-08 (Zaragoza indicators); the monitor counts the same. For upper secondary
//! education the skill levels of ISCO-08 are taken (ILO, ISCO-08 volume I, table 1): it gives skill
//! level 2, elementary work (major group 9) asks level 1.

use serde::{Deserialize, Serialize};

use crate::isco::IscoCode;
use crate::level::Nlqf;

/// How work stands to education.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkLevel {
    /// Below: the education is for higher work (ONDER).
    Below,
    /// At it or above.
    AtLevel,
}

/// Lowest NLQF level of tertiary education (associate degree, ISCED 5).
const TERTIARY: u8 = 5;

/// Lowest NLQF level of upper secondary education (mbo-3, havo; ISCED 3).
const UPPER_SECONDARY: u8 = 3;

/// How work of a group of ISCO stands to an education; none for the armed forces, whose major group
/// 0 has every level.
#[must_use]
pub fn work_level(education: Nlqf, work: IscoCode) -> Option<WorkLevel> {
    let major = work.major().number();
    if major == 0 {
        return None;
    }
    let is_below = match education.number() {
        TERTIARY.. => major >= 4,
        UPPER_SECONDARY.. => major == 9,
        _ => false,
    };
    Some(if is_below {
        WorkLevel::Below
    } else {
        WorkLevel::AtLevel
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bachelor_in_elementary_work_is_below_level() {
        let of = |education, work: &str| {
            let education = Nlqf::new(education).expect("a level");
            work_level(education, work.parse().expect("a group"))
        };
        assert_eq!(of(6, "9"), Some(WorkLevel::Below));
        assert_eq!(of(6, "9112"), Some(WorkLevel::Below));
        assert_eq!(of(5, "4"), Some(WorkLevel::Below));
        assert_eq!(of(6, "3"), Some(WorkLevel::AtLevel));
        assert_eq!(of(4, "9"), Some(WorkLevel::Below));
        assert_eq!(of(4, "8"), Some(WorkLevel::AtLevel));
        assert_eq!(of(2, "9"), Some(WorkLevel::AtLevel));
        assert_eq!(of(6, "0"), None);
    }
}
