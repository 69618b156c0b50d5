-- A charge says for itself whether its price and amount include tax (domain 4.9): the billing rules may change before
-- its invoice, and before it is taken back.
ALTER TABLE charge ADD COLUMN includes_tax {boolean} NOT NULL DEFAULT FALSE;
UPDATE charge SET includes_tax = TRUE WHERE COALESCE(partner_id, organization_id) IN
    (SELECT organization_id FROM billing_account WHERE prices_include_tax);
