package dev.chiron.optimizers.gp;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.synthetic.Synthetic;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The Gaussian process on the synthetic functions, and its times. Prints; asserts nothing. Run it with the test class path:
 * {@code java -Dseeds=10 -cp ... dev.chiron.optimizers.gp.GpMeasure}.
 */
final class GpMeasure {

    private static final int SEEDS = Integer.getInteger("seeds", 10);
    private static final int TRIALS = Integer.getInteger("trials", 200);
    private static final String ONLY = System.getProperty("only", "");

    private GpMeasure() {}

    public static void main(String[] args) {
        System.out.println("median of best - optimum over " + SEEDS + " seeds, @" + TRIALS);
        for (Synthetic function : List.of(
                Synthetic.branin(),
                Synthetic.hartmann6(),
                Synthetic.mixed(),
                Synthetic.sphere(10),
                Synthetic.rosenbrock(10),
                Synthetic.ellipsoid(10),
                Synthetic.rastrigin(10))) {
            if (function.name().contains(ONLY)) {
                System.out.printf(Locale.ROOT, "%s: %.3g%n", function.name(), quality(function));
            }
        }
        if (ONLY.isEmpty() || ONLY.equals("time")) {
            time();
        }
    }

    private static double quality(Synthetic function) {
        List<Double> bests = new ArrayList<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            GaussianProcess optimizer = GaussianProcess.start(function.space(), GpSettings.DEFAULT, seed);
            double best = Double.POSITIVE_INFINITY;
            for (int trial = 0; trial < TRIALS; trial++) {
                Config config = optimizer.ask();
                double value = function.value(config);
                optimizer.tell(config, value);
                best = Math.min(best, value);
            }
            bests.add(best);
        }
        return median(bests);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }

    /** Every ask of one study on the ellipsoid in 14 dimensions: the last 20 by its length, in processor time, then on the clock. */
    private static void time() {
        Synthetic function = Synthetic.ellipsoid(14);
        GaussianProcess optimizer = GaussianProcess.start(function.space(), GpSettings.DEFAULT, 1);
        List<Double> times = new ArrayList<>();
        List<Double> clock = new ArrayList<>();
        ThreadMXBean thread = ManagementFactory.getThreadMXBean();
        for (int trial = 1; trial <= 1010; trial++) {
            long start = thread.getCurrentThreadCpuTime();
            long began = System.nanoTime();
            Config config = optimizer.ask();
            times.add((thread.getCurrentThreadCpuTime() - start) / 1e6);
            clock.add((System.nanoTime() - began) / 1e6);
            optimizer.tell(config, function.value(config));
            if (List.of(60, 110, 310, 1010).contains(trial)) {
                List<Double> last = times.subList(trial - 20, trial);
                double mean = last.stream().mapToDouble(x -> x).average().orElse(0);
                double most = last.stream().mapToDouble(x -> x).max().orElse(0);
                System.out.printf(
                        Locale.ROOT,
                        "ask at about %d trials, 14-D: median %.1f, mean %.1f, most %.1f ms; clock: median %.1f ms%n",
                        trial - 10,
                        median(last),
                        mean,
                        most,
                        median(clock.subList(trial - 20, trial)));
            }
        }
    }
}
