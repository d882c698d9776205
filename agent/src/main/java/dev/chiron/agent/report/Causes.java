package dev.chiron.agent.report;

import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.PlainText;
import java.util.regex.Pattern;

/** Why runs fail, for people who see such a word for the first time. */
final class Causes {

    private static final int LONGEST = 160;

    /** Folders before a file's name, which say something of the machine and nothing of the cause. */
    private static final Pattern FOLDERS = Pattern.compile("(?<![\\w.:/])/(?:[^\\s/'\":,()<>]+/)+");

    private Causes() {}

    static String said(Outcome.Reason reason) {
        return switch (reason) {
            case OUT_OF_MEMORY -> "it needed more memory than there was";
            case TIMED_OUT -> "it took longer than a trial may";
            case DIVERGED -> "its metric was no finite number";
            case CRASHED -> "it ended with an error";
            case NO_METRIC -> "it ended well and did not give the metric";
            case REFUSED -> "it broke a rule and was not run, or its edit touched what it may not";
            case UNVERIFIED -> "nobody but the edited script itself vouched for its value";
            case INFRASTRUCTURE -> "the machine broke, not the config";
        };
    }

    /** What a run said of its end, in a line without the machine's folders. */
    static String detail(Outcome.Failed failed) {
        String line = withoutFolders(PlainText.line(failed.detail()));
        return line.codePointCount(0, line.length()) <= LONGEST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST - 1)).strip() + "…";
    }

    static String withoutFolders(String text) {
        return FOLDERS.matcher(text).replaceAll("…/");
    }
}
