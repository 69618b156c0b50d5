-- Which buyers of self-service subscriptions were asked to cancel, by whom and when last (domain 5.5).
CREATE TABLE cancellation_request (
    organization_id {id} NOT NULL,
    subscription_id {id} NOT NULL,
    requested_at {integer} NOT NULL,
    requested_by {id},
    PRIMARY KEY (organization_id, subscription_id),
    FOREIGN KEY (organization_id, subscription_id) REFERENCES subscription (organization_id, id)
){keyed_table};
