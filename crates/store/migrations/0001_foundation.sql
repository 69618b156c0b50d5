-- Organizations, the catalog, people, subscriptions, licenses, orders, the journal and background work.
-- Placeholders in braces become the types of each engine (see src/migrate.rs).

CREATE TABLE organization (
    id {id} NOT NULL PRIMARY KEY,
    name {text} NOT NULL,
    sort_name {text} NOT NULL,
    kind {text} NOT NULL,
    state {text} NOT NULL,
    country {text} NOT NULL,
    currency {text} NOT NULL,
    cloud {text} NOT NULL,
    language {text} NOT NULL,
    time_zone {text} NOT NULL,
    -- Microseconds that a sandbox's clock runs ahead; null for the system's own time (D30).
    sandbox_ahead {integer},
    order_count {integer} NOT NULL DEFAULT 0,
    created_at {integer} NOT NULL,
    revision {integer} NOT NULL DEFAULT 1
){keyed_table};
CREATE INDEX organization_by_name ON organization (sort_name, id);

CREATE TABLE product (
    id {id} NOT NULL PRIMARY KEY,
    name {text} NOT NULL,
    sort_name {text} NOT NULL,
    category {text} NOT NULL,
    description_en {text} NOT NULL,
    description_nl {text} NOT NULL,
    retired_at {integer},
    CONSTRAINT product_name_once UNIQUE (name)
){keyed_table};
CREATE INDEX product_by_name ON product (sort_name, id);

CREATE TABLE sku (
    id {id} NOT NULL PRIMARY KEY,
    product_id {id} NOT NULL REFERENCES product (id),
    part_number {text} NOT NULL,
    kind {text} NOT NULL,
    quantity_max {integer} NOT NULL CHECK (quantity_max >= 1)
){keyed_table};
CREATE INDEX sku_by_product ON sku (product_id);
CREATE INDEX sku_by_part_number ON sku (part_number);

CREATE TABLE service_plan (
    id {id} NOT NULL PRIMARY KEY,
    name {text} NOT NULL,
    friendly_name {text} NOT NULL
){keyed_table};

CREATE TABLE sku_plan (
    sku_id {id} NOT NULL REFERENCES sku (id),
    service_plan_id {id} NOT NULL REFERENCES service_plan (id),
    PRIMARY KEY (sku_id, service_plan_id)
){keyed_table};

-- Versions are only ever added: what was sold keeps the version it was sold at.
CREATE TABLE price (
    id {id} NOT NULL PRIMARY KEY,
    sku_id {id} NOT NULL REFERENCES sku (id),
    term {text} NOT NULL,
    billing_frequency {text} NOT NULL,
    currency {text} NOT NULL,
    unit_price {integer} NOT NULL CHECK (unit_price >= 0),
    version {integer} NOT NULL,
    valid_from {integer} NOT NULL,
    CONSTRAINT price_version_once UNIQUE (sku_id, currency, term, billing_frequency, version)
){keyed_table};

CREATE TABLE "user" (
    organization_id {id} NOT NULL REFERENCES organization (id),
    id {id} NOT NULL,
    email {text} NOT NULL,
    display_name {text} NOT NULL,
    -- The folded name, by which lists are sorted.
    sort_name {text} NOT NULL,
    department {text} NOT NULL,
    usage_location {text},
    state {text} NOT NULL,
    password_hash {text},
    license_count {integer} NOT NULL DEFAULT 0 CHECK (license_count >= 0),
    created_at {integer} NOT NULL,
    deleted_at {integer},
    revision {integer} NOT NULL DEFAULT 1,
    PRIMARY KEY (organization_id, id)
){keyed_table};
CREATE UNIQUE INDEX user_email_once ON "user" (organization_id, email) WHERE state <> 'deleted';
CREATE INDEX user_by_email ON "user" (email);
CREATE INDEX user_by_name ON "user" (organization_id, sort_name, id);
CREATE INDEX user_by_department ON "user" (organization_id, department, sort_name, id);

