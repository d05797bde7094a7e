-- Once, by a superuser:  psql -v password="'...'" -f roles.sql
-- The program's own role makes the tables (migrate) and is held by row-level security itself: no superuser, no BYPASSRLS.
create role fleet login password :password nosuperuser nocreatedb nocreaterole nobypassrls;
create database fleet owner fleet encoding 'UTF8' template template0;
\connect fleet
revoke all on database fleet from public;
revoke all on schema public from public;
grant all on schema public to fleet;

-- For reports: sees one tenant's rows, after  set drivermonitor.tenant = '1';  and never a secret, a token or the audit.
create role fleet_report login nosuperuser nobypassrls;
grant connect on database fleet to fleet_report;
grant usage on schema public to fleet_report;
alter default privileges for role fleet in schema public grant select on tables to fleet_report;
-- After the first start:  revoke select on token, webhook, delivery, account, audit, certificate from fleet_report;
