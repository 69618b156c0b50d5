-- Changes of plan (domain 1.10): the product that takes over at the renewal, the work that moves people to another
-- product at this moment, and the subscription to which people moved.
ALTER TABLE subscription ADD COLUMN plan_price_at_renewal_id {id};
ALTER TABLE subscription ADD COLUMN plan_quantity_at_renewal {integer};
ALTER TABLE subscription ADD COLUMN plan_change_job_id {id};
ALTER TABLE subscription ADD COLUMN changed_to_id {id};
CREATE INDEX subscription_by_change ON subscription (organization_id, canceled_on) WHERE changed_to_id IS NOT NULL;
CREATE INDEX subscription_by_successor ON subscription (organization_id, changed_to_id) WHERE changed_to_id IS NOT NULL;
