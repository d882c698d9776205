package dev.chiron.optimizers.cma;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.RandomSearch;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.synthetic.Synthetic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * How many trials a warm start saves on a task whose minimum lies elsewhere than that of the earlier one. Prints; asserts
 * nothing. The median over seeds of the trials until a value is reached: cold from the middle, cold from the best earlier
 * config, warm.
 */
final class WarmStartMeasure {

    private static final int SEEDS = Integer.getInteger("seeds", 40);
    private static final int EARLIER = 200;
    private static final int MOST = 5000;

    private WarmStartMeasure() {}

    public static void main(String[] args) {
        for (Synthetic function : List.of(Synthetic.sphere(8), Synthetic.ellipsoid(8, 2), Synthetic.ellipsoid(8, 4))) {
            for (boolean random : new boolean[] {true, false}) {
                for (double shift : new double[] {0, 0.02, 0.05, 0.1, 0.2}) {
                    System.out.println("| " + function.name() + ", " + (random ? "random" : "cma-es") + " before | "
                            + shift + " |" + line(function, random, shift));
                }
            }
        }
    }

    private static String line(Synthetic function, boolean random, double shift) {
        SearchSpace space = function.space();
        ToDoubleFunction<Config> moved = config -> {
            double[] point = space.encode(config);
            for (int i = 0; i < point.length; i++) { // every other axis the other way
                point[i] = Math.min(1, Math.max(0, point[i] + (i % 2 == 0 ? shift : -shift)));
            }
            return function.value(space.decode(point));
        };
        double start = moved.applyAsDouble(function.centre());
        StringBuilder line = new StringBuilder();
        for (double share : new double[] {0.1, 0.01, 1e-4}) {
            List<List<Integer>> needed = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (long seed = 1; seed <= SEEDS; seed++) {
                List<Observation> earlier = earlier(function, random, seed + 1000);
                Config best = earlier.stream()
                        .min((a, b) -> Double.compare(a.loss(), b.loss()))
                        .orElseThrow()
                        .config();
                CmaSettings settings = CmaSettings.DEFAULT;
                double goal = share * start;
                needed.get(0).add(trials(CmaEs.start(space, function.centre(), settings, seed), moved, goal));
                needed.get(1).add(trials(CmaEs.start(space, best, settings, seed), moved, goal));
                needed.get(2).add(trials(CmaEs.warm(space, earlier, settings, seed), moved, goal));
            }
            line.append(String.format(
                    Locale.ROOT, " %d, %d, %d |", median(needed.get(0)), median(needed.get(1)), median(needed.get(2))));
        }
        return line.toString();
    }

    private static List<Observation> earlier(Synthetic function, boolean random, long seed) {
        Optimizer optimizer = random
                ? RandomSearch.start(function.space(), seed)
                : CmaEs.start(function.space(), function.centre(), CmaSettings.DEFAULT, seed);
        List<Observation> earlier = new ArrayList<>();
        for (int k = 0; k < EARLIER; k++) {
            Config asked = optimizer.ask();
            earlier.add(Observation.measured(asked, function.value(asked)));
            optimizer.tell(earlier.get(k));
        }
        return earlier;
    }

    private static int trials(Optimizer optimizer, ToDoubleFunction<Config> function, double goal) {
        for (int k = 1; k < MOST; k++) {
            Config asked = optimizer.ask();
            double value = function.applyAsDouble(asked);
            optimizer.tell(asked, value);
            if (value <= goal) {
                return k;
            }
        }
        return MOST;
    }

    private static int median(List<Integer> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
