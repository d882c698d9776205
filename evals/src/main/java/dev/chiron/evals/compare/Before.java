package dev.chiron.evals.compare;

import dev.chiron.evals.task.EvalTask;
import dev.chiron.optimizers.RandomSearch;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Earlier;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Earlier results that a run begins with: random trials of the same task, or of one that is like it.
 *
 * @param trials how many
 * @param shift how far the other task's landscape is moved along each numeric parameter, as a share of its range, 0 to 1; with 0
 *     it is the same task, else its values are on another scale, too: three times as large and one more
 */
public record Before(int trials, double shift) {

    private static final long OTHER_SEEDS = 1_000_003; // no trial of the run itself has their noise
    private static final double SCALE = 3;

    /** Checks the ranges. */
    public Before {
        if (trials < 1 || !(shift >= 0 && shift <= 1)) {
            throw new IllegalArgumentException(
                    "earlier trials must be 1 or more and their shift from 0 to 1: " + trials + ", " + shift);
        }
    }

    /** What tables add to a method's name. */
    String label() {
        return " from=" + trials + (shift > 0 ? String.format(Locale.ROOT, " shift=%s", shift) : "");
    }

    /** The results that a run of that seed begins with; other ones for each seed. */
    Earlier of(EvalTask task, long seed) {
        SearchSpace space = task.space();
        RandomSearch random = RandomSearch.start(space, seed + OTHER_SEEDS);
        List<Trial> inside = new ArrayList<>();
        for (int number = 0; number < trials; number++) {
            Optional<Config> config = random.ask(any -> true);
            if (config.isPresent()) {
                long noise = (seed + OTHER_SEEDS) * EvalTask.STUDY + number;
                Outcome outcome = task.evaluate(moved(space, config.get()), OptionalLong.of(noise))
                        .outcome();
                inside.add(new Trial(
                        number, new Change.Settings(config.get()), Origin.IMPORTED, scaled(outcome), Duration.ZERO));
            }
        }
        return new Earlier(inside, List.of());
    }

    private Config moved(SearchSpace space, Config config) {
        if (shift == 0) {
            return config;
        }
        double[] point = space.encode(config);
        for (int i = 0; i < point.length; i++) {
            if (!(space.parameters().get(i) instanceof Parameter.Choice)) {
                point[i] += i % 2 == 0 ? shift : -shift;
            }
        }
        return space.decode(point);
    }

    private Outcome scaled(Outcome outcome) {
        return shift > 0 && outcome instanceof Outcome.Measured measured
                ? new Outcome.Measured(SCALE * measured.value() + 1)
                : outcome;
    }
}
