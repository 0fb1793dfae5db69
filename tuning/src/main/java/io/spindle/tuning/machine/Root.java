package io.spindle.tuning.machine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a machine's files are: "/" for the live one, a captured tree for a fixture. Every probe and
 * every write of the tuner goes through one, so that everything also runs on machines we do not
 * have. On the live one paths below {@code /ethtool} are settings of its cards.
 */
public record Root(Path base) {
    public Root {
        base = base.toAbsolutePath().normalize();
    }

    /** The machine this process runs on. */
    public static Root live() {
        return new Root(Path.of("/"));
    }

    /** Whether the files are those of the machine that this runs on. */
    public boolean isLive() {
        return base.equals(base.getRoot());
    }

    /**
     * The file's text without surrounding white space; empty when it is absent or may not be read.
     */
    public Optional<String> read(final String path) {
        if (isSettingOfCard(path)) {
            return EthtoolFiles.read(path);
        }
        try {
            return Optional.of(new String(content(resolve(path)), StandardCharsets.UTF_8).strip());
        } catch (final IOException absent) {
            return Optional.empty();
        }
    }

    /**
     * A file's bytes. A kernel file has length 0, so {@link Files#readString} asks for one byte
     * first, and a number under {@code /proc/sys} ends after the first read: 60 would be 6.
     */
    static byte[] content(final Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            return stream.readAllBytes();
        }
    }

    /** What a capture is to hold of a path; empty when it is no file or cannot be read. */
    Optional<byte[]> bytes(final String path) {
        if (isSettingOfCard(path)) {
            return EthtoolFiles.read(path).map(Root::line);
        }
        final Path file = resolve(path);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(content(file));
        } catch (final IOException refused) {
            // Kernel files may refuse a read: EINVAL on a link without speed.
            return Optional.empty();
        }
    }

    public boolean exists(final String path) {
        if (isSettingOfCard(path)) {
            return EthtoolFiles.read(path).isPresent();
        }
        return Files.exists(resolve(path));
    }

    /** Whether this process could write the file; a kernel file may still refuse a value. */
    public boolean writable(final String path) {
        if (EthtoolFiles.isReadOnly(path)) {
            return false;
        }
        return isSettingOfCard(path)
                ? EthtoolFiles.isWritable(path)
                : Files.isWritable(resolve(path));
    }

    /**
     * Writes a value as {@code echo value > path} would; kernel files take it or fail with EINVAL,
     * EIO …
     */
    public void write(final String path, final String value) throws IOException {
        if (isSettingOfCard(path)) {
            EthtoolFiles.write(path, value);
            return;
        }
        Files.write(
                resolve(path),
                line(value),
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
    }

    /** Names in a folder, sorted numbers before text; empty when there is no such folder. */
    public List<String> list(final String folder) {
        if (isSettingOfCard(folder)) {
            return EthtoolFiles.list(folder, list("/sys/class/net"));
        }
        try (var entries = Files.list(resolve(folder))) {
            return entries.map(path -> path.getFileName().toString())
                    .sorted(NaturalOrder.INSTANCE)
                    .toList();
        } catch (final IOException absent) {
            return List.of();
        }
    }

    /**
     * Paths that match a pattern in which whole path elements may hold {@code *}; the pattern
     * itself when it holds none.
     */
    public List<String> glob(final String pattern) {
        List<String> found = List.of("");
        for (final String element : pattern.substring(1).split("/")) {
            final List<String> next = new ArrayList<>();
            for (final String parent : found) {
                if (element.contains("*")) {
                    final PathMatcher matcher =
                            FileSystems.getDefault().getPathMatcher("glob:" + element);
                    for (final String name : list(parent.isEmpty() ? "/" : parent)) {
                        if (matcher.matches(Path.of(name))) {
                            next.add(parent + "/" + name);
                        }
                    }
                } else {
                    next.add(parent + "/" + element);
                }
            }
            found = next;
        }
        return found.stream().filter(path -> !pattern.contains("*") || exists(path)).toList();
    }

    /**
     * Where a path leads: without symbolic links, dots and doubled slashes. A link out of the tree
     * gives the path that it leads to; of what is not there only the text is tidied up.
     */
    public String real(final String path) {
        try {
            final Path file = resolve(path).toRealPath();
            final Path top = base.toRealPath();
            return file.startsWith(top) ? "/" + top.relativize(file) : file.toString();
        } catch (final IOException absent) {
            return Path.of("/" + path).normalize().toString();
        }
    }

    private boolean isSettingOfCard(final String path) {
        return isLive() && EthtoolFiles.holds(path);
    }

    private static byte[] line(final String value) {
        return (value + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private Path resolve(final String path) {
        return base.resolve(path.replaceFirst("^/+", ""));
    }
}
