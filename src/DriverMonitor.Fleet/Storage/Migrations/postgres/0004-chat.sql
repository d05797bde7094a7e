-- What a target is sent: 'standard' is our own message, 'chat' and 'teams' a sentence in the shape that chats take.
alter table webhook add column format text not null default 'standard';
