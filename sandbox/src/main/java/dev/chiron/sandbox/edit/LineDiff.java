package dev.chiron.sandbox.edit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/** The lines in which two texts differ, as git tells them. */
final class LineDiff {

    private LineDiff() {}

    /** The stretches that differ, as indices of lines from 0, in order. */
    static List<Edit> of(List<String> before, List<String> after) {
        return diff(ended(before), ended(after));
    }

    /** How many lines one has to take out and to put in to make one text of another. */
    static int size(String before, String after) {
        return diff(before, after).stream()
                .mapToInt(edit -> edit.getLengthA() + edit.getLengthB())
                .sum();
    }

    private static EditList diff(String before, String after) {
        return new HistogramDiff().diff(RawTextComparator.DEFAULT, raw(before), raw(after));
    }

    private static String ended(List<String> lines) {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private static RawText raw(String text) {
        return new RawText(text.getBytes(StandardCharsets.UTF_8));
    }
}
