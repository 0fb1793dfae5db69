package io.spindle.perf.book;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;

/**
 * {@code bench stream FILE}: makes an order flow from a seed. New orders gather around the touch,
 * live orders are cancelled or moved at random, some takers walk through several prices. The book
 * that tells what is live and where the touch is, is the one that will be measured.
 */
@Command(
        name = "stream",
        mixinStandardHelpOptions = true,
        description = "Makes an order stream for `bench book`; the same seed makes the same bytes.")
public final class StreamGenerator implements Callable<Integer> {
    private static final int NEAR_TICKS = 8;
    private static final int MAX_LOTS = 100;
    private static final int TAKER_LOTS = 300;
    private static final int TAKER_REACH = 10;
    private static final int USERS = 1_000;

    @Parameters(paramLabel = "FILE", description = "File to write.")
    private Path file;

    @Option(names = "--resting", description = "Orders to hold in the book.")
    private int resting = 1_000;

    @Option(names = "--commands", description = "Commands after the prefill.")
    private int commands = 1_000_000;

    @Option(names = "--depth", description = "Ticks from the middle within which deep orders lie.")
    private int depth = 100;

    @Option(names = "--moves", description = "Per cent of commands that move a live order.")
    private int moves = 0;

    @Option(names = "--seed", description = "Seed of everything random.")
    private long seed = 42;

    private SplittableRandom random;
    private LiveOrders live;
    private ByteBuffer records;
    private int nextId = 1;

    @Override
    public Integer call() throws IOException {
        random = new SplittableRandom(seed);
        live = new LiveOrders(resting + commands + 1, 8 * depth);
        final int total = resting + commands;
        records =
                ByteBuffer.allocate(Math.multiplyExact(total, OrderStream.RECORD_BYTES))
                        .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < resting; i++) {
            enter(false);
        }
        for (int i = 0; i < commands; i++) {
            next();
        }
        write(total);
        System.out.println("wrote " + file + ": " + total + " records, " + live);
        return 0;
    }

    private void next() {
        final int draw = random.nextInt(100);
        if (draw < moves && live.count() > 0) {
            move();
        } else if (live.count() > resting || draw % 3 == 0 && live.count() > resting / 2) {
            cancel();
        } else if (draw % 10 == 1) {
            take();
        } else {
            enter(random.nextInt(10) < 7);
        }
    }

    private void enter(final boolean near) {
        final int side = random.nextInt(2);
        final long distance = 1L + random.nextInt(near ? NEAR_TICKS : depth);
        put(OrderStream.NEW, side, OrderStream.REST, nextId++, live.price(side, distance), lots());
    }

    private void take() {
        final int side = random.nextInt(2);
        put(
                OrderStream.NEW,
                side,
                OrderStream.IMMEDIATE,
                nextId++,
                live.price(side, -TAKER_REACH),
                1 + random.nextInt(TAKER_LOTS));
    }

    private void cancel() {
        final int id = live.any(random);
        put(OrderStream.CANCEL, live.side(id), 0, id, 0, 0);
    }

    private void move() {
        final int id = live.any(random);
        final long price = live.price(live.side(id), 1L + random.nextInt(NEAR_TICKS));
        put(OrderStream.REPLACE, live.side(id), OrderStream.REST, id, price, live.lots(id));
    }

    private long lots() {
        return 1 + random.nextInt(MAX_LOTS);
    }

    private void put(
            final int op,
            final int side,
            final int timeInForce,
            final int id,
            final long price,
            final long lots) {
        final int user = 1 + id % USERS;
        records.put((byte) op).put((byte) side).put((byte) timeInForce).put((byte) 0);
        records.putInt(user).putLong(id).putLong(price).putLong(lots);
        live.apply(op, side, timeInForce, id, price, lots);
    }

    private void write(final int total) throws IOException {
        final ByteBuffer header =
                ByteBuffer.allocate(OrderStream.HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(OrderStream.MAGIC).putLong(resting).putLong(total).putLong(nextId - 1L);
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            final ByteBuffer[] parts = {header.flip(), records.flip()};
            while (records.hasRemaining()) {
                channel.write(parts);
            }
        }
    }
}
