-- The billing profile that a purchase is charged to, where the buyer could choose (domain 4.8).
ALTER TABLE "order" ADD COLUMN billing_profile_id {id};
