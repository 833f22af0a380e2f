-- The public schema of one service's database. Run by the superuser inside that database, as often as you like.
-- Tables and their grants are the business of the service's own migrations, which run as <service>_owner.
-- Statements are separated by one empty line and hold none themselves.

REVOKE ALL ON SCHEMA public FROM PUBLIC;

ALTER SCHEMA public OWNER TO {{service}}_owner;

GRANT USAGE ON SCHEMA public TO {{service}}_app, {{service}}_worker, {{service}}_report;
