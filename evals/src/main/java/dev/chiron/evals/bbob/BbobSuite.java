package dev.chiron.evals.bbob;

import dev.chiron.agent.BadInput;
import dev.chiron.evals.task.EvalTask;
import dev.chiron.evals.task.FunctionTask;
import dev.chiron.evals.task.Suite;
import dev.chiron.optimizers.space.Parameter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The benchmark's noiseless functions: {@code bbob-f8-i1-d10} is function 8, instance 1, in 10 dimensions. The value of a task is what
 * is published less the instance's least value, so 0 at best.
 */
public final class BbobSuite implements Suite {

    private static final int LISTED_DIMENSION = 10;
    private static final int MOST_DIMENSIONS = 40; // as in COCO: the random numbers are not checked beyond
    private static final int MOST_INSTANCES = 1000;
    private static final Pattern NAME = Pattern.compile("bbob-f(\\d{1,4})-i(\\d{1,4})-d(\\d{1,4})");

    @Override
    public String name() {
        return "bbob";
    }

    @Override
    public String line() {
        return "24 noiseless functions of the black-box optimization benchmark; any instance -i1 to -i1000, dimension -d2 to -d40";
    }

    @Override
    public List<String> tasks() {
        return IntStream.rangeClosed(1, Bbob.FUNCTIONS)
                .mapToObj(function -> "bbob-f" + function + "-i1-d" + LISTED_DIMENSION)
                .toList();
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public Optional<EvalTask> find(String task) {
        if (!task.startsWith("bbob-")) {
            return Optional.empty();
        }
        Matcher name = NAME.matcher(task);
        if (!name.matches()) {
            throw new BadInput(task + ": tasks of bbob are called as in bbob-f8-i1-d10: function, instance, dimension");
        }
        Instance instance = new Instance(
                part(task, name, 1, "function", 1, Bbob.FUNCTIONS),
                part(task, name, 2, "instance", 1, MOST_INSTANCES),
                part(task, name, 3, "dimension", 2, MOST_DIMENSIONS));
        List<Parameter.Real> box = IntStream.range(0, instance.dimension())
                .mapToObj(i -> new Parameter.Real("x" + i, -5, 5, false))
                .toList();
        return Optional.of(FunctionTask.of(task, box, Bbob.of(instance).above()));
    }

    private static int part(String task, Matcher name, int group, String what, int low, int high) {
        int number = Integer.parseInt(name.group(group));
        if (number < low || number > high) {
            throw new BadInput(task + ": the " + what + " must be " + low + " to " + high + ", not " + number);
        }
        return number;
    }
}
