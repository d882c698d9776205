package dev.chiron.optimizers.cma;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Parameter.Choice;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A search space seen by CMA-ES: numeric parameters and ordered choices are coordinates, unordered choices are options, and
 * what has only one value is neither.
 */
final class Axes {

    private final SearchSpace space;
    private final List<Parameter> ordered = new ArrayList<>();
    private final List<Choice> unordered = new ArrayList<>();

    Axes(SearchSpace space) {
        this.space = space;
        for (Parameter parameter : space.parameters()) {
            if (parameter.isFixed()) {
                continue;
            }
            if (parameter instanceof Choice choice && !choice.ordered()) {
                unordered.add(choice);
            } else {
                ordered.add(parameter);
            }
        }
    }

    /** The number of coordinates. */
    int dimension() {
        return ordered.size();
    }

    /** The number of parameters that can be changed, coordinates or not. */
    int size() {
        return ordered.size() + unordered.size();
    }

    List<String> names() {
        return ordered.stream().map(Parameter::name).toList();
    }

    List<Choice> choices() {
        return List.copyOf(unordered);
    }

    /** The prior's width along each coordinate, where it has one. */
    List<Optional<Double>> widths(Prior prior) {
        return ordered.stream()
                .map(parameter -> prior.width(space.parameters().indexOf(parameter)))
                .toList();
    }

    /** The grid of each coordinate, empty where it is continuous. */
    List<double[]> grids() {
        return ordered.stream()
                .map(parameter -> Vectors.array(parameter.grid()))
                .toList();
    }

    /** @throws IllegalArgumentException if a value is missing or not allowed */
    double[] encode(Config config) {
        double[] point = new double[ordered.size()];
        for (int i = 0; i < point.length; i++) {
            point[i] = ordered.get(i).encode(config.get(ordered.get(i).name()));
        }
        return point;
    }

    /** @throws IllegalArgumentException if a value is missing or not an option */
    List<Integer> options(Config config) {
        List<Integer> options = new ArrayList<>(unordered.size());
        for (Choice choice : unordered) {
            options.add(choice.index(config.get(choice.name())));
        }
        return List.copyOf(options);
    }

    /** Constraints are not looked at. */
    Config decode(double[] point, List<Integer> options) {
        List<Value> values = new ArrayList<>(space.size());
        int coordinate = 0;
        int option = 0;
        for (Parameter parameter : space.parameters()) {
            if (parameter.isFixed()) {
                values.add(parameter.decode(Parameter.MIDDLE));
            } else if (parameter instanceof Choice choice && !choice.ordered()) {
                values.add(choice.options().get(options.get(option++)));
            } else {
                values.add(parameter.decode(point[coordinate++]));
            }
        }
        return space.config(values);
    }

    /** Whether two configs agree in one coordinate. */
    boolean agree(int coordinate, Config one, Config other) {
        String name = ordered.get(coordinate).name();
        return one.get(name).equals(other.get(name));
    }
}
