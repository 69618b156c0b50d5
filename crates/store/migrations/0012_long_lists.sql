-- Licenses are grouped by product in the order in which the page shows them, and Home counts people without reading
-- what is known of each.
CREATE INDEX subscription_by_product_name ON subscription (organization_id, sort_name, product_id);
CREATE INDEX user_by_state ON "user" (organization_id, state);
