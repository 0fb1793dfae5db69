-- The replica's digest of all events up to the sequence: a log that lost its end, and went on with
-- other commands, has another one there. Null if it was written before this column was. Engines of
-- different versions may differ without that.
ALTER TABLE position ADD COLUMN event_digest BIGINT;
ALTER TABLE position ADD COLUMN engine_version INTEGER;
