package dev.chiron.optimizers;

import dev.chiron.optimizers.cma.CmaEs;
import dev.chiron.optimizers.cma.CmaSettings;
import dev.chiron.optimizers.conformal.Conformal;
import dev.chiron.optimizers.conformal.ConformalSettings;
import dev.chiron.optimizers.crossentropy.CrossEntropy;
import dev.chiron.optimizers.crossentropy.CrossEntropySettings;
import dev.chiron.optimizers.forest.ForestSettings;
import dev.chiron.optimizers.forest.RandomForest;
import dev.chiron.optimizers.genetic.Genetic;
import dev.chiron.optimizers.genetic.GeneticSettings;
import dev.chiron.optimizers.portfolio.Portfolio;
import dev.chiron.optimizers.portfolio.PortfolioSettings;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.synthetic.Synthetic;
import dev.chiron.optimizers.tpe.Tpe;
import dev.chiron.optimizers.tpe.TpeSettings;
import dev.chiron.optimizers.turbo.Turbo;
import dev.chiron.optimizers.turbo.TurboSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What the methods find, and what they cost; for people. Run by hand: {@code -Dseeds=N -Dmethods=tpe,cma-es}, from {@code -Dfirst=K} on, after {@code -Dat=N}
 * trials; other settings by {@code -Dcross-entropy=GENERATION,ELITE,SMOOTHING,NOISE}, {@code -Dgenetic=POPULATION,TOURNAMENT,BLEND},
 * {@code -Dconformal=STARTUP,NEARBY}, {@code -Dturbo=STARTUP,CANDIDATES}.
 */
public final class MethodMeasure {

    private MethodMeasure() {}

    private static Map<String, BiFunction<SearchSpace, Long, Optimizer>> methods() {
        Map<String, BiFunction<SearchSpace, Long, Optimizer>> methods = new LinkedHashMap<>();
        methods.put("random", RandomSearch::start);
        methods.put("tpe", (space, seed) -> Tpe.start(space, TpeSettings.DEFAULT, seed));
        methods.put("cma-es", (space, seed) -> CmaEs.start(space, middle(space), CmaSettings.DEFAULT, seed));
        methods.put("random-forest", (space, seed) -> RandomForest.start(space, ForestSettings.DEFAULT, seed));
        double[] entropy = numbers("cross-entropy", "10,0.2,0.8,0.3");
        methods.put(
                "cross-entropy",
                (space, seed) -> CrossEntropy.start(
                        space,
                        new CrossEntropySettings(
                                (int) entropy[0], entropy[1], entropy[2], entropy[3], Optional.empty()),
                        seed));
        double[] genes = numbers("genetic", "5,2,0.5");
        methods.put(
                "genetic",
                (space, seed) -> Genetic.start(
                        space,
                        new GeneticSettings(10, (int) genes[0], (int) genes[1], genes[2], Optional.empty()),
                        seed));
        double[] conformal = numbers("conformal", "10,0.5");
        methods.put(
                "conformal",
                (space, seed) -> Conformal.start(
                        space,
                        new ConformalSettings((int) conformal[0], 100, 32, 0.1, 2000, conformal[1], Optional.empty()),
                        seed));
        double[] turbo = numbers("turbo", "10,300");
        methods.put(
                "turbo",
                (space, seed) ->
                        Turbo.start(space, new TurboSettings((int) turbo[0], (int) turbo[1], Optional.empty()), seed));
        methods.put("portfolio", (space, seed) -> Portfolio.start(space, PortfolioSettings.DEFAULT, seed));
        return methods;
    }

    private static double[] numbers(String property, String usual) {
        return Arrays.stream(System.getProperty(property, usual).split(","))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static Config middle(SearchSpace space) {
        double[] point = new double[space.size()];
        Arrays.fill(point, 0.5);
        return space.decode(point);
    }

    /** Prints the median of the best and the cost of ask and tell. */
    public static void main(String[] arguments) {
        int seeds = Integer.getInteger("seeds", 10);
        List<String> chosen =
                List.of(System.getProperty("methods", "random,tpe,cma-es").split(","));
        methods().forEach((name, method) -> {
            if (chosen.contains(name)) {
                for (Synthetic function : List.of(
                        Synthetic.sphere(10),
                        Synthetic.rosenbrock(10),
                        Synthetic.ellipsoid(10),
                        Synthetic.rastrigin(10),
                        Synthetic.branin(),
                        Synthetic.hartmann6(),
                        Synthetic.mixed())) {
                    quality(name, method, function, seeds);
                }
                cost(name, method);
            }
        });
    }

    private static void quality(
            String name, BiFunction<SearchSpace, Long, Optimizer> method, Synthetic function, int seeds) {
        double[] bests = new double[seeds];
        for (int seed = 0; seed < seeds; seed++) {
            Optimizer optimizer = method.apply(function.space(), (long) seed + Integer.getInteger("first", 0));
            double best = Double.POSITIVE_INFINITY;
            for (int k = 0; k < Integer.getInteger("at", 200); k++) {
                Config config = optimizer.ask();
                double value = function.value(config);
                optimizer.tell(config, value);
                best = Math.min(best, value);
            }
            bests[seed] = best;
        }
        Arrays.sort(bests);
        System.out.printf(
                Locale.ROOT,
                "%-8s %-18s median %.4g  quartiles %.4g %.4g%n",
                name,
                function.name(),
                bests[seeds / 2],
                bests[seeds / 4],
                bests[3 * seeds / 4]);
    }

    private static void cost(String name, BiFunction<SearchSpace, Long, Optimizer> method) {
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            parameters.add(new Parameter.Real("x" + i, 0, 1, false));
        }
        Optimizer optimizer = method.apply(new SearchSpace(parameters, List.of()), 1L);
        List<Double> last = new ArrayList<>();
        for (int k = 1; k <= Integer.getInteger("trials", 5000); k++) {
            long began = System.nanoTime();
            Config config = optimizer.ask();
            double sum = config.values().values().stream()
                    .mapToDouble(value -> Math.pow(value.asNumber().orElseThrow() - 0.3, 2))
                    .sum();
            optimizer.tell(config, sum);
            last.add((System.nanoTime() - began) / 1e6);
            if (List.of(50, 100, 300, 1000, 5000).contains(k)) {
                List<Double> some = last.subList(Math.max(0, last.size() - 50), last.size()).stream()
                        .sorted()
                        .toList();
                System.out.printf(Locale.ROOT, "%-8s ask+tell at %d: %.3f ms%n", name, k, some.get(some.size() / 2));
            }
        }
    }
}
