//! The tables as SeaORM sees them.
//!
//! Nothing here leaves the crate: each aggregate's module turns rows into domain types and back.
//! One module per table, in the order of the schema.

macro_rules! table {
    ($module:ident, $name:literal, { $($(#[$attribute:meta])* $field:ident: $type:ty,)* }) => {
        pub(crate) mod $module {
            //! Rows of one table.
            use sea_orm::entity::prelude::*;

            /// A row.
            #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
            #[sea_orm(table_name = $name)]
            pub(crate) struct Model {
                $($(#[$attribute])* pub(crate) $field: $type,)*
            }

            /// Relations are written out where they are used.
            #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
            pub(crate) enum Relation {}

            impl ActiveModelBehavior for ActiveModel {}
        }
    };
}

table!(setting, "setting", {
    #[sea_orm(primary_key, auto_increment = false)]
    name: String,
    value: String,
    changed_at: i64,
});

table!(organisation, "organisation", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    kind: String,
    name: String,
    created_at: i64,
    disabled_at: Option<i64>,
    version: i64,
});

table!(account, "staff_account", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    login_name: String,
    display_name: String,
    password_hash: Option<String>,
    second_factor: Option<Vec<u8>>,
    second_factor_last_step: Option<i64>,
    created_at: i64,
    disabled_at: Option<i64>,
    version: i64,
});

table!(membership, "staff_membership", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    account_id: Uuid,
    organisation_id: Uuid,
    role: String,
    granted_at: i64,
    ended_at: Option<i64>,
});

table!(invitation, "staff_invitation", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    account_id: Uuid,
    code_hash: Vec<u8>,
    second_factor: Vec<u8>,
    created_by: Option<Uuid>,
    created_at: i64,
    expires_at: i64,
    used_at: Option<i64>,
});

table!(staff_identity, "staff_identity", {
    #[sea_orm(primary_key, auto_increment = false)]
    issuer: String,
    #[sea_orm(primary_key, auto_increment = false)]
    subject: String,
    account_id: Uuid,
    linked_at: i64,
});

table!(sign_in, "staff_sign_in", {
    #[sea_orm(primary_key, auto_increment = false)]
    token_hash: Vec<u8>,
    invitation_id: Option<Uuid>,
    expires_at: i64,
});

table!(api_token, "api_token", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    organisation_id: Uuid,
    name: String,
    scopes: String,
    token_hash: Vec<u8>,
    created_at: i64,
    created_by: Option<Uuid>,
    expires_at: i64,
    last_used_on: Option<String>,
    revoked_at: Option<i64>,
});

table!(throttle, "login_throttle", {
    #[sea_orm(primary_key, auto_increment = false)]
    kind: String,
    #[sea_orm(primary_key, auto_increment = false)]
    subject: Vec<u8>,
    failures: i64,
    window_started_at: i64,
});

table!(person, "identity_person", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    organisation_id: Uuid,
    pseudonym: Option<Uuid>,
    wrapped_key: Option<Vec<u8>>,
    given_or_only: Option<Vec<u8>>,
    family: Option<Vec<u8>>,
    known_as: Option<Vec<u8>>,
    original_script: Option<Vec<u8>>,
    as_on_permit: Option<Vec<u8>>,
    birth: Option<Vec<u8>>,
    email: Option<Vec<u8>>,
    phone: Option<Vec<u8>>,
    created_at: i64,
    changed_at: i64,
    changed_by: Option<Uuid>,
    erased_at: Option<i64>,
    version: i64,
});

table!(identity_index, "identity_index", {
    #[sea_orm(primary_key, auto_increment = false)]
    person_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    kind: String,
    hash: Vec<u8>,
});

table!(name_key, "identity_name_key", {
    #[sea_orm(primary_key, auto_increment = false)]
    person_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    hash: Vec<u8>,
});

table!(login_code, "identity_login_code", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    person_id: Uuid,
    selector: Vec<u8>,
    code_hash: Vec<u8>,
    created_by: Option<Uuid>,
    created_at: i64,
    expires_at: i64,
    used_at: Option<i64>,
    attempts: i64,
});

table!(own_login, "identity_own_login", {
    #[sea_orm(primary_key, auto_increment = false)]
    person_id: Uuid,
    name_hash: Vec<u8>,
    name: Vec<u8>,
    password_hash: String,
    changed_at: i64,
});

table!(session, "session", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    token_hash: Vec<u8>,
    membership_id: Option<Uuid>,
    person_id: Option<Uuid>,
    device: String,
    created_at: i64,
    last_seen_at: i64,
    idle_ends_at: i64,
    ends_at: i64,
    ended_at: Option<i64>,
});

