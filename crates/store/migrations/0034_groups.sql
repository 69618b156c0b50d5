-- The name by which a group is sorted and found, and of which there is one: without regard to case and accents. And the
-- changes of its name, so that two admins do not overwrite each other.
ALTER TABLE "group" ADD COLUMN sort_name {text} NOT NULL DEFAULT '';
ALTER TABLE "group" ADD COLUMN revision {integer} NOT NULL DEFAULT 1;
UPDATE "group" SET sort_name = LOWER(TRIM(name));
CREATE UNIQUE INDEX group_sort_name_once ON "group" (organization_id, sort_name);
