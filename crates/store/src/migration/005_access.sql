-- Programs of organisations, newcomers' own passwords, staff who log in with their organisation.

CREATE TABLE api_token (
    id {UUID} NOT NULL PRIMARY KEY,
    organisation_id {UUID} NOT NULL REFERENCES organisation (id),
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    token_hash {BYTES} NOT NULL UNIQUE,
    created_at {INTEGER} NOT NULL,
    created_by {UUID} REFERENCES staff_account (id),
    expires_at {INTEGER} NOT NULL,
    last_used_on TEXT,
    revoked_at {INTEGER}
) {STRICT};
CREATE INDEX api_token_organisation ON api_token (organisation_id);

CREATE TABLE identity_own_login (
    person_id {UUID} NOT NULL PRIMARY KEY REFERENCES identity_person (id),
    name_hash {BYTES} NOT NULL UNIQUE,
    name {BYTES} NOT NULL,
    password_hash TEXT NOT NULL,
    changed_at {INTEGER} NOT NULL
) {STRICT};

-- Who an account is with a provider of identities.
CREATE TABLE staff_identity (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    account_id {UUID} NOT NULL REFERENCES staff_account (id),
    linked_at {INTEGER} NOT NULL,
    PRIMARY KEY (issuer, subject)
) {STRICT};
CREATE INDEX staff_identity_account ON staff_identity (account_id);

-- Somebody who was sent to a provider and has not come back; the secrets are in their browser.
CREATE TABLE staff_sign_in (
    token_hash {BYTES} NOT NULL PRIMARY KEY,
    invitation_id {UUID} REFERENCES staff_invitation (id),
    expires_at {INTEGER} NOT NULL
) {STRICT};
