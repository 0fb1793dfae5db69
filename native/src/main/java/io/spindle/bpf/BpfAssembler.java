package io.spindle.bpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes eBPF instructions (Linux: Documentation/bpf/standardization/instruction-set.rst).
 *
 * <pre>
 *   0        1         2              4                                8
 *   +--------+----+----+--------------+--------------------------------+
 *   | opcode |src |dst | jump offset  | immediate                      |   host byte order
 *   +--------+----+----+--------------+--------------------------------+
 * </pre>
 *
 * Registers: 0 result, 1–5 arguments and scratch, 6–9 kept across calls, 10 frame pointer.
 */
public final class BpfAssembler {
    /** Widths of a load. */
    public enum Width {
        BYTE(0x10),
        HALF(0x08),
        WORD(0x00),
        LONG(0x18);

        private final int bits;

        Width(final int bits) {
            this.bits = bits;
        }
    }

    static final int INSTRUCTION_LENGTH = 8;

    private static final int LOAD_MEMORY = 0x61;
    private static final int STORE_MEMORY = 0x63;
    private static final int LOAD_IMMEDIATE_LONG = 0x18;
    private static final int MAP_BY_FD = 1;
    private static final int KERNEL_FUNCTION = 2;
    private static final int MOVE = 0xb7;
    private static final int MOVE_REGISTER = 0xbf;
    private static final int ADD = 0x07;
    private static final int AND = 0x57;
    private static final int JUMP_NOT_EQUAL = 0x55;
    private static final int JUMP_GREATER_REGISTER = 0x2d;
    private static final int CALL = 0x85;
    private static final int EXIT = 0x95;

    private record Instruction(int opcode, int dst, int src, int offset, int immediate) {}

    private final List<Instruction> instructions = new ArrayList<>();
    private final Map<Integer, String> jumps = new HashMap<>();
    private final Map<String, Integer> labels = new HashMap<>();

    /** {@code dst = *(width *) (src + offset)}. */
    public BpfAssembler load(final Width width, final int dst, final int src, final int offset) {
        return emit(LOAD_MEMORY | width.bits, dst, src, offset, 0);
    }

    /** {@code *(width *) (dst + offset) = src}. */
    public BpfAssembler store(final Width width, final int dst, final int offset, final int src) {
        return emit(STORE_MEMORY | width.bits, dst, src, offset, 0);
    }

    /** {@code dst = map}, which the kernel turns from descriptor into pointer. */
    public BpfAssembler loadMap(final int dst, final int mapFd) {
        emit(LOAD_IMMEDIATE_LONG, dst, MAP_BY_FD, 0, mapFd);
        return emit(0, 0, 0, 0, 0);
    }

    public BpfAssembler move(final int dst, final int immediate) {
        return emit(MOVE, dst, 0, 0, immediate);
    }

    public BpfAssembler moveRegister(final int dst, final int src) {
        return emit(MOVE_REGISTER, dst, src, 0, 0);
    }

    public BpfAssembler add(final int dst, final int immediate) {
        return emit(ADD, dst, 0, 0, immediate);
    }

    public BpfAssembler and(final int dst, final int immediate) {
        return emit(AND, dst, 0, 0, immediate);
    }

    public BpfAssembler jumpUnlessEqual(final int dst, final int immediate, final String label) {
        jumps.put(instructions.size(), label);
        return emit(JUMP_NOT_EQUAL, dst, 0, 0, immediate);
    }

    public BpfAssembler jumpIfGreater(final int dst, final int src, final String label) {
        jumps.put(instructions.size(), label);
        return emit(JUMP_GREATER_REGISTER, dst, src, 0, 0);
    }

    /** Calls a helper by its number in {@code linux/bpf.h}. */
    public BpfAssembler call(final int helper) {
        return emit(CALL, 0, 0, 0, helper);
    }

    /** Calls a function of the kernel by the number of its type. */
    public BpfAssembler callKernel(final int function) {
        return emit(CALL, 0, KERNEL_FUNCTION, 0, function);
    }

    public BpfAssembler exit() {
        return emit(EXIT, 0, 0, 0, 0);
    }

    /** Names the next instruction. */
    public BpfAssembler label(final String name) {
        if (labels.put(name, instructions.size()) != null) {
            throw new IllegalStateException("label twice: " + name);
        }
        return this;
    }

    private BpfAssembler emit(
            final int opcode, final int dst, final int src, final int offset, final int immediate) {
        instructions.add(new Instruction(opcode, dst, src, offset, immediate));
        return this;
    }

    /** The program with its jumps resolved. */
    public byte[] assemble() {
        final ByteBuffer code =
                ByteBuffer.allocate(instructions.size() * INSTRUCTION_LENGTH)
                        .order(ByteOrder.nativeOrder());
        for (int i = 0; i < instructions.size(); i++) {
            final Instruction instruction = instructions.get(i);
            code.put((byte) instruction.opcode);
            code.put((byte) (instruction.src << 4 | instruction.dst));
            code.putShort((short) (jumps.containsKey(i) ? distance(i) : instruction.offset));
            code.putInt(instruction.immediate);
        }
        return code.array();
    }

    private int distance(final int from) {
        final Integer target = labels.get(jumps.get(from));
        if (target == null) {
            throw new IllegalStateException("no label " + jumps.get(from));
        }
        return target - from - 1;
    }
}
