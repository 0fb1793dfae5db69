-- Every step of every request to enter or replace an order; the order has its own row and reference.
CREATE TABLE request_steps (
    request_id      VARCHAR(32) NOT NULL,
    sequence        BIGINT      NOT NULL,
    status          VARCHAR(12) NOT NULL,
    changed_at      BIGINT      NOT NULL,
    order_reference BIGINT,
    reason          VARCHAR(32),
    PRIMARY KEY (request_id, sequence, status)
);
CREATE INDEX request_steps_changed_at ON request_steps (changed_at);

-- Orders that the engine enters slice by slice; their orders name them as parent_order_id.
CREATE TABLE algorithms (
    algorithm_id       VARCHAR(32) NOT NULL PRIMARY KEY,
    kind               VARCHAR(4)  NOT NULL,
    firm               VARCHAR(4)  NOT NULL,
    account            VARCHAR(16) NOT NULL,
    symbol             VARCHAR(8)  NOT NULL,
    side               CHAR(1)     NOT NULL,
    price              ${decimal}(20,8) NOT NULL,
    quantity           ${decimal}(20,8) NOT NULL,
    filled_quantity    ${decimal}(20,8) NOT NULL,
    cancelled_quantity ${decimal}(20,8) NOT NULL,
    orders             INTEGER     NOT NULL,
    refusals           INTEGER     NOT NULL,
    status             VARCHAR(20) NOT NULL,
    created_at         BIGINT      NOT NULL,
    updated_at         BIGINT      NOT NULL
);
CREATE INDEX algorithms_account ON algorithms (account, created_at);
