package dev.chiron.agent.start;

import dev.chiron.sandbox.source.Source;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The known metrics that a script prints.
 *
 * @param names as it spells them, the likelier one first
 */
public record PrintedMetrics(List<String> names) {

    private static final List<String> KNOWN = List.of(
            "val_bpb",
            "val_loss",
            "val_accuracy",
            "val_acc",
            "val_error",
            "test_loss",
            "test_accuracy",
            "test_acc",
            "accuracy",
            "acc",
            "perplexity",
            "ppl",
            "mse",
            "rmse",
            "mae",
            "f1",
            "auc",
            "reward",
            "score",
            "loss");

    /** What people write for it, by what it is here; longer ones first. */
    private static final Map<String, String> ALIASES = aliases();

    private static final Pattern NO_WORD = Pattern.compile("[^a-z0-9]+");

    /** Where a metric was measured: people often leave it out. */
    private static final Pattern PLACE = Pattern.compile("^ (?:val|test) ");

    /** The known ones in plain words. */
    private static final List<String> PLAIN =
            KNOWN.stream().map(PrintedMetrics::plain).toList();

    /** A text in quotes, and whether it is what a print begins with and more follows. */
    private static final Pattern TEXT = Pattern.compile(
            "(?<print>print\\()?[a-zA-Z]{0,2}([\"'])(?<text>(?:\\\\.|(?!\\2)[^\\\\])*+)\\2(?<comma> *,)?");

    private static final Pattern ESCAPE = Pattern.compile("\\\\[nrt]");

    /** Where a value is put in. */
    private static final Pattern HOLE = Pattern.compile("\\{[^{}]*+}|%[-+ #.0-9]*+[a-zA-Z]");

    private static final String WORDS = "((?<![A-Za-z0-9_])[A-Za-z][A-Za-z0-9_/-]*+(?: [A-Za-z][A-Za-z0-9_/-]*+){0,5})";
    private static final Pattern BEFORE = Pattern.compile(WORDS + "(?: ?[:=]? *(?=\0)| ?[:=] *$)");
    private static final Pattern FIRST = Pattern.compile(WORDS + " ?[:=]? *(?=\0|$)");

    /** What stands before a name that is of another moment or of other data. */
    private static final List<String> ELSEWHERE = List.of(
            "best",
            "lowest",
            "highest",
            "min",
            "max",
            "train",
            "training",
            "baseline",
            "previous",
            "prev",
            "old",
            "target");

    /** What belongs to the name, since a run's output is not searched for the name behind it. */
    private static final List<String> MEANS = List.of("mean", "avg", "average");

    private static final String OTHERS =
            Stream.concat(ELSEWHERE.stream(), MEANS.stream()).collect(Collectors.joining("|", "(?<!(?i:", ") {1,2})"));

    /** Copies the list. */
    public PrintedMetrics {
        names = List.copyOf(names);
    }

    private static Map<String, String> aliases() {
        Map<String, String> aliases = new LinkedHashMap<>();
        aliases.put("root mean squared error", "rmse");
        aliases.put("mean squared error", "mse");
        aliases.put("mean absolute error", "mae");
        aliases.put("bits per byte", "bpb");
        aliases.put("error rate", "error");
        aliases.put("f1 score", "f1");
        aliases.put("validation", "val");
        aliases.put("acc", "accuracy");
        aliases.put("ppl", "perplexity");
        aliases.put("auroc", "auc");
        return aliases;
    }

    /** Of a script: what it has before a colon or an equals sign, in a text also in words as in {@code Validation loss = }, or first in a print. */
    public static PrintedMetrics of(Source source) {
        Map<String, Integer> ranks = new LinkedHashMap<>();
        for (int rank = 0; rank < KNOWN.size(); rank++) {
            if (isPrinted(KNOWN.get(rank), source.text())) {
                ranks.put(KNOWN.get(rank), rank);
            }
        }
        source.text().lines().forEach(line -> inTexts(line).forEach(ranks::putIfAbsent));
        return new PrintedMetrics(ranks.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .toList());
    }

    /** Whether the whole name stands there, perhaps after an escape such as {@code \n}, not the end of a longer one. */
    private static boolean isPrinted(String name, String text) {
        return Pattern.compile(OTHERS + "(?:(?<![A-Za-z0-9_])|(?<=\\\\[nrt]))" + Pattern.quote(name) + "[:=]")
                .matcher(text)
                .find();
    }

    /** The metrics before values in the texts of a line, as they are spelled there, with their ranks. */
    private static Map<String, Integer> inTexts(String line) {
        Map<String, Integer> found = new LinkedHashMap<>();
        Matcher text = TEXT.matcher(line);
        while (text.find()) {
            String printed = HOLE.matcher(ESCAPE.matcher(text.group("text")).replaceAll("\n"))
                    .replaceAll("\0");
            boolean first = text.group("print") != null && text.group("comma") != null;
            Matcher label = (first ? FIRST : BEFORE).matcher(printed);
            while (label.find()) {
                named(List.of(label.group(1).split(" ")), found);
            }
        }
        return found;
    }

    /** The metric at the end of a label. */
    private static void named(List<String> words, Map<String, Integer> found) {
        for (int from = 0; from < words.size(); from++) {
            String name = String.join(" ", words.subList(from, words.size()));
            int rank = PLAIN.indexOf(plain(name));
            if (rank >= 0) {
                String before = from == 0 ? "" : words.get(from - 1).toLowerCase(Locale.ROOT);
                if (!ELSEWHERE.contains(before)) {
                    found.putIfAbsent(MEANS.contains(before) ? words.get(from - 1) + " " + name : name, rank);
                }
                return;
            }
        }
    }

    /**
     * The one that a person's words name, also as {@code validation loss} or {@code acc}: of several the one named first. Words that
     * name none exactly may leave out where it is measured: {@code accuracy} is then {@code val_acc}.
     */
    public Optional<String> in(String words) {
        String plain = plain(words);
        return first(plain, UnaryOperator.identity())
                .or(() -> first(plain, name -> PLACE.matcher(name).replaceFirst(" ")));
    }

    private Optional<String> first(String words, UnaryOperator<String> shortened) {
        return names.stream()
                .filter(name -> words.contains(shortened.apply(plain(name))))
                .min(Comparator.comparingInt(name -> words.indexOf(shortened.apply(plain(name)))));
    }

    /** Words in lower case between single spaces, each under one of its names. */
    private static String plain(String text) {
        String plain = " "
                + NO_WORD.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ").strip() + " ";
        for (Map.Entry<String, String> alias : ALIASES.entrySet()) {
            plain = plain.replace(" " + alias.getKey() + " ", " " + alias.getValue() + " ");
        }
        return plain;
    }
}
