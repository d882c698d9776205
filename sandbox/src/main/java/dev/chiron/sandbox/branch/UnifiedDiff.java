package dev.chiron.sandbox.branch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/** The difference of two texts as {@code git apply} and {@code patch -p1} read it. */
public final class UnifiedDiff {

    private static final int CONTEXT = 3;

    private UnifiedDiff() {}

    /**
     * The difference with three lines around each change; empty for equal texts.
     *
     * @param path the file's, with slashes
     */
    public static String of(String path, String before, String after) {
        if (before.equals(after)) {
            return "";
        }
        RawText from = new RawText(before.getBytes(StandardCharsets.UTF_8));
        RawText to = new RawText(after.getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DiffFormatter formatter = new DiffFormatter(out)) {
            formatter.setContext(CONTEXT);
            formatter.format(new HistogramDiff().diff(RawTextComparator.DEFAULT, from, to), from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // of a stream in memory
        }
        return "--- a/" + path + "\n+++ b/" + path + "\n" + out.toString(StandardCharsets.UTF_8);
    }
}
