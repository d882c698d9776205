package dev.chiron.evals.classic;

import dev.chiron.agent.BadInput;
import dev.chiron.evals.task.EvalTask;
import dev.chiron.evals.task.FunctionTask;
import dev.chiron.evals.task.Suite;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Textbook functions: {@code ackley-d10} has its optimum where every model has read that it is, {@code ackley-d10-moved} elsewhere.
 * Whoever is better on the one than on the other knows the answer, and not the way. Values are above the least, so 0 at best.
 */
public final class ClassicSuite implements Suite {

    private static final int LISTED_DIMENSION = 10;
    private static final int MOST_DIMENSIONS = 100;
    private static final String MOVED = "-moved";
    private static final Pattern NAME = Pattern.compile("(.+)-d(\\d{1,4})(" + MOVED + ")?");

    private final Map<String, Family> families = new LinkedHashMap<>();

    /** A function of any number of dimensions from 2, or of one number alone. */
    private record Family(int least, int most, IntFunction<Classic> function) {
        int listed() {
            return Math.max(least, Math.min(most, LISTED_DIMENSION));
        }

        String range() {
            return least == most ? Integer.toString(least) : least + " to " + most;
        }
    }

    /** The functions in the order of the table. */
    public ClassicSuite() {
        add("sphere", 2, MOST_DIMENSIONS, Textbook::sphere);
        add("rosenbrock", 2, MOST_DIMENSIONS, Textbook::rosenbrock);
        add("rastrigin", 2, MOST_DIMENSIONS, Textbook::rastrigin);
        add("ackley", 2, MOST_DIMENSIONS, Textbook::ackley);
        add("griewank", 2, MOST_DIMENSIONS, Textbook::griewank);
        add("levy", 2, MOST_DIMENSIONS, Textbook::levy);
        add("styblinski-tang", 2, MOST_DIMENSIONS, Textbook::styblinskiTang);
        add("branin", 2, 2, n -> Textbook.branin());
        add("himmelblau", 2, 2, n -> Textbook.himmelblau());
        add("camel", 2, 2, n -> Textbook.camel());
        add("hartmann", 6, 6, n -> Textbook.hartmann6());
    }

    private void add(String name, int least, int most, IntFunction<Classic> function) {
        families.put(name, new Family(least, most, function));
    }

    @Override
    public String name() {
        return "functions";
    }

    @Override
    public String line() {
        return "textbook functions, also with their optima moved to where no model has read of; dimensions by -d2 to -d100";
    }

    @Override
    public List<String> tasks() {
        return families.entrySet().stream()
                .map(entry -> entry.getKey() + "-d" + entry.getValue().listed())
                .flatMap(name -> Stream.of(name, name + MOVED))
                .toList();
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public Optional<EvalTask> find(String task) {
        Matcher name = NAME.matcher(task);
        if (!name.matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(families.get(name.group(1))).map(family -> {
            int dimension = Integer.parseInt(name.group(2));
            if (dimension < family.least() || dimension > family.most()) {
                throw new BadInput(task + ": the dimension must be " + family.range() + ", not " + dimension);
            }
            Classic function = family.function().apply(dimension);
            Classic chosen = name.group(3) == null ? function : function.moved();
            return FunctionTask.of(task, chosen.box(), chosen::above);
        });
    }
}