-- The folded words of a name and an address, for search as one types.
CREATE TABLE user_word (
    organization_id {id} NOT NULL,
    word {text} NOT NULL,
    user_id {id} NOT NULL,
    PRIMARY KEY (organization_id, word, user_id)
){keyed_table};
CREATE INDEX user_word_by_user ON user_word (organization_id, user_id);

CREATE TABLE user_role (
    organization_id {id} NOT NULL,
    user_id {id} NOT NULL,
    role {text} NOT NULL,
    PRIMARY KEY (organization_id, user_id, role),
    FOREIGN KEY (organization_id, user_id) REFERENCES "user" (organization_id, id)
){keyed_table};
CREATE INDEX user_role_by_role ON user_role (organization_id, role);

CREATE TABLE "group" (
    organization_id {id} NOT NULL REFERENCES organization (id),
    id {id} NOT NULL,
    name {text} NOT NULL,
    member_count {integer} NOT NULL DEFAULT 0 CHECK (member_count >= 0),
    PRIMARY KEY (organization_id, id),
    CONSTRAINT group_name_once UNIQUE (organization_id, name)
){keyed_table};

CREATE TABLE group_member (
    organization_id {id} NOT NULL,
    group_id {id} NOT NULL,
    user_id {id} NOT NULL,
    PRIMARY KEY (organization_id, group_id, user_id),
    FOREIGN KEY (organization_id, group_id) REFERENCES "group" (organization_id, id),
    FOREIGN KEY (organization_id, user_id) REFERENCES "user" (organization_id, id)
){keyed_table};
CREATE INDEX group_member_by_user ON group_member (organization_id, user_id);

-- What pays: never a card number, only the gateway's token and what a person recognizes the card by.
CREATE TABLE payment_method (
    organization_id {id} NOT NULL REFERENCES organization (id),
    id {id} NOT NULL,
    user_id {id} NOT NULL,
    brand {text} NOT NULL,
    last_four {text} NOT NULL,
    expires_on {text} NOT NULL,
    gateway_token {text} NOT NULL,
    created_at {integer} NOT NULL,
    -- Null until it paid for something: a card that was declined is not offered again.
    first_paid_at {integer},
    PRIMARY KEY (organization_id, id)
){keyed_table};

CREATE TABLE subscription (
    organization_id {id} NOT NULL REFERENCES organization (id),
    id {id} NOT NULL,
    product_id {id} NOT NULL REFERENCES product (id),
    sku_id {id} NOT NULL REFERENCES sku (id),
    -- The folded name of the product, by which lists are sorted.
    sort_name {text} NOT NULL,
    channel {text} NOT NULL,
    state {text} NOT NULL,
    holder_id {id},
    credit_check {text},
    quantity {integer} NOT NULL,
    assigned {integer} NOT NULL DEFAULT 0,
    conflicts {integer} NOT NULL DEFAULT 0 CHECK (conflicts >= 0),
    quantity_max {integer} NOT NULL,
    term {text} NOT NULL,
    billing_frequency {text} NOT NULL,
    currency {text} NOT NULL,
    unit_price {integer} NOT NULL,
    recurring_billing {boolean} NOT NULL,
    started_on {text} NOT NULL,
    ends_on {text} NOT NULL,
    canceled_on {text},
    -- The day of the next step of the calendar, where the organization is; null when there is none.
    due_on {text},
    payment_method_id {id},
    partner_name {text},
    partner_contact {text},
    order_id {id},
    created_at {integer} NOT NULL,
    revision {integer} NOT NULL DEFAULT 1,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, holder_id) REFERENCES "user" (organization_id, id),
    -- D2: never a license more than was bought.
    CONSTRAINT assigned_within_quantity CHECK (0 <= assigned AND assigned <= quantity AND quantity <= quantity_max)
){keyed_table};
CREATE INDEX subscription_by_name ON subscription (organization_id, sort_name, id);
CREATE INDEX subscription_by_product ON subscription (organization_id, product_id);
CREATE INDEX subscription_by_end ON subscription (organization_id, ends_on);
CREATE INDEX subscription_by_due ON subscription (organization_id, due_on, id) WHERE due_on IS NOT NULL;
CREATE INDEX subscription_by_holder ON subscription (organization_id, holder_id);

