package dev.chiron.agent.start;

import dev.chiron.sandbox.source.Source;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The known metrics that a script prints.
 *
 * @param names those that it has before a colon or an equals sign, the likelier one first
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

    /** Of a script. */
    public static PrintedMetrics of(Source source) {
        return new PrintedMetrics(
                KNOWN.stream().filter(name -> isPrinted(name, source.text())).toList());
    }

    /** Whether the whole name stands there, perhaps after an escape such as {@code \n}, not the end of a longer one. */
    private static boolean isPrinted(String name, String text) {
        return Pattern.compile("(?:(?<![A-Za-z0-9_])|(?<=\\\\[nrt]))" + Pattern.quote(name) + "[:=]")
                .matcher(text)
                .find();
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