table!(case_file, "case_file", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    person_id: Uuid,
    organisation_id: Uuid,
    klantmanager_id: Option<Uuid>,
    payload: Option<Vec<u8>>,
    opened_at: i64,
    closed_at: Option<i64>,
    changed_at: i64,
    changed_by: Option<Uuid>,
    version: i64,
});

table!(case_overview, "case_overview", {
    #[sea_orm(primary_key, auto_increment = false)]
    case_id: Uuid,
    person_id: Uuid,
    organisation_id: Uuid,
    klantmanager_id: Option<Uuid>,
    cover_id: Option<Uuid>,
    cover_from: Option<String>,
    cover_until: Option<String>,
    number: Option<String>,
    phase: String,
    contact_language: Option<String>,
    interpreter: String,
    next_due_on: Option<String>,
    next_action: Option<String>,
    last_contact_on: Option<String>,
    closed_at: Option<i64>,
    version: i64,
});

table!(case_due, "case_due", {
    #[sea_orm(primary_key, auto_increment = false)]
    case_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    place: i64,
    kind: String,
    code: String,
    early_on: String,
    act_on: String,
    due_on: Option<String>,
});

table!(case_previous, "case_previous", {
    #[sea_orm(primary_key, auto_increment = false)]
    case_id: Uuid,
    payload: Option<Vec<u8>>,
    klantmanager_id: Option<Uuid>,
    version: i64,
});

table!(case_draft, "case_draft", {
    #[sea_orm(primary_key, auto_increment = false)]
    case_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    account_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    form: String,
    payload: Vec<u8>,
    changed_at: i64,
});

table!(saved_search, "saved_search", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    account_id: Uuid,
    organisation_id: Uuid,
    name: String,
    filter: String,
    changed_at: i64,
    version: i64,
});

table!(profile, "profile_record", {
    #[sea_orm(primary_key, auto_increment = false)]
    person_id: Uuid,
    payload: Option<Vec<u8>>,
    changed_at: i64,
    changed_by: Option<Uuid>,
    version: i64,
    revision: i64,
});

table!(consent, "consent", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    person_id: Uuid,
    receiver_id: Uuid,
    text_version: String,
    given_at: i64,
    withdrawn_at: Option<i64>,
    shown: String,
    ends_at: Option<i64>,
});

table!(spell, "statistics_spell", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    pseudonym: Uuid,
    kind: String,
    began_on: String,
    ended_on: Option<String>,
    payload: String,
});

table!(commitment_source, "commitment_source", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    organisation_id: Uuid,
    name: String,
    dated: Option<String>,
    way: String,
    body: String,
    version_of: Option<Uuid>,
    added_at: i64,
    added_by: Option<Uuid>,
});

table!(obligation, "commitment_obligation", {
    #[sea_orm(primary_key, auto_increment = false)]
    organisation_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    number: i64,
    source_id: Option<Uuid>,
    review: String,
    payload: String,
    changed_at: i64,
    changed_by: Option<Uuid>,
    version: i64,
});

table!(audit_entry, "audit_entry", {
    #[sea_orm(primary_key, auto_increment = false)]
    number: i64,
    kind: String,
    person_id: Option<Uuid>,
    actor_id: Option<Uuid>,
    content: String,
    hash: Vec<u8>,
});

table!(audit_head, "audit_head", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: i64,
    entries: i64,
    hash: Vec<u8>,
});

table!(job, "job", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    kind: String,
    payload: String,
    created_at: i64,
    run_after: i64,
    claimed_until: Option<i64>,
    attempts: i64,
    last_error: Option<String>,
    finished_at: Option<i64>,
});

table!(work_revision, "work_revision", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: i64,
    number: i64,
});

table!(vacancy, "vacancy", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    organisation_id: Uuid,
    state: String,
    payload: String,
    created_at: i64,
    opened_at: Option<i64>,
    closed_at: Option<i64>,
    changed_at: i64,
    changed_by: Option<Uuid>,
    version: i64,
    revision: i64,
});

table!(match_record, "match_record", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    person_id: Uuid,
    vacancy_id: Uuid,
    state: String,
    reason: Option<String>,
    begun_by: String,
    created_at: i64,
    created_by: Option<Uuid>,
    changed_at: i64,
    changed_by: Option<Uuid>,
    version: i64,
});

table!(detail_opening, "detail_opening", {
    #[sea_orm(primary_key, auto_increment = false)]
    id: Uuid,
    vacancy_id: Uuid,
    person_id: Uuid,
    opened_by: Uuid,
    opened_at: i64,
});
