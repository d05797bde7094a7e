-- How far what follows from stored events (erasures, renewals, webhooks) has read.
create table feed (
  name text primary key,
  position bigint not null
);

-- Few rows, asked for every two seconds.
create index event_asks on event (received_at) where type in (9, 12);

-- A target hears of an event once, however often the event is read.
alter table delivery add column event text not null default '';
create unique index delivery_once on delivery (webhook_id, event);
create unique index erasure_once on erasure (vehicle_id, receipt) where receipt is not null;
