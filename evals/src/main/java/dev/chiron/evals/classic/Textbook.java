package dev.chiron.evals.classic;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.synthetic.Synthetic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** The functions, with the boxes and optima of Surjanovic and Bingham's Virtual Library of Simulation Experiments. */
final class Textbook {

    private Textbook() {}

    static Classic sphere(int n) {
        return Classic.cube(n, 5.12, 0, 0, x -> sum(x, v -> v * v));
    }

    static Classic rosenbrock(int n) {
        return Classic.cube(n, 10, 1, 0, x -> {
            double sum = 0;
            for (int i = 0; i < n - 1; i++) {
                sum += 100 * square(x[i + 1] - x[i] * x[i]) + square(1 - x[i]);
            }
            return sum;
        });
    }

    static Classic rastrigin(int n) {
        return Classic.cube(n, 5.12, 0, 0, x -> sum(x, v -> v * v + 10 - 10 * Math.cos(2 * Math.PI * v)));
    }

    static Classic ackley(int n) {
        return Classic.cube(n, 32.768, 0, 0, x -> {
            double far = Math.exp(-0.2 * Math.sqrt(sum(x, v -> v * v) / n));
            double rough = Math.exp(sum(x, v -> Math.cos(2 * Math.PI * v)) / n);
            return 20 * (1 - far) + Math.E - rough;
        });
    }

    static Classic griewank(int n) {
        return Classic.cube(n, 600, 0, 0, x -> {
            double product = 1;
            for (int i = 0; i < n; i++) {
                product *= Math.cos(x[i] / Math.sqrt(i + 1.0));
            }
            return sum(x, v -> v * v) / 4000 - product + 1;
        });
    }

    static Classic levy(int n) {
        return Classic.cube(n, 10, 1, 0, x -> {
            double first = 1 + (x[0] - 1) / 4;
            double last = 1 + (x[n - 1] - 1) / 4;
            double sum =
                    square(Math.sin(Math.PI * first)) + square(last - 1) * (1 + square(Math.sin(2 * Math.PI * last)));
            for (int i = 0; i < n - 1; i++) {
                double w = 1 + (x[i] - 1) / 4;
                sum += square(w - 1) * (1 + 10 * square(Math.sin(Math.PI * w + 1)));
            }
            return sum;
        });
    }

    static Classic styblinskiTang(int n) {
        double optimum = -2.903534027771177;
        double least = -39.16616570377142 * n;
        return Classic.cube(n, 5, optimum, least, x -> sum(x, v -> (v * v * v * v - 16 * v * v + 5 * v) / 2));
    }

    static Classic branin() {
        return known(Synthetic.branin(), Math.PI, 2.275);
    }

    static Classic hartmann6() {
        return known(Synthetic.hartmann6(), 0.20168952, 0.15001069, 0.47687398, 0.27533243, 0.31165162, 0.65730054);
    }

    static Classic himmelblau() {
        List<Parameter.Real> box = List.of(side(0, 5), side(1, 5));
        return new Classic(
                box, List.of(3.0, 2.0), 0, x -> square(x[0] * x[0] + x[1] - 11) + square(x[0] + x[1] * x[1] - 7));
    }

    /** The six-hump camel: two of its six minima are the least. */
    static Classic camel() {
        List<Parameter.Real> box = List.of(side(0, 3), side(1, 2));
        return new Classic(box, List.of(0.08984201368301331, -0.7126564032704135), -1.031628453489877, x -> {
            double a = x[0] * x[0];
            double b = x[1] * x[1];
            return (4 - 2.1 * a + a * a / 3) * a + x[0] * x[1] + (4 * b - 4) * b;
        });
    }

    /** A coordinate as far below 0 as above. */
    static Parameter.Real side(int i, double high) {
        return new Parameter.Real("x" + i, -high, high, false);
    }

    /** One of the optimizers' own test functions, whose least value is taken off already. */
    private static Classic known(Synthetic function, Double... optimum) {
        List<Parameter.Real> box = new ArrayList<>();
        function.space().parameters().forEach(parameter -> box.add((Parameter.Real) parameter));
        return new Classic(box, List.of(optimum), 0, x -> {
            Map<String, Value> values = new LinkedHashMap<>();
            for (int i = 0; i < x.length; i++) {
                values.put(box.get(i).name(), new Value.Real(x[i]));
            }
            return function.value(Config.of(values));
        });
    }

    private static double sum(double[] x, DoubleUnaryOperator term) {
        return Arrays.stream(x).map(term).sum();
    }

    private static double square(double x) {
        return x * x;
    }
}
