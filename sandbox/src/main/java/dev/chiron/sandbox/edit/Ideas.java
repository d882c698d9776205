package dev.chiron.sandbox.edit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The edits that a study has tried, so that none is tried twice in other words. Comments, blank lines and white space at the ends of lines
 * do not make an edit another one; another number does.
 */
public final class Ideas {

    /** From which share of what two edits change they are nearly the same. */
    private static final double NEARLY = 0.9;

    private final String fileName;
    private final Map<String, Integer> scripts = new LinkedHashMap<>();
    private final List<Tried> tried = new ArrayList<>();

    /**
     * No edits yet.
     *
     * @param fileName tells by its ending what is a comment
     */
    public Ideas(String fileName) {
        this.fileName = fileName;
    }

    private record Tried(int trial, ChangedTokens change) {}

    /**
     * Remembers an edit.
     *
     * @param trial the number of the trial that tries it
     */
    public void add(int trial, String parentText, String editedText) {
        BareCode edited = BareCode.of(fileName, editedText);
        scripts.putIfAbsent(edited.hash(), trial);
        tried.add(new Tried(trial, ChangedTokens.between(BareCode.of(fileName, parentText), edited)));
    }

    /** Whether an edit changes nothing that runs. */
    public boolean isNothing(String parentText, String editedText) {
        return BareCode.of(fileName, parentText).equals(BareCode.of(fileName, editedText));
    }

    /** The tried edit that this one is nearly the same as, if there is any: the first of those it is most like. */
    public Optional<Similar> similar(String parentText, String editedText) {
        BareCode edited = BareCode.of(fileName, editedText);
        Integer same = scripts.get(edited.hash());
        if (same != null) {
            return Optional.of(new Similar(same, 1));
        }
        ChangedTokens change = ChangedTokens.between(BareCode.of(fileName, parentText), edited);
        Optional<Similar> most = Optional.empty();
        for (Tried each : tried) {
            double similarity = change.similarity(each.change());
            double least = most.map(Similar::similarity).orElse(0.0);
            if (similarity >= NEARLY && similarity > least && !change.differsInNumbersOnly(each.change())) {
                most = Optional.of(new Similar(each.trial(), similarity));
            }
        }
        return most;
    }
}
