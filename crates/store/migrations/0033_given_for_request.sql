-- The product of which people get licenses, where an admin gives another one than was asked for (domain 2.9); null: the
-- one that was asked for.
ALTER TABLE license_request ADD COLUMN given_id {id} REFERENCES product (id);
