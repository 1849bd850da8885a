-- What lists of cases need without opening every sealed file, kept in the transaction that writes
-- the file; the content before the last change, for undoing it; drafts; saved searches.
-- Days are texts as 2026-11-22, so that they order as days.

CREATE TABLE case_overview (
    case_id {UUID} NOT NULL PRIMARY KEY REFERENCES case_file (id),
    person_id {UUID} NOT NULL REFERENCES identity_person (id),
    organisation_id {UUID} NOT NULL REFERENCES organisation (id),
    klantmanager_id {UUID} REFERENCES staff_account (id),
    cover_id {UUID} REFERENCES staff_account (id),
    cover_from TEXT,
    cover_until TEXT,
    number TEXT,
    phase TEXT NOT NULL,
    contact_language TEXT,
    interpreter TEXT NOT NULL,
    next_due_on TEXT,
    next_action TEXT,
    last_contact_on TEXT,
    closed_at {INTEGER},
    version {INTEGER} NOT NULL
) {STRICT};
CREATE INDEX case_overview_klantmanager ON case_overview (organisation_id, klantmanager_id);
CREATE INDEX case_overview_cover ON case_overview (organisation_id, cover_id);
CREATE INDEX case_overview_person ON case_overview (person_id);
CREATE INDEX case_overview_number ON case_overview (organisation_id, number);

-- Everything in a case that has a day: terms of the law, tasks, check-ins, the next talk.
CREATE TABLE case_due (
    case_id {UUID} NOT NULL REFERENCES case_file (id),
    place {INTEGER} NOT NULL,
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    early_on TEXT NOT NULL,
    act_on TEXT NOT NULL,
    due_on TEXT,
    PRIMARY KEY (case_id, place)
) {STRICT};
CREATE INDEX case_due_early ON case_due (early_on);

CREATE TABLE case_previous (
    case_id {UUID} NOT NULL PRIMARY KEY REFERENCES case_file (id),
    payload {BYTES},
    klantmanager_id {UUID},
    version {INTEGER} NOT NULL
) {STRICT};

CREATE TABLE case_draft (
    case_id {UUID} NOT NULL REFERENCES case_file (id),
    account_id {UUID} NOT NULL REFERENCES staff_account (id),
    form TEXT NOT NULL,
    payload {BYTES} NOT NULL,
    changed_at {INTEGER} NOT NULL,
    PRIMARY KEY (case_id, account_id, form)
) {STRICT};

CREATE TABLE saved_search (
    id {UUID} NOT NULL PRIMARY KEY,
    account_id {UUID} NOT NULL REFERENCES staff_account (id),
    organisation_id {UUID} NOT NULL REFERENCES organisation (id),
    name TEXT NOT NULL,
    filter TEXT NOT NULL,
    changed_at {INTEGER} NOT NULL,
    version {INTEGER} NOT NULL,
    UNIQUE (account_id, organisation_id, name)
) {STRICT};
