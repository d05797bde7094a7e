-- Hours are counted again from their events whenever one comes: those of an hour must be found by it.
create index event_restamped on event (vehicle_id, happened_at) where happened_at is not null;
create index hour_by_time on hour (at);

-- What is read on, and shown live, is found by its time of arrival. Pages that no vacuum has seen are all read with a BRIN index;
-- a batch shares one time, so that a B-tree takes about 7 bytes an event.
drop index event_received;
create index event_received on event (received_at);
