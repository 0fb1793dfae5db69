package io.spindle.perf.rules;

import java.lang.classfile.Annotation;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.util.List;
import java.util.stream.Stream;

/** Looks for {@code @Cold}: on a method, on its class, on every class around it. */
final class ColdMark {
    private ColdMark() {}

    static boolean isCold(final ClassModel type) {
        if (isMarked(type)) {
            return true;
        }
        final String name = type.thisClass().asInternalName();
        final int nested = name.lastIndexOf('$');
        return nested > 0 && isCold(CompiledTree.load(name.substring(0, nested)));
    }

    /** A lambda's body is as cold as the method that wrote it. */
    static boolean isCold(final ClassModel type, final MethodModel method) {
        final String name = method.methodName().stringValue();
        final String writer = name.startsWith("lambda$") ? name.split("\\$")[1] : name;
        return isMarked(method)
                || !writer.equals(name)
                        && type.methods().stream()
                                .filter(other -> other.methodName().equalsString(writer))
                                .anyMatch(ColdMark::isMarked);
    }

    private static boolean isMarked(final AttributedElement element) {
        return Stream.concat(
                        element.findAttribute(Attributes.runtimeInvisibleAnnotations()).stream()
                                .map(found -> found.annotations()),
                        element.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
                                .map(found -> found.annotations()))
                .flatMap(List::stream)
                .map(Annotation::className)
                .anyMatch(name -> name.stringValue().endsWith("/Cold;"));
    }
}
