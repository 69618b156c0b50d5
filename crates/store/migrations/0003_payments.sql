-- Collecting what customers owe, and giving back what they have to their credit.

-- The plan of attempts to collect an invoice counts from the first one.
ALTER TABLE invoice ADD COLUMN first_attempt_on {text};
-- What was issued before is collected from its due day on.
UPDATE invoice SET due_step_on = CASE WHEN gross > 0 THEN due_on ELSE issued_on END
WHERE state IN ('open', 'partly_paid') AND (gross < 0 OR payment_method_id IS NOT NULL);

-- The payment that a refund or a chargeback takes back.
ALTER TABLE payment ADD COLUMN reverses_id {id};
CREATE INDEX payment_by_reversed ON payment (organization_id, reverses_id) WHERE reverses_id IS NOT NULL;
-- A transfer is recorded once for an invoice.
CREATE UNIQUE INDEX transfer_once ON payment (organization_id, invoice_id, reference) WHERE kind = 'transfer';

-- The day on which a subscription was disabled because it was not paid.
ALTER TABLE subscription ADD COLUMN unpaid_since {text};
