-- The outbox: a mail to one person is a row, written in the transaction of the event that causes it. It holds the
-- facts of that day; the text is drawn when it is sent or looked at.

CREATE TABLE mail (
    organization_id {id} NOT NULL REFERENCES organization (id),
    id {id} NOT NULL,
    kind {text} NOT NULL,
    state {text} NOT NULL,
    recipient_name {text} NOT NULL,
    recipient_address {text} NOT NULL,
    language {text} NOT NULL,
    message {text} NOT NULL,
    -- The invoice that goes with it as PDF.
    invoice_id {id},
    -- How often the server refused it for the moment.
    attempts {integer} NOT NULL DEFAULT 0,
    -- When it is due; while somebody sends it, until when.
    due_at {integer} NOT NULL,
    error {text},
    created_at {integer} NOT NULL,
    sent_at {integer},
    PRIMARY KEY (organization_id, id)
){keyed_table};
CREATE INDEX mail_due ON mail (due_at, id) WHERE state = 'waiting';
CREATE INDEX mail_newest ON mail (id);
CREATE INDEX mail_by_state ON mail (state, id);
CREATE INDEX mail_by_kind ON mail (kind, id);
CREATE INDEX mail_by_address ON mail (recipient_address, id);

-- Who gets mails of an organization besides its admins, and how. The language is the organization's own.
CREATE TABLE notification_setting (
    organization_id {id} NOT NULL PRIMARY KEY REFERENCES organization (id),
    -- The address of the organization itself; empty when there is none.
    contact {text} NOT NULL,
    -- Further addresses for what concerns money, a line each.
    extra_addresses {text} NOT NULL,
    attach_documents {boolean} NOT NULL,
    revision {integer} NOT NULL DEFAULT 1
){keyed_table};
