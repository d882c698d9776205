package dev.chiron.optimizers.fidelity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.fidelity.Deepening.Variant;
import dev.chiron.optimizers.fidelity.Schedule.Wanted;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScheduleTest {

    private static Config config(int number) {
        return Config.of(Map.of("n", new Value.Whole(number)));
    }

    private static double loss(Config config, int rung) {
        long number = ((Value.Whole) config.get("n")).number();
        double whole = new SplitMix(number).nextDouble();
        return whole + rung * 0.3 * new SplitMix(number * 31 + rung).nextDouble();
    }

    private record Run(Config config, int rung) {}

    /** What is run one after the other. */
    private static List<Run> runs(Schedule schedule, int count) {
        List<Run> runs = new ArrayList<>();
        int fresh = 0;
        for (int k = 0; k < count; k++) {
            Wanted wanted = schedule.next();
            Config config = wanted.config().isPresent() ? wanted.config().get() : config(fresh++);
            runs.add(new Run(config, wanted.rung()));
            schedule.begin(config, wanted.rung());
            schedule.end(config, wanted.rung(), loss(config, wanted.rung()));
        }
        return runs;
    }

    private static List<Integer> counts(List<Run> runs, int lowest) {
        return IntStream.rangeClosed(0, lowest)
                .map(rung ->
                        (int) runs.stream().filter(run -> run.rung() == rung).count())
                .boxed()
                .toList();
    }

    /** R = 81, η = 3: the table of the paper, 206 runs of 1,902 units. */
    @Test
    void aPassOfHyperbandIsThePapersTable() {
        List<Run> runs = runs(Halving.hyperband(3, 4), 206);
        assertThat(counts(runs, 4)).containsExactly(1 + 1 + 1 + 2 + 5, 3 + 3 + 5 + 8, 9 + 11 + 15, 27 + 34, 81);
        double units =
                runs.stream().mapToDouble(run -> Math.pow(3, 4 - run.rung())).sum();
        assertThat(units).isEqualTo(1902);
        assertThat(runs.subList(0, 81)).allMatch(run -> run.rung() == 4);
        List<Run> two = runs(Halving.hyperband(3, 4), 412);
        assertThat(counts(two, 4)).as("the next pass").containsExactly(20, 38, 70, 122, 162);
    }

    @Test
    void ofARungTheBestGoOn() {
        List<Run> runs = runs(Halving.hyperband(3, 3), 27 + 9);
        List<Config> best = runs.subList(0, 27).stream()
                .map(Run::config)
                .sorted(Comparator.comparingDouble(config -> loss(config, 3)))
                .limit(9)
                .toList();
        assertThat(runs.subList(27, 36)).extracting(Run::config).containsExactlyElementsOf(best);
    }

    /** 16 to 32 with η = 2: 72 runs of 372 units, and then what a deeper one adds; the last budgets are those of the library's own measurement. */
    @ParameterizedTest
    @MethodSource("variants")
    void theDeepenedOneRunsWhatIsMissing(Variant variant) {
        List<Run> runs = runs(new Halving(2, 1, 5, variant), 160);
        assertThat(counts(runs.subList(0, 72), 5))
                .startsWith(0)
                .satisfies(counts -> assertThat(
                                counts.stream().mapToInt(Integer::intValue).sum())
                        .isEqualTo(72));
        double first = runs.subList(0, 72).stream()
                .mapToDouble(run -> Math.pow(2, 5 - run.rung()))
                .sum();
        assertThat(first).isEqualTo(372);
        assertThat(runs.get(72)).isEqualTo(new Run(config(43), 5)); // the first of the new ones
    }

    static Stream<Variant> variants() {
        return Stream.of(Variant.values());
    }

    @ParameterizedTest
    @MethodSource("variants")
    void nothingIsRunTwice(Variant variant) {
        assertThat(runs(new Halving(2, 1, 5, variant), 400)).doesNotHaveDuplicates();
    }

    @Test
    void ashaPromotesWhateverIsAmongTheBestThird() {
        Promotion schedule = new Promotion(3, 3);
        Map<Integer, Map<Config, Double>> ended = new HashMap<>();
        int fresh = 0;
        for (int k = 0; k < 500; k++) {
            Wanted wanted = schedule.next();
            assertThat(wanted).as("run " + k).isEqualTo(byTheBook(ended));
            Config config = wanted.config().isPresent() ? wanted.config().get() : config(fresh++);
            schedule.begin(config, wanted.rung());
            schedule.end(config, wanted.rung(), loss(config, wanted.rung()));
            ended.computeIfAbsent(wanted.rung(), rung -> new LinkedHashMap<>())
                    .put(config, loss(config, wanted.rung()));
        }
        assertThat(ended.keySet()).contains(0, 1, 2, 3);
    }

    /** Li et al. 2020, algorithm 2, as it is written. */
    private static Wanted byTheBook(Map<Integer, Map<Config, Double>> ended) {
        for (int rung = 1; rung <= 3; rung++) {
            Map<Config, Double> here = ended.getOrDefault(rung, Map.of());
            Map<Config, Double> above = ended.getOrDefault(rung - 1, Map.of());
            Optional<Config> promotable = here.entrySet().stream()
                    .sorted(Map.Entry.comparingByValue())
                    .limit(here.size() / 3)
                    .map(Map.Entry::getKey)
                    .filter(config -> !above.containsKey(config))
                    .findFirst();
            if (promotable.isPresent()) {
                return new Wanted(promotable, rung - 1);
            }
        }
        return new Wanted(Optional.empty(), 3);
    }

    static Stream<Supplier<Schedule>> schedules() {
        return Stream.of(
                () -> Halving.hyperband(3, 3),
                () -> new Halving(2, 2, 4, Variant.EFFICIENT),
                () -> new Halving(2, 2, 4, Variant.PRESERVING),
                () -> new Halving(2, 2, 4, Variant.DISCARDING),
                () -> new Promotion(3, 3));
    }

    /** Eight at once, which end in any order: there is always something to run, and who is told of it all at once wants the same next. */
    @ParameterizedTest
    @MethodSource("schedules")
    void withManyAtOnceNobodyWaitsAndAllFollowsFromTheRuns(Supplier<Schedule> anew) {
        Schedule schedule = anew.get();
        TreeMap<Integer, Run> running = new TreeMap<>();
        List<Run> begun = new ArrayList<>();
        List<Run> ended = new ArrayList<>();
        SplitMix random = new SplitMix(11);
        int fresh = 0;
        for (int k = 0; k < 400; k++) {
            Wanted wanted = schedule.next();
            Config config = wanted.config().isPresent() ? wanted.config().get() : config(fresh++);
            Run run = new Run(config, wanted.rung());
            assertThat(begun).doesNotContain(run);
            begun.add(run);
            running.put(k, run);
            schedule.begin(config, wanted.rung());
            if (running.size() == 8) {
                List<Integer> numbers = List.copyOf(running.keySet());
                int number = numbers.get(random.nextInt(numbers.size()));
                Run end = running.remove(number);
                ended.add(end);
                schedule.end(end.config(), end.rung(), told(end));
            }
            if (k % 50 == 49) {
                Schedule other = anew.get();
                begun.forEach(one -> other.begin(one.config(), one.rung()));
                ended.forEach(one -> other.end(one.config(), one.rung(), told(one)));
                assertThat(other.next()).isEqualTo(schedule.next());
            }
        }
        assertThat(begun).anyMatch(run -> run.rung() == 0);
    }

    /** Every seventh fails at its first step, and is never trained longer. */
    private static double told(Run run) {
        return fails(run.config()) ? Double.POSITIVE_INFINITY : loss(run.config(), run.rung());
    }

    private static boolean fails(Config config) {
        return ((Value.Whole) config.get("n")).number() % 7 == 3;
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void whatFailedIsNotTrainedLonger(Supplier<Schedule> anew) {
        Schedule schedule = anew.get();
        int fresh = 0;
        for (int k = 0; k < 300; k++) {
            Wanted wanted = schedule.next();
            Config config = wanted.config().isPresent() ? wanted.config().get() : config(fresh++);
            assertThat(wanted.config().filter(ScheduleTest::fails)).isEmpty();
            schedule.begin(config, wanted.rung());
            schedule.end(config, wanted.rung(), told(new Run(config, wanted.rung())));
        }
    }

    @Test
    void theRungsOfATraining() {
        Ladder epochs = new Ladder("EPOCHS", new Value.Whole(1), new Value.Whole(50), 3);
        assertThat(epochs.lowest()).isEqualTo(3);
        assertThat(IntStream.rangeClosed(0, 3)
                        .mapToObj(epochs::amount)
                        .map(part -> part.amount().text()))
                .containsExactly("50", "17", "6", "2");
        assertThat(epochs.amount(1)).hasToString("EPOCHS 17 of 50");
        assertThat(epochs.part(0)).isEmpty();
        Config config = config(1);
        for (int rung = 0; rung <= 3; rung++) {
            assertThat(epochs.rung(new Change.Settings(config, epochs.part(rung))))
                    .contains(rung);
        }
        Ladder share = new Ladder("SHARE", new Value.Real(0.1), new Value.Real(1), 2);
        assertThat(share.lowest()).isEqualTo(3);
        assertThat(share.amount(3).share()).isEqualTo(0.125);
        assertThat(epochs.rung(new Change.Settings(config, share.part(1)))).isEmpty();
        assertThat(new Ladder("E", new Value.Whole(9), new Value.Whole(9), 3).lowest())
                .isZero();
    }
}
