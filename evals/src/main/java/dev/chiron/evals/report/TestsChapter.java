package dev.chiron.evals.report;

import dev.chiron.evals.report.PairTests.Pair;
import dev.chiron.evals.report.PairTests.Test;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Paired Wilcoxon tests with Holm's correction: all methods, and each model against its controls. */
final class TestsChapter {

    static final String ID = "tests";

    private TestsChapter() {}

    static Section of(Field field) {
        Section section = new Section(ID, "Is it luck? Paired tests");
        section.say(
                "One-sided Wilcoxon signed-rank tests of the final values, paired by seed (ties left out, exact up to 50 pairs without"
                        + " ties), corrected by Holm for all tests of a table. * marks a corrected p below .05. Fewer than "
                        + Field.ENOUGH
                        + " pairs are not tested.");
        for (TaskRuns task : field.tasks()) {
            section.heading(task.task());
            all(section, task);
            controls(section, task);
        }
        return section;
    }

    private static void all(Section section, TaskRuns task) {
        if (task.entrants().size() < 2) {
            section.say("Only " + task.entrants().get(0).method() + " ran: there is nothing to compare it with.");
            return;
        }
        PairTests tests = PairTests.of(task);
        if (tests.most() < Field.ENOUGH) {
            section.say("Methods have at most " + tests.most() + " seeds in common, fewer than " + Field.ENOUGH
                    + ": no test is made, and nothing can be said about luck.");
            return;
        }
        String reach = tests.reach("seeds");
        section.say("Corrected p that the method of the row is better than that of the column, by the "
                + task.yardstick() + " after "
                + task.trials() + " trials"
                + (reach.isEmpty()
                        ? "."
                        : reach.replace(
                                        "so none could be",
                                        "so this table can show nothing; the"
                                                + " one of models and controls below has fewer tests")
                                + "."));
        List<String> methods = task.entrants().stream().map(Entrant::method).toList();
        section.add(matrix("tests-all-" + task.slug(), methods, tests));
    }

    /** Corrected p of every method against every other. */
    static Block.Grid matrix(String name, List<String> methods, PairTests tests) {
        List<String> header = new ArrayList<>(List.of("better \\ than"));
        header.addAll(methods);
        List<List<Cell>> rows = new ArrayList<>();
        for (String method : methods) {
            List<Cell> row = new ArrayList<>(List.of(Cell.text(method)));
            methods.forEach(other ->
                    row.add(tests.find(method, other).map(TestsChapter::p).orElse(new Cell("", "", true))));
            rows.add(row);
        }
        return new Block.Grid(name, header, rows);
    }

    private static Cell p(Test test) {
        return Double.isNaN(test.adjusted())
                ? Cell.none()
                : new Cell(
                        Cell.p(test.adjusted()) + (test.isSignificant() ? " *" : ""),
                        Double.toString(test.adjusted()),
                        true);
    }

    private static void controls(Section section, TaskRuns task) {
        List<Pair> pairs = new ArrayList<>();
        List<List<Cell>> missing = new ArrayList<>();
        for (Entrant method : task.entrants()) {
            if (method.hasModel()) {
                for (String control : controls(method, task)) {
                    Optional<Entrant> other = Field.entrant(task, control);
                    other.ifPresent(its -> pairs.add(new Pair(method, its)));
                    if (other.isEmpty()) {
                        missing.add(row(new Test(method.method(), control, 0, 0, Double.NaN, Double.NaN, Double.NaN)));
                    }
                }
            }
        }
        if (pairs.isEmpty() && missing.isEmpty()) {
            return;
        }
        section.say(
                "What a model must beat: moving the incumbent blindly (perturb), rules of thumb (builtin), and the optimizer"
                        + " alone. The gain is the mean difference in favour of the method.");
        List<List<Cell>> rows = new ArrayList<>();
        PairTests tests = PairTests.of(task, pairs);
        tests.tests().forEach(test -> rows.add(row(test)));
        rows.addAll(missing);
        section.add(new Block.Grid(
                "tests-controls-" + task.slug(),
                List.of("method", "control", "pairs", "better in", "mean gain", "p", "p by Holm"),
                rows));
        if (!missing.isEmpty()) {
            section.say(
                    "Controls without pairs were not run; `chiron evals run --method centaur` runs them unless told not to.");
        }
    }

    /** The names of a method's controls: with the same words after its name if there are such, else plain. */
    private static List<String> controls(Entrant entrant, TaskRuns task) {
        MethodName name = entrant.name();
        String words = name.words().isEmpty() ? "" : " " + String.join(" ", name.words());
        Set<String> controls = new LinkedHashSet<>();
        for (String partner : List.of("+perturb", "+builtin", "")) {
            String plain = name.optimizer() + partner;
            controls.add(Field.entrant(task, plain + words).isPresent() ? plain + words : plain);
        }
        controls.remove(entrant.method());
        if (name.model().equals("builtin")) {
            controls.remove(name.optimizer() + "+builtin");
        }
        return List.copyOf(controls);
    }

    private static List<Cell> row(Test test) {
        return List.of(
                Cell.text(test.method()),
                Cell.text(test.other()),
                Cell.count(test.pairs()),
                test.pairs() == 0 ? Cell.none() : Cell.count(test.wins()),
                Cell.rough(test.gain()),
                Double.isNaN(test.p()) ? Cell.none() : Cell.probability(test.p()),
                p(test));
    }
}
