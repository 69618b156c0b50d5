-- What a customer transferred beyond its invoices, until later invoices of the billing profile use it.
CREATE TABLE profile_credit (
    organization_id {id} NOT NULL,
    id {id} NOT NULL,
    billing_profile_id {id} NOT NULL,
    currency {text} NOT NULL,
    amount {integer} NOT NULL,
    used {integer} NOT NULL DEFAULT 0,
    -- What the bank statement says.
    reference {text} NOT NULL,
    recorded_by {id},
    made_on {text} NOT NULL,
    PRIMARY KEY (organization_id, id),
    CONSTRAINT used_within_credit CHECK (0 <= used AND used <= amount),
    -- A transfer is recorded once.
    CONSTRAINT profile_credit_once UNIQUE (organization_id, billing_profile_id, reference),
    FOREIGN KEY (organization_id, billing_profile_id) REFERENCES billing_profile (organization_id, id)
){keyed_table};
