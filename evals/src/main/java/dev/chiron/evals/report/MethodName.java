package dev.chiron.evals.report;

import dev.chiron.evals.compare.Run;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A method's name taken apart: {@code gp+ollama:qwen3:8b share=0.2 without-facts}.
 *
 * @param optimizer {@code gp}
 * @param model {@code ollama:qwen3:8b}; {@code none} for none
 * @param words what else is told apart by the name, in order: {@code share=0.2}, {@code without-facts}
 */
record MethodName(String optimizer, String model, List<String> words) {

    private static final Pattern SIZE = Pattern.compile("(\\d+(?:\\.\\d+)?)([bm])\\b", Pattern.CASE_INSENSITIVE);

    MethodName {
        words = List.copyOf(words);
    }

    static MethodName of(Run run) {
        String optimizer = run.ours().map(Run.Ours::optimizer).orElse("");
        String model = run.ours().map(Run.Ours::model).orElse("none");
        String base = model.equals("none") ? optimizer : optimizer + "+" + model;
        String name = run.method();
        if (base.isEmpty() || !name.startsWith(base)) {
            return new MethodName(name, model, List.of());
        }
        String rest = name.substring(base.length()).strip();
        return new MethodName(optimizer, model, rest.isEmpty() ? List.of() : Arrays.asList(rest.split("\\s+")));
    }

    /** The words but those that begin so. */
    List<String> wordsWithout(String start) {
        return words.stream().filter(word -> !word.startsWith(start)).toList();
    }

    /** What stands behind {@code key=}. */
    Optional<String> value(String key) {
        return words.stream()
                .filter(word -> word.startsWith(key + "="))
                .map(word -> word.substring(key.length() + 1))
                .findFirst();
    }

    /** The model's size in billions of parameters, where its name says it. */
    Optional<Double> size() {
        Matcher matcher = SIZE.matcher(model);
        Optional<Double> size = Optional.empty();
        while (matcher.find()) {
            double number = Double.parseDouble(matcher.group(1));
            size = Optional.of(matcher.group(2).equalsIgnoreCase("m") ? number / 1000 : number);
        }
        return size;
    }

    /** The model's name without its size. */
    String family() {
        return SIZE.matcher(model).replaceAll("*");
    }
}
