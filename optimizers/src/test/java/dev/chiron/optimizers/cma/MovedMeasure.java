package dev.chiron.optimizers.cma;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * How much carrying a state into another space is worth: 150 trials of a shifted ellipsoid, then one parameter goes and another comes, and
 * the search goes on with what was learned, or begins anew at the best config. Prints; asserts nothing.
 */
final class MovedMeasure {

    private static final int SEEDS = Integer.getInteger("seeds", 20);
    private static final int BEFORE = Integer.getInteger("before", 150);
    private static final int[] AFTER = {25, 50, 100, 150};
    private static final int N = 8;

    private MovedMeasure() {}

    public static void main(String[] args) {
        for (boolean turned : new boolean[] {false, true}) {
            for (double condition : new double[] {1e2, 1e4}) {
                System.out.printf(
                        Locale.ROOT,
                        "%s ellipsoid, %d-D, condition %.0e: median best loss over %d seeds after %d trials and 25 / 50 / 100 / 150 more%n",
                        turned ? "turned" : "plain",
                        N,
                        condition,
                        SEEDS,
                        BEFORE);
                Map<String, List<double[]>> found = new LinkedHashMap<>();
                for (long seed = 1; seed <= SEEDS; seed++) {
                    new Task(seed, turned, condition).run(found);
                }
                found.forEach((name, runs) -> System.out.println("  " + name + ": " + medians(runs)));
            }
        }
    }

    private static String medians(List<double[]> runs) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < AFTER.length; i++) {
            int at = i;
            List<Double> losses =
                    new ArrayList<>(runs.stream().map(run -> run[at]).toList());
            Collections.sort(losses);
            double median = (losses.get((losses.size() - 1) / 2) + losses.get(losses.size() / 2)) / 2;
            line.append(String.format(Locale.ROOT, "%s%.2e", i == 0 ? "" : " / ", median));
        }
        return line.toString();
    }

    /** x0 to x7 first, then x7 goes and x8 comes. */
    private record Task(long seed, double[] optimum, double[][] axes, double[] weights) {

        Task(long seed, boolean turned, double condition) {
            this(seed, new double[N + 1], new double[N + 1][], new double[N + 1]);
            Random random = new Random(seed);
            for (int i = 0; i <= N; i++) {
                optimum[i] = 0.3 + 0.4 * random.nextDouble();
                weights[i] = Math.pow(condition, random.nextDouble());
                axes[i] = new double[N + 1];
                for (int j = 0; j <= N; j++) {
                    axes[i][j] = i == j ? 1 : turned && i < N && j < N ? 0.5 * random.nextGaussian() : 0;
                }
            }
        }

        private static SearchSpace space(int... indices) {
            List<Parameter> parameters = new ArrayList<>();
            for (int index : indices) {
                parameters.add(new Parameter.Real("x" + index, 0, 1, false));
            }
            return new SearchSpace(parameters, List.of());
        }

        void run(Map<String, List<double[]>> found) {
            SearchSpace first = space(0, 1, 2, 3, 4, 5, 6, 7);
            SearchSpace second = space(0, 1, 2, 3, 4, 5, 6, 8);
            Config middle = first.decode(new double[] {.5, .5, .5, .5, .5, .5, .5, .5});
            CmaEs cma = CmaEs.start(first, middle, CmaSettings.DEFAULT, seed);
            Config best = middle;
            for (int i = 0; i < BEFORE; i++) {
                Config config = cma.ask();
                cma.tell(config, loss(config));
                best = loss(config) < loss(best) ? config : best;
            }
            Map<String, Value> values = new LinkedHashMap<>(best.values());
            values.put("x8", new Value.Real(0.5));
            values.remove("x7");
            Config start = second.config(values);
            Prior prior = Prior.flat(second, start);
            double sigma = Math.min(1, Math.max(1e-6, cma.state().sigma()));
            put(found, "carried", cma.movedTo(second, prior), start);
            put(found, "fresh at the best config", CmaEs.start(second, prior, CmaSettings.DEFAULT, seed), start);
            put(
                    found,
                    "fresh there with sigma kept",
                    CmaEs.start(second, prior, CmaSettings.DEFAULT.withSigma(sigma), seed),
                    start);
            put(
                    found,
                    "fresh at the baseline",
                    CmaEs.start(
                            second,
                            second.decode(new double[] {.5, .5, .5, .5, .5, .5, .5, .5}),
                            CmaSettings.DEFAULT,
                            seed),
                    start);
        }

        private void put(Map<String, List<double[]>> found, String name, CmaEs cma, Config start) {
            double best = loss(start);
            cma.tell(start, best);
            double[] losses = new double[AFTER.length];
            int at = 0;
            for (int i = 1; i <= AFTER[AFTER.length - 1]; i++) {
                Config config = cma.ask();
                double loss = loss(config);
                cma.tell(config, loss);
                best = Math.min(best, loss);
                if (i == AFTER[at]) {
                    losses[at++] = best;
                }
            }
            found.computeIfAbsent(name, key -> new ArrayList<>()).add(losses);
        }

        private double loss(Config config) {
            double[] z = new double[N + 1];
            config.values().forEach((name, value) -> {
                int i = Integer.parseInt(name.substring(1));
                z[i] = value.asNumber().orElseThrow() - optimum[i];
            });
            double loss = 0;
            for (int i = 0; i <= N; i++) {
                double along = 0;
                for (int j = 0; j <= N; j++) {
                    along += axes[i][j] * z[j];
                }
                loss += weights[i] * along * along;
            }
            return loss;
        }
    }
}
