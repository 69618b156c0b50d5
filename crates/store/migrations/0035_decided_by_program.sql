-- The name of who decided on a request, as it was then: a program has no row of its own among the people.
ALTER TABLE license_request ADD COLUMN decided_by_name {text} NOT NULL DEFAULT '';
