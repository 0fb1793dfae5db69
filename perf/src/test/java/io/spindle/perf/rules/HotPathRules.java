package io.spindle.perf.rules;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a hot method may not do, read from its class file: allocate an object or an array, link a
 * lambda or a string concatenation, box, take a monitor, read a clock.
 *
 * <p>Exempt are constructors and static initialisers, the allocation of a Throwable, methods and
 * classes marked {@code @Cold} (any annotation of that simple name), and what the compiler writes
 * by itself: a record's {@code toString}, {@code hashCode} and {@code equals}, an enum's {@code
 * $values}. The visitor cannot see what a callee does; the allocation tests measure that.
 */
final class HotPathRules {
    private static final Set<String> BOXES =
            Set.of("Boolean", "Byte", "Character", "Short", "Integer", "Long", "Float", "Double");
    private static final Map<String, Set<String>> CLOCKS =
            Map.of("java/lang/System", Set.of("nanoTime", "currentTimeMillis"));

    private HotPathRules() {}

    /** One line for each forbidden instruction: {@code class.method:line what}. */
    static List<String> violations(final ClassModel type) {
        final List<String> found = new ArrayList<>();
        if (!ColdMark.isCold(type)) {
            for (final MethodModel method : type.methods()) {
                if (!isExempt(type, method)) {
                    inspect(type, method, found);
                }
            }
        }
        return found;
    }

    private static boolean isExempt(final ClassModel type, final MethodModel method) {
        final String name = method.methodName().stringValue();
        return name.startsWith("<") || name.equals("$values") || ColdMark.isCold(type, method);
    }

    private static void inspect(
            final ClassModel type, final MethodModel method, final List<String> found) {
        final String place =
                type.thisClass().asInternalName().replace('/', '.')
                        + '.'
                        + method.methodName().stringValue();
        if (method.flags().has(AccessFlag.SYNCHRONIZED)) {
            found.add(place + " is synchronized");
        }
        int line = 0;
        for (final CodeElement element :
                method.code().map(CodeModel::elementList).orElse(List.of())) {
            if (element instanceof LineNumber number) {
                line = number.line();
            }
            final String what = forbidden(element);
            if (what != null) {
                found.add(place + ':' + line + ' ' + what);
            }
        }
    }

    private static String forbidden(final CodeElement element) {
        return switch (element) {
            case NewObjectInstruction made when !isThrowable(made) ->
                    "allocates " + made.className().asInternalName();
            case NewPrimitiveArrayInstruction _,
                    NewReferenceArrayInstruction _,
                    NewMultiArrayInstruction _ ->
                    "allocates an array";
            case InvokeDynamicInstruction linked when !isRecordMethod(linked) ->
                    "links " + linked.name() + " at run time";
            case InvokeInstruction call when isBoxing(call) ->
                    "boxes with " + call.owner().asInternalName();
            case InvokeInstruction call when isClock(call) -> "reads a clock";
            case MonitorInstruction monitor when monitor.opcode() == Opcode.MONITORENTER ->
                    "takes a monitor";
            default -> null;
        };
    }

    private static boolean isThrowable(final NewObjectInstruction made) {
        final String name = made.className().asInternalName().replace('/', '.');
        try {
            final ClassLoader loader = HotPathRules.class.getClassLoader();
            return Throwable.class.isAssignableFrom(Class.forName(name, false, loader));
        } catch (final ClassNotFoundException absent) {
            return false;
        }
    }

    private static boolean isRecordMethod(final InvokeDynamicInstruction linked) {
        return linked.bootstrapMethod()
                .owner()
                .descriptorString()
                .equals("Ljava/lang/runtime/ObjectMethods;");
    }

    private static boolean isBoxing(final InvokeInstruction call) {
        final String owner = call.owner().asInternalName();
        return call.name().equalsString("valueOf")
                && owner.startsWith("java/lang/")
                && BOXES.contains(owner.substring("java/lang/".length()));
    }

    private static boolean isClock(final InvokeInstruction call) {
        final String owner = call.owner().asInternalName();
        final String name = call.name().stringValue();
        return CLOCKS.getOrDefault(owner, Set.of()).contains(name)
                || owner.startsWith("java/time/") && name.equals("now");
    }
}
