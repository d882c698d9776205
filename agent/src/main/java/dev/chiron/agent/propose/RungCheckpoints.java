package dev.chiron.agent.propose;

import dev.chiron.agent.Keeping;
import dev.chiron.optimizers.fidelity.Ladder;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The checkpoints of parts of a training that may be trained longer: the better among those trained as long, the more likely; of two of the same rank the longer one, which costs
 * more to make again. A config that was trained longer since needs its shorter one no more.
 */
public record RungCheckpoints(Ladder ladder, Objective objective) implements Keeping.Order {

    private record Ranked(int rank, int rung, int trial) {}

    @Override
    public Keeping.Wanted wanted(History history) {
        Map<Config, Integer> longest = new HashMap<>(); // rung of the longest run
        history.trials().forEach(trial -> note(longest, trial));
        List<Ranked> ranked = new ArrayList<>();
        for (int rung = 1; rung <= ladder.lowest(); rung++) {
            List<Trial> here = at(rung, history);
            for (int rank = 0; rank < here.size(); rank++) {
                if (longest.getOrDefault(here.get(rank).config(), rung) >= rung) {
                    ranked.add(new Ranked(rank, rung, here.get(rank).number()));
                }
            }
        }
        ranked.sort(Comparator.comparingInt(Ranked::rank).thenComparingInt(Ranked::rung));
        return new Keeping.Wanted(Set.of(), ranked.stream().map(Ranked::trial).toList());
    }

    private void note(Map<Config, Integer> longest, Trial trial) {
        ladder.rung(trial.change()).ifPresent(rung -> longest.merge(trial.config(), rung, Math::min));
    }

    /** Those of a rung, the best first. */
    private List<Trial> at(int rung, History history) {
        return history.trials().stream()
                .filter(trial -> trial.outcome() instanceof Outcome.Partial
                        && ladder.rung(trial.change())
                                .filter(own -> own == rung)
                                .isPresent())
                .sorted(Comparator.comparingDouble((Trial trial) -> objective.loss(
                                ((Outcome.Partial) trial.outcome()).measured().value()))
                        .thenComparingInt(Trial::number))
                .toList();
    }
}
