package dev.chiron.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chiron.agent.llm.Usage;
import dev.chiron.agent.store.Asked;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.ModelTurn;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BanditTest {

    private static final SearchSpace SPACE = SearchSpace.of(new Parameter.Real("x", 0, 1, false));
    private static final double TRIAL_USD = 0.01;

    /**
     * A model: what it brings, beside the optimizer's 1 to 2, and what a turn of it costs.
     *
     * @param value the middle of its values; not a number for one that is always away
     */
    private record Arm(String name, double value, Optional<String> usd) {
        Arm(String name, double value, String usd) {
            this(name, value, Optional.of(usd));
        }
    }

    private static Bandit bandit(List<Arm> arms) {
        return new Bandit(arms.stream().map(Arm::name).toList(), TRIAL_USD, 7);
    }

    /** Whose turn each third of so many trials was. */
    private static List<String> study(Bandit bandit, List<Arm> arms, int trials) {
        History history = new History(new Objective("loss", Objective.Goal.MINIMIZE));
        SplitMix random = new SplitMix(5);
        List<String> turns = new ArrayList<>();
        for (int number = 0; number < trials; number++) {
            Optional<Arm> arm = Optional.empty();
            if (number % 3 == 2) {
                String name = bandit.choose(number);
                arm = arms.stream().filter(one -> one.name().equals(name)).findFirst();
                turns.add(name);
            }
            Entry entry = entry(number, arm, random);
            bandit.learn(entry, history);
            history.add(entry.trial());
        }
        return turns;
    }

    private static Entry entry(int number, Optional<Arm> arm, SplitMix random) {
        boolean away = arm.filter(one -> Double.isNaN(one.value())).isPresent();
        double middle = arm.filter(one -> !away).map(Arm::value).orElse(1.5);
        Origin origin = number == 0 ? Origin.BASELINE : arm.isPresent() && !away ? Origin.LLM : Origin.GAUSSIAN_PROCESS;
        Trial trial = new Trial(
                number,
                new Change.Settings(SPACE.decode(new double[] {random.nextDouble()})),
                origin,
                new Outcome.Measured(middle + random.nextDouble() - 0.5),
                Duration.ZERO);
        return new Entry(trial, arm.map(one -> turn(one, away)));
    }

    private static ModelTurn turn(Arm arm, boolean away) {
        Usage usage = away
                ? new Usage(1, 0, 0)
                : new Usage(1, 2_000, 0, 300, arm.usd().map(BigDecimal::new));
        Asked asked = new Asked("", arm.name(), "centaur", "");
        return new ModelTurn(
                away ? "away" : "", List.of(), List.of(), away ? usage.withUsd(BigDecimal.ZERO) : usage, asked);
    }

    private static Map<String, Integer> counts(List<String> turns) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        turns.forEach(name -> counts.merge(name, 1, Integer::sum));
        return counts;
    }

    private static Map<String, Integer> counts(Arm... arms) {
        return counts(study(bandit(List.of(arms)), List.of(arms), 300));
    }

    @Test
    void everyModelIsHeardOnceInOrderBeforeAnyIsHeardAgain() {
        List<Arm> arms = List.of(new Arm("c", 1.5, "0"), new Arm("a", 1.5, "0"), new Arm("b", 1.5, "0"));
        assertThat(study(bandit(arms), arms, 9)).containsExactly("c", "a", "b");
    }

    @Test
    void ofFreeModelsTheOneThatGainsMoreHasMostTurns() {
        Map<String, Integer> counts = counts(new Arm("worse", 2.5, "0"), new Arm("better", 1.0, "0"));
        assertThat(counts.get("better")).isGreaterThan(70);
        assertThat(counts.get("worse")).as("is still tried").isGreaterThan(1);
    }

    @Test
    void ofEqualModelsTheCheaperHasMostTurns() {
        Map<String, Integer> counts = counts(new Arm("dear", 1.2, "0.10"), new Arm("cheap", 1.2, "0.01"));
        assertThat(counts.get("cheap")).isGreaterThan(80);
    }

    @Test
    void aDearModelThatGainsEnoughMoreHasMostTurns() {
        Map<String, Integer> counts = counts(new Arm("dear", 0.8, "0.01"), new Arm("free", 2.5, "0"));
        assertThat(counts.get("dear")).isGreaterThan(60);
    }

    @Test
    void betweenFreeAndPaidThePriceOfATrialDecides() {
        List<Arm> arms = List.of(new Arm("paid", 1.0, "0.05"), new Arm("free", 1.4, "0"));
        Bandit costly = new Bandit(List.of("paid", "free"), 10, 7);
        Bandit unpriced = new Bandit(List.of("paid", "free"), 0, 7);

        assertThat(counts(study(costly, arms, 300)).get("paid")).isGreaterThan(60);
        assertThat(counts(study(unpriced, arms, 300)).get("paid")).isEqualTo(1);
    }

    @Test
    void whoIsAwayHasFewTurnsAlthoughThatCostsNothing() {
        Map<String, Integer> counts = counts(new Arm("away", Double.NaN, "0"), new Arm("dear", 1.4, "0.2"));
        assertThat(counts.get("dear")).isGreaterThan(80);
    }

    @Test
    void anUnknownPriceCountsAsTheDearest() {
        Map<String, Integer> counts = counts(
                new Arm("unknown", 1.3, Optional.empty()), new Arm("dear", 1.3, "0.2"), new Arm("cheap", 1.3, "0.001"));
        assertThat(counts.get("cheap")).isGreaterThan(80);
    }

    @Test
    void theChoiceIsTheSameWhetherAskedAheadOrOnTime() {
        List<Arm> arms = List.of(new Arm("a", 1.3, "0.01"), new Arm("b", 1.4, "0"));
        Bandit one = bandit(arms);
        Bandit other = bandit(arms);
        History history = new History(new Objective("loss", Objective.Goal.MINIMIZE));
        SplitMix random = new SplitMix(3);
        for (int number = 0; number < 100; number++) {
            String name = one.choose(number);
            one.choose(number + 1); // while the trial runs
            Optional<Arm> arm =
                    arms.stream().filter(model -> model.name().equals(name)).findFirst();
            Entry entry = entry(number, arm, random);
            one.learn(entry, history);
            other.learn(entry, history);
            history.add(entry.trial());
            assertThat(other.choose(number + 1)).isEqualTo(one.choose(number + 1));
        }
    }

    @Test
    void whoIsTooDearForTheBudgetDoesNotKeepOthersFromTheirTurns() {
        List<Arm> arms = List.of(new Arm("too dear", Double.NaN, "0"), new Arm("cheap", 1.4, "0.001"));
        Bandit bandit = bandit(arms);
        History history = new History(new Objective("loss", Objective.Goal.MINIMIZE));
        SplitMix random = new SplitMix(5);
        List<String> turns = new ArrayList<>();
        for (int number = 0; number < 100; number++) {
            String name = bandit.choose(number);
            turns.add(name);
            Optional<Arm> arm =
                    arms.stream().filter(one -> one.name().equals(name)).findFirst();
            Entry entry = entry(number, arm, random);
            Optional<ModelTurn> turn = entry.turn().map(one -> one.isFallback() ? one.whenOverBudget() : one);
            bandit.learn(new Entry(entry.trial(), turn), history);
            history.add(entry.trial());
        }
        assertThat(counts(turns).get("cheap")).isGreaterThan(80);
    }

    @Test
    void turnsOfModelsThatTakePartNoMoreSayNothing() {
        List<Arm> arms = List.of(new Arm("a", 1.5, "0"), new Arm("b", 1.5, "0"));
        Bandit bandit = bandit(arms);
        History history = new History(new Objective("loss", Objective.Goal.MINIMIZE));
        bandit.learn(entry(0, Optional.of(new Arm("gone", 0, "1"))), history);
        assertThat(bandit.choose(1)).isEqualTo("a");
        assertThat(bandit.choose(2)).isEqualTo("a");
    }

    private static Entry entry(int number, Optional<Arm> arm) {
        return entry(number, arm, new SplitMix(1));
    }

    @Test
    void modelsThatCannotBeChosenAmongAreRefused() {
        assertThatThrownBy(() -> new Bandit(List.of(), 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Bandit(List.of("a", "a"), 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Bandit(List.of("a"), -1, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
