-- Amounts are exact, so ${decimal} is NUMERIC in PostgreSQL and DECIMALTEXT in SQLite, which would
-- turn a DECIMAL into a floating point number but keeps a type with TEXT in its name as it is.
-- Times are nanoseconds since the Unix epoch, UTC. Rows are written by sequence, see "position".
CREATE TABLE orders (
    client_order_id    VARCHAR(32)  NOT NULL PRIMARY KEY,
    exchange_order_id  BIGINT       NOT NULL,
    exchange           VARCHAR(16)  NOT NULL,
    symbol             VARCHAR(8)   NOT NULL,
    side               CHAR(1)      NOT NULL,
    order_type         VARCHAR(16)  NOT NULL,
    time_in_force      CHAR(1)      NOT NULL,
    quantity           ${decimal}(20,8) NOT NULL,
    price              ${decimal}(20,8),
    stop_price         ${decimal}(20,8),
    status             VARCHAR(20)  NOT NULL,
    filled_quantity    ${decimal}(20,8) NOT NULL,
    average_fill_price ${decimal}(20,8),
    created_at         BIGINT       NOT NULL,
    submitted_at       BIGINT       NOT NULL,
    updated_at         BIGINT       NOT NULL,
    strategy_id        VARCHAR(16),
    parent_order_id    VARCHAR(32),
    rejection_reason   VARCHAR(32),
    metadata           TEXT         NOT NULL
);
CREATE INDEX orders_status ON orders (status);
CREATE INDEX orders_exchange_symbol ON orders (exchange, symbol);
CREATE INDEX orders_strategy ON orders (strategy_id);
CREATE INDEX orders_created_at ON orders (created_at);

CREATE TABLE fills (
    fill_id         VARCHAR(48)  NOT NULL PRIMARY KEY,
    client_order_id VARCHAR(32)  NOT NULL REFERENCES orders (client_order_id),
    exchange        VARCHAR(16)  NOT NULL,
    symbol          VARCHAR(8)   NOT NULL,
    side            CHAR(1)      NOT NULL,
    quantity        ${decimal}(20,8) NOT NULL,
    price           ${decimal}(20,8) NOT NULL,
    fee             ${decimal}(20,8) NOT NULL,
    fee_currency    VARCHAR(4)   NOT NULL,
    filled_at       BIGINT       NOT NULL,
    trade_id        BIGINT       NOT NULL,
    is_maker        BOOLEAN      NOT NULL
);
CREATE INDEX fills_order ON fills (client_order_id);
CREATE INDEX fills_filled_at ON fills (filled_at);

CREATE TABLE trades (
    match_number  BIGINT       NOT NULL PRIMARY KEY,
    sequence      BIGINT       NOT NULL,
    symbol        VARCHAR(8)   NOT NULL,
    currency      VARCHAR(4)   NOT NULL,
    price         ${decimal}(20,8) NOT NULL,
    quantity      ${decimal}(20,8) NOT NULL,
    traded_at     BIGINT       NOT NULL,
    maker_order   VARCHAR(32)  NOT NULL,
    maker_firm    VARCHAR(4)   NOT NULL,
    maker_account VARCHAR(16)  NOT NULL,
    maker_side    CHAR(1)      NOT NULL,
    taker_order   VARCHAR(32)  NOT NULL,
    taker_firm    VARCHAR(4)   NOT NULL,
    taker_account VARCHAR(16)  NOT NULL,
    taker_side    CHAR(1)      NOT NULL
);
CREATE INDEX trades_traded_at ON trades (traded_at);
CREATE INDEX trades_maker_account ON trades (maker_account, traded_at);
CREATE INDEX trades_taker_account ON trades (taker_account, traded_at);

-- The books as they were at one sequence, best price first from level 1.
CREATE TABLE book (
    symbol   VARCHAR(8)   NOT NULL,
    side     CHAR(1)      NOT NULL,
    level    INTEGER      NOT NULL,
    price    ${decimal}(20,8) NOT NULL,
    quantity ${decimal}(20,8) NOT NULL,
    orders   INTEGER      NOT NULL,
    sequence BIGINT       NOT NULL,
    PRIMARY KEY (symbol, side, level)
);

-- One row: everything up to this sequence is in the tables, and nothing is missing below it.
CREATE TABLE position (
    id       INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    log_id   VARCHAR(36) NOT NULL,
    sequence BIGINT  NOT NULL
);
