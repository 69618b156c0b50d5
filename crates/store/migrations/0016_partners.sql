-- Partners and resellers: organizations of their own, the customers that they serve, and what they sold
-- (domain 1.1, 1.8, 2.2).
CREATE TABLE partner (
    organization_id {id} NOT NULL PRIMARY KEY REFERENCES organization (id),
    -- How customers reach the partner.
    contact {text} NOT NULL,
    -- Where customers buy more; may be empty.
    link {text} NOT NULL
){keyed_table};

-- A customer's partners: the customer's organization keeps the row.
CREATE TABLE partner_relationship (
    organization_id {id} NOT NULL REFERENCES organization (id),
    partner_id {id} NOT NULL REFERENCES organization (id),
    state {text} NOT NULL,
    changed_at {integer} NOT NULL,
    revision {integer} NOT NULL DEFAULT 1,
    PRIMARY KEY (organization_id, partner_id)
){keyed_table};
CREATE INDEX partner_relationship_by_partner ON partner_relationship (partner_id, organization_id);

-- The partner that sold it.
ALTER TABLE subscription ADD COLUMN partner_id {id};
CREATE INDEX subscription_by_partner ON subscription (organization_id, partner_id) WHERE partner_id IS NOT NULL;
