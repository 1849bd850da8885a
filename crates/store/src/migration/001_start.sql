-- The first schema. {UUID}, {BYTES}, {INTEGER} and {STRICT} are replaced per database:
--   SQLite:     BLOB   BLOB   INTEGER  STRICT
--   PostgreSQL: uuid   bytea  bigint   (nothing)
-- Times are microseconds since 1970 in UTC. What each column may hold, and for how long, stands in
-- columns.toml.

CREATE TABLE setting (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL,
    changed_at {INTEGER} NOT NULL
) {STRICT};

CREATE TABLE organisation (
    id {UUID} NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL UNIQUE,
    created_at {INTEGER} NOT NULL,
    disabled_at {INTEGER},
    version {INTEGER} NOT NULL
) {STRICT};

CREATE TABLE staff_account (
    id {UUID} NOT NULL PRIMARY KEY,
    login_name TEXT NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    password_hash TEXT,
    second_factor {BYTES},
    second_factor_last_step {INTEGER},
    created_at {INTEGER} NOT NULL,
    disabled_at {INTEGER},
    version {INTEGER} NOT NULL
) {STRICT};

CREATE TABLE staff_membership (
    id {UUID} NOT NULL PRIMARY KEY,
    account_id {UUID} NOT NULL REFERENCES staff_account (id),
    organisation_id {UUID} NOT NULL REFERENCES organisation (id),
    role TEXT NOT NULL,
    granted_at {INTEGER} NOT NULL,
    ended_at {INTEGER}
) {STRICT};
CREATE INDEX staff_membership_account ON staff_membership (account_id);
CREATE INDEX staff_membership_organisation ON staff_membership (organisation_id);

CREATE TABLE staff_invitation (
    id {UUID} NOT NULL PRIMARY KEY,
    account_id {UUID} NOT NULL REFERENCES staff_account (id),
    code_hash {BYTES} NOT NULL UNIQUE,
    second_factor {BYTES} NOT NULL,
    created_by {UUID},
    created_at {INTEGER} NOT NULL,
    expires_at {INTEGER} NOT NULL,
    used_at {INTEGER}
) {STRICT};
CREATE INDEX staff_invitation_account ON staff_invitation (account_id);

CREATE TABLE login_throttle (
    kind TEXT NOT NULL,
    subject {BYTES} NOT NULL,
    failures {INTEGER} NOT NULL,
    window_started_at {INTEGER} NOT NULL,
    PRIMARY KEY (kind, subject)
) {STRICT};

CREATE TABLE identity_person (
    id {UUID} NOT NULL PRIMARY KEY,
    organisation_id {UUID} NOT NULL REFERENCES organisation (id),
    pseudonym {UUID} UNIQUE,
    wrapped_key {BYTES},
    given_or_only {BYTES},
    family {BYTES},
    known_as {BYTES},
    original_script {BYTES},
    as_on_permit {BYTES},
    birth {BYTES},
    email {BYTES},
    phone {BYTES},
    created_at {INTEGER} NOT NULL,
    changed_at {INTEGER} NOT NULL,
    changed_by {UUID},
    erased_at {INTEGER},
    version {INTEGER} NOT NULL
) {STRICT};
CREATE INDEX identity_person_organisation ON identity_person (organisation_id);

CREATE TABLE identity_index (
    person_id {UUID} NOT NULL REFERENCES identity_person (id),
    kind TEXT NOT NULL,
    hash {BYTES} NOT NULL,
    PRIMARY KEY (person_id, kind)
) {STRICT};
CREATE INDEX identity_index_hash ON identity_index (kind, hash);

CREATE TABLE identity_name_key (
    person_id {UUID} NOT NULL REFERENCES identity_person (id),
    hash {BYTES} NOT NULL,
    PRIMARY KEY (person_id, hash)
) {STRICT};
CREATE INDEX identity_name_key_hash ON identity_name_key (hash);

