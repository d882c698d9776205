package dev.chiron.optimizers.feasibility;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.RandomSearch;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.Reason;
import dev.chiron.optimizers.study.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FailureRuleTest {

    private static final SearchSpace SPACE = SearchSpace.of(
            new Parameter.Whole("DEPTH", 4, 24),
            new Parameter.Whole("ASPECT", 32, 128),
            new Parameter.Whole("BATCH", 32, 256, false, 1, true),
            new Parameter.Real("LR", 1e-4, 1, true),
            new Parameter.Real("MOMENTUM", -0.5, 1, false),
            Parameter.Choice.of("KIND", "a", "b", "c"));

    private static final Outcome FINE = new Outcome.Measured(1);

    private static Outcome failsIf(boolean fails) {
        return fails ? new Outcome.Failed(Reason.OUT_OF_MEMORY, "") : FINE;
    }

    private static double number(Config config, String name) {
        return config.get(name).asNumber().orElseThrow();
    }

    private static double memory(Config config) {
        return number(config, "BATCH") * number(config, "DEPTH") * number(config, "ASPECT");
    }

    private static List<Trial> trials(SearchSpace space, int count, long seed, Function<Config, Outcome> outcome) {
        SplitMix random = new SplitMix(seed);
        List<Trial> trials = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Config config = RandomSearch.draw(space, random).orElseThrow();
            trials.add(new Trial(
                    i, new Change.Settings(config), Origin.RANDOM, outcome.apply(config), Duration.ofSeconds(1)));
        }
        return trials;
    }

    private static List<FailureRule> rules(int count, long seed, Function<Config, Outcome> outcome) {
        return FailureRule.learn(SPACE, trials(SPACE, count, seed, outcome));
    }

    private static FailureRule rule(int count, Function<Config, Outcome> outcome) {
        List<FailureRule> rules = rules(count, 1, outcome);
        assertThat(rules).hasSize(1);
        return rules.get(0);
    }

    private static Region.Limit limit(FailureRule rule) {
        assertThat(rule.region()).isInstanceOf(Region.Limit.class);
        return (Region.Limit) rule.region();
    }

    @Test
    void aLimitOnOneNumberIsFoundWithARoundNumber() {
        FailureRule rule = rule(60, config -> failsIf(number(config, "DEPTH") > 18));

        assertThat(rule.region()).isEqualTo(new Region.Limit(List.of("DEPTH"), true, 18));
        assertThat(rule.failed()).isEqualTo(rule.of()).isGreaterThan(3);
        assertThat(rule.othersFailed()).isZero();
        assertThat(rule.of() + rule.others()).isEqualTo(60);
    }

    @Test
    void failuresBelowALimitAreFoundAlsoWhereNumbersAreNegative() {
        Region.Limit limit = limit(rule(100, config -> failsIf(number(config, "MOMENTUM") < -0.2)));

        assertThat(limit.names()).containsExactly("MOMENTUM");
        assertThat(limit.above()).isFalse();
        assertThat(limit.limit()).isBetween(-0.25, -0.15);
    }

    @Test
    void aProductOfTwoIsFound() {
        Region.Limit limit =
                limit(rule(100, config -> failsIf(number(config, "DEPTH") * number(config, "ASPECT") > 1500)));

        assertThat(limit.names()).containsExactly("DEPTH", "ASPECT");
        assertThat(limit.above()).isTrue();
        assertThat(limit.limit()).isBetween(1400.0, 1600.0);
    }

    @Test
    void aProductOfThreeIsFound() {
        FailureRule rule = rule(300, config -> failsIf(memory(config) > 200_000));

        assertThat(limit(rule).names()).containsExactly("DEPTH", "ASPECT", "BATCH");
        assertThat(limit(rule).limit()).isBetween(180_000.0, 220_000.0);
        assertThat(rule.failed()).isEqualTo(rule.of());
    }

    @Test
    void aSquareInAProductOfThreeIsFoundFromAFewDozenTrials() {
        FailureRule rule = rule(60, config -> failsIf(memory(config) * number(config, "DEPTH") > 2e6));

        assertThat(limit(rule).names()).containsExactly("DEPTH", "DEPTH", "ASPECT", "BATCH");
        assertThat(limit(rule).limit()).isBetween(1.5e6, 2.5e6);
    }

    @Test
    void aFewWrongOutcomesDoNotHideAProductOfThree() {
        SplitMix random = new SplitMix(7);
        FailureRule rule = rule(300, config -> failsIf(memory(config) > 200_000 != random.nextDouble() < 0.03));

        assertThat(limit(rule).names()).containsExactly("DEPTH", "ASPECT", "BATCH");
        assertThat(limit(rule).limit()).isBetween(150_000.0, 250_000.0);
        assertThat((double) rule.failed() / rule.of()).isGreaterThan(0.9);
    }

    @Test
    void theOnlyOptionThatFailsIsFound() {
        FailureRule rule = rule(30, config -> failsIf(config.get("KIND").equals(new Value.Text("b"))));

        assertThat(rule.region()).isEqualTo(new Region.Option("KIND", new Value.Text("b")));
        assertThat(rule.failed()).isEqualTo(rule.of());
    }

    @Test
    void failuresThatLieAnywhereHaveNoRule() {
        long found = IntStream.range(0, 100)
                .filter(seed -> {
                    SplitMix random = new SplitMix(1000 + seed);
                    return !rules(80, seed, config -> failsIf(random.nextDouble() < 0.15))
                            .isEmpty();
                })
                .count();

        assertThat(found).isLessThan(10);
    }

    @Test
    void withoutFailuresOrWithoutSuccessesThereIsNoRule() {
        assertThat(rules(50, 1, config -> FINE)).isEmpty();
        assertThat(rules(50, 1, config -> failsIf(true))).isEmpty();
        assertThat(rules(50, 1, config -> new Outcome.Failed(Reason.INFRASTRUCTURE, "")))
                .isEmpty();
        assertThat(FailureRule.learn(SPACE, List.of())).isEmpty();
    }

    @Test
    void aHandfulOfFailuresIsEnoughAndTwoAreNot() {
        List<Trial> handful = trials(SPACE, 40, 3, config -> failsIf(number(config, "DEPTH") > 22));
        long failed = handful.stream().filter(trial -> trial.value().isEmpty()).count();
        assertThat(failed).isBetween(4L, 6L);
        assertThat(FailureRule.learn(SPACE, handful))
                .singleElement()
                .satisfies(rule -> assertThat(limit(rule).names()).containsExactly("DEPTH"));

        List<Trial> two = new ArrayList<>();
        for (Trial trial : handful) {
            if (trial.value().isPresent()
                    || two.stream().filter(t -> t.value().isEmpty()).count() < 2) {
                two.add(trial);
            }
        }
        assertThat(FailureRule.learn(SPACE, two)).isEmpty();
    }

    @Test
    void everyKindOfFailureHasItsRuleAndOtherFailuresInsideAreCountedAsTrials() {
        List<FailureRule> rules = rules(
                300,
                5,
                config -> number(config, "LR") > 0.3
                        ? new Outcome.Failed(Reason.DIVERGED, "")
                        : failsIf(number(config, "DEPTH") > 18));

        assertThat(rules).extracting(FailureRule::reason).containsExactly(Reason.OUT_OF_MEMORY, Reason.DIVERGED);
        assertThat(limit(rules.get(0)).names()).containsExactly("DEPTH");
        assertThat(rules.get(0).failed()).isLessThan(rules.get(0).of()); // some of them diverged
        assertThat(limit(rules.get(1)).names()).containsExactly("LR");
        assertThat(limit(rules.get(1)).limit()).isBetween(0.25, 0.35);
    }

    @Test
    void hugeAndTinyNumbersAreNoObstacle() {
        SearchSpace space = SearchSpace.of(
                new Parameter.Real("a", 1e-300, 1e300, true),
                new Parameter.Real("b", 1e-300, 1e300, true),
                new Parameter.Real("c", 1e-300, 1e300, true));
        List<Trial> trials = trials(space, 100, 2, config -> failsIf(number(config, "a") > 1e100));

        assertThat(FailureRule.learn(space, trials)).singleElement().satisfies(rule -> {
            assertThat(limit(rule).names()).containsExactly("a");
            assertThat(rule.othersFailed()).isZero();
        });
    }
}
