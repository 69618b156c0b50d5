-- Requests for licenses (domain 2.9). Who asked and who decided may leave; the request stays for twelve months.
CREATE TABLE license_request (
    organization_id {id} NOT NULL REFERENCES organization (id),
    id {id} NOT NULL,
    product_id {id} NOT NULL REFERENCES product (id),
    requested_by {id},
    requested_at {integer} NOT NULL,
    reason {text} NOT NULL,
    state {text} NOT NULL,
    decided_by {id},
    decided_at {integer},
    message {text} NOT NULL,
    revision {integer} NOT NULL DEFAULT 1,
    PRIMARY KEY (organization_id, id)
){keyed_table};
CREATE INDEX license_request_pending ON license_request (organization_id, requested_by, product_id)
WHERE state = 'pending';
CREATE INDEX license_request_decided ON license_request (organization_id, decided_at) WHERE decided_at IS NOT NULL;

-- The people whom a request names; `is_approved` once it was decided.
CREATE TABLE license_request_person (
    organization_id {id} NOT NULL,
    request_id {id} NOT NULL,
    user_id {id} NOT NULL,
    is_approved {boolean},
    PRIMARY KEY (organization_id, request_id, user_id),
    FOREIGN KEY (organization_id, request_id) REFERENCES license_request (organization_id, id),
    FOREIGN KEY (organization_id, user_id) REFERENCES "user" (organization_id, id)
){keyed_table};

-- What an organization says instead of taking requests.
CREATE TABLE license_request_process (
    organization_id {id} NOT NULL PRIMARY KEY REFERENCES organization (id),
    text {text} NOT NULL,
    link {text} NOT NULL
){keyed_table};
