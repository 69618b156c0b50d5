-- The last day (in UTC) on which the calendar took steps in an organization, so that a day counts each of them once.
CREATE TABLE bill_run_organization (
    organization_id {id} NOT NULL PRIMARY KEY REFERENCES organization (id),
    day {text} NOT NULL
){keyed_table};
