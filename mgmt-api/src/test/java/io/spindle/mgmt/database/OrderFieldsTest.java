package io.spindle.mgmt.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import io.spindle.mgmt.api.Json;
import io.spindle.mgmt.api.OrderJson;
import io.spindle.mgmt.model.Order;
import io.spindle.mgmt.model.OrderId;
import io.spindle.mgmt.testing.Market;
import io.spindle.oms.Ascii;
import io.spindle.oms.OptionBlock;
import io.spindle.oms.command.EnterOrderDecoder;
import io.spindle.oms.command.EnterOrderEncoder;
import io.spindle.oms.command.MessageHeaderEncoder;
import io.spindle.oms.command.OrderOptionsDecoder;
import io.spindle.oms.command.OrderOptionsEncoder;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Every attribute of an order in its three forms: command, JSON and row. */
@Timeout(120)
class OrderFieldsTest {
    /** What it is called in the command; empty where the engine is the one who says it. */
    private record Field(String command, String json, String column) {}

    private static final List<Field> FIELDS =
            List.of(
                    new Field("userRefNum", "id", "client_order_id"),
                    new Field("clOrdIdHigh", "clientOrderId", "clientReference"),
                    new Field("", "orderReference", "exchange_order_id"),
                    new Field("accountHigh", "account", "account"),
                    new Field("session", "session", "session"),
                    new Field("firm", "firm", "firm"),
                    new Field("", "exchange", "exchange"),
                    new Field("symbol", "symbol", "symbol"),
                    new Field("side", "side", "side"),
                    new Field("trigger", "type", "order_type"),
                    new Field("quantity", "quantity", "quantity"),
                    new Field("price", "price", "price"),
                    new Field("stopPrice", "stopPrice", "stop_price"),
                    new Field("timeInForce", "timeInForce", "time_in_force"),
                    new Field("display", "display", "display"),
                    new Field("capacity", "capacity", "capacity"),
                    new Field("strategyId", "strategyId", "strategy_id"),
                    new Field("linkId", "parentOrderId", "parent_order_id"),
                    new Field("", "status", "status"),
                    new Field("", "filled", "filled_quantity"),
                    new Field("", "averagePrice", "average_fill_price"),
                    new Field("", "reason", "rejection_reason"),
                    new Field("", "createdAt", "created_at"),
                    new Field("", "submittedAt", "submitted_at"),
                    new Field("", "updatedAt", "updated_at"));

    @TempDir Path folder;
    private final Market market = new Market();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final UnsafeBuffer optionBytes = new UnsafeBuffer(new byte[OptionBlock.LENGTH]);

    private Database database;
    private DatabaseWriter writer;

    @BeforeEach
    void start() {
        database = Database.sqlite(folder.resolve("spindle.db"));
        writer =
                new DatabaseWriter(
                        () -> database,
                        UUID.randomUUID(),
                        0,
                        market.view,
                        market.past,
                        sequence -> {});
    }

    @AfterEach
    void stop() {
        writer.close();
    }

    @Test
    void shouldHaveEveryFieldInCommandAndJson() {
        final Set<String> commands = new TreeSet<>(decoded(EnterOrderDecoder.class));
        commands.addAll(decoded(OrderOptionsDecoder.class));
        final Set<String> json =
                Arrays.stream(OrderJson.class.getRecordComponents())
                        .map(component -> component.getName())
                        .collect(Collectors.toSet());
        for (final Field field : FIELDS) {
            assertTrue(field.command.isEmpty() || commands.contains(field.command), field.command);
            assertTrue(json.contains(field.json), field.json);
        }
    }

    private static Set<String> decoded(final Class<?> decoder) {
        return Arrays.stream(decoder.getMethods())
                .map(method -> method.getName())
                .collect(Collectors.toSet());
    }

    @Test
    void shouldSayTheSameOfAStopInJsonAndInItsRow() throws Exception {
        enter(1, 'B', 13_0000, asked -> asked.stopPrice(12_5000).trigger((byte) 'L'));
        final JsonNode json = compared(1);
        assertEquals("stop_limit", json.get("type").asText());
        assertEquals("open", json.get("seenAs").asText());
        assertEquals("12.5000", json.get("stopPrice").asText());
        assertEquals("7", json.get("strategyId").asText());
        assertEquals("0", json.get("filledPercent").asText());
    }

