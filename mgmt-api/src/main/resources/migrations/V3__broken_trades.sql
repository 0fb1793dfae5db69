-- When a trade was taken back, null while it holds; and the trade that it stands for.
ALTER TABLE trades ADD COLUMN broken_at BIGINT;
ALTER TABLE trades ADD COLUMN corrects BIGINT;
CREATE INDEX trades_broken_at ON trades (broken_at);
CREATE INDEX trades_corrects ON trades (corrects);
