#!/bin/bash
# Runs once in the official PostgreSQL image, when its data directory is new: roles and database of each service, and the
# registry's database. The four roles of one service share the password <SERVICE>_DATABASE_PASSWORD.
set -euo pipefail
templates=/templates

fill() {
  sed -e "s/{{service}}/$1/g" -e "s/{{database}}/$1/g" -e "s/{{[a-z]*_password}}/$2/g" "$templates/$3"
}

for service in campaign enrollment dispatch analytics; do
  variable="${service^^}_DATABASE_PASSWORD"
  fill "$service" "${!variable}" service-database.sql | psql --quiet --set ON_ERROR_STOP=1 --username postgres --dbname postgres
  fill "$service" "${!variable}" service-schema.sql | psql --quiet --set ON_ERROR_STOP=1 --username postgres --dbname "$service"
done

psql --quiet --set ON_ERROR_STOP=1 --username postgres --dbname postgres <<SQL
CREATE ROLE registry LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD '$REGISTRY_DATABASE_PASSWORD';
CREATE DATABASE registry OWNER registry;
REVOKE ALL ON DATABASE registry FROM PUBLIC;
SQL
