-- Products whose licenses people claim when they need one (domain 2.8). Place 0 gives the product itself, the others
-- what stands in for it when no license of it is free, in this order.
CREATE TABLE auto_claim (
    organization_id {id} NOT NULL REFERENCES organization (id),
    product_id {id} NOT NULL REFERENCES product (id),
    place {integer} NOT NULL,
    given_id {id} NOT NULL REFERENCES product (id),
    -- Identifiers of the apps that are off in the licenses that are given, separated by spaces.
    disabled_plans {text} NOT NULL DEFAULT '',
    PRIMARY KEY (organization_id, product_id, place)
){keyed_table};
