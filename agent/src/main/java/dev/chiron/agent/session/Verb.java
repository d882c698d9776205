package dev.chiron.agent.session;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What can be commanded. */
enum Verb {
    STATUS("", "where the study stands"),
    BEST("", "the best values so far"),
    TRIALS("[N|all]", "the last N trials (20)"),
    WHY("N", "why a trial was tried and what came of it"),
    DIFF("[N]", "what a trial changed of the script (the best)"),
    COMPARE("N M", "the values in which two trials differ"),
    STATE("", "what the optimizer believes"),
    PLOT("[history|parallel|slice P|importance]", "draws it here and writes a PNG into the study"),
    COST("", "what the models have cost"),
    PAUSE("", "waits after the running trial"),
    RESUME("", "goes on"),
    STEP("[N]", "runs N trials (1), then waits"),
    STOP("", "ends the loop after the running trial; /resume opens it again"),
    WAIT("", "reads the next line only when the loop waits or has ended, for scripts"),
    TRY("NAME=VALUE …", "runs this next; what is not named is the best's", Kind.CHANGE),
    PIN("NAME=VALUE", "keeps a parameter at a value", Kind.CHANGE),
    UNPIN("NAME", "tunes it again", Kind.CHANGE),
    RANGE("NAME LOW HIGH", "tunes a number in another range, or a choice: NAME A B … (+C: a new option)", Kind.CHANGE),
    BAN("COMPARISON", "proposes nothing for which it holds, such as DEPTH > 12", Kind.CHANGE),
    ADD("NAME { type: … }", "tunes another constant of the script", Kind.CHANGE),
    DROP("NAME", "tunes a parameter no more", Kind.CHANGE),
    SHARE("0…1|adaptive", "the model's share of the turns", Kind.CHANGE),
    MODEL("SPEC", "who has the model's turns", Kind.CHANGE),
    BUDGET("[trials=N] [time=8h] [usd=5]", "other bounds", Kind.CHANGE),
    STEER("TEXT", "a note that the model reads in its next prompts", Kind.CHANGE),
    UNDO("[N]", "takes the last steering back, or steering N if it is a try that was not run yet", Kind.CHANGE),
    APPLY("[N]", "writes the best, or trial N, into your script; the loop must not run", Kind.CHANGE),
    FORK("NAME [N]", "copies the study as it was after trial N, beside it", Kind.CHANGE),
    REPORT("[FILE]", "writes a report: .html, .md or .pdf (report.html in the study)"),
    SAVE("[FILE]", "writes what was shown here (session.txt in the study)"),
    HELP("[COMMAND]", "this list"),
    QUIT("[now]", "leaves after the running trial; now gives it up");

    /** Whether a command only looks, or changes the study, so that it is asked about. */
    enum Kind {
        LOOK,
        CHANGE
    }

    private final String usage;
    private final String does;
    private final Kind kind;

    Verb(String usage, String does) {
        this(usage, does, Kind.LOOK);
    }

    Verb(String usage, String does, Kind kind) {
        this.usage = usage;
        this.does = does;
        this.kind = kind;
    }

    String word() {
        return "/" + name().toLowerCase(Locale.ROOT);
    }

    String usage() {
        return (word() + " " + usage).strip();
    }

    String does() {
        return does;
    }

    boolean changes() {
        return kind == Kind.CHANGE;
    }

    /** The verb of that word, with or without its slash. */
    static Optional<Verb> of(String word) {
        String name = word.startsWith("/") ? word.substring(1) : word;
        return Stream.of(values())
                .filter(verb -> verb.name().equalsIgnoreCase(name))
                .findFirst();
    }

    static List<String> words() {
        return Stream.of(values()).map(Verb::word).toList();
    }
}
