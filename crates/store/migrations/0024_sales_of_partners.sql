-- What a partner sells to a customer is charged where the subscription is, and then stands in the books of the partner
-- under the same identifier (domain 1.1, 2.2). A charge names the organization that has the subscription, and the
-- partner that pays for it. Constraints cannot be changed in place on every engine: both tables are copied.
CREATE TABLE invoice_line_before (
    organization_id {id} NOT NULL,
    invoice_id {id} NOT NULL,
    ordinal {integer} NOT NULL,
    charge_id {id} NOT NULL,
    product_name {text} NOT NULL,
    part_number {text} NOT NULL,
    order_number {integer},
    net {integer} NOT NULL,
    tax_category {text} NOT NULL,
    tax_rate {integer} NOT NULL,
    tax_amount {integer} NOT NULL,
    PRIMARY KEY (organization_id, invoice_id, ordinal)
){keyed_table};
INSERT INTO invoice_line_before SELECT organization_id, invoice_id, ordinal, charge_id, product_name, part_number,
    order_number, net, tax_category, tax_rate, tax_amount FROM invoice_line;
DROP TABLE invoice_line;

CREATE TABLE charge_before (
    organization_id {id} NOT NULL,
    id {id} NOT NULL,
    subscription_id {id} NOT NULL,
    billing_profile_id {id} NOT NULL,
    order_id {id},
    kind {text} NOT NULL,
    quantity {integer} NOT NULL,
    currency {text} NOT NULL,
    unit_price {integer} NOT NULL,
    service_start {text} NOT NULL,
    service_end {text} NOT NULL,
    billing_start {text} NOT NULL,
    billing_end {text} NOT NULL,
    share_numerator {integer} NOT NULL,
    share_denominator {integer} NOT NULL,
    amount {integer} NOT NULL,
    reverses_id {id},
    charged_on {text} NOT NULL,
    invoice_on {text} NOT NULL,
    quantity_left {integer} NOT NULL,
    credited {integer} NOT NULL,
    invoice_id {id},
    PRIMARY KEY (organization_id, id)
){keyed_table};
INSERT INTO charge_before SELECT organization_id, id, subscription_id, billing_profile_id, order_id, kind, quantity,
    currency, unit_price, service_start, service_end, billing_start, billing_end, share_numerator, share_denominator,
    amount, reverses_id, charged_on, invoice_on, quantity_left, credited, invoice_id FROM charge;
DROP TABLE charge;

CREATE TABLE charge (
    organization_id {id} NOT NULL,
    id {id} NOT NULL,
    -- The organization that has the subscription: another one where a partner pays for what it sold.
    subscriber_id {id} NOT NULL,
    subscription_id {id} NOT NULL,
    -- The partner whose invoices it is on; null where it is on those of the organization.
    partner_id {id},
    billing_profile_id {id} NOT NULL,
    order_id {id},
    kind {text} NOT NULL,
    quantity {integer} NOT NULL,
    currency {text} NOT NULL,
    unit_price {integer} NOT NULL,
    service_start {text} NOT NULL,
    service_end {text} NOT NULL,
    billing_start {text} NOT NULL,
    billing_end {text} NOT NULL,
    share_numerator {integer} NOT NULL,
    share_denominator {integer} NOT NULL CHECK (share_denominator > 0),
    amount {integer} NOT NULL,
    reverses_id {id},
    charged_on {text} NOT NULL,
    invoice_on {text} NOT NULL,
    quantity_left {integer} NOT NULL,
    credited {integer} NOT NULL DEFAULT 0,
    invoice_id {id},
    PRIMARY KEY (organization_id, id),
    FOREIGN KEY (subscriber_id, subscription_id) REFERENCES subscription (organization_id, id),
    -- D17: credits never take back more than was charged.
    CONSTRAINT credited_within_amount CHECK (reverses_id IS NOT NULL OR (0 <= credited AND credited <= amount AND quantity_left >= 0))
){keyed_table};
INSERT INTO charge (organization_id, id, subscriber_id, subscription_id, billing_profile_id, order_id, kind, quantity,
    currency, unit_price, service_start, service_end, billing_start, billing_end, share_numerator, share_denominator,
    amount, reverses_id, charged_on, invoice_on, quantity_left, credited, invoice_id)
SELECT organization_id, id, organization_id, subscription_id, billing_profile_id, order_id, kind, quantity, currency,
    unit_price, service_start, service_end, billing_start, billing_end, share_numerator, share_denominator, amount,
    reverses_id, charged_on, invoice_on, quantity_left, credited, invoice_id FROM charge_before;
DROP TABLE charge_before;
CREATE INDEX charge_by_subscription ON charge (organization_id, subscription_id, id);
CREATE INDEX charge_to_invoice ON charge (organization_id, invoice_on) WHERE invoice_id IS NULL AND partner_id IS NULL;

CREATE TABLE invoice_line (
    organization_id {id} NOT NULL,
    invoice_id {id} NOT NULL,
    ordinal {integer} NOT NULL,
    charge_id {id} NOT NULL,
    product_name {text} NOT NULL,
    part_number {text} NOT NULL,
    -- To whom a partner sold it, as the customer was called then.
    customer_name {text},
    order_number {integer},
    net {integer} NOT NULL,
    tax_category {text} NOT NULL,
    tax_rate {integer} NOT NULL,
    tax_amount {integer} NOT NULL,
    PRIMARY KEY (organization_id, invoice_id, ordinal),
    -- A charge is on one invoice.
    CONSTRAINT charge_invoiced_once UNIQUE (organization_id, charge_id),
    FOREIGN KEY (organization_id, invoice_id) REFERENCES invoice (organization_id, id),
    FOREIGN KEY (organization_id, charge_id) REFERENCES charge (organization_id, id)
){keyed_table};
INSERT INTO invoice_line (organization_id, invoice_id, ordinal, charge_id, product_name, part_number, order_number, net,
    tax_category, tax_rate, tax_amount)
SELECT organization_id, invoice_id, ordinal, charge_id, product_name, part_number, order_number, net, tax_category,
    tax_rate, tax_amount FROM invoice_line_before;
DROP TABLE invoice_line_before;

-- What the partner pays for one license for one billing period; null for what was sold outside Zetel.
ALTER TABLE subscription ADD COLUMN sale_price {integer};
