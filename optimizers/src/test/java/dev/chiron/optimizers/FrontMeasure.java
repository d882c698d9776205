package dev.chiron.optimizers;

import dev.chiron.optimizers.cma.MoCmaEs;
import dev.chiron.optimizers.cma.MoCmaSettings;
import dev.chiron.optimizers.genetic.Nsga2;
import dev.chiron.optimizers.genetic.Nsga2Settings;
import dev.chiron.optimizers.pareto.Hypervolume;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.synthetic.Several;
import dev.chiron.optimizers.tpe.Tpe;
import dev.chiron.optimizers.tpe.TpeSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What the methods for several objectives find; for people. Run by hand: {@code -Dseeds=N -Dmethods=nsga2,tpe -Dtasks=zdt1}, from {@code -Dfirst=K}
 * on; other settings by {@code -Dnsga2=STARTUP,POPULATION,BLEND} and {@code -Dmo-cma-es=POPULATION,SIGMA}.
 */
public final class FrontMeasure {

    private static final List<Integer> AT = List.of(100, 200, 300, 500, 1000);

    private FrontMeasure() {}

    private static Map<String, BiFunction<SearchSpace, Long, Optimizer>> methods() {
        Map<String, BiFunction<SearchSpace, Long, Optimizer>> methods = new LinkedHashMap<>();
        double[] genes = Arrays.stream(System.getProperty("nsga2", "10,10,0.5").split(","))
                .mapToDouble(Double::parseDouble)
                .toArray();
        methods.put("random", RandomSearch::start);
        methods.put(
                "nsga2",
                (space, seed) -> Nsga2.start(
                        space, new Nsga2Settings((int) genes[0], (int) genes[1], genes[2], Optional.empty()), seed));
        double[] widths = Arrays.stream(
                        System.getProperty("mo-cma-es", "10,0.2").split(","))
                .mapToDouble(Double::parseDouble)
                .toArray();
        methods.put(
                "mo-cma-es",
                (space, seed) -> MoCmaEs.start(
                        space, new MoCmaSettings(10, (int) widths[0], widths[1], 50, Optional.empty()), seed));
        methods.put("tpe", (space, seed) -> Tpe.start(space, TpeSettings.DEFAULT, seed));
        return methods;
    }

    /** Prints the median hypervolumes. */
    public static void main(String[] arguments) {
        long first = Long.getLong("first", 0);
        int seeds = Integer.getInteger("seeds", 5);
        int trials = Integer.getInteger("trials", 1000);
        List<String> tasks = List.of(System.getProperty(
                        "tasks",
                        String.join(
                                ",", Several.all().stream().map(Several::name).toList()))
                .split(","));
        for (String task : tasks) {
            for (String method : System.getProperty("methods", "nsga2,tpe").split(",")) {
                long began = System.nanoTime();
                List<double[]> found = new ArrayList<>();
                for (long seed = first; seed < first + seeds; seed++) {
                    Several function = Several.named(task);
                    found.add(run(function, methods().get(method).apply(function.space(), seed), trials));
                }
                StringBuilder line = new StringBuilder(task + " " + method + " " + seeds);
                for (int k = 0; k < AT.size() && AT.get(k) <= trials; k++) {
                    int place = k;
                    double[] sorted = found.stream()
                            .mapToDouble(run -> run[place])
                            .sorted()
                            .toArray();
                    line.append(
                            String.format(Locale.ROOT, "  %.3f", (sorted[(seeds - 1) / 2] + sorted[seeds / 2]) / 2));
                }
                System.out.println(line.append(
                        String.format(Locale.ROOT, "  (%.1f s a run)", (System.nanoTime() - began) / 1e9 / seeds)));
            }
        }
    }

    private static double[] run(Several function, Optimizer optimizer, int trials) {
        double[] reference =
                function.reference().stream().mapToDouble(Double::doubleValue).toArray();
        List<double[]> values = new ArrayList<>();
        double[] volumes = new double[AT.size()];
        for (int k = 0; k < AT.size(); k++) {
            while (values.size() < Math.min(trials, AT.get(k))) {
                Config config = optimizer.ask();
                values.add(function.values(config));
                optimizer.tell(Observation.measured(config, values.get(values.size() - 1)));
            }
            volumes[k] = Hypervolume.of(values, reference);
        }
        return volumes;
    }
}
