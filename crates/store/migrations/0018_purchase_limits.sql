-- Who may buy for the team, and how much (domain 5.3). Without a row: everybody, and no limit.
CREATE TABLE purchase_limits (
    organization_id {id} NOT NULL REFERENCES organization (id),
    -- Only the members of this group, or the people of this department; everybody without either.
    group_id {id},
    department {text} NOT NULL DEFAULT '',
    licenses_max {integer} CHECK (licenses_max >= 1),
    PRIMARY KEY (organization_id),
    FOREIGN KEY (organization_id, group_id) REFERENCES "group" (organization_id, id),
    CHECK (group_id IS NULL OR department = '')
){keyed_table};

-- What a buyer ordered and is about to pay counts for the limit.
CREATE INDEX order_about_to_be_paid ON "order" (organization_id, ordered_by)
    WHERE state IN ('payment_pending', 'confirmation_required');
