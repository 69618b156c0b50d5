-- Whether people may buy for themselves (domain 5.3). A product without a row follows `new_products` of self_service_rule.
CREATE TABLE self_service_policy (
    organization_id {id} NOT NULL REFERENCES organization (id),
    product_id {id} NOT NULL REFERENCES product (id),
    value {text} NOT NULL,
    PRIMARY KEY (organization_id, product_id)
){keyed_table};

-- The same for what is no product of the catalog: `new_products`, and offer types of third parties.
CREATE TABLE self_service_rule (
    organization_id {id} NOT NULL REFERENCES organization (id),
    subject {text} NOT NULL,
    value {text} NOT NULL,
    PRIMARY KEY (organization_id, subject)
){keyed_table};
