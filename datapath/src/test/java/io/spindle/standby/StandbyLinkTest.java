package io.spindle.standby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.log.AckLevel;
import io.spindle.log.DataFolder;
import io.spindle.log.LogDamaged;
import io.spindle.log.RingFile;
import io.spindle.log.RingReader;
import io.spindle.recovery.OpenLog;
import io.spindle.standby.StandbyMessage.Sender;
import io.spindle.testing.Await;

import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.UUID;

/** What the two ends of the link believe, in made-up time and without sockets. */
@Timeout(60)
class StandbyLinkTest {
    private static final long MS = 1_000_000L;
    private static final long LIFE = 77;
    private static final StandbyKey KEY = new StandbyKey(new byte[] {1, 2, 3});
    private static final StandbyKey OTHER = new StandbyKey(new byte[] {1, 2, 4});

    @TempDir Path path;

    private final ByteBuffer buffer = StandbyMessage.newBuffer();
    private DataFolder ours;
    private DataFolder theirs;
    private OpenLog log;
    private RingFile file;
    private RingReader ring;
    private PrimarySide primary;
    private StandbySide standby;

    @BeforeEach
    void open() throws IOException {
        ours = new DataFolder(path.resolve("primary"));
        theirs = new DataFolder(path.resolve("standby")).create();
        log = OpenLog.open(ours, 1 << 16, 1024);
        for (int i = 0; i < 100; i++) {
            log.ring().claim(8, true);
            log.ring().commit(8, i);
        }
        log.ring().poll((sequence, timeNs, bytes, offset, length) -> {}, 100);
        file = RingFile.open(ours.logRing());
        ring = file.reader();
        primary = new PrimarySide(ours, 100, LIFE);
        standby = new StandbySide(theirs, 5, 0);
    }

    @AfterEach
    void close() throws IOException {
        file.close();
        log.close();
        IoUtil.delete(ours.sharedMemory().toFile(), true);
        IoUtil.delete(theirs.sharedMemory().toFile(), true);
    }

    /** One message there and its answer back; returns what went there. */
    private StandbyMessage round(final long sequence, final long nowNs) throws IOException {
        final StandbyMessage message = standby.promise(sequence, nowNs);
        assertTrue(standby.take(primary.take(message, ring, nowNs)));
        return message;
    }

    private long replicated() {
        return log.ring().safeSequence(AckLevel.REPLICATED);
    }

    @Test
    void shouldCarryEveryFieldUnderTheKeyOfBoth() {
        final StandbyMessage message =
                new StandbyMessage(1, new UUID(2, 3), 4, 5, 6, Long.MIN_VALUE, 8);
        for (final Sender sender : Sender.values()) {
            message.write(sender, KEY, buffer);
            assertEquals(message, StandbyMessage.parse(sender, KEY, buffer));
        }
    }

