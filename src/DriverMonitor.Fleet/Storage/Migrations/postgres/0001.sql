-- Times are Unix milliseconds (UTC) everywhere, as the wire has them. There is no driver in this model, and no column for one.

create table tenant (
  id int generated always as identity primary key,
  name text not null unique,
  basis text not null default '',                -- 'eu-work': stress and anger are refused at intake
  floor int not null default 5,                  -- fewest vehicles an aggregate may speak of
  retention text not null default '{}'           -- JSON: days by table, where they differ from the defaults
);

create table vehicle (
  id int generated always as identity primary key,
  tenant_id int not null references tenant,
  name text not null,
  label text not null default '',
  privacy smallint,                              -- 0 to 3, as it said last
  version text not null default '',
  first_at bigint not null,
  retired_at bigint,
  unique (tenant_id, name)
);

create table epoch (
  vehicle_id int not null references vehicle,
  epoch bigint not null,                         -- the 16 hexadecimal digits, as a signed number
  mark bigint not null default 0,                -- every number up to here is stored, or known to be lost
  highest bigint not null default 0,
  holes text not null default '[]',              -- JSON: [[from,to],...] between mark and highest
  asked int not null default 0,                  -- how often the present holes were asked for
  marked_at bigint,
  first_at bigint not null,
  last_at bigint not null,
  closed_at bigint,                              -- nothing more will come
  answers bigint not null default 0,             -- answers to marks, counted and not kept
  primary key (vehicle_id, epoch)
);

-- Up to where the marks of a shard of vehicles have looked.
create table mark_progress (
  shard int primary key,
  scanned_to bigint not null
);

create table vehicle_now (
  vehicle_id int primary key references vehicle,
  status text not null default '',               -- online, offline, lost
  epoch bigint,
  boot int not null default 0,
  seen_at bigint not null,
  status_at bigint,
  state_seq bigint not null default 0,
  alert smallint,
  cam text,
  hr text,
  waiting int,
  oldest_s int,
  dropped int,
  privacy smallint
) with (fillfactor = 70);

create table event (
  vehicle_id int not null,
  boot int not null,
  epoch bigint not null,
  seq bigint not null,
  at bigint not null,                            -- the event's own stamp; part of the key, never changed
  received_at bigint not null,
  mono bigint not null,
  happened_at bigint,                            -- by a later clockfix
  type smallint not null,
  kind smallint not null,
  level smallint not null,
  clock smallint not null,
  late smallint not null,
  episode text,
  body text not null,
  primary key (vehicle_id, epoch, seq, at)
) partition by range (at);
create table event_default partition of event default;
create index event_by_time on event (vehicle_id, at);
create index event_received on event using brin (received_at);
create index event_serious on event (at) where type = 1 and level >= 3;

create table episode (
  vehicle_id int not null references vehicle,
  epoch bigint not null,
  episode text not null,
  kind smallint not null,
  rule text not null,
  raised_at bigint,
  cleared_at bigint,
  last_at bigint not null,
  top_level smallint not null,
  disputed_at bigint,
  review text,                                   -- seen, true, false, unclear
  note text,
  reviewed_by text,
  reviewed_at bigint,
  primary key (vehicle_id, epoch, episode)
);
create index episode_by_time on episode (last_at);

create table hour (
  vehicle_id int not null,
  at bigint not null,                            -- start of the hour
  driven_s int not null default 0,
  judged_s text not null default '{}',
  raised text not null default '{}',
  disputed text not null default '{}',
  health text not null default '{}',
  primary key (vehicle_id, at)
) partition by range (at);
create table hour_default partition of hour default;

create table finding (
  id bigint generated always as identity primary key,
  vehicle_id int not null references vehicle,
  at bigint not null,
  kind smallint not null,
  detail text not null,
  epoch bigint,
  first bigint,
  last bigint
);
create index finding_by_vehicle on finding (vehicle_id, at);
create index finding_by_number on finding (vehicle_id, epoch, last) where epoch is not null;

create table clock_fix (
  vehicle_id int not null references vehicle,
  epoch bigint not null,
  boot int not null,
  mono bigint not null,
  utc bigint not null,
  primary key (vehicle_id, epoch, boot)
);

create table signer (
  kid text primary key,
  tenant_id int references tenant,
  ctr bigint not null default 0                  -- rises in the same transaction as the order
);

create table orders (
  id text primary key,
  tenant_id int not null references tenant,
  vehicle_id int not null references vehicle,
  name text not null,
  args text not null,
  kid text not null,
  ctr bigint not null,
  asked_by text not null,
  asked_at bigint not null,
  sent_at bigint,
  answer text,
  answered_at bigint
);
create index orders_by_vehicle on orders (vehicle_id, asked_at);

create table audit_head (
  vehicle_id int not null references vehicle,
  at bigint not null,
  entries bigint not null,
  hash text not null,
  primary key (vehicle_id, at)
);

create table erasure (
  id bigint generated always as identity primary key,
  vehicle_id int not null references vehicle,
  receipt text,                                  -- the event that asked for it, or who did
  pseudonym text,
  from_at bigint,
  to_at bigint,
  asked_at bigint not null,
  done_at bigint,
  rows bigint
);

create table certificate (
  serial text primary key,
  tenant_id int not null references tenant,
  vehicle_id int references vehicle,
  name text not null,
  issued_at bigint not null,
  expires_at bigint not null,
  revoked_at bigint
);

create table account (
  id int generated always as identity primary key,
  name text not null unique,
  password text,
  locked_until bigint,
  failures int not null default 0,
  created_at bigint not null
);

create table role_grant (
  account_id int not null references account,
  tenant_id int not null references tenant,
  role text not null,
  primary key (account_id, tenant_id, role)
);

create table token (
  id int generated always as identity primary key,
  tenant_id int references tenant,               -- null: every tenant
  hash text not null unique,
  name text not null,
  scopes text not null,
  created_at bigint not null,
  expires_at bigint,
  used_at bigint,
  revoked_at bigint
);

create table audit (
  id bigint generated always as identity primary key,
  tenant_id int references tenant,
  at bigint not null,
  who text not null,
  what text not null,
  prev text not null,
  hash text not null
);

create table webhook (
  id int generated always as identity primary key,
  tenant_id int not null references tenant,
  url text not null,
  secret text not null,
  events text not null default '[]',
  created_at bigint not null,
  disabled_at bigint
);

create table delivery (
  id bigint generated always as identity primary key,
  webhook_id int not null references webhook,
  created_at bigint not null,
  body text not null,
  attempts int not null default 0,
  next_at bigint,
  done_at bigint,
  failed_at bigint,
  error text
);
create index delivery_due on delivery (next_at) where done_at is null and failed_at is null;

-- The second wall beside the query's own filter: a session sees the tenant it named, or all with '*', or nothing.
create function tenant_visible(tenant int) returns boolean language sql stable as
  $$ select current_setting('drivermonitor.tenant', true) in ('*', tenant::text) $$;

do $$
declare name text;
begin
  foreach name in array array['vehicle', 'orders', 'webhook', 'certificate', 'role_grant'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant_wall on %I using (tenant_visible(tenant_id))', name);
  end loop;
  foreach name in array array['epoch', 'vehicle_now', 'event', 'episode', 'hour', 'finding', 'clock_fix', 'audit_head', 'erasure'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant_wall on %I using (current_setting(''drivermonitor.tenant'', true) = ''*'' '
      || 'or vehicle_id in (select id from vehicle))', name);
  end loop;
end $$;
