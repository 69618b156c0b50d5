-- What an organization decided about who assigns licenses; without a row what the roles say by themselves.
CREATE TABLE license_setting (
    organization_id {id} NOT NULL PRIMARY KEY REFERENCES organization (id),
    -- Whether Billing admins do too (D22).
    billing_admins_assign {boolean} NOT NULL
){keyed_table};
