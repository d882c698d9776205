package dev.chiron.optimizers.cma;

import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.synthetic.Synthetic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Compares restart policies. Prints; asserts nothing. The median and the mean over seeds of the best true value. */
final class RestartMeasure {

    private static final int SEEDS = Integer.getInteger("seeds", 30);
    private static final int[] AT = {200, 1000, 3000, 10000};

    private RestartMeasure() {}

    public static void main(String[] args) {
        List<Synthetic> functions = List.of(
                Synthetic.sphere(10),
                Synthetic.rastrigin(2),
                Synthetic.rastrigin(5),
                Synthetic.rastrigin(10),
                Synthetic.rosenbrock(5),
                Synthetic.rosenbrock(10),
                Synthetic.branin(),
                Synthetic.hartmann6(),
                Synthetic.mixed());
        Map<String, CmaSettings> contenders = new LinkedHashMap<>();
        for (RestartPolicy policy : RestartPolicy.values()) {
            contenders.put(policy.name(), CmaSettings.DEFAULT.withRestarts(policy));
        }
        for (double noise : new double[] {0, 0.1}) {
            System.out.println("noise " + noise + ", " + SEEDS
                    + " seeds: median (mean) of best - optimum @200, 1000, 3000, 10000");
            for (Synthetic function : functions) {
                for (Map.Entry<String, CmaSettings> contender : contenders.entrySet()) {
                    System.out.println("| " + function.name() + " | " + contender.getKey() + " |"
                            + line(function, contender.getValue(), noise));
                }
            }
        }
    }

    private static String line(Synthetic function, CmaSettings settings, double noise) {
        List<List<Double>> best = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (long seed = 1; seed <= SEEDS; seed++) {
            Optimizer optimizer = CmaEs.start(function.space(), function.centre(), settings, seed);
            SplitMix random = new SplitMix(seed * 1000);
            double least = Double.POSITIVE_INFINITY;
            double shown = Double.POSITIVE_INFINITY; // the true value of what looks best
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
                    best.get(next++).add(shown);
                }
            }
        }
        StringBuilder line = new StringBuilder();
        for (List<Double> values : best) {
            List<Double> sorted = values.stream().sorted().toList();
            double median = (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
            double mean = sorted.stream().mapToDouble(x -> x).average().orElseThrow();
            line.append(String.format(Locale.ROOT, " %.3g (%.3g) |", median, mean));
        }
        return line.toString();
    }
}
