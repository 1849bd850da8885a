-- Vacancies, matches of people with them, and which details employers opened.
-- The types in braces are replaced per database as in the first step.

-- One row: counts the changes of profiles and vacancies; its lock puts their writers in a row, so
-- that whoever read up to a number misses nothing below it.
CREATE TABLE work_revision (
    id {INTEGER} NOT NULL PRIMARY KEY CHECK (id = 1),
    number {INTEGER} NOT NULL
) {STRICT};

CREATE TABLE vacancy (
    id {UUID} NOT NULL PRIMARY KEY,
    organisation_id {UUID} NOT NULL REFERENCES organisation (id),
    state TEXT NOT NULL,
    payload TEXT NOT NULL,
    created_at {INTEGER} NOT NULL,
    opened_at {INTEGER},
    closed_at {INTEGER},
    changed_at {INTEGER} NOT NULL,
    changed_by {UUID},
    version {INTEGER} NOT NULL,
    revision {INTEGER} NOT NULL
) {STRICT};
CREATE INDEX vacancy_organisation ON vacancy (organisation_id);
CREATE INDEX vacancy_revision ON vacancy (revision);
CREATE INDEX vacancy_open ON vacancy (id) WHERE state = 'open';

CREATE TABLE match_record (
    id {UUID} NOT NULL PRIMARY KEY,
    person_id {UUID} NOT NULL REFERENCES identity_person (id),
    vacancy_id {UUID} NOT NULL REFERENCES vacancy (id),
    state TEXT NOT NULL,
    reason TEXT,
    begun_by TEXT NOT NULL,
    created_at {INTEGER} NOT NULL,
    created_by {UUID},
    changed_at {INTEGER} NOT NULL,
    changed_by {UUID},
    version {INTEGER} NOT NULL
) {STRICT};
-- One record for a pair; it can begin again after it ended.
CREATE UNIQUE INDEX match_record_pair ON match_record (person_id, vacancy_id);
CREATE INDEX match_record_vacancy ON match_record (vacancy_id);

CREATE TABLE detail_opening (
    id {UUID} NOT NULL PRIMARY KEY,
    vacancy_id {UUID} NOT NULL REFERENCES vacancy (id),
    person_id {UUID} NOT NULL REFERENCES identity_person (id),
    opened_by {UUID} NOT NULL,
    opened_at {INTEGER} NOT NULL
) {STRICT};
CREATE INDEX detail_opening_vacancy ON detail_opening (vacancy_id, opened_at);
CREATE INDEX detail_opening_person ON detail_opening (person_id);
