package dev.chiron.sandbox.run;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.ProgressSchedule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What vouches for the value of a script that was edited, and so may print whatever it likes: an evaluator that it cannot reach, or a harness
 * that starts it and alone knows the run's nonce.
 *
 * @param byEvaluator whether it is an evaluator
 * @param impossible why nothing vouches for it, and what to do; empty if something does
 */
record Proof(boolean byEvaluator, Optional<String> impossible) {

    private static final Pattern ISOLATED = Pattern.compile("-[A-Za-z]*[IP][A-Za-z]*");
    private static final Pattern CODE = Pattern.compile("-[A-Za-z]*[cm]");
    private static final String REMEDY =
            "; give the task an evaluator (evaluate:), or a harness that starts the script and prints the metric with the run's nonce";

    static Proof of(Training training) {
        if (training.scoring().evaluate().isPresent()) {
            return new Proof(true, Optional.empty());
        }
        return new Proof(false, problem(training).map(why -> why + REMEDY));
    }

    /** Whether the run's nonce does. */
    boolean isByNonce() {
        return !byEvaluator && impossible.isEmpty();
    }

    private static Optional<String> problem(Training training) {
        if (training.metric() instanceof MetricSource.JsonFile json) {
            return Optional.of("the metric is read from " + json.file() + ", which the edited script can write");
        }
        List<String> words = CommandLine.split(training.run());
        Optional<String> entry = entry(training, words);
        if (entry.isEmpty()) {
            return Optional.of("run: names no file of the project that would start the script");
        }
        Path first = Path.of(entry.get());
        if (first.equals(Path.of(training.script()).normalize())) {
            return Optional.of("run: starts " + training.script() + " itself, which can print any value");
        }
        if (training.readonly().stream().map(Path::of).map(Path::normalize).noneMatch(first::startsWith)) {
            return Optional.of("run: starts " + first + ", which is not under readonly:");
        }
        return isOpen(words)
                ? Optional.of(
                        "run: starts " + first + " so that Python looks for modules beside it, where the script may put"
                                + " its own: write " + words.get(0) + " -I")
                : Optional.empty();
    }

    /** Python puts the folder of what it starts before its own library, unless it is told not to. */
    private static boolean isOpen(List<String> words) {
        return Programs.isPython(words.get(0))
                && options(words).noneMatch(word -> ISOLATED.matcher(word).matches());
    }

    private static Stream<String> options(List<String> words) {
        return words.stream().skip(1).takeWhile(word -> word.startsWith("-"));
    }

    /** The first file of the project that the command line names, as a path below it; none where code is given otherwise. */
    private static Optional<String> entry(Training training, List<String> words) {
        if (Programs.isPython(words.get(0))
                && options(words).anyMatch(word -> CODE.matcher(word).matches())) {
            return Optional.empty();
        }
        Config defaults = ProgressSchedule.inScript(training.defaults());
        Holes holes = new Holes(training.script(), defaults, defaults);
        return words.stream()
                .map(holes::fill)
                .filter(word -> !word.isEmpty() && !word.startsWith("-") && word.indexOf(0) < 0)
                .map(word -> Path.of(word).normalize())
                .filter(path -> !path.isAbsolute()
                        && !path.startsWith("..")
                        && !path.toString().isEmpty())
                .filter(path -> Files.exists(training.project().resolve(path)))
                .findFirst()
                .map(Path::toString);
    }
}
