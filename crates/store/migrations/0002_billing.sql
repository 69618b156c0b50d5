-- What organizations owe: billing accounts and profiles, charges, invoices, payments and the ledger.
-- People, addresses and the seller are kept as JSON: a document holds them as they were on its day.

-- Who sells: the operator's own legal entity. There is one.
CREATE TABLE seller (
    code {text} NOT NULL PRIMARY KEY,
    details {text} NOT NULL,
    invoice_count {integer} NOT NULL DEFAULT 0,
    revision {integer} NOT NULL DEFAULT 1
){keyed_table};
INSERT INTO seller (code, details) VALUES ('zetel', '{}');

CREATE TABLE billing_account (
    organization_id {id} NOT NULL PRIMARY KEY REFERENCES organization (id),
    sold_to {text} NOT NULL,
    agreement {text} NOT NULL,
    proration {text} NOT NULL,
    rounding {text} NOT NULL,
    tax_rounding {text} NOT NULL,
    prices_include_tax {boolean} NOT NULL,
    fewer_licenses {text} NOT NULL,
    refund_days {integer},
    payment_terms_days {integer} NOT NULL,
    revision {integer} NOT NULL DEFAULT 1
){keyed_table};

CREATE TABLE billing_profile (
    organization_id {id} NOT NULL REFERENCES organization (id),
    id {id} NOT NULL,
    name {text} NOT NULL,
    bill_to {text} NOT NULL,
    currency {text} NOT NULL,
    payment_method_id {id},
    purchase_order {text},
    email_invoices {boolean} NOT NULL,
    anchored_on {text} NOT NULL,
    revision {integer} NOT NULL DEFAULT 1,
    PRIMARY KEY (organization_id, id),
    CONSTRAINT billing_profile_name_once UNIQUE (organization_id, name)
){keyed_table};

INSERT INTO billing_account (organization_id, sold_to, agreement, proration, rounding, tax_rounding,
    prices_include_tax, fewer_licenses, payment_terms_days)
