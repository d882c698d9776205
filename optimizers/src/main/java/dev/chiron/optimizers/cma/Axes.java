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
    private final List<Integer> orderedAt = new ArrayList<>(); // their places in the space
    private final List<Integer> unorderedAt = new ArrayList<>();

    Axes(SearchSpace space) {
        this.space = space;
        for (int i = 0; i < space.size(); i++) {
            Parameter parameter = space.parameters().get(i);
            if (parameter.isFixed()) {
                continue;
            }
            if (parameter instanceof Choice choice && !choice.ordered()) {
                unordered.add(choice);
                unorderedAt.add(i);
            } else {
                ordered.add(parameter);
                orderedAt.add(i);
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

    /** The parameters that are coordinates. */
    List<Parameter> ordered() {
        return List.copyOf(ordered);
    }

    List<Choice> choices() {
        return List.copyOf(unordered);
    }

    /** The prior's width along each coordinate, where it has one. */
    List<Optional<Double>> widths(Prior prior) {
        return orderedAt.stream().map(prior::width).toList();
    }

    /** The grid of each coordinate, empty where it is continuous. */
    List<double[]> grids() {
        return ordered.stream()
                .map(parameter -> Vectors.array(parameter.grid()))
                .toList();
    }

    /**
     * The coordinates of a config, what is not active at rest.
     *
     * @throws IllegalArgumentException if a value is missing or not allowed
     */
    double[] encode(Config config) {
        double[] all = space.encode(config);
        double[] point = new double[ordered.size()];
        for (int i = 0; i < point.length; i++) {
            point[i] = all[orderedAt.get(i)];
        }
        return point;
    }

    /**
     * The options of a config, those of what is not active at rest.
     *
     * @throws IllegalArgumentException if a value is missing or not an option
     */
    List<Integer> options(Config config) {
        List<Value> all = space.values(config);
        List<Integer> options = new ArrayList<>(unordered.size());
        for (int i = 0; i < unordered.size(); i++) {
            options.add(unordered.get(i).index(all.get(unorderedAt.get(i))));
        }
        return List.copyOf(options);
    }

    /** The options of a config that came of a draw: of what is not active those that were drawn, so that none gains by it. */
    List<Integer> options(Config config, List<Integer> drawn) {
        List<Integer> options = new ArrayList<>(options(config));
        for (int i = 0; i < options.size(); i++) {
            if (config.find(unordered.get(i).name()).isEmpty()) {
                options.set(i, drawn.get(i));
            }
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

    /** Whether two configs agree in one coordinate; where it is not active in the second, they do. */
    boolean agree(int coordinate, Config one, Config other) {
        String name = ordered.get(coordinate).name();
        return other.find(name).isEmpty() || one.find(name).equals(other.find(name));
    }
}
