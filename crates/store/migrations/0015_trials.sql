-- What was tried: a product once by the organization, whose id is then the holder, and once by each user for the team.
CREATE TABLE trial (
    organization_id {id} NOT NULL REFERENCES organization (id),
    holder_id {id} NOT NULL,
    product_id {id} NOT NULL REFERENCES product (id),
    PRIMARY KEY (organization_id, holder_id, product_id)
){keyed_table};
INSERT INTO trial (organization_id, holder_id, product_id) SELECT DISTINCT organization_id,
    COALESCE(holder_id, organization_id), product_id FROM subscription WHERE channel = 'trial';
