package dev.chiron.agent.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.store.EntryJson;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import java.util.Optional;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;

/**
 * CMA-ES's distribution after so many trials: N(m, sigma^2 A C A) in the unit cube.
 *
 * @param trial how many trials there were
 */
record BeliefPoint(int trial, SearchSpace space, OptimizerState.CmaEs state) {

    private static final double DIGITS = 1e6;

    /** Empty for the state of another optimizer. */
    static Optional<BeliefPoint> of(int trial, SearchSpace space, OptimizerState state) {
        return state instanceof OptimizerState.CmaEs cma
                ? Optional.of(new BeliefPoint(trial, space, cma))
                : Optional.empty();
    }

    /** Whether the other is of the same distribution. */
    boolean isLike(BeliefPoint other) {
        return state.generation() == other.state.generation()
                && state.began() == other.state.began()
                && state.mean().equals(other.state.mean())
                && space.equals(other.space);
    }

    ObjectNode json() {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("trial", trial).put("generation", state.generation()).put("sigma", state.sigma());
        object.put("restarted", state.began())
                .put("population", state.restarts().population());
        double[][] covariance = covariance();
        ArrayNode axes = object.putArray("axes");
        for (int i = 0; i < state.axes().size(); i++) {
            axis(axes.addObject(), i, Math.sqrt(covariance[i][i]));
        }
        ArrayNode rows = object.putArray("covariance");
        for (double[] row : covariance) {
            ArrayNode cells = rows.addArray();
            for (double cell : row) {
                cells.add((float) cell); // for a picture
            }
        }
        ArrayNode spectrum = object.putArray("spectrum");
        double[] values = new EigenDecomposition(MatrixUtils.createRealMatrix(covariance)).getRealEigenvalues();
        for (double value : values) {
            spectrum.add(rounded(Math.sqrt(Math.max(0, value))));
        }
        ArrayNode categories = object.putArray("categories");
        for (OptimizerState.Category category : state.categories()) {
            ArrayNode chances =
                    categories.addObject().put("name", category.name()).putArray("chances");
            category.probabilities().forEach(chance -> chances.add(rounded(chance)));
        }
        return object;
    }

    /** A coordinate: the mean and one standard deviation to either side, in the unit cube and as values. */
    private void axis(ObjectNode axis, int i, double deviation) {
        double mean = state.mean().get(i);
        axis.put("name", state.axes().get(i)).put("mean", rounded(mean)).put("sd", rounded(deviation));
        Optional<Parameter> parameter = space.find(state.axes().get(i));
        parameter.ifPresent(known -> {
            axis.set("low", EntryJson.value(known.decode(inside(mean - deviation))));
            axis.set("value", EntryJson.value(known.decode(inside(mean))));
            axis.set("high", EntryJson.value(known.decode(inside(mean + deviation))));
            double[] ends = ends(known);
            axis.putArray("ends").add(ends[0]).add(ends[1]);
        });
    }

    /** Where in the unit cube a parameter's range begins and ends. */
    private static double[] ends(Parameter parameter) {
        return new double[] {
            parameter.encode(parameter.decode(0)), parameter.encode(parameter.decode(1)),
        };
    }

    private double[][] covariance() {
        int n = state.axes().size();
        double[][] covariance = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                covariance[i][j] = state.sigma()
                        * state.sigma()
                        * state.stretch().get(i)
                        * state.stretch().get(j)
                        * state.covariance().element(i, j);
            }
        }
        return covariance;
    }

    private static double inside(double u) {
        return Math.max(0, Math.min(1, u));
    }

    private static double rounded(double value) {
        return Math.round(value * DIGITS) / DIGITS;
    }
}
