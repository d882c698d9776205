package dev.chiron.agent.session;

import dev.chiron.agent.plot.Plot;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Parameter.Choice;
import dev.chiron.optimizers.space.ProgressSchedule;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What may be meant by the beginning of a word: commands, parameters, options of choices, the numbers of the last trials. */
final class Completions {

    private static final int TRIALS = 30;

    private final Supplier<SearchSpace> space;
    private final Supplier<Integer> trials;

    /**
     * Completions of a study.
     *
     * @param trials how many there are
     */
    Completions(Supplier<SearchSpace> space, Supplier<Integer> trials) {
        this.space = space;
        this.trials = trials;
    }

    /**
     * The words that begin like the last one.
     *
     * @param words those of the line up to the cursor, the last perhaps empty
     */
    List<String> of(List<String> words) {
        if (words.isEmpty()) {
            return List.of();
        }
        String last = words.get(words.size() - 1);
        Optional<Verb> verb = Verb.of(words.get(0)).filter(known -> words.get(0).startsWith("/"));
        Stream<String> known = words.size() == 1
                ? Verb.words().stream()
                : verb.map(one -> behind(one, words)).orElse(Stream.empty());
        return known.filter(word -> word.startsWith(last) && !word.equals(last)).toList();
    }

    private Stream<String> behind(Verb verb, List<String> words) {
        String last = words.get(words.size() - 1);
        return switch (verb) {
            case TRY, PIN -> assignments(last);
            case UNPIN, DROP, BAN -> words.size() == 2 ? names() : Stream.empty();
            case RANGE -> words.size() == 2 ? names() : options(words.get(1));
            case PLOT -> plots(words);
            case WHY, DIFF, COMPARE -> numbers();
            case HELP -> Verb.words().stream();
            case BUDGET -> Stream.of("trials=", "time=", "usd=");
            case SHARE -> Stream.of("adaptive");
            case TRIALS -> Stream.of("all");
            case QUIT -> Stream.of("now");
            default -> Stream.empty();
        };
    }

    private Stream<String> names() {
        return Stream.concat(
                space.get().schedules().stream().map(ProgressSchedule::name),
                space.get().parameters().stream().map(Parameter::name));
    }

    private Stream<String> assignments(String last) {
        int equals = last.indexOf('=');
        if (equals < 0) {
            return names().map(name -> name + "=");
        }
        String name = last.substring(0, equals);
        return options(name).map(option -> name + "=" + option);
    }

    private Stream<String> options(String name) {
        return space.get()
                .find(name)
                .filter(Choice.class::isInstance)
                .map(parameter -> ((Choice) parameter).options().stream().map(Value::text))
                .orElse(Stream.empty());
    }

    private Stream<String> plots(List<String> words) {
        boolean isSlice = words.size() == 3 && words.get(1).equals("slice");
        return words.size() == 2 ? Plot.KINDS.stream() : isSlice ? names() : Stream.empty();
    }

    /** The last ones first. */
    private Stream<String> numbers() {
        int count = trials.get();
        List<String> numbers = new ArrayList<>();
        IntStream.range(Math.max(0, count - TRIALS), count).forEach(number -> numbers.add(0, Integer.toString(number)));
        return numbers.stream();
    }
}