    @Test
    void shouldSeeEveryChangedBitEveryCutAndEveryOtherKey() {
        final StandbyMessage message = new StandbyMessage(1, new UUID(2, 3), 4, 5, 6, 7, 8);
        final byte[] whole = new byte[StandbyMessage.LENGTH];
        message.write(Sender.STANDBY, KEY, buffer).get(0, whole);
        assertNotNull(parse(whole, whole.length));
        for (int bit = 0; bit < whole.length * Byte.SIZE; bit++) {
            final byte[] changed = whole.clone();
            changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertNull(parse(changed, changed.length), "bit " + bit);
        }
        for (int length = 0; length < whole.length; length++) {
            assertNull(parse(whole, length), "length " + length);
        }
        assertNull(parse(Arrays.copyOf(whole, whole.length + 1), whole.length + 1));
        assertNull(StandbyMessage.parse(Sender.PRIMARY, KEY, buffer), "said by the other");
        message.write(Sender.STANDBY, OTHER, buffer);
        assertNull(StandbyMessage.parse(Sender.STANDBY, KEY, buffer));
        final SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < 10_000; i++) {
            final byte[] noise = new byte[StandbyMessage.LENGTH];
            random.nextBytes(noise);
            System.arraycopy(whole, 0, noise, 0, random.nextInt(whole.length));
            assertTrue(Arrays.equals(whole, noise) || parse(noise, noise.length) == null);
        }
    }

    private static StandbyMessage parse(final byte[] bytes, final int length) {
        final ByteBuffer datagram =
                ByteBuffer.wrap(bytes, 0, length).slice().order(ByteOrder.LITTLE_ENDIAN);
        return StandbyMessage.parse(Sender.STANDBY, KEY, datagram);
    }

    /** Another key at the other end must not look like nobody there. */
    @Test
    void shouldCountWhatItDrops() throws IOException {
        final int port;
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        final InetSocketAddress address =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (StandbyLink link = new StandbyLink(ours, KEY, address, 100);
                DatagramChannel peer = DatagramChannel.open()) {
            final StandbyMessage message = standby.promise(10, 1_000 * MS);
            peer.send(message.write(Sender.STANDBY, OTHER, buffer), address);
            Await.until(
                    () -> {
                        assertEquals(0, link.poll(ring, 1_000 * MS));
                        return link.dropped() != 0;
                    },
                    "a datagram dropped");
            peer.send(message.write(Sender.STANDBY, KEY, buffer), address);
            Await.until(() -> link.poll(ring, 1_000 * MS) != 0, "a datagram taken");
            assertEquals(1, link.dropped());
        }
    }

    /** A power cut in the middle of it leaves the old name, or none. */
    @Test
    void shouldRememberItsPrimaryWhateverAnEarlierTryLeft() throws IOException {
        Files.writeString(theirs.path().resolve("primary.id.new"), "half");
        Files.writeString(ours.path().resolve("standby.key.new"), "half");
        round(10, 1_000 * MS);
        assertEquals(ours.logId() + "\n", Files.readString(theirs.path().resolve("primary.id")));
        assertFalse(Files.exists(theirs.path().resolve("primary.id.new")));
        StandbyKey.made(ours);
        assertFalse(Files.exists(ours.path().resolve("standby.key.new")));
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(ours.standbyKey())));
    }

    @Test
    void shouldHoldTheLeaseFromTheClockThatWasHeardNotFromNow() throws IOException {
        round(10, 1_000 * MS);
        assertEquals(0, replicated(), "nothing is believed before an answer to this life");
        assertEquals(0, log.ring().leaseNs());
        round(20, 1_050 * MS);
        assertEquals(20, replicated());
        assertEquals(2_000 * MS, log.ring().leaseNs());
    }

    @Test
    void shouldNotLetAMessageSentAgainRenewOrMoveAnything() throws IOException {
        round(10, 1_000 * MS);
        final StandbyMessage early = round(20, 1_050 * MS);
        final StandbyMessage late = round(30, 1_100 * MS);
        final long leaseNs = log.ring().leaseNs();
        for (final StandbyMessage again : new StandbyMessage[] {early, late}) {
            primary.take(again, ring, 5_000 * MS);
            assertEquals(leaseNs, log.ring().leaseNs());
            assertEquals(30, replicated());
        }
        primary = new PrimarySide(ours, 100, LIFE + 1);
        primary.take(late, ring, 5_000 * MS);
        assertEquals(leaseNs, log.ring().leaseNs(), "said to an earlier life");
    }

    @Test
    void shouldTakeOnlyAnswersToItsOwnLatestWords() throws IOException {
        final StandbyMessage first = standby.promise(1, 0);
        final StandbyMessage answer = primary.take(first, ring, 10 * MS);
        assertTrue(standby.take(answer));
        assertFalse(standby.take(answer), "a second time");
        final StandbySide later = new StandbySide(theirs, 6, 0);
        assertFalse(later.take(answer), "said to an earlier process");
    }

    /** Of two each could take over while the other keeps the lease. */
    @Test
    void shouldBelieveOneStandbyUntilItsLeaseHasRunOut() throws IOException {
        round(10, 1_000 * MS);
        round(20, 1_050 * MS);
        final StandbySide first = standby;
        final StandbySide second = new StandbySide(theirs, 6, 1_060 * MS);
        standby = second;
        round(90, 1_070 * MS);
        round(90, 1_080 * MS);
        assertEquals(20, replicated());
        assertEquals(2_000 * MS, log.ring().leaseNs());
        assertEquals(0, primary.contested(), "it may have begun again");

        standby = first;
        round(30, 1_100 * MS);
        assertEquals(30, replicated());
        assertEquals(1, primary.contested());

        standby = second;
        round(90, 2_100 * MS);
        assertEquals(90, replicated());
        assertEquals(2_080 * MS, log.ring().leaseNs());
        assertEquals(1, primary.contested());
    }

    @Test
    void shouldBelieveAStandbyThatBeganAgain() throws IOException {
        round(10, 1_000 * MS);
        round(20, 1_050 * MS);
        standby = new StandbySide(theirs, 6, 1_060 * MS);
        round(20, 1_070 * MS);
        round(40, 2_010 * MS);
        assertEquals(40, replicated());
        assertEquals(2_070 * MS, log.ring().leaseNs());
    }

    @Test
    void shouldBeFencedByItsOwnSuccessorAndByNobodyElse() throws IOException {
        round(10, 1_000 * MS);
        round(20, 1_050 * MS);
        final UUID log1 = ours.logId();
        final StandbyMessage ofAnotherLog =
                new StandbyMessage(9, new UUID(1, 1), 1, 0, LIFE, 5, 100);
        assertNull(primary.take(ofAnotherLog, ring, 1_060 * MS));
        primary.take(
                new StandbyMessage(9, StandbyMessage.UNKNOWN, 1, 0, LIFE, 5, 100),
                ring,
                1_060 * MS);
        assertEquals(2_000 * MS, log.ring().leaseNs());
        ours.checkNotFenced();

        assertFalse(standby.mayTakeOver(2_050 * MS), "its promise is of 1,050");
        assertTrue(standby.mayTakeOver(2_200 * MS));
        assertEquals(1, standby.takeOver());
        final StandbyMessage farewell = standby.message(20);
        assertEquals(log1, farewell.log());
        assertThrows(LogDamaged.class, () -> primary.take(farewell, ring, 1_070 * MS));
        assertEquals(0, log.ring().leaseNs());
        assertThrows(LogDamaged.class, ours::checkNotFenced);
    }

    @Test
    void shouldStopWhenTheStandbyHoldsWhatIsLostHere() throws IOException {
        round(10, 1_000 * MS);
        final StandbyMessage ahead = standby.promise(101, 1_050 * MS);
        final LogDamaged lost =
                assertThrows(LogDamaged.class, () -> primary.take(ahead, ring, 1_050 * MS));
        assertTrue(lost.getMessage().contains("its standby holds 101"), lost.getMessage());
    }

    @Test
    void shouldWaitForThePromiseOfTheProcessBefore() throws IOException {
        assertFalse(new StandbySide(theirs, 1, 500 * MS).mayTakeOver(1_500 * MS));
        assertTrue(new StandbySide(theirs, 1, 500 * MS).mayTakeOver(1_601 * MS));
    }
}
