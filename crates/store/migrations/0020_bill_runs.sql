-- What the calendar did on a day (in UTC), in all organizations together; whoever takes steps adds its own.
CREATE TABLE bill_run (
    day {text} NOT NULL PRIMARY KEY,
    begun_at {integer} NOT NULL,
    went_on_at {integer} NOT NULL,
    organizations {integer} NOT NULL,
    steps {integer} NOT NULL
){keyed_table};

-- Where it fails, until it goes on there.
CREATE TABLE bill_run_failure (
    organization_id {id} NOT NULL PRIMARY KEY REFERENCES organization (id),
    reason {text} NOT NULL,
    attempts {integer} NOT NULL,
    first_at {integer} NOT NULL,
    last_at {integer} NOT NULL
){keyed_table};

-- The operator's dry runs.
CREATE INDEX job_of_kind ON job (organization_id, kind, id);
