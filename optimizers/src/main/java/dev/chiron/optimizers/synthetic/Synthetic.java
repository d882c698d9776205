package dev.chiron.optimizers.synthetic;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Parameter.Choice;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** A function to be minimised over a space; its least value is 0. */
public record Synthetic(String name, SearchSpace space, ToDoubleFunction<Config> function) {

    private static final double GOLDEN = 0.6180339887498949;

    private static final double[][] HARTMANN_A = {
        {10, 3, 17, 3.5, 1.7, 8}, {0.05, 10, 17, 0.1, 8, 14}, {3, 3.5, 1.7, 10, 17, 8}, {17, 8, 0.05, 10, 0.1, 14}
    };
    private static final double[][] HARTMANN_P = {
        {0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886},
        {0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991},
        {0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650},
        {0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381}
    };
    private static final double[] HARTMANN_ALPHA = {1, 1.2, 3, 3.2};

    /** The function there, 0 or more. */
    public double value(Config config) {
        return function.applyAsDouble(config);
    }

    /** The middle of the space. */
    public Config centre() {
        double[] point = new double[space.size()];
        Arrays.fill(point, 0.5);
        return space.decode(point);
    }

    /** The sum of squares. */
    public static Synthetic sphere(int n) {
        return shifted("sphere " + n + "-D", n, x -> power(x, 0));
    }

    /** Rosenbrock's curved valley. */
    public static Synthetic rosenbrock(int n) {
        return shifted("Rosenbrock " + n + "-D", n, z -> {
            double sum = 0;
            for (int i = 0; i < n - 1; i++) {
                double a = z[i] + 1;
                double b = z[i + 1] + 1;
                sum += 100 * (b - a * a) * (b - a * a) + (1 - a) * (1 - a);
            }
            return sum;
        });
    }

    /** An ellipsoid of condition 1e6. */
    public static Synthetic ellipsoid(int n) {
        return ellipsoid(n, 6);
    }

    /** The axes' weights go from 1 to 10 to this exponent. */
    public static Synthetic ellipsoid(int n, int exponent) {
        return shifted("ellipsoid " + n + "-D", n, x -> power(x, exponent));
    }

    /** Rastrigin's function: a sphere with ten local minima to an axis. */
    public static Synthetic rastrigin(int n) {
        return shifted("Rastrigin " + n + "-D", n, z -> {
            double sum = 10.0 * n;
            for (double v : z) {
                sum += v * v - 10 * Math.cos(2 * Math.PI * v);
            }
            return sum;
        });
    }

    /** Branin's function of two variables: three equal minima. */
    public static Synthetic branin() {
        SearchSpace space =
                SearchSpace.of(new Parameter.Real("x", -5, 10, false), new Parameter.Real("y", 0, 15, false));
        return new Synthetic("Branin", space, config -> {
            double x = number(config, "x");
            double y = number(config, "y");
            double bend = y - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
            return bend * bend + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10 - 0.397887357729739;
        });
    }

    /** Hartmann's function of six variables. */
    public static Synthetic hartmann6() {
        List<Parameter> parameters = new ArrayList<>();
        for (int j = 0; j < 6; j++) {
            parameters.add(new Parameter.Real("x" + j, 0, 1, false));
        }
        return new Synthetic("Hartmann-6", new SearchSpace(parameters, List.of()), config -> {
            double sum = 0;
            for (int i = 0; i < 4; i++) {
                double inner = 0;
                for (int j = 0; j < 6; j++) {
                    double d = number(config, "x" + j) - HARTMANN_P[i][j];
                    inner += HARTMANN_A[i][j] * d * d;
                }
                sum += HARTMANN_ALPHA[i] * Math.exp(-inner);
            }
            return 3.32236801141551 - sum;
        });
    }

    /** Three floats, two of them on a log scale; two whole numbers, one on a log scale; two choices. */
    public static Synthetic mixed() {
        SearchSpace space = SearchSpace.of(
                new Parameter.Real("a", 0, 1, false),
                new Parameter.Real("b", 1e-5, 1e-1, true),
                new Parameter.Real("c", 1e-4, 1, true),
                new Parameter.Whole("d", 1, 20),
                new Parameter.Whole("e", 8, 512, true, 1, false),
                Choice.of("f", "p", "q", "r"),
                Choice.of("g", "u", "v", "w", "x"));
        Map<String, Double> penalties = new LinkedHashMap<>();
        penalties.put("p", 0.2);
        penalties.put("q", 0.0);
        penalties.put("r", 0.4);
        penalties.put("u", 0.3);
        penalties.put("v", 0.15);
        penalties.put("w", 0.0);
        penalties.put("x", 0.5);
        return new Synthetic("mixed", space, config -> {
            double sum = square(number(config, "a") - 0.7);
            sum += 0.1 * square(Math.log10(number(config, "b")) + 3.2);
            sum += 0.1 * square(Math.log10(number(config, "c")) + 1.5);
            sum += 0.02 * square(number(config, "d") - 7);
            sum += 0.05 * square(Math.log(number(config, "e") / 96) / Math.log(2));
            for (String choice : List.of("f", "g")) {
                sum += penalties.getOrDefault(config.get(choice).text(), 1.0);
            }
            return sum;
        });
    }

    private static Synthetic shifted(String name, int n, ToDoubleFunction<double[]> function) {
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            parameters.add(new Parameter.Real("x" + i, -5, 5, false));
        }
        return new Synthetic(name, new SearchSpace(parameters, List.of()), config -> {
            double[] z = new double[n];
            for (int i = 0; i < n; i++) { // the optimum is somewhere in [-2.5, 2.5]^n
                z[i] = number(config, "x" + i) - 5 * (fraction((i + 1) * GOLDEN) - 0.5);
            }
            return function.applyAsDouble(z);
        });
    }

    private static double power(double[] x, double exponent) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += Math.pow(10, x.length == 1 ? 0 : exponent * i / (x.length - 1)) * x[i] * x[i];
        }
        return sum;
    }

    private static double fraction(double x) {
        return x - Math.floor(x);
    }

    private static double square(double x) {
        return x * x;
    }

    private static double number(Config config, String name) {
        Value value = config.get(name);
        return value.asNumber().orElseThrow();
    }
}
