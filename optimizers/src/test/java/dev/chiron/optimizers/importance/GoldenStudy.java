package dev.chiron.optimizers.importance;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The study of which Optuna 5.0.0's importances are known: points that need no random numbers. */
public final class GoldenStudy {

    /** A number, one on a logarithmic scale, a whole number and an unordered choice. */
    public static final SearchSpace SPACE = SearchSpace.of(
            new Parameter.Real("x", 0, 1, false),
            new Parameter.Real("y", 1e-3, 1, true),
            new Parameter.Whole("k", 1, 8),
            Parameter.Choice.of("c", "a", "b", "c"));

    private GoldenStudy() {}

    /** The first so many points. */
    public static List<Case> cases(int count) {
        List<Case> cases = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            double x = frac(i * 0.6180339887498949);
            double y = Math.pow(10, -3 + 3 * frac(i * 0.7548776662466927));
            long k = 1 + (long) (8 * frac(i * 0.5698402909980532));
            int c = (int) (3 * frac(i * 0.8191725133961645));
            double loss = 4 * (x - 0.3) * (x - 0.3)
                    + 0.3 * Math.abs(Math.log10(y) + 2)
                    + 0.02 * k
                    + new double[] {0, 0.2, 0.1}[c];
            Map<String, Value> values = new LinkedHashMap<>();
            values.put("x", new Value.Real(x));
            values.put("y", new Value.Real(y));
            values.put("k", new Value.Whole(k));
            values.put("c", Value.of(List.of("a", "b", "c").get(c)));
            cases.add(new Case(Config.of(values), loss));
        }
        return cases;
    }

    private static double frac(double number) {
        return number - Math.floor(number);
    }
}