CREATE TABLE identity_login_code (
    id {UUID} NOT NULL PRIMARY KEY,
    person_id {UUID} NOT NULL REFERENCES identity_person (id),
    selector {BYTES} NOT NULL,
    code_hash {BYTES} NOT NULL,
    created_by {UUID},
    created_at {INTEGER} NOT NULL,
    expires_at {INTEGER} NOT NULL,
    used_at {INTEGER},
    attempts {INTEGER} NOT NULL
) {STRICT};
CREATE INDEX identity_login_code_selector ON identity_login_code (selector);
CREATE INDEX identity_login_code_person ON identity_login_code (person_id);

CREATE TABLE session (
    id {UUID} NOT NULL PRIMARY KEY,
    token_hash {BYTES} NOT NULL UNIQUE,
    membership_id {UUID} REFERENCES staff_membership (id),
    person_id {UUID} REFERENCES identity_person (id),
    device TEXT NOT NULL,
    created_at {INTEGER} NOT NULL,
    last_seen_at {INTEGER} NOT NULL,
    idle_ends_at {INTEGER} NOT NULL,
    ends_at {INTEGER} NOT NULL,
    ended_at {INTEGER},
    CHECK ((membership_id IS NULL) <> (person_id IS NULL))
) {STRICT};
CREATE INDEX session_membership ON session (membership_id);
CREATE INDEX session_person ON session (person_id);

CREATE TABLE case_file (
    id {UUID} NOT NULL PRIMARY KEY,
    person_id {UUID} NOT NULL REFERENCES identity_person (id),
    organisation_id {UUID} NOT NULL REFERENCES organisation (id),
    klantmanager_id {UUID} REFERENCES staff_account (id),
    payload {BYTES},
    opened_at {INTEGER} NOT NULL,
    closed_at {INTEGER},
    changed_at {INTEGER} NOT NULL,
    changed_by {UUID},
    version {INTEGER} NOT NULL
) {STRICT};
CREATE INDEX case_file_person ON case_file (person_id);
CREATE INDEX case_file_klantmanager ON case_file (organisation_id, klantmanager_id);

CREATE TABLE profile_record (
    person_id {UUID} NOT NULL PRIMARY KEY REFERENCES identity_person (id),
    payload {BYTES},
    changed_at {INTEGER} NOT NULL,
    changed_by {UUID},
    version {INTEGER} NOT NULL,
    revision {INTEGER} NOT NULL
) {STRICT};
CREATE INDEX profile_record_revision ON profile_record (revision);

CREATE TABLE consent (
    id {UUID} NOT NULL PRIMARY KEY,
    person_id {UUID} NOT NULL REFERENCES identity_person (id),
    receiver_id {UUID} NOT NULL REFERENCES organisation (id),
    text_version TEXT NOT NULL,
    given_at {INTEGER} NOT NULL,
    withdrawn_at {INTEGER}
) {STRICT};
-- At most one consent towards a receiver is in force.
CREATE UNIQUE INDEX consent_in_force ON consent (person_id, receiver_id) WHERE withdrawn_at IS NULL;
CREATE INDEX consent_receiver ON consent (receiver_id);

CREATE TABLE statistics_spell (
    id {UUID} NOT NULL PRIMARY KEY,
    pseudonym {UUID} NOT NULL,
    kind TEXT NOT NULL,
    began_on TEXT NOT NULL,
    ended_on TEXT,
    payload TEXT NOT NULL
) {STRICT};
CREATE INDEX statistics_spell_pseudonym ON statistics_spell (pseudonym);

CREATE TABLE audit_entry (
    number {INTEGER} NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    person_id {UUID},
    actor_id {UUID},
    content TEXT NOT NULL,
    hash {BYTES} NOT NULL
) {STRICT};
CREATE INDEX audit_entry_person ON audit_entry (person_id, number);

-- One row: where the next entry goes on; its lock puts writers in a row.
CREATE TABLE audit_head (
    id {INTEGER} NOT NULL PRIMARY KEY CHECK (id = 1),
    entries {INTEGER} NOT NULL,
    hash {BYTES} NOT NULL
) {STRICT};

CREATE TABLE job (
    id {UUID} NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    created_at {INTEGER} NOT NULL,
    run_after {INTEGER} NOT NULL,
    claimed_until {INTEGER},
    attempts {INTEGER} NOT NULL,
    last_error TEXT,
    finished_at {INTEGER}
) {STRICT};
CREATE INDEX job_waiting ON job (run_after) WHERE finished_at IS NULL;
