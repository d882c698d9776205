package dev.chiron.agent;

import dev.chiron.agent.llm.Usage;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.ModelTurn;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.study.History;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which of several models has a turn: by what its turns have been worth (as in {@link Credit}) for each dollar. A dollar is the
 * model's own or the trial's, since a turn costs a trial whoever has it; so free models are chosen by worth alone, and between free
 * and paid ones the price of a trial decides. Thompson sampling (Russo et al., arXiv 1707.02038): of each model a worth is drawn
 * from what is believed of it, and the best drawn worth for a dollar has the turn, after every model has had one, in order.
 *
 * <p>Follows from the seed and the journal alone, and from the trials before the last one, so that it is known ahead.
 */
public final class Bandit {

    /** What is drawn lower counts as this much, so that of hopeless models the cheapest is asked. */
    private static final double LEAST_WORTH = 0.001;

    /** A trial that costs nothing costs this much, so that free models can be compared. */
    private static final double LEAST_USD = 1e-6;

    private final Map<String, Arm> arms = new LinkedHashMap<>();
    private final double trialUsd;
    private final long seed;
    private final List<String> chosen = new ArrayList<>();

    private static final class Arm {
        private final Evidence evidence = new Evidence();
        private int turns;
        private int answered;
        private Optional<BigDecimal> usd = Optional.of(BigDecimal.ZERO);

        void add(double worth, ModelTurn turn) {
            evidence.add(worth);
            turns++;
            Usage usage = turn.usage();
            // who was away has cost nothing, which says nothing of what it costs
            if (usage.tokens() > 0 || !turn.isFallback()) {
                answered++;
                usd = usd.flatMap(sum -> usage.usd().map(sum::add));
            }
        }

        /** US dollars a turn; empty where that is not known. */
        OptionalDouble cost() {
            return answered == 0 || usd.isEmpty()
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(usd.get().doubleValue() / answered);
        }
    }

    /**
     * Chooses among models.
     *
     * @param models their names, as authors of turns; the first comes first
     * @param trialUsd what a trial costs beside the model, in US dollars, 0 or more
     * @throws IllegalArgumentException if there is no model, one stands twice, or the price is negative
     */
    public Bandit(List<String> models, double trialUsd, long seed) {
        models.forEach(model -> arms.put(model, new Arm()));
        if (models.isEmpty() || arms.size() < models.size() || !(trialUsd >= 0)) {
            throw new IllegalArgumentException(
                    "each model once, and a price of 0 or more: " + models + ", " + trialUsd);
        }
        this.trialUsd = Math.max(LEAST_USD, trialUsd);
        this.seed = seed;
    }

    /** Whose turn the trial of that number is, counted from the baseline's 0 without repeats, if it is a model's. */
    public String choose(int number) {
        while (chosen.size() <= number) {
            chosen.add(next(chosen.size()));
        }
        return chosen.get(number);
    }

    /**
     * Takes a trial into account, of this session or an earlier one; each once, in order, without repeats. The trial after it is
     * decided before it counts, since the model is asked while it runs. A model that was too dear for what is left of the budget has
     * brought nothing: a cheaper one may still be asked.
     *
     * @param before the trials before it
     */
    public void learn(Entry entry, History before) {
        choose(before.proposed() + 1);
        Optional<ModelTurn> turn = entry.turn().filter(asked -> !Credit.isWarmStart(entry));
        if (turn.isEmpty() || Credit.isBroken(entry.trial(), before)) {
            return;
        }
        Arm arm = arms.get(turn.get().asked().author());
        if (arm != null) { // else of a model that takes part no more
            arms.values().forEach(other -> other.evidence.fade());
            arm.add(Credit.worthOfTurn(entry, before), turn.get());
        }
    }

    private String next(int number) {
        Optional<String> unheard = arms.entrySet().stream()
                .filter(arm -> arm.getValue().turns == 0)
                .map(Map.Entry::getKey)
                .findFirst();
        return unheard.orElseGet(() -> best(new SplitMix(new SplitMix(seed + number).nextLong())));
    }

    private String best(SplitMix random) {
        double believed =
                arms.values().stream().mapToDouble(arm -> arm.evidence.sum()).sum()
                        / arms.values().stream()
                                .mapToDouble(arm -> arm.evidence.count())
                                .sum();
        double dearest = arms.values().stream()
                .flatMapToDouble(arm -> arm.cost().stream())
                .max()
                .orElse(0);
        String best = "";
        double most = Double.NEGATIVE_INFINITY;
        for (Map.Entry<String, Arm> arm : arms.entrySet()) {
            Evidence evidence = arm.getValue().evidence;
            double drawn = evidence.mean(believed) + Math.sqrt(evidence.variance(believed)) * random.nextGaussian();
            double rate = Math.max(LEAST_WORTH, drawn) / (arm.getValue().cost().orElse(dearest) + trialUsd);
            if (rate > most) {
                most = rate;
                best = arm.getKey();
            }
        }
        return best;
    }
}
