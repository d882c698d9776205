package dev.chiron.agent;

import dev.chiron.agent.llm.Usage;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.ModelTurn;
import dev.chiron.agent.store.Unused;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Trial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one of a study's models did.
 *
 * @param model its name
 * @param turns the trials on which it was asked, or would have been, those of the warm start included
 * @param trials those that it proposed
 * @param bests how many of those became the incumbent
 * @param gain by how much those improved the incumbent's value, all together; in the metric's units, 0 or more
 * @param worth the mean of what came of its turns, 0 to 1, by which models are chosen; without the warm start; 0 where there were no others
 * @param fallbacks its turns that the optimizer had to take because it was away or of no use
 * @param usage what its answers cost, those included that are in none of the trials
 */
public record ModelTally(
        String model, int turns, int trials, int bests, double gain, double worth, int fallbacks, Usage usage) {

    private static final class Count {
        private int turns;
        private int trials;
        private int bests;
        private double gain;
        private double worth;
        private int judged;
        private int fallbacks;
        private Usage usage = Usage.NONE;

        void add(Entry entry, ModelTurn turn, History before) {
            turns++;
            trials += entry.trial().origin().isModel() ? 1 : 0;
            fallbacks += turn.isFallback() && !turn.overBudget() ? 1 : 0;
            usage = usage.plus(turn.usage());
            if (!turn.overBudget() && !Credit.isWarmStart(entry)) {
                judged++;
                worth += Credit.worthOfTurn(entry, before);
            }
        }

        ModelTally tally(String model) {
            return new ModelTally(
                    model, turns, trials, bests, gain, judged == 0 ? 0 : worth / judged, fallbacks, usage);
        }
    }

    /**
     * Counts, in the order in which the models came to word. Turns of a journal that does not name their models are nobody's.
     *
     * @param unused what was answered on turns that are in none of the trials
     * @param history of the study, for its objective and repeats
     */
    public static List<ModelTally> of(List<Entry> entries, List<Unused> unused, History history) {
        Map<String, Count> counts = new LinkedHashMap<>();
        Map<Integer, Count> authors = new LinkedHashMap<>(); // by their trials' numbers
        History upTo = history.anew();
        for (Entry entry : entries) {
            Optional<Count> author = entry.turn()
                    .filter(turn -> !turn.asked().author().isEmpty())
                    .map(turn -> counts.computeIfAbsent(turn.asked().author(), name -> new Count()));
            author.ifPresent(count -> count.add(entry, entry.turn().orElseThrow(), upTo));
            author.filter(count -> entry.trial().origin().isModel())
                    .ifPresent(count -> authors.put(entry.trial().number(), count));
            if (history.objective().isSeveral()) { // there the best are a front, and none gains on another
                boolean leads = upTo.leads(entry.trial());
                upTo.add(entry.trial());
                author.filter(count -> leads && entry.trial().origin().isModel())
                        .ifPresent(count -> count.bests++);
                continue;
            }
            Optional<Trial> was = upTo.incumbent();
            double better = add(entry.trial(), upTo);
            boolean isNew = !upTo.incumbent().map(Trial::number).equals(was.map(Trial::number));
            // with repeats a trial becomes the incumbent when it has been run again
            upTo.incumbent()
                    .filter(incumbent -> isNew)
                    .flatMap(incumbent -> Optional.ofNullable(authors.get(incumbent.number())))
                    .ifPresent(count -> {
                        count.bests++;
                        count.gain += better;
                    });
        }
        entries.stream().flatMap(entry -> entry.advice().stream()).forEach(advice -> {
            Count count = counts.computeIfAbsent(advice.author(), name -> new Count());
            count.usage = count.usage.plus(advice.usage());
        });
        for (Unused answer : unused) {
            Count count = counts.computeIfAbsent(answer.author(), name -> new Count());
            count.usage = count.usage.plus(answer.usage());
        }
        List<ModelTally> tallies = new ArrayList<>();
        counts.forEach((model, count) -> tallies.add(count.tally(model)));
        return tallies;
    }

    /** Adds a trial, and says by how much the incumbent is better for it; 0 where there was none. */
    private static double add(Trial trial, History history) {
        Objective objective = history.objective();
        Optional<Double> before = best(history);
        history.add(trial);
        return before.flatMap(old -> best(history).map(now -> Math.max(0, objective.loss(old) - objective.loss(now))))
                .orElse(0.0);
    }

    private static Optional<Double> best(History history) {
        return history.incumbent()
                .flatMap(incumbent -> history.value(incumbent).stream().boxed().findFirst());
    }
}
