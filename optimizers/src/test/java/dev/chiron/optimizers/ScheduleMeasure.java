package dev.chiron.optimizers;

import dev.chiron.optimizers.cma.CmaEs;
import dev.chiron.optimizers.cma.CmaSettings;
import dev.chiron.optimizers.gp.GaussianProcess;
import dev.chiron.optimizers.gp.GpSettings;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.ProgressSchedule;
import dev.chiron.optimizers.space.ProgressSchedule.Shape;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.tpe.Tpe;
import dev.chiron.optimizers.tpe.TpeSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * What a learning rate that changes with the progress brings, and in which coordinates it is best searched: its values, or the first of
 * them and what the others are of it. For people; by hand: {@code -Dseeds=N -Dtrials=N}. Printed is the median loss of what was found, under
 * noise that the search has not seen.
 */
public final class ScheduleMeasure {

    private static final double LOW = 0.001;
    private static final double HIGH = 3;
    private static final double BEGIN = 0.05;
    private static final int STEPS = 200;
    private static final double[] CURVATURES =
            IntStream.range(0, 20).mapToDouble(i -> Math.pow(10, -2.0 * i / 19)).toArray();

    private ScheduleMeasure() {}

    /** How a config becomes a rate by progress. */
    private interface Way {
        SearchSpace space();

        double rate(double[] numbers, double progress);
    }

    private record Values(ProgressSchedule schedule) implements Way {
        @Override
        public SearchSpace space() {
            return new SearchSpace(
                    schedule.pieces().stream()
                            .<Parameter>map(piece -> new Parameter.Real(piece, LOW, HIGH, true))
                            .toList(),
                    List.of());
        }

        @Override
        public double rate(double[] numbers, double progress) {
            int at = 0;
            while (at + 1 < numbers.length && point(at + 1) <= progress) {
                at++;
            }
            if (schedule.shape() == Shape.STEPS || at + 1 == numbers.length) {
                return numbers[at];
            }
            double share = (progress - point(at)) / (point(at + 1) - point(at));
            return numbers[at] + share * (numbers[at + 1] - numbers[at]);
        }

        private double point(int index) {
            return Double.parseDouble(schedule.points().get(index));
        }
    }

    /** The first value, and by what factor each other one differs from it, which may be a hundredth to a hundred. */
    private record Ratios(int pieces) implements Way {
        @Override
        public SearchSpace space() {
            List<Parameter> parameters = new ArrayList<>(List.of(new Parameter.Real("first", LOW, HIGH, true)));
            for (int i = 1; i < pieces; i++) {
                parameters.add(new Parameter.Real("ratio" + i, 0.01, 100, true));
            }
            return new SearchSpace(parameters, List.of());
        }

        @Override
        public double rate(double[] numbers, double progress) {
            int at = (int) (progress * pieces);
            return Math.max(LOW, Math.min(HIGH, at == 0 ? numbers[0] : numbers[0] * numbers[at]));
        }
    }

    private record Constant() implements Way {
        @Override
        public SearchSpace space() {
            return SearchSpace.of(new Parameter.Real("LR", LOW, HIGH, true));
        }

        @Override
        public double rate(double[] numbers, double progress) {
            return numbers[0];
        }
    }

    /** As examples/bowl: noisy descent on a quadratic of curvatures from 1 to 0.01. */
    private static double bowl(DoubleUnaryOperator rate, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double loss = 0;
        double[] place = new double[CURVATURES.length];
        Arrays.fill(place, 1);
        for (int step = 0; step < STEPS; step++) {
            double lr = rate.applyAsDouble((double) step / STEPS);
            for (int i = 0; i < place.length; i++) {
                double curvature = CURVATURES[i];
                place[i] -= lr * (curvature * place[i] + 0.5 * Math.sqrt(curvature) * random.nextGaussian());
            }
        }
        for (int i = 0; i < place.length; i++) {
            loss += CURVATURES[i] * place[i] * place[i] / 2;
        }
        return Math.min(1e6, loss);
    }

    private static double mean(Way way, Config config, long first, int runs) {
        double[] numbers = config.values().values().stream()
                .mapToDouble(value -> value.asNumber().orElseThrow())
                .toArray();
        double sum = 0;
        for (long seed = first; seed < first + runs; seed++) {
            sum += bowl(progress -> way.rate(numbers, progress), seed);
        }
        return sum / runs;
    }

    private static Config begin(SearchSpace space) {
        return space.config(space.parameters().stream()
                .map(parameter ->
                        parameter.nearest(new Value.Real(parameter.name().startsWith("ratio") ? 1 : BEGIN)))
                .toList());
    }

    /** Prints a row for each way and optimizer. */
    public static void main(String[] arguments) {
        Map<String, Way> ways = new LinkedHashMap<>();
        ways.put("constant", new Constant());
        for (int pieces : new int[] {2, 4, 8}) {
            ways.put(pieces + " steps", new Values(ProgressSchedule.even("LR", pieces, Shape.STEPS)));
            ways.put(pieces + " ratios", new Ratios(pieces));
            ways.put(pieces + " linear", new Values(ProgressSchedule.even("LR", pieces, Shape.LINEAR)));
        }
        Map<String, BiFunction<SearchSpace, Long, Optimizer>> methods = new LinkedHashMap<>();
        methods.put("tpe", (space, seed) -> Tpe.start(space, TpeSettings.DEFAULT, seed));
        methods.put("gp", (space, seed) -> GaussianProcess.start(space, GpSettings.DEFAULT, seed));
        methods.put("cma-es", (space, seed) -> CmaEs.start(space, begin(space), CmaSettings.DEFAULT, seed));
        int seeds = Integer.getInteger("seeds", 20);
        methods.forEach((method, optimizer) -> ways.forEach((name, way) -> {
            double[] found = new double[seeds];
            for (int seed = 0; seed < seeds; seed++) {
                found[seed] = found(way, optimizer.apply(way.space(), (long) seed));
            }
            Arrays.sort(found);
            System.out.printf(
                    Locale.ROOT,
                    "%-8s %-10s median %.4f  quartiles %.4f %.4f%n",
                    method,
                    name,
                    found[seeds / 2],
                    found[seeds / 4],
                    found[3 * seeds / 4]);
        }));
    }

    private static double found(Way way, Optimizer optimizer) {
        Config best = begin(way.space());
        double least = mean(way, best, 0, 5);
        optimizer.tell(best, least);
        for (int trial = 1; trial < Integer.getInteger("trials", 40); trial++) {
            Config config = optimizer.ask();
            double loss = mean(way, config, 0, 5);
            optimizer.tell(config, loss);
            if (loss < least) {
                least = loss;
                best = config;
            }
        }
        return mean(way, best, 1000, 20);
    }
}
