//! The closed lists of fields: a new field breaks the build here until it is put on the list.
//!
//! The functions do nothing at run time.
//! Their patterns name every field without `..`, so the compiler refuses a feature type with a
//! field that nobody judged.
//! Whoever adds a field must be able to say that it is no protected attribute (article 1 of the
//! Algemene wet gelijke behandeling: religion, belief, political opinion, race, sex, nationality,
//! orientation, civil status; age and disability in their own acts) and no proxy without need.

use super::{
    CandidateFeatures, HeldSkill, LanguageCommand, Qualification, VacancyFeatures, Wishes,
};

const fn same<T>(_: &T) {}

const _: fn(&CandidateFeatures) = |features| {
    let CandidateFeatures {
        skills,
        languages,
        qualifications,
        licences,
        hours,
        day_parts,
        reach,
        permission,
        start,
        readiness,
        wishes,
    } = features;
    same(&(skills, languages, qualifications, licences, hours));
    same(&(day_parts, reach, permission, start, readiness, wishes));
};

const _: fn(&HeldSkill, &LanguageCommand, &Qualification, &Wishes) =
    |held, command, qualification, wishes| {
        let HeldSkill {
            skill,
            level,
            evidence,
        } = held;
        let LanguageCommand { language, levels } = command;
        let Qualification {
            level: nlqf,
            recognition,
            field,
        } = qualification;
        let Wishes {
            occupations,
            sectors,
            kinds,
        } = wishes;
        same(&(skill, level, evidence, language, levels));
        same(&(nlqf, recognition, field, occupations, sectors, kinds));
    };

const _: fn(&VacancyFeatures) = |features| {
    let VacancyFeatures {
        skills,
        languages,
        qualification,
        licences,
        hours,
        day_parts,
        place,
        permission,
        start_by,
        kind,
        occupation,
        sector,
        places,
        support,
    } = features;
    same(&(skills, languages, qualification, licences, hours));
    same(&(day_parts, place, permission, start_by, kind));
    same(&(occupation, sector, places, support));
};