    @Test
    void shouldSayTheSameOfALinkedOrderInJsonAndInItsRow() throws Exception {
        enter(1, 'S', 13_0000, asked -> asked.linkRole((byte) 'T').linkId(0));
        enter(2, 'B', 12_0000, asked -> asked.linkRole((byte) 'P').linkId(1));
        market.enter(2, 'S', "SPDL", 2, 12_0000);
        final JsonNode json = compared(2);
        assertEquals("limit", json.get("type").asText());
        assertEquals("TEST00-0-1", json.get("parentOrderId").asText());
        assertEquals("partially_filled", json.get("seenAs").asText());
        assertEquals("40", json.get("filledPercent").asText());
    }

    private JsonNode compared(final int number) throws Exception {
        final OrderId id = new OrderId("TEST00", 0, number);
        final JsonNode json = json(id);
        final Map<String, Object> row = row(id.toString());
        for (final Field field : FIELDS) {
            if (json.hasNonNull(field.json) && !field.json.endsWith("At")) {
                assertAlike(field, json.get(field.json).asText(), row.get(field.column));
            }
        }
        assertNotNull(row.get("created_at"));
        assertNotNull(row.get("submitted_at"));
        assertNotNull(row.get("updated_at"));
        return json;
    }

    @Test
    void shouldFindAnOrderByItsBrokerAndByItsClient() {
        market.enter(0, 'B', "SPDL", 1, 10_0000);
        market.enter(1, 'B', "SPDL", 1, 10_0000);
        market.enter(2, 'B', "SPDL", 1, 10_0000);
        assertEquals(2, orders(order -> order.firm().equals("TEST")).size());
        assertEquals(1, orders(order -> order.firm().equals("FOES")).size());
        assertEquals(List.of("TEST01-0-1"), orders(order -> order.account().equals("TEST01")));
    }

    private List<String> orders(final Predicate<Order> filter) {
        return market.view.read(
                now ->
                        now.orders().list(true, filter).stream()
                                .map(order -> order.id().toString())
                                .toList());
    }

    private static void assertAlike(final Field field, final String json, final Object column) {
        assertNotNull(column, field.toString());
        final String stored = column.toString();
        final boolean number = json.matches("-?[0-9]+([.][0-9]+)?");
        if (number) {
            assertEquals(
                    0, new BigDecimal(json).compareTo(new BigDecimal(stored)), field.toString());
        } else {
            assertEquals(json, stored, field.toString());
        }
    }

    private JsonNode json(final OrderId id) throws Exception {
        final Order order = market.view.read(now -> now.orders().find(id)).orElseThrow();
        return Json.MAPPER.readTree(Json.write(OrderJson.of(order)));
    }

    /** The row's columns, and beside them what its metadata holds. */
    private Map<String, Object> row(final String id) throws Exception {
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (writer.written() < market.log.lastSequence()) {
            assertTrue(deadline - System.nanoTime() > 0, "not written: " + writer.trouble());
            TimeUnit.MILLISECONDS.sleep(5);
        }
        final Map<String, Object> row = new TreeMap<>();
        row.putAll(stored(id));
        Json.MAPPER
                .readTree(row.get("metadata").toString())
                .properties()
                .forEach(entry -> row.put(entry.getKey(), entry.getValue().asText()));
        return row;
    }

    private Map<String, Object> stored(final String id) {
        return database.jdbi()
                .withHandle(
                        handle ->
                                handle.createQuery(
                                                "SELECT * FROM orders WHERE client_order_id = :id")
                                        .bind("id", id)
                                        .mapToMap()
                                        .one());
    }

    private void enter(
            final int number,
            final char side,
            final long price,
            final Consumer<OrderOptionsEncoder> options) {
        final OrderOptionsEncoder asked =
                OptionBlock.begin(
                        new OrderOptionsEncoder(), new MessageHeaderEncoder(), optionBytes, 0);
        options.accept(asked.strategyId(7));
        market.log.append(
                buffer -> {
                    final EnterOrderEncoder command = new EnterOrderEncoder();
                    command.wrapAndApplyHeader(buffer, 0, header)
                            .session(0)
                            .userRefIdx((short) 0)
                            .side((byte) side)
                            .userRefNum(number)
                            .symbol(Ascii.pack("SPDL"))
                            .quantity(5)
                            .price(price)
                            .clOrdIdHigh(Ascii.pack("C" + number))
                            .clOrdIdLow(Ascii.BLANK)
                            .timeInForce((byte) '1')
                            .display((byte) 'Y')
                            .capacity((byte) 'A')
                            .interMarketSweep((byte) 'N')
                            .crossType((byte) 'N')
                            .putOptions(optionBytes, 0, OptionBlock.LENGTH);
                    return command.limit();
                });
    }
}
