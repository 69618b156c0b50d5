-- What a take-over changed, kept while it can be undone (domain 5.4).
ALTER TABLE billing_account ADD COLUMN undo_days {integer} NOT NULL DEFAULT 14;
CREATE TABLE kept_take_over (
    organization_id {id} NOT NULL,
    subscription_id {id} NOT NULL,
    -- The order whose credits gave back what was charged.
    order_id {id} NOT NULL,
    -- What the subscription was, as JSON.
    former {text} NOT NULL,
    -- The product to whose licenses people moved; null when they lost access.
    moved_to {id},
    -- The last day on which it can be undone, where the organization is.
    undo_until {text} NOT NULL,
    -- How it was undone, as JSON.
    undone {text},
    PRIMARY KEY (organization_id, subscription_id),
    FOREIGN KEY (organization_id, subscription_id) REFERENCES subscription (organization_id, id)
){keyed_table};
CREATE INDEX kept_take_over_by_end ON kept_take_over (organization_id, undo_until);
-- The sweep looks over all organizations.
CREATE INDEX kept_take_over_by_day ON kept_take_over (undo_until, organization_id);

-- The licenses of its people.
CREATE TABLE kept_license (
    organization_id {id} NOT NULL,
    subscription_id {id} NOT NULL,
    user_id {id} NOT NULL,
    assigned_at {integer} NOT NULL,
    disabled_plans {text} NOT NULL,
    conflict_since {integer},
    -- Whether the take-over gave the person a license of the product to which people moved.
    is_moved {boolean} NOT NULL,
    -- While it is being undone: the subscription of that license, if the person still holds it, and what comes of it.
    held_in {id},
    outcome {text} NOT NULL DEFAULT '',
    PRIMARY KEY (organization_id, subscription_id, user_id),
    FOREIGN KEY (organization_id, subscription_id) REFERENCES kept_take_over (organization_id, subscription_id)
){keyed_table};
