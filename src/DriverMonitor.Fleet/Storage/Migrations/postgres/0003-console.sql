-- Who signed in, by the hash of the cookie: a copy of the table opens nothing.
create table session (
  hash text primary key,
  account_id int not null references account (id),
  tenant_id int not null references tenant (id),       -- the one that is looked at
  begun_at bigint not null,
  expires_at bigint not null
);

-- Links that make an account, or give it a new password, once.
create table invitation (
  hash text primary key,
  name text not null default '',                 -- empty: who opens it chooses one
  grants text not null,                          -- tenant:role, with spaces; '*' for all
  created_at bigint not null,
  expires_at bigint not null,
  used_at bigint
);

-- Of who signs in elsewhere: the provider's name for that person, which never changes.
alter table account add column subject text;
alter table account add column removed_at bigint;
create unique index account_subject on account (subject) where subject is not null;
create index audit_by_time on audit (tenant_id, id);
create index episode_of_vehicle on episode (vehicle_id, last_at);
