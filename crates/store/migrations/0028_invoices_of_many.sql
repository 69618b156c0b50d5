-- An organization with many subscriptions has an invoice for each: where the last one ended, and which credit notes are
-- still to be used, is found without reading the invoices of all the others.
DROP INDEX invoice_by_profile;
CREATE INDEX invoice_by_profile ON invoice (organization_id, billing_profile_id, subscription_id, period_end);
CREATE INDEX invoice_unsettled_of_profile ON invoice (organization_id, billing_profile_id, kind)
    WHERE state IN ('open', 'partly_paid');
