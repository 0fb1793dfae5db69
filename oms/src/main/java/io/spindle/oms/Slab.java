package io.spindle.oms;

import io.spindle.matcher.OffHeap;

import org.agrona.UnsafeApi;

import java.lang.foreign.MemorySegment;

/**
 * Off-heap array of fixed-size records: all engine state lives in slabs, so that snapshot and hash
 * are one loop over them and no field can be forgotten.
 *
 * <p>Allocates once, zeroed, in the constructor; the memory lives as long as this object. Only the
 * first {@link #limit} records count as state.
 */
final class Slab {
    private final MemorySegment memory;
    private final long base;
    private final int recordLength;
    private final int capacity;
    private int limit;

    Slab(final int recordLength, final int capacity) {
        this.recordLength = recordLength;
        this.capacity = capacity;
        this.memory = OffHeap.allocate((long) recordLength * capacity);
        this.base = memory.address();
    }

    int recordLength() {
        return recordLength;
    }

    int capacity() {
        return capacity;
    }

    /** Number of leading records that are state. */
    int limit() {
        return limit;
    }

    void limit(final int newLimit) {
        assert newLimit >= 0 && newLimit <= capacity;
        limit = newLimit;
    }

    /** The records that are state, for snapshots and hashes. */
    MemorySegment live() {
        return memory.asSlice(0, (long) limit * recordLength);
    }

    long getLong(final int index, final int field) {
        return UnsafeApi.getLong(address(index, field));
    }

    void putLong(final int index, final int field, final long value) {
        UnsafeApi.putLong(address(index, field), value);
    }

    int getInt(final int index, final int field) {
        return UnsafeApi.getInt(address(index, field));
    }

    void putInt(final int index, final int field, final int value) {
        UnsafeApi.putInt(address(index, field), value);
    }

    int getShort(final int index, final int field) {
        return UnsafeApi.getShort(address(index, field)) & 0xFFFF;
    }

    void putShort(final int index, final int field, final int value) {
        UnsafeApi.putShort(address(index, field), (short) value);
    }

    int getByte(final int index, final int field) {
        return UnsafeApi.getByte(address(index, field)) & 0xFF;
    }

    void putByte(final int index, final int field, final int value) {
        UnsafeApi.putByte(address(index, field), (byte) value);
    }

    /** Zeroes one record. */
    void clear(final int index) {
        UnsafeApi.setMemory(address(index, 0), recordLength, (byte) 0);
    }

    /** Zeroes a few words of a record: {@code from} and {@code to} are multiples of eight. */
    void clear(final int index, final int from, final int to) {
        final long record = address(index, 0);
        for (int field = from; field < to; field += Long.BYTES) {
            UnsafeApi.putLong(record + field, 0);
        }
    }

    void makeResident() {
        OffHeap.makeResident(memory);
    }

    void clearAll() {
        memory.fill((byte) 0);
    }

    private long address(final int index, final int field) {
        assert index >= 0 && index < capacity : index;
        assert field >= 0 && field < recordLength : field;
        return base + (long) index * recordLength + field;
    }
}
