package dev.chiron.optimizers.fidelity;

import dev.chiron.optimizers.space.Config;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * ASHA by promotion (Li et al. 2020, algorithm 2): whenever something is wanted, the best config of the highest rung that has one among its best
 * η-th and was not promoted yet; else a new one at the lowest rung. Nobody waits for a rung to fill. What failed counts at its rung, and is not promoted.
 */
public final class Promotion implements Schedule {

    private final int lowest;
    private final List<Rung> rungs = new ArrayList<>(); // by number, 0 a whole training

    /** What has ended at a rung, parted so that the next promotion is found in logarithmic time. */
    private static final class Rung {
        private final int reduction;
        private final TopShare<Config> top;
        private final Set<Config> begun = new HashSet<>();

        Rung(int reduction) {
            this.reduction = reduction;
            this.top = new TopShare<>();
        }

        void end(Config config, double loss) {
            top.add(config, loss, reduction);
        }
    }

    /** @param lowest the rung at which new configs begin */
    public Promotion(int reduction, int lowest) {
        this.lowest = lowest;
        for (int rung = 0; rung <= lowest; rung++) {
            rungs.add(new Rung(reduction));
        }
    }

    @Override
    public Wanted next() {
        for (int rung = 1; rung <= lowest; rung++) {
            Optional<Config> config = rungs.get(rung).top.first();
            if (config.isPresent()) {
                return new Wanted(config, rung - 1);
            }
        }
        return new Wanted(Optional.empty(), lowest);
    }

    @Override
    public void begin(Config config, int rung) {
        rungs.get(rung).begun.add(config);
        if (rung < lowest) {
            rungs.get(rung + 1).top.take(config);
        }
    }

    @Override
    public void end(Config config, int rung, double loss) {
        if (rungs.get(rung).begun.remove(config)) {
            rungs.get(rung).end(config, loss);
        }
    }
}
