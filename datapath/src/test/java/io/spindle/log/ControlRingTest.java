package io.spindle.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spindle.log.ControlClient.Answer;

import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

class ControlRingTest {
    private static final long LONG_ENOUGH_NS = TimeUnit.SECONDS.toNanos(60);

    @TempDir Path path;
    private DataFolder folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = new DataFolder(path).create();
    }

    @AfterEach
    void removeSharedMemory() {
        IoUtil.delete(folder.sharedMemory().toFile(), false);
    }

    private static UnsafeBuffer request(final long id) {
        final UnsafeBuffer request = new UnsafeBuffer(new byte[24]);
        request.putLong(0, id);
        request.putLong(8, -id);
        return request;
    }

    @Test
    void aRequestFindsItsAnswerAmongOthers() throws Exception {
        final AtomicBoolean stop = new AtomicBoolean();
        final Thread loop = new Thread(() -> answerAll(stop));
        loop.start();
        try (ControlClient client = ControlClient.open(folder)) {
            for (long id = 1; id <= 20; id++) {
                assertEquals(
                        Optional.of(new Answer(id % 3, id)),
                        client.ask(request(id), 0, 24, id, -id, LONG_ENOUGH_NS));
            }
        } finally {
            stop.set(true);
            loop.join();
        }
    }

    private void answerAll(final AtomicBoolean stop) {
        try (RingFile requests = ControlRing.openFile(folder);
                RingFile answers = AnswerRing.openFile(folder)) {
            final RingReader reader = requests.reader();
            final AnswerRing writer = AnswerRing.writer(answers);
            while (!stop.get()) {
                reader.poll(
                        (sequence, timeNs, buffer, offset, length) -> {
                            final long id = buffer.getLong(offset);
                            writer.answer(99, 99, 1, 0);
                            writer.answer(id, buffer.getLong(offset + 8), id % 3, sequence);
                        },
                        10);
                reader.release(reader.sequence(), reader.position());
                Thread.onSpinWait();
            }
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aRequestWithoutALoopIsNotAnsweredAndAFullRingSaysSo() throws IOException {
        try (ControlRing control = ControlRing.open(folder);
                ControlClient client = ControlClient.open(folder)) {
            assertEquals(Optional.empty(), client.ask(request(1), 0, 24, 1, -1, 1_000_000));
            final UnsafeBuffer large = new UnsafeBuffer(new byte[ControlRing.MAX_REQUEST]);
            while (control.send(large, 0, large.capacity())) {
                continue;
            }
            assertFalse(control.send(large, 0, large.capacity()));
            assertEquals(
                    Optional.empty(), client.ask(large, 0, large.capacity(), 4, -4, 1_000_000));
        }
    }

    @Test
    void requestsOfTwoAskersAndOfADeadOneAreAllThere() throws IOException {
        try (RingFile loopEnd = ControlRing.openFile(folder)) {
            ControlRing.open(folder).send(request(1), 0, 24);
            try (ControlRing one = ControlRing.open(folder);
                    ControlRing two = ControlRing.open(folder)) {
                assertTrue(two.send(request(2), 0, 24));
                assertTrue(one.send(request(3), 0, 24));
                assertTrue(two.send(request(4), 0, 24));
            }
            final List<Long> ids = new ArrayList<>();
            loopEnd.reader()
                    .poll(
                            (sequence, timeNs, buffer, offset, length) ->
                                    ids.add(buffer.getLong(offset)),
                            10);
            assertEquals(List.of(1L, 2L, 3L, 4L), ids);
        }
    }

    @Test
    void aSlowReaderOfAnswersLosesTheOldestAndHoldsNobodyUp() throws IOException {
        try (RingFile file = AnswerRing.openFile(folder)) {
            final AnswerRing writer = AnswerRing.writer(file);
            final AnswerRing.Reader reader = AnswerRing.Reader.of(file);
            final int many = 3 * (int) (ControlRing.CAPACITY / RingLayout.recordLength(32));
            for (int id = 1; id <= many; id++) {
                writer.answer(id, 0, 0, id);
            }
            final List<Long> ids = new ArrayList<>();
            reader.poll((high, low, code, sequence) -> ids.add(high));

            assertTrue(ids.size() > 1000 && ids.size() < many / 2, "kept " + ids.size());
            assertEquals(many, ids.getLast());
            assertEquals(many - ids.size() + 1, ids.getFirst());
        }
    }

    @Test
    void ringsOfADeletedFolderMeanNothingToItsSuccessor() throws IOException {
        try (ControlRing control = ControlRing.open(folder)) {
            control.send(request(1), 0, 24);
        }
        final RingOwner before = RingOwner.of(folder);
        Files.delete(path.resolve("log.id"));
        assertNotEquals(before, RingOwner.of(folder));
        assertEquals(RingOwner.of(folder), RingOwner.of(folder));

        try (RingFile file = ControlRing.openFile(folder)) {
            assertEquals(0, file.reader().backlog());
        }
    }
}
