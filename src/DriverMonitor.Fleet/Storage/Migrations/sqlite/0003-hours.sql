-- Hours are counted again from their events whenever one comes: those of an hour must be found by it.
create index event_restamped on event (vehicle_id, happened_at) where happened_at is not null;
create index hour_by_time on hour (at);
