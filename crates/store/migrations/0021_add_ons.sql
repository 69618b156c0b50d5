-- Add-ons (domain 1.9): whether a product is sold alone, which products an add-on fits, and the subscription to which a
-- traditional one belongs.
ALTER TABLE product ADD COLUMN kind {text} NOT NULL DEFAULT 'base';
CREATE TABLE add_on_base (
    product_id {id} NOT NULL REFERENCES product (id),
    base_product_id {id} NOT NULL REFERENCES product (id),
    PRIMARY KEY (product_id, base_product_id),
    CHECK (product_id <> base_product_id)
){keyed_table};
CREATE INDEX add_on_of_base ON add_on_base (base_product_id, product_id);
ALTER TABLE subscription ADD COLUMN base_id {id};
CREATE INDEX subscription_by_base ON subscription (organization_id, base_id) WHERE base_id IS NOT NULL;
ALTER TABLE "order" ADD COLUMN base_id {id};
