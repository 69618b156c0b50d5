-- What of the credit of a billing profile was transferred back to the customer.
CREATE TABLE credit_pay_out (
    organization_id {id} NOT NULL,
    id {id} NOT NULL,
    billing_profile_id {id} NOT NULL,
    currency {text} NOT NULL,
    amount {integer} NOT NULL CHECK (amount > 0),
    -- What the bank statement says.
    reference {text} NOT NULL,
    recorded_by {id},
    made_on {text} NOT NULL,
    PRIMARY KEY (organization_id, id),
    -- The same is not recorded twice.
    CONSTRAINT credit_pay_out_once UNIQUE (organization_id, billing_profile_id, reference),
    FOREIGN KEY (organization_id, billing_profile_id) REFERENCES billing_profile (organization_id, id)
){keyed_table};
