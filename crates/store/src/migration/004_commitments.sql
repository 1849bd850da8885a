-- Motions and commitments: the documents they were read from and the register of each organisation.

CREATE TABLE commitment_source (
    id {UUID} NOT NULL PRIMARY KEY,
    organisation_id {UUID} NOT NULL REFERENCES organisation (id),
    name TEXT NOT NULL,
    dated TEXT,
    way TEXT NOT NULL,
    body TEXT NOT NULL,
    version_of {UUID},
    added_at {INTEGER} NOT NULL,
    added_by {UUID}
) {STRICT};
CREATE INDEX commitment_source_organisation ON commitment_source (organisation_id);

-- One row per obligation; its history stands in the payload and is only ever appended to.
CREATE TABLE commitment_obligation (
    organisation_id {UUID} NOT NULL REFERENCES organisation (id),
    number {INTEGER} NOT NULL,
    source_id {UUID} REFERENCES commitment_source (id),
    review TEXT NOT NULL,
    payload TEXT NOT NULL,
    changed_at {INTEGER} NOT NULL,
    changed_by {UUID},
    version {INTEGER} NOT NULL,
    PRIMARY KEY (organisation_id, number)
) {STRICT};
CREATE INDEX commitment_obligation_source ON commitment_obligation (source_id);
