-- How a subscription is charged from its next term on, when that was agreed.
ALTER TABLE subscription ADD COLUMN billing_frequency_at_renewal {text};
ALTER TABLE subscription ADD COLUMN unit_price_at_renewal {integer};
