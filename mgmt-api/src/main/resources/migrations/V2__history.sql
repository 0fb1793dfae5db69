-- What accounts had after the command with this sequence; the latest row is what they have.
CREATE TABLE balances (
    account    VARCHAR(16) NOT NULL,
    firm       VARCHAR(4)  NOT NULL,
    currency   VARCHAR(4)  NOT NULL,
    sequence   BIGINT      NOT NULL,
    changed_at BIGINT      NOT NULL,
    balance    ${decimal}(38,8) NOT NULL,
    PRIMARY KEY (account, currency, sequence)
);
CREATE INDEX balances_changed_at ON balances (changed_at);

CREATE TABLE holdings (
    account    VARCHAR(16) NOT NULL,
    firm       VARCHAR(4)  NOT NULL,
    symbol     VARCHAR(8)  NOT NULL,
    sequence   BIGINT      NOT NULL,
    changed_at BIGINT      NOT NULL,
    quantity   ${decimal}(38,8) NOT NULL,
    PRIMARY KEY (account, symbol, sequence)
);
CREATE INDEX holdings_changed_at ON holdings (changed_at);

-- The top of the book when an order came to it; null for an empty side.
CREATE TABLE entry_quotes (
    client_order_id VARCHAR(32) NOT NULL PRIMARY KEY,
    sequence        BIGINT      NOT NULL,
    bid             ${decimal}(20,8),
    ask             ${decimal}(20,8)
);

CREATE INDEX trades_maker_firm ON trades (maker_firm, traded_at);
CREATE INDEX trades_taker_firm ON trades (taker_firm, traded_at);
CREATE INDEX fills_trade ON fills (trade_id);