-- A person holds a product at most once (D1), so two licenses of one product never reach one person,
-- and one license never two.
CREATE TABLE assignment (
    organization_id {id} NOT NULL,
    user_id {id} NOT NULL,
    product_id {id} NOT NULL,
    subscription_id {id} NOT NULL,
    -- The folded name of the person, by which lists are sorted.
    sort_name {text} NOT NULL,
    assigned_at {integer} NOT NULL,
    -- Identifiers of the apps that are switched off, separated by spaces.
    disabled_plans {text} NOT NULL DEFAULT '',
    conflict_since {integer},
    PRIMARY KEY (organization_id, user_id, product_id),
    FOREIGN KEY (organization_id, user_id) REFERENCES "user" (organization_id, id),
    FOREIGN KEY (organization_id, subscription_id) REFERENCES subscription (organization_id, id)
){keyed_table};
CREATE INDEX assignment_by_product ON assignment (organization_id, product_id, sort_name, user_id);
CREATE INDEX assignment_in_conflict ON assignment (organization_id, product_id, conflict_since, user_id)
    WHERE conflict_since IS NOT NULL;
CREATE INDEX assignment_by_subscription ON assignment (organization_id, subscription_id, sort_name, user_id);

CREATE TABLE "order" (
    organization_id {id} NOT NULL REFERENCES organization (id),
    id {id} NOT NULL,
    number {integer} NOT NULL,
    kind {text} NOT NULL,
    state {text} NOT NULL,
    subscription_id {id} NOT NULL,
    product_id {id} NOT NULL REFERENCES product (id),
    sku_id {id} NOT NULL REFERENCES sku (id),
    price_id {id},
    term {text} NOT NULL,
    billing_frequency {text} NOT NULL,
    quantity {integer} NOT NULL,
    currency {text} NOT NULL,
    unit_price {integer} NOT NULL,
    amount {integer} NOT NULL,
    ordered_by {id},
    ordered_at {integer} NOT NULL,
    payment_method_id {id},
    payment_reference {text},
    void_reason {text},
    revision {integer} NOT NULL DEFAULT 1,
    PRIMARY KEY (organization_id, id),
    CONSTRAINT order_number_once UNIQUE (organization_id, number)
){keyed_table};
CREATE INDEX order_by_subscription ON "order" (organization_id, subscription_id);

-- Who did what, when, to what: only ever added to.
CREATE TABLE journal (
    organization_id {id} NOT NULL,
    id {id} NOT NULL,
    at {integer} NOT NULL,
    principal {text} NOT NULL,
    principal_id {id},
    actor_name {text} NOT NULL,
    command {text} NOT NULL,
    request {text} NOT NULL,
    kind {text} NOT NULL,
    data {text} NOT NULL,
    user_id {id},
    product_id {id},
    subscription_id {id},
    order_id {id},
    PRIMARY KEY (organization_id, id)
){keyed_table};
-- The audit page filters by what happened and by who did it; ids rise with time, so each index is read newest first.
CREATE INDEX journal_by_kind ON journal (organization_id, kind, id);
CREATE INDEX journal_by_actor ON journal (organization_id, actor_name, id);
CREATE INDEX journal_by_user ON journal (organization_id, user_id, id) WHERE user_id IS NOT NULL;
CREATE INDEX journal_by_product ON journal (organization_id, product_id, id) WHERE product_id IS NOT NULL;
CREATE INDEX journal_by_subscription ON journal (organization_id, subscription_id, id) WHERE subscription_id IS NOT NULL;

-- A browser that is signed in; only the hash of its token is stored.
CREATE TABLE session (
    token_hash {bytes} NOT NULL PRIMARY KEY,
    organization_id {id} NOT NULL,
    user_id {id} NOT NULL,
    created_at {integer} NOT NULL,
    expires_at {integer} NOT NULL,
    FOREIGN KEY (organization_id, user_id) REFERENCES "user" (organization_id, id)
){keyed_table};
CREATE INDEX session_by_user ON session (organization_id, user_id);

