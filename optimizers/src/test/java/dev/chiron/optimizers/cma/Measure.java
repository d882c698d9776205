package dev.chiron.optimizers.cma;

import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.RandomSearch;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.synthetic.Synthetic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Compares the optimizers on the synthetic functions, and times ask and tell. Prints; asserts nothing. Run it with the test
 * class path: {@code java -cp ... dev.chiron.optimizers.Measure}.
 */
final class Measure {

    private static final int SEEDS = Integer.getInteger("seeds", 10);

    private Measure() {}

    public static void main(String[] args) {
        List<Synthetic> functions = List.of(
                Synthetic.sphere(10),
                Synthetic.rosenbrock(10),
                Synthetic.ellipsoid(10),
                Synthetic.rastrigin(10),
                Synthetic.branin(),
                Synthetic.hartmann6(),
                Synthetic.mixed());
        Map<String, BiFunction<Synthetic, Long, Optimizer>> contenders = new LinkedHashMap<>();
        contenders.put("random", (f, seed) -> RandomSearch.start(f.space(), seed));
        for (UpdateRule rule : UpdateRule.values()) {
            CmaSettings settings = CmaSettings.DEFAULT.withSigma(1.0 / 6).withRule(rule);
            contenders.put(rule.name(), (f, seed) -> CmaEs.start(f.space(), f.centre(), settings, seed));
        }
        contenders.put("library", (f, seed) -> CommonsMathCmaEs.start(f.space(), f.centre(), 1.0 / 6, seed));
        contenders.put("default", (f, seed) -> CmaEs.start(f.space(), f.centre(), CmaSettings.DEFAULT, seed));
        System.out.println("median of best - optimum over " + SEEDS + " seeds, @200 / @1000");
        System.out.println("| function | " + String.join(" | ", contenders.keySet()) + " |");
        for (Synthetic function : functions) {
            StringBuilder line = new StringBuilder("| " + function.name() + " |");
            for (BiFunction<Synthetic, Long, Optimizer> contender : contenders.values()) {
                line.append(medians(function, contender));
            }
            System.out.println(line);
        }
        time();
    }

    private static String medians(Synthetic function, BiFunction<Synthetic, Long, Optimizer> contender) {
        List<Double> early = new ArrayList<>();
        List<Double> late = new ArrayList<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            Optimizer optimizer = contender.apply(function, seed);
            double best = Double.POSITIVE_INFINITY;
            for (int trial = 1; trial <= 1000; trial++) {
                Config config = optimizer.ask();
                double value = function.value(config);
                optimizer.tell(config, value);
                best = Math.min(best, value);
                if (trial == 200) {
                    early.add(best);
                }
            }
            late.add(best);
        }
        return String.format(Locale.ROOT, " %.3g / %.2g |", median(early), median(late));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }

    private static void time() {
        Synthetic function = Synthetic.sphere(14);
        for (int round = 0; round < 8; round++) {
            CmaEs optimizer = CmaEs.start(function.space(), function.centre(), CmaSettings.DEFAULT, round);
            int trials = 5000;
            long start = System.nanoTime();
            for (int trial = 0; trial < trials; trial++) {
                Config config = optimizer.ask();
                optimizer.tell(config, trial % 97);
            }
            System.out.printf(Locale.ROOT, "ask + tell, 14-D: %.4f ms%n", (System.nanoTime() - start) / 1e6 / trials);
        }
    }
}
