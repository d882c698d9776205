package dev.chiron.optimizers;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Parameter.Choice;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * A few parameters of the incumbent moved a little: the plainest proposal there is, and one that any cleverer one has to beat. What a
 * constraint then asks for is done by the parameters that were not moved, so that two may change together that must. Depends on nothing but its arguments.
 */
public final class LocalMoves {

    private static final int MOVED = 2; // parameters
    private static final double STEP = 0.1; // of a range, standard deviation
    private static final int ATTEMPTS = 100;

    private final SearchSpace space;

    /** Moves in this space. */
    public LocalMoves(SearchSpace space) {
        this.space = space;
    }

    /** A wanted config near the incumbent; empty if many moves give none. */
    public Optional<Config> near(Config incumbent, Predicate<Config> wanted, RandomGenerator random) {
        List<Parameter> parameters = new ArrayList<>(space.parameters().stream()
                .filter(parameter ->
                        !parameter.isFixed() && incumbent.find(parameter.name()).isPresent())
                .toList());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Collections.shuffle(parameters, new Random(random.nextLong()));
            Config moved = incumbent;
            Set<String> names = new LinkedHashSet<>();
            for (Parameter parameter : parameters.subList(0, Math.min(MOVED, parameters.size()))) {
                Optional<Value> value = moved.find(parameter.name()); // none once the other move has taken it out
                if (value.isPresent()) {
                    moved = space.with(moved, parameter.name(), moved(parameter, value.get(), random));
                    names.add(parameter.name());
                }
            }
            Optional<Config> config = space.repair(moved, names).filter(wanted);
            if (config.isPresent()) {
                return config;
            }
        }
        return Optional.empty();
    }

    private static Value moved(Parameter parameter, Value value, RandomGenerator random) {
        if (parameter instanceof Choice choice && !choice.ordered()) {
            int other = random.nextInt(choice.options().size() - 1);
            return choice.options().get(other < choice.index(value) ? other : other + 1);
        }
        double place = parameter.encode(value);
        double step = STEP * random.nextGaussian();
        Value moved = parameter.decode(inside(place + step));
        List<Double> grid = parameter.grid();
        if (!moved.equals(value) || grid.isEmpty()) {
            return moved;
        }
        int here = Math.max(0, Collections.binarySearch(grid, place)); // a step too short for the grid is one place
        boolean down = here == grid.size() - 1 || (here > 0 && step < 0);
        return parameter.decode(grid.get(down ? here - 1 : here + 1));
    }

    /** Reflected at the ends, since much that is good lies near them. */
    private static double inside(double place) {
        double reflected = place < 0 ? -place : place > 1 ? 2 - place : place;
        return Math.min(1, Math.max(0, reflected));
    }
}