CREATE TABLE api_token (
    organization_id {id} NOT NULL REFERENCES organization (id),
    id {id} NOT NULL,
    name {text} NOT NULL,
    token_hash {bytes} NOT NULL,
    scopes {text} NOT NULL,
    created_by {id},
    created_at {integer} NOT NULL,
    expires_at {integer},
    revoked_at {integer},
    PRIMARY KEY (organization_id, id),
    CONSTRAINT api_token_once UNIQUE (token_hash)
){keyed_table};

-- Failed sign-ins by address of the person and of the client, for the rate limit.
CREATE TABLE sign_in_failure (
    subject {text} NOT NULL PRIMARY KEY,
    count {integer} NOT NULL,
    last_at {integer} NOT NULL
){keyed_table};

CREATE TABLE upload (
    organization_id {id} NOT NULL REFERENCES organization (id),
    id {id} NOT NULL,
    file_name {text} NOT NULL,
    content {text} NOT NULL,
    created_by {id},
    created_at {integer} NOT NULL,
    PRIMARY KEY (organization_id, id)
){table};

CREATE TABLE job (
    id {id} NOT NULL PRIMARY KEY,
    organization_id {id} NOT NULL REFERENCES organization (id),
    kind {text} NOT NULL,
    payload {text} NOT NULL,
    state {text} NOT NULL,
    due_at {integer} NOT NULL,
    attempts {integer} NOT NULL DEFAULT 0,
    leased_until {integer},
    progress_done {integer} NOT NULL DEFAULT 0,
    progress_total {integer} NOT NULL DEFAULT 0,
    result {text},
    error {text},
    actor {text} NOT NULL,
    created_at {integer} NOT NULL,
    finished_at {integer}
){keyed_table};
CREATE INDEX job_due ON job (due_at) WHERE state IN ('waiting', 'running');
CREATE INDEX job_by_organization ON job (organization_id, id);
CREATE INDEX job_by_state ON job (state, id);

-- People to whom licenses are assigned, or from whom they are taken back, all at once. Once confirmed, the list has a
-- job of the same id.
CREATE TABLE bulk_list (
    organization_id {id} NOT NULL REFERENCES organization (id),
    id {id} NOT NULL,
    product_id {id} NOT NULL REFERENCES product (id),
    subscription_id {id},
    action {text} NOT NULL,
    -- The name of the file, or empty.
    source {text} NOT NULL,
    disabled_plans {text} NOT NULL,
    row_count {integer} NOT NULL,
    created_by {id},
    created_at {integer} NOT NULL,
    PRIMARY KEY (organization_id, id)
){keyed_table};

CREATE TABLE bulk_person (
    organization_id {id} NOT NULL,
    list_id {id} NOT NULL,
    ordinal {integer} NOT NULL,
    -- The line in the file; 0 when there is none.
    line {integer} NOT NULL,
    email {text} NOT NULL,
    user_id {id},
    subscription_id {id},
    outcome {text} NOT NULL,
    PRIMARY KEY (organization_id, list_id, ordinal)
){keyed_table};

-- The answer that a program got for a request, so that asking twice does nothing twice (D29).
CREATE TABLE idempotency (
    organization_id {id} NOT NULL,
    -- The person or key that asked; the nil identifier for Zetel itself.
    principal_id {id} NOT NULL,
    key {text} NOT NULL,
    request_hash {bytes} NOT NULL,
    answer {text} NOT NULL,
    created_at {integer} NOT NULL,
    PRIMARY KEY (organization_id, principal_id, key)
){keyed_table};
CREATE INDEX idempotency_by_age ON idempotency (organization_id, created_at);

-- When each sweep last went through, and how late what it found was.
CREATE TABLE sweep (
    name {text} NOT NULL PRIMARY KEY,
    succeeded_at {integer} NOT NULL,
    lag_seconds {integer} NOT NULL
){keyed_table};
