//! What the words of a case are in the closed lists of the monitor; `None` for what it does not
//! count.

use monitoring::codes::{Barrier, Dutch, Instrument, Residence};

/// The ground of residence of a residence situation.
pub(super) fn residence(code: &str) -> Option<Residence> {
    match code {
        "status_holder" | "status_holder_permanent" | "family_asylum" => {
            Some(Residence::StatusHolder)
        }
        "displaced_ukraine" | "third_country_ukraine" => Some(Residence::Displaced),
        "asylum_seeker" => Some(Residence::AsylumSeeker),
        _ => None,
    }
}

/// ISCED of an NLQF level, after the usual readings: 1 and 2 are lower secondary, 3 and 4 upper
/// secondary, from 5 on the numbers are the same.
pub(super) fn isced(nlqf: &str) -> Option<u8> {
    match nlqf.parse().ok()? {
        1 | 2 => Some(2),
        3 | 4 => Some(3),
        level @ 5..=8 => Some(level),
        _ => None,
    }
}

/// The band of a level of speaking; alfa levels and none lie below A1.
pub(super) fn dutch(level: &str) -> Option<Dutch> {
    match level.to_ascii_lowercase().as_str() {
        "none" | "alfa-a" | "alfa-b" | "alfa-c" => Some(Dutch::Below),
        "a1" => Some(Dutch::A1),
        "a2" => Some(Dutch::A2),
        "b1" => Some(Dutch::B1),
        "b2" | "c1" | "c2" => Some(Dutch::B2),
        _ => None,
    }
}

/// The instrument of the monitor that an instrument of the guidance is.
pub(super) fn instrument(id: &str) -> Option<Instrument> {
    match id {
        "dual-track" => Some(Instrument::Dual),
        "lks" => Some(Instrument::WageCostSubsidy),
        "jobcoach" => Some(Instrument::JobCoach),
        "work-study-track" => Some(Instrument::WorkStudy),
        "buddy" | "care-buddy" | "language-buddy-work" => Some(Instrument::Buddy),
        _ => None,
    }
}

/// The class of a barrier of the guidance; `None` for those that the monitor does not count.
pub(super) fn class(code: &str) -> Option<Barrier> {
    Some(match code {
        "N3b" => Barrier::Network,
        "N3" | "N3a" | "N3c" | "N3d" => Barrier::LabourMarket,
        "N4a" | "N4b" | "N4e" | "N5d" | "N5i" => Barrier::HealthFamily,
        "W1" | "W7" => Barrier::Culture,
        "W3" | "W4" | "W6" => Barrier::Risk,
        "W5" => Barrier::Findability,
        code if code.starts_with("N1") => Barrier::Language,
        code if code.starts_with("N2") => Barrier::Diploma,
        _ => return None,
    })
}