SELECT id, '{"name":"' || replace(replace(name, '\', '\\'), '"', '\"') || '","address":{"country":"' || country || '"}}',
    'mosa', 'day', 'half_up', 'per_category', FALSE, 'credit_now', 30 FROM organization;
-- The first billing profile of an organization has its identifier.
INSERT INTO billing_profile (organization_id, id, name, bill_to, currency, email_invoices, anchored_on)
SELECT id, id, name, '{"name":"' || replace(replace(name, '\', '\\'), '"', '\"') || '","address":{"country":"' || country || '"}}',
    currency, TRUE, '2020-01-01' FROM organization;

ALTER TABLE subscription ADD COLUMN billing_profile_id {id};
-- The first day that is not charged yet; null where Zetel does not charge.
ALTER TABLE subscription ADD COLUMN billed_until {text};
-- Fewer licenses from the next term on.
ALTER TABLE subscription ADD COLUMN quantity_at_renewal {integer};
UPDATE subscription SET billing_profile_id = organization_id, billed_until = CASE WHEN channel IN
    ('direct', 'direct_invoice', 'self_service', 'product_key') THEN ends_on END;

-- What a purchase comes to with tax; what is taken at once.
ALTER TABLE "order" ADD COLUMN tax {integer} NOT NULL DEFAULT 0;

CREATE TABLE charge (
    organization_id {id} NOT NULL,
    id {id} NOT NULL,
    subscription_id {id} NOT NULL,
    billing_profile_id {id} NOT NULL,
    order_id {id},
    kind {text} NOT NULL,
    quantity {integer} NOT NULL,
    currency {text} NOT NULL,
    unit_price {integer} NOT NULL,
    service_start {text} NOT NULL,
    service_end {text} NOT NULL,
    billing_start {text} NOT NULL,
    billing_end {text} NOT NULL,
    share_numerator {integer} NOT NULL,
    share_denominator {integer} NOT NULL CHECK (share_denominator > 0),
    amount {integer} NOT NULL,
    reverses_id {id},
    charged_on {text} NOT NULL,
    invoice_on {text} NOT NULL,
    quantity_left {integer} NOT NULL,
    credited {integer} NOT NULL DEFAULT 0,
    invoice_id {id},
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, subscription_id) REFERENCES subscription (organization_id, id),
    -- D17: credits never take back more than was charged.
    CONSTRAINT credited_within_amount CHECK (reverses_id IS NOT NULL OR (0 <= credited AND credited <= amount AND quantity_left >= 0))
){keyed_table};
CREATE INDEX charge_by_subscription ON charge (organization_id, subscription_id, id);
CREATE INDEX charge_to_invoice ON charge (organization_id, invoice_on) WHERE invoice_id IS NULL;

CREATE TABLE invoice (
    organization_id {id} NOT NULL REFERENCES organization (id),
    id {id} NOT NULL,
    number {text} NOT NULL,
    kind {text} NOT NULL,
    state {text} NOT NULL,
    billing_profile_id {id} NOT NULL,
    subscription_id {id},
    issued_on {text} NOT NULL,
    due_on {text} NOT NULL,
    period_start {text} NOT NULL,
    period_end {text} NOT NULL,
    currency {text} NOT NULL,
    seller {text} NOT NULL,
    sold_to {text} NOT NULL,
    bill_to {text} NOT NULL,
    purchase_order {text},
    payment_method_id {id},
    net {integer} NOT NULL,
    taxes {text} NOT NULL,
    gross {integer} NOT NULL,
    paid {integer} NOT NULL DEFAULT 0,
    -- The day of the next attempt to collect it, or of the next reminder; null when nothing is to be done.
    due_step_on {text},
    attempts {integer} NOT NULL DEFAULT 0,
    revision {integer} NOT NULL DEFAULT 1,
    PRIMARY KEY (organization_id, id),
    CONSTRAINT invoice_number_once UNIQUE (number),
    CONSTRAINT paid_within_total CHECK ((0 <= paid AND paid <= gross) OR (gross <= paid AND paid <= 0))
){keyed_table};
CREATE INDEX invoice_by_day ON invoice (organization_id, issued_on, id);
CREATE INDEX invoice_by_profile ON invoice (organization_id, billing_profile_id, issued_on);
CREATE INDEX invoice_unsettled ON invoice (organization_id, state, due_on) WHERE state IN ('open', 'partly_paid');
CREATE INDEX invoice_to_collect ON invoice (organization_id, due_step_on) WHERE due_step_on IS NOT NULL;

CREATE TABLE invoice_line (
    organization_id {id} NOT NULL,
    invoice_id {id} NOT NULL,
    ordinal {integer} NOT NULL,
    charge_id {id} NOT NULL,
    product_name {text} NOT NULL,
    part_number {text} NOT NULL,
    order_number {integer},
    net {integer} NOT NULL,
    tax_category {text} NOT NULL,
    tax_rate {integer} NOT NULL,
    tax_amount {integer} NOT NULL,
    PRIMARY KEY (organization_id, invoice_id, ordinal),
    -- A charge is on one invoice.
    CONSTRAINT charge_invoiced_once UNIQUE (organization_id, charge_id),
    FOREIGN KEY (organization_id, invoice_id) REFERENCES invoice (organization_id, id),
    FOREIGN KEY (organization_id, charge_id) REFERENCES charge (organization_id, id)
){keyed_table};

CREATE TABLE payment (
    organization_id {id} NOT NULL REFERENCES organization (id),
    id {id} NOT NULL,
    invoice_id {id} NOT NULL,
    kind {text} NOT NULL,
    state {text} NOT NULL,
    payment_method_id {id},
    amount {integer} NOT NULL,
    currency {text} NOT NULL,
    -- The gateway's name of the payment, or what the bank statement says.
    reference {text},
    -- Why it failed: the code of a refusal.
    reason {text},
    recorded_by {id},
    made_on {text} NOT NULL,
    created_at {integer} NOT NULL,
    settled_at {integer},
    revision {integer} NOT NULL DEFAULT 1,
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (organization_id, invoice_id) REFERENCES invoice (organization_id, id)
){keyed_table};
CREATE INDEX payment_by_invoice ON payment (organization_id, invoice_id, id);
CREATE INDEX payment_by_reference ON payment (reference) WHERE reference IS NOT NULL;

-- Only ever added to; the sides of an entry come to nothing.
CREATE TABLE ledger_posting (
    organization_id {id} NOT NULL REFERENCES organization (id),
    entry_id {id} NOT NULL,
    ordinal {integer} NOT NULL,
    posted_on {text} NOT NULL,
    account {text} NOT NULL,
    amount {integer} NOT NULL,
    currency {text} NOT NULL,
    invoice_id {id},
    payment_id {id},
    PRIMARY KEY (organization_id, entry_id, ordinal)
){keyed_table};
CREATE INDEX ledger_by_invoice ON ledger_posting (organization_id, invoice_id);

-- The sums of the postings, kept and not counted.
CREATE TABLE ledger_balance (
    organization_id {id} NOT NULL REFERENCES organization (id),
    account {text} NOT NULL,
    currency {text} NOT NULL,
    debit {integer} NOT NULL,
    credit {integer} NOT NULL,
    PRIMARY KEY (organization_id, account, currency)
){keyed_table};

ALTER TABLE payment_method ADD COLUMN kind {text} NOT NULL DEFAULT 'card';
ALTER TABLE payment_method ADD COLUMN holder_name {text} NOT NULL DEFAULT '';
ALTER TABLE payment_method ADD COLUMN address {text} NOT NULL DEFAULT '{}';
ALTER TABLE payment_method ADD COLUMN mandate {text};
-- When it was taken off file; what it paid still names it.
ALTER TABLE payment_method ADD COLUMN removed_at {integer};
ALTER TABLE payment_method ADD COLUMN revision {integer} NOT NULL DEFAULT 1;

CREATE TABLE credit_check (
    organization_id {id} NOT NULL REFERENCES organization (id),
    order_id {id} NOT NULL,
    state {text} NOT NULL,
    requested_at {integer} NOT NULL,
    -- The working day by which it is decided.
    due_on {text} NOT NULL,
    contact_agreed {boolean} NOT NULL,
    decided_at {integer},
    decided_by {id},
    note {text} NOT NULL DEFAULT '',
    PRIMARY KEY (organization_id, order_id)
){keyed_table};
CREATE INDEX credit_check_pending ON credit_check (due_on) WHERE state = 'pending';

-- What a person may do with a billing account or one of its profiles, under MCA.
CREATE TABLE billing_role (
    organization_id {id} NOT NULL,
    user_id {id} NOT NULL,
    -- The identifier of the organization for its account, else that of a profile.
    scope_id {id} NOT NULL,
    role {text} NOT NULL,
    PRIMARY KEY (organization_id, user_id, scope_id, role),
    FOREIGN KEY (organization_id, user_id) REFERENCES "user" (organization_id, id)
){keyed_table};
CREATE INDEX billing_role_by_scope ON billing_role (organization_id, scope_id);
