-- What kind of camera it has said it has: alerts that are wrong may come from a camera.
alter table vehicle add column camera text not null default '';

-- What stands open, was disputed or was reviewed is a small part of all episodes, and asked for by every screen.
create index episode_open on episode (last_at) where cleared_at is null;
create index episode_disputed on episode (last_at) where disputed_at is not null;
create index certificate_by_name on certificate (tenant_id, name, expires_at);
create index orders_by_time on orders (tenant_id, asked_at);
create index finding_by_time on finding (at);
