-- Product keys: keyed hashes of them, the batches that they were made with, and what was redeemed where.

CREATE TABLE product_key_batch (
    id {id} NOT NULL PRIMARY KEY,
    sku_id {id} NOT NULL REFERENCES sku (id),
    quantity {integer} NOT NULL CHECK (quantity >= 1),
    term {text} NOT NULL,
    country {text},
    redeem_by {text},
    key_count {integer} NOT NULL CHECK (key_count >= 1),
    -- How many are made; the job that makes them goes on from here.
    made_count {integer} NOT NULL DEFAULT 0,
    -- What the keys are made from, together with the server's secret; gone once they were exported.
    seed {bytes},
    job_id {id} NOT NULL,
    created_by {text} NOT NULL,
    created_at {integer} NOT NULL,
    exported_at {integer},
    revoked_at {integer},
    CONSTRAINT made_within_count CHECK (0 <= made_count AND made_count <= key_count)
){keyed_table};

-- A key is found by the keyed hash of its characters, cut to sixteen bytes.
CREATE TABLE product_key (
    key_hash {id} NOT NULL PRIMARY KEY,
    batch_id {id} NOT NULL,
    last_five {text} NOT NULL,
    redeemed_at {integer},
    revoked_at {integer}
){keyed_table};
CREATE INDEX product_key_by_last_five ON product_key (last_five);
CREATE INDEX product_key_redeemed ON product_key (batch_id) WHERE redeemed_at IS NOT NULL;
CREATE INDEX product_key_revoked ON product_key (batch_id) WHERE revoked_at IS NOT NULL;

CREATE TABLE product_key_redemption (
    organization_id {id} NOT NULL REFERENCES organization (id),
    key_hash {id} NOT NULL,
    batch_id {id} NOT NULL,
    last_five {text} NOT NULL,
    subscription_id {id} NOT NULL,
    order_id {id} NOT NULL,
    key_use {text} NOT NULL,
    redeemed_by {text} NOT NULL,
    redeemed_at {integer} NOT NULL,
    PRIMARY KEY (organization_id, key_hash),
    CONSTRAINT product_key_redeemed_once UNIQUE (key_hash),
    FOREIGN KEY (organization_id, subscription_id) REFERENCES subscription (organization_id, id)
){keyed_table};
CREATE INDEX product_key_redemption_by_batch ON product_key_redemption (batch_id, redeemed_at, key_hash);
CREATE INDEX product_key_redemption_by_subscription ON product_key_redemption (organization_id, subscription_id);

-- Unknown keys that somebody tried, by person, organization and address, for the rate limit.
CREATE TABLE product_key_failure (
    subject {text} NOT NULL PRIMARY KEY,
    count {integer} NOT NULL,
    last_at {integer} NOT NULL
){keyed_table};
