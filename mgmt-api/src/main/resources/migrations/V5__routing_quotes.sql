-- The places that were looked at when it was decided where an order goes, and what each was given.
CREATE TABLE routing_quotes (
    client_order_id VARCHAR(32) NOT NULL,
    venue           VARCHAR(8)  NOT NULL,
    sequence        BIGINT      NOT NULL,
    decided_at      BIGINT      NOT NULL,
    account         VARCHAR(16) NOT NULL,
    firm            VARCHAR(4)  NOT NULL,
    symbol          VARCHAR(8)  NOT NULL,
    side            CHAR(1)     NOT NULL,
    price           ${decimal}(20,8),
    quantity        ${decimal}(20,8) NOT NULL,
    share           ${decimal}(20,8) NOT NULL,
    age_ns          BIGINT,
    PRIMARY KEY (client_order_id, venue, sequence)
);
CREATE INDEX routing_quotes_decided_at ON routing_quotes (decided_at);
