package dev.chiron.sandbox.branch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.merge.MergeAlgorithm;
import org.eclipse.jgit.merge.MergeChunk;
import org.eclipse.jgit.merge.MergeChunk.ConflictState;
import org.eclipse.jgit.merge.MergeResult;

/** Two changes of one text brought together line by line, as git does it. Ends of lines stay as they are. */
public sealed interface ThreeWay {

    /** Both changes, which did not meet. */
    record Merged(String text) implements ThreeWay {}

    /** The changes met; one conflict or more, in the order of the text. */
    record Conflicting(List<Conflict> conflicts) implements ThreeWay {
        public Conflicting {
            conflicts = List.copyOf(conflicts);
        }
    }

    /**
     * Where both changed the same lines, or lines next to each other.
     *
     * @param line the first of them in our text, from 1
     * @param ours our lines there; empty if we removed them
     * @param theirs their lines there; empty if they removed them
     */
    record Conflict(int line, String ours, String theirs) {}

    /** The base with our changes and theirs. */
    static ThreeWay merge(String base, String ours, String theirs) {
        if (ours.equals(base) || theirs.equals(ours)) {
            return new Merged(theirs);
        }
        if (theirs.equals(base)) {
            return new Merged(ours);
        }
        return read(new MergeAlgorithm().merge(RawTextComparator.DEFAULT, raw(base), raw(ours), raw(theirs)));
    }

    /**
     * A text without one of the edits that led to it; empty where a later edit changed the same lines.
     *
     * @param parent what was edited
     * @param edited what the edit made of it
     * @param last what later edits made of that
     */
    static Optional<String> without(String parent, String edited, String last) {
        return merge(edited, last, parent) instanceof Merged merged ? Optional.of(merged.text()) : Optional.empty();
    }

    private static ThreeWay read(MergeResult<RawText> result) {
        StringBuilder text = new StringBuilder();
        List<Conflict> conflicts = new ArrayList<>();
        Optional<MergeChunk> ours = Optional.empty();
        for (MergeChunk chunk : result) {
            RawText sequence = result.getSequences().get(chunk.getSequenceIndex());
            ConflictState state = chunk.getConflictState();
            if (state == ConflictState.NO_CONFLICT) {
                text.append(lines(sequence, chunk));
            } else if (state == ConflictState.FIRST_CONFLICTING_RANGE) {
                ours = Optional.of(chunk);
            } else if (state == ConflictState.NEXT_CONFLICTING_RANGE) {
                MergeChunk first = ours.orElseThrow();
                RawText mine = result.getSequences().get(first.getSequenceIndex());
                conflicts.add(new Conflict(first.getBegin() + 1, lines(mine, first), lines(sequence, chunk)));
            }
        }
        return conflicts.isEmpty() ? new Merged(text.toString()) : new Conflicting(conflicts);
    }

    private static String lines(RawText text, MergeChunk chunk) {
        return chunk.getBegin() == chunk.getEnd() ? "" : text.getString(chunk.getBegin(), chunk.getEnd(), false);
    }

    private static RawText raw(String text) {
        return new RawText(text.getBytes(StandardCharsets.UTF_8));
    }
}
