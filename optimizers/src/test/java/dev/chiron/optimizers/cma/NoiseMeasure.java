package dev.chiron.optimizers.cma;

import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.synthetic.Synthetic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * CMA-ES on noisy functions, with fixed and with adapted learning rates. Prints; asserts nothing. The medians over seeds of
 * the true value of what looked best, and of that at the mean.
 */
final class NoiseMeasure {

    private static final int SEEDS = Integer.getInteger("seeds", 30);
    private static final int[] AT = {300, 3000, 10_000};

    private NoiseMeasure() {}

    public static void main(String[] args) {
        System.out.println(SEEDS + " seeds: best (mean) @300, 3000, 10000, fixed | adapted");
        for (Synthetic function : List.of(
                Synthetic.sphere(10), Synthetic.ellipsoid(10, 2), Synthetic.rastrigin(5), Synthetic.rastrigin(10))) {
            for (double noise : new double[] {0, 0.1, 1, 10}) {
                System.out.println("| " + function.name() + " | " + noise + " |" + line(function, false, noise)
                        + line(function, true, noise));
            }
        }
    }

    private static String line(Synthetic function, boolean adaptive, double noise) {
        List<List<Double>> best = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        List<List<Double>> mean = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (long seed = 1; seed <= SEEDS; seed++) {
            CmaSettings settings = CmaSettings.DEFAULT.withAdaptive(adaptive);
            CmaEs optimizer = CmaEs.start(function.space(), function.centre(), settings, seed);
            SplitMix random = new SplitMix(seed * 1000);
            double least = Double.POSITIVE_INFINITY;
            double shown = Double.POSITIVE_INFINITY;
            int next = 0;
            for (int trial = 1; trial <= AT[AT.length - 1]; trial++) {
                Config config = optimizer.ask();
                double value = function.value(config);
                double loss = value + noise * random.nextGaussian();
                optimizer.tell(config, loss);
                if (loss < least) {
                    least = loss;
                    shown = value;
                }
                if (trial == AT[next]) {
                    Config middle = function.space()
                            .decode(Vectors.array(optimizer.state().mean()));
                    best.get(next).add(shown);
                    mean.get(next++).add(function.value(middle));
                }
            }
        }
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < AT.length; i++) {
            line.append(String.format(Locale.ROOT, " %.3g (%.3g)", median(best.get(i)), median(mean.get(i))));
        }
        return line.append(" |").toString();
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }
}
