package dev.chiron.optimizers.synthetic;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Test functions with several values, all to be small, whose best front is known: ZDT (Zitzler, Deb and Thiele 2000) with two, DTLZ (Deb, Thiele,
 * Laumanns and Zitzler 2005) with three.
 *
 * @param name such as {@code zdt1}
 * @param reference the point up to which the volume that a front dominates is measured; nearly all that a search finds lies below it
 * @param function of the parameters' values, in the space's order
 */
public record Several(String name, SearchSpace space, List<Double> reference, Function<double[], double[]> function) {

    /** All of them: ZDT1 to ZDT4 and ZDT6, DTLZ1, DTLZ2 and DTLZ7, with the numbers of parameters of their papers. */
    public static List<Several> all() {
        return List.of(
                new Several("zdt1", box(30, 0, 1), List.of(11.0, 11.0), Several::zdt1),
                new Several("zdt2", box(30, 0, 1), List.of(11.0, 11.0), Several::zdt2),
                new Several("zdt3", box(30, 0, 1), List.of(11.0, 11.0), Several::zdt3),
                new Several("zdt4", box(10, -5, 5), List.of(11.0, 300.0), Several::zdt4),
                new Several("zdt6", box(10, 0, 1), List.of(11.0, 11.0), Several::zdt6),
                new Several("dtlz1", box(7, 0, 1), List.of(500.0, 500.0, 500.0), Several::dtlz1),
                new Several("dtlz2", box(12, 0, 1), List.of(2.5, 2.5, 2.5), Several::dtlz2),
                new Several("dtlz7", box(22, 0, 1), List.of(2.0, 2.0, 35.0), Several::dtlz7));
    }

    /** The one of that name. */
    public static Several named(String name) {
        return all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no function " + name + "; there are "
                        + all().stream().map(Several::name).collect(Collectors.joining(", "))));
    }

    /** The values at a config of the space. */
    public double[] values(Config config) {
        return function.apply(space.values(config).stream()
                .map(Value::asNumber)
                .mapToDouble(number -> number.orElseThrow())
                .toArray());
    }

    /** The first parameter is a share; the others reach from low to high. */
    private static SearchSpace box(int size, double low, double high) {
        return new SearchSpace(
                Stream.concat(
                                Stream.of(new Parameter.Real("x0", 0, 1, false)),
                                IntStream.range(1, size).mapToObj(i -> new Parameter.Real("x" + i, low, high, false)))
                        .map(Parameter.class::cast)
                        .toList(),
                List.of());
    }

    private static double meanFrom(double[] x, int first) {
        return IntStream.range(first, x.length).mapToDouble(i -> x[i]).sum() / (x.length - first);
    }

    private static double[] zdt1(double[] x) {
        double g = 1 + 9 * meanFrom(x, 1);
        return new double[] {x[0], g * (1 - Math.sqrt(x[0] / g))};
    }

    private static double[] zdt2(double[] x) {
        double g = 1 + 9 * meanFrom(x, 1);
        return new double[] {x[0], g * (1 - square(x[0] / g))};
    }

    private static double[] zdt3(double[] x) {
        double g = 1 + 9 * meanFrom(x, 1);
        double share = x[0] / g;
        return new double[] {x[0], g * (1 - Math.sqrt(share) - share * StrictMath.sin(10 * Math.PI * x[0]))};
    }

    private static double[] zdt4(double[] x) {
        double g = 1 + 10.0 * (x.length - 1);
        for (int i = 1; i < x.length; i++) {
            g += square(x[i]) - 10 * StrictMath.cos(4 * Math.PI * x[i]);
        }
        return new double[] {x[0], g * (1 - Math.sqrt(x[0] / g))};
    }

    private static double[] zdt6(double[] x) {
        double first = 1 - StrictMath.exp(-4 * x[0]) * StrictMath.pow(StrictMath.sin(6 * Math.PI * x[0]), 6);
        double g = 1 + 9 * StrictMath.pow(meanFrom(x, 1), 0.25);
        return new double[] {first, g * (1 - square(first / g))};
    }

    private static double[] dtlz1(double[] x) {
        double g = x.length - 2;
        for (int i = 2; i < x.length; i++) {
            g += square(x[i] - 0.5) - StrictMath.cos(20 * Math.PI * (x[i] - 0.5));
        }
        double size = 0.5 * (1 + 100 * g);
        return new double[] {size * x[0] * x[1], size * x[0] * (1 - x[1]), size * (1 - x[0])};
    }

    private static double[] dtlz2(double[] x) {
        double size = 1;
        for (int i = 2; i < x.length; i++) {
            size += square(x[i] - 0.5);
        }
        double one = x[0] * Math.PI / 2;
        double other = x[1] * Math.PI / 2;
        return new double[] {
            size * StrictMath.cos(one) * StrictMath.cos(other),
            size * StrictMath.cos(one) * StrictMath.sin(other),
            size * StrictMath.sin(one)
        };
    }

    private static double[] dtlz7(double[] x) {
        double g = 1 + 9 * meanFrom(x, 2);
        double h = 3;
        for (int i = 0; i < 2; i++) {
            h -= x[i] / (1 + g) * (1 + StrictMath.sin(3 * Math.PI * x[i]));
        }
        return new double[] {x[0], x[1], (1 + g) * h};
    }

    private static double square(double x) {
        return x * x;
    }
}
