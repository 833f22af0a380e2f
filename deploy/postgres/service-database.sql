-- Roles and database of one service. Run by the superuser, in any database, as often as you like.
-- Placeholders: {{service}}, {{database}}, {{owner_password}}, {{app_password}}, {{worker_password}}, {{report_password}}.
-- Statements are separated by one empty line and hold none themselves.
--   <service>_owner   runs the migrations and owns the tables; the running service never signs in with it
--   <service>_app     serves one business per transaction under row-level security
--   <service>_worker  claims and consumes for all businesses under narrow explicit policies
--   <service>_report  reads

DO $$ BEGIN CREATE ROLE {{service}}_owner; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;

DO $$ BEGIN CREATE ROLE {{service}}_app; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;

DO $$ BEGIN CREATE ROLE {{service}}_worker; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;

DO $$ BEGIN CREATE ROLE {{service}}_report; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;

ALTER ROLE {{service}}_owner LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOINHERIT PASSWORD '{{owner_password}}';

ALTER ROLE {{service}}_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOINHERIT PASSWORD '{{app_password}}';

ALTER ROLE {{service}}_worker LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOINHERIT PASSWORD '{{worker_password}}';

ALTER ROLE {{service}}_report LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOINHERIT PASSWORD '{{report_password}}';

CREATE DATABASE {{database}} OWNER {{service}}_owner;

REVOKE ALL ON DATABASE {{database}} FROM PUBLIC;

GRANT CONNECT ON DATABASE {{database}} TO {{service}}_app, {{service}}_worker, {{service}}_report;
