package io.spindle.mgmt.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A line to a server on this machine that can be cut; what went over it is kept. */
public final class CutLine implements AutoCloseable {
    private static final int CHUNK = 8_192;

    private final ServerSocket door;
    private final int server;
    private final List<Connection> connections = new CopyOnWriteArrayList<>();

    /**
     * @param server port of the server
     */
    public CutLine(final int server) throws IOException {
        this.server = server;
        this.door = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    private void accept() {
        try {
            while (true) {
                final Connection connection = new Connection(door.accept(), server);
                connections.add(connection);
                connection.start();
            }
        } catch (final IOException closed) {
            connections.forEach(Connection::cut);
        }
    }

    public int port() {
        return door.getLocalPort();
    }

    /** The connection that was made as this one, from 0; waits for it. */
    public Connection connection(final int number) throws InterruptedException {
        while (connections.size() <= number) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return connections.get(number);
    }

    @Override
    public void close() throws IOException {
        door.close();
    }

    /** One client's connection. */
    public static final class Connection {
        private final Socket client;
        private final Socket server;
        private final ByteArrayOutputStream asked = new ByteArrayOutputStream();
        private final ByteArrayOutputStream answered = new ByteArrayOutputStream();

        private Connection(final Socket client, final int port) throws IOException {
            this.client = client;
            this.server = new Socket(InetAddress.getLoopbackAddress(), port);
        }

        private void start() {
            Thread.ofVirtual().start(() -> carry(client, server, asked));
            Thread.ofVirtual().start(() -> carry(server, client, answered));
        }

        private void carry(final Socket from, final Socket to, final ByteArrayOutputStream kept) {
            final byte[] chunk = new byte[CHUNK];
            try {
                final InputStream in = from.getInputStream();
                final OutputStream out = to.getOutputStream();
                for (int count = in.read(chunk); count > 0; count = in.read(chunk)) {
                    out.write(chunk, 0, count);
                    kept.write(chunk, 0, count);
                }
            } catch (final IOException gone) {
                kept.writeBytes(gone.toString().getBytes(StandardCharsets.UTF_8));
            } finally {
                cut();
            }
        }

        /** Neither side hears of the other any more. */
        public void cut() {
            List.of(client, server).forEach(Connection::close);
        }

        private static void close(final Socket socket) {
            try {
                socket.close();
            } catch (final IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        public String asked() {
            return asked.toString(StandardCharsets.UTF_8);
        }

        public String answered() {
            return answered.toString(StandardCharsets.UTF_8);
        }

        /** Waits until the server has said this. */
        public void await(final String text) throws InterruptedException {
            while (!answered().contains(text)) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
    }
}
