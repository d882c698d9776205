package dev.chiron.optimizers.cma;

import dev.chiron.optimizers.OptimizerState.Drawn;
import dev.chiron.optimizers.space.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The draws that were asked for and not yet told, oldest first. Old ones are forgotten. */
final class Draws {

    /** A draw is waited for during this many generations. */
    private static final int PATIENCE = 4;

    private final List<Draw> draws = new ArrayList<>();

    /** A draw, the config that it stands for, and the one that was handed out: the same unless a constraint was repaired. */
    record Draw(Drawn drawn, Config plain, Config config) {}

    void add(Draw draw) {
        draws.add(draw);
    }

    /** Gives up the oldest where there are more than are waited for. */
    void limit(int population) {
        while (draws.size() > PATIENCE * population) {
            draws.remove(0);
        }
    }

    /** Takes out the oldest draw that was handed out as this config. */
    Optional<Draw> take(Config config) {
        for (int i = 0; i < draws.size(); i++) {
            if (draws.get(i).config().equals(config)) {
                return Optional.of(draws.remove(i));
            }
        }
        return Optional.empty();
    }

    void forget(int generation) {
        draws.removeIf(draw -> draw.drawn().generation() <= generation - PATIENCE);
    }

    List<Drawn> state() {
        return draws.stream().map(Draw::drawn).toList();
    }
}
