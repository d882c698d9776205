package dev.chiron.optimizers.cma;

import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.OptimizerState.Category;
import dev.chiron.optimizers.space.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was learned in one space as the state of a run in another. Parameters of the same name and kind keep their part of the mean, of the
 * covariance (the others are marginalised out: N(m, C) of some coordinates is N of their part of m and C) and of the paths; those that are
 * new are independent of them. Points and losses are left behind: they are of another function.
 */
final class Carried {

    private final OptimizerState.CmaEs state;
    private final Start start;
    private final List<Optional<Coordinate>> coordinates = new ArrayList<>();

    /** A coordinate of the old space, seen from the new one. */
    private record Coordinate(int index, Reencoded place) {}

    private Carried(Axes from, OptimizerState.CmaEs state, Axes to, Start start) {
        this.state = state;
        this.start = start;
        for (Parameter parameter : to.ordered()) {
            int index = from.names().indexOf(parameter.name());
            coordinates.add(
                    index < 0
                            ? Optional.empty()
                            : Reencoded.of(
                                            from.ordered().get(index),
                                            parameter,
                                            state.mean().get(index))
                                    .map(place -> new Coordinate(index, place)));
        }
    }

    /**
     * The state in the other space.
     *
     * @param start where coordinates and choices begin of which nothing was learned, and how wide
     */
    static OptimizerState.CmaEs state(
            Axes from, OptimizerState.CmaEs state, Axes to, Start start, CmaSettings settings) {
        boolean same = from.ordered().equals(to.ordered());
        OptimizerState.Restarts restarts = Restarts.moved(
                state.restarts(), settings.populationFor(from.size()), settings.populationFor(to.size()));
        List<Category> categories =
                Categories.carried(from.choices(), state.categories(), to.choices(), start.probabilities);
        Carried carried = new Carried(from, state, to, start);
        Covariance covariance = carried.covariance(settings.ruleFor(to.dimension()));
        return new OptimizerState.CmaEs(
                to.names(),
                Vectors.list(carried.mean()),
                state.sigma(),
                same ? state.covariance() : new OptimizerState.Covariance(Vectors.rows(covariance.rows())),
                Vectors.list(carried.stretch()),
                same ? state.pathSigma() : Vectors.list(carried.pathSigma(covariance)),
                Vectors.list(carried.pathC()),
                same ? state.rates() : List.of(),
                state.generation(),
                state.began(),
                restarts,
                state.sigmas(),
                List.of(),
                categories,
                List.of(),
                List.of(),
                List.of(),
                state.random());
    }

    private double[] mean() {
        double[] mean = start.mean.clone();
        for (int i = 0; i < mean.length; i++) {
            mean[i] = coordinates.get(i).map(old -> old.place().mean()).orElse(mean[i]);
        }
        return mean;
    }

    private double[] stretch() {
        double[] stretch = new double[coordinates.size()];
        for (int i = 0; i < stretch.length; i++) {
            stretch[i] = coordinates
                    .get(i)
                    .map(old -> state.stretch().get(old.index()))
                    .orElse(1.0);
        }
        return stretch;
    }

    private double[] pathC() {
        double[] path = new double[coordinates.size()];
        for (int i = 0; i < path.length; i++) {
            path[i] = coordinates
                    .get(i)
                    .map(old -> state.pathC().get(old.index()) * old.place().factor())
                    .orElse(0.0);
        }
        return path;
    }

    /** However small sigma has become, a new coordinate is as wide as the start has it. */
    private Covariance covariance(UpdateRule rule) {
        int n = coordinates.size();
        List<List<Double>> rows = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double[] row = new double[n];
            for (int j = 0; j < n; j++) {
                row[j] = element(i, j);
            }
            rows.add(Vectors.list(row));
        }
        return Covariance.of(rule, new OptimizerState.Covariance(rows), n);
    }

    private double element(int i, int j) {
        Optional<Coordinate> row = coordinates.get(i);
        Optional<Coordinate> column = coordinates.get(j);
        if (row.isPresent() && column.isPresent()) {
            return state.covariance().element(row.get().index(), column.get().index())
                    * row.get().place().factor()
                    * column.get().place().factor();
        }
        double ratio = start.sigma / state.sigma();
        return i == j && row.isEmpty() ? start.covariance.variance(i) * ratio * ratio : 0;
    }

    /**
     * The path is one of C^-1/2 y. Its coordinates mean nothing alone, so it goes by way of y, which has those of the space; so it stays as long
     * as chance would make it, whatever was turned.
     */
    private double[] pathSigma(Covariance covariance) {
        double[] path = Vectors.array(state.pathSigma());
        double[] carried = new double[coordinates.size()];
        if (path.length == 0 || carried.length == 0) {
            return carried;
        }
        UpdateRule form = state.covariance().hasCorrelations() ? UpdateRule.TUTORIAL : UpdateRule.SEPARABLE;
        Covariance old = Covariance.of(form, state.covariance(), path.length);
        double[] root = old.turn(old.standardise(path));
        for (int i = 0; i < carried.length; i++) {
            if (coordinates.get(i).isPresent()) {
                Coordinate coordinate = coordinates.get(i).get();
                for (int j = 0; j < root.length; j++) {
                    carried[i] += state.covariance().element(coordinate.index(), j)
                            * root[j]
                            * coordinate.place().factor();
                }
            }
        }
        return covariance.turn(covariance.standardise(carried));
    }
}
