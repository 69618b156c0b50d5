-- What decides who may buy by self-service (domain 5.1): whether somebody is a guest of the organization, and what
-- kind of customer the organization is.
ALTER TABLE "user" ADD COLUMN is_guest {boolean} NOT NULL DEFAULT FALSE;
ALTER TABLE billing_account ADD COLUMN segment {text} NOT NULL DEFAULT 'commercial';

-- Whether people claim licenses at all (domain 2.8). Without a row: as soon as there is a policy.
CREATE TABLE auto_claim_setting (
    organization_id {id} NOT NULL PRIMARY KEY REFERENCES organization (id),
    is_on {boolean} NOT NULL
){keyed_table};
