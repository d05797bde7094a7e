-- Times are Unix milliseconds (UTC) everywhere, as the wire has them. There is no driver in this model, and no column for one.

create table tenant (
  id integer primary key,
  name text not null unique,
  basis text not null default '',                -- 'eu-work': stress and anger are refused at intake
  floor integer not null default 5,                  -- fewest vehicles an aggregate may speak of
  retention text not null default '{}'           -- JSON: days by table, where they differ from the defaults
);

create table vehicle (
  id integer primary key,
  tenant_id integer not null references tenant (id),
  name text not null,
  label text not null default '',
  privacy integer,                              -- 0 to 3, as it said last
  version text not null default '',
  first_at integer not null,
  retired_at integer,
  unique (tenant_id, name)
);

create table epoch (
  vehicle_id integer not null references vehicle (id),
  epoch integer not null,                         -- the 16 hexadecimal digits, as a signed number
  mark integer not null default 0,                -- every number up to here is stored, or known to be lost
  highest integer not null default 0,
  holes text not null default '[]',              -- JSON: [[from,to],...] between mark and highest
  asked integer not null default 0,                  -- how often the present holes were asked for
  marked_at integer,
  first_at integer not null,
  last_at integer not null,
  closed_at integer,                              -- nothing more will come
  answers integer not null default 0,             -- answers to marks, counted and not kept
  primary key (vehicle_id, epoch)
) without rowid;

-- Up to where the marks of a shard of vehicles have looked.
create table mark_progress (
  shard integer primary key,
  scanned_to integer not null
);

create table vehicle_now (
  vehicle_id integer primary key references vehicle (id),
  status text not null default '',               -- online, offline, lost
  epoch integer,
  boot integer not null default 0,
  seen_at integer not null,
  status_at integer,
  state_seq integer not null default 0,
  alert integer,
  cam text,
  hr text,
  waiting integer,
  oldest_s integer,
  dropped integer,
  privacy integer
);

create table event (
  vehicle_id integer not null,
  boot integer not null,
  epoch integer not null,
  seq integer not null,
  at integer not null,                            -- the event's own stamp; part of the key, never changed
  received_at integer not null,
  mono integer not null,
  happened_at integer,                            -- by a later clockfix
  type integer not null,
  kind integer not null,
  level integer not null,
  clock integer not null,
  late integer not null,
  episode text,
  body text not null,
  primary key (vehicle_id, epoch, seq, at)
);
create index event_by_time on event (vehicle_id, at);
create index event_serious on event (at) where type = 1 and level >= 3;

create table episode (
  vehicle_id integer not null references vehicle (id),
  epoch integer not null,
  episode text not null,
  kind integer not null,
  rule text not null,
  raised_at integer,
  cleared_at integer,
  last_at integer not null,
  top_level integer not null,
  disputed_at integer,
  review text,                                   -- seen, true, false, unclear
  note text,
  reviewed_by text,
  reviewed_at integer,
  primary key (vehicle_id, epoch, episode)
) without rowid;
create index episode_by_time on episode (last_at);

create table hour (
  vehicle_id integer not null,
  at integer not null,                            -- start of the hour
  driven_s integer not null default 0,
  judged_s text not null default '{}',
  raised text not null default '{}',
  disputed text not null default '{}',
  health text not null default '{}',
  primary key (vehicle_id, at)
) without rowid;

create table finding (
  id integer primary key,
  vehicle_id integer not null references vehicle (id),
  at integer not null,
  kind integer not null,
  detail text not null,
  epoch integer,
  first integer,
  last integer
);
create index finding_by_vehicle on finding (vehicle_id, at);
create index finding_by_number on finding (vehicle_id, epoch, last) where epoch is not null;

create table clock_fix (
  vehicle_id integer not null references vehicle (id),
  epoch integer not null,
  boot integer not null,
  mono integer not null,
  utc integer not null,
  primary key (vehicle_id, epoch, boot)
) without rowid;

create table signer (
  kid text primary key,
  tenant_id integer references tenant (id),
  ctr integer not null default 0                  -- rises in the same transaction as the order
);

create table orders (
  id text primary key,
  tenant_id integer not null references tenant (id),
  vehicle_id integer not null references vehicle (id),
  name text not null,
  args text not null,
  kid text not null,
  ctr integer not null,
  asked_by text not null,
  asked_at integer not null,
  sent_at integer,
  answer text,
  answered_at integer
);
create index orders_by_vehicle on orders (vehicle_id, asked_at);

create table audit_head (
  vehicle_id integer not null references vehicle (id),
  at integer not null,
  entries integer not null,
  hash text not null,
  primary key (vehicle_id, at)
) without rowid;

create table erasure (
  id integer primary key,
  vehicle_id integer not null references vehicle (id),
  receipt text,                                  -- the event that asked for it, or who did
  pseudonym text,
  from_at integer,
  to_at integer,
  asked_at integer not null,
  done_at integer,
  rows integer
);

create table certificate (
  serial text primary key,
  tenant_id integer not null references tenant (id),
  vehicle_id integer references vehicle (id),
  name text not null,
  issued_at integer not null,
  expires_at integer not null,
  revoked_at integer
);

create table account (
  id integer primary key,
  name text not null unique,
  password text,
  locked_until integer,
  failures integer not null default 0,
  created_at integer not null
);

create table role_grant (
  account_id integer not null references account (id),
  tenant_id integer not null references tenant (id),
  role text not null,
  primary key (account_id, tenant_id, role)
) without rowid;

create table token (
  id integer primary key,
  tenant_id integer references tenant (id),               -- null: every tenant
  hash text not null unique,
  name text not null,
  scopes text not null,
  created_at integer not null,
  expires_at integer,
  used_at integer,
  revoked_at integer
);

create table audit (
  id integer primary key,
  tenant_id integer references tenant (id),
  at integer not null,
  who text not null,
  what text not null,
  prev text not null,
  hash text not null
);

create table webhook (
  id integer primary key,
  tenant_id integer not null references tenant (id),
  url text not null,
  secret text not null,
  events text not null default '[]',
  created_at integer not null,
  disabled_at integer
);

create table delivery (
  id integer primary key,
  webhook_id integer not null references webhook (id),
  created_at integer not null,
  body text not null,
  attempts integer not null default 0,
  next_at integer,
  done_at integer,
  failed_at integer,
  error text
);
create index delivery_due on delivery (next_at) where done_at is null and failed_at is null;
