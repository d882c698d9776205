package dev.chiron.evals.report;

import dev.chiron.agent.plot.draw.IntervalChart;
import dev.chiron.evals.report.stats.Bootstrap.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.apache.commons.math3.stat.StatUtils;

/** Methods that differ in one thing alone: the model's share, its size, what its prompt has. */
final class AblationsChapter {

    static final String SHARE = "share";
    static final String SIZE = "model-size";
    static final String PROMPT = "prompt";

    private static final double USUAL = 0.3; // the share of a team whose name has none

    private static final String WITHOUT = "without-";

    private AblationsChapter() {}

    static Section share(Field field) {
        Section section = new Section(SHARE, "The model's share of the turns");
        section.say(
                "Methods that differ in the share alone (share=0.2 or adaptive in the method's name); a share of 0 is the optimizer alone, as usual is that of a name without a share.");
        return ablation(section, field, AblationsChapter::shareOf, AblationsChapter::withoutShare, true)
                ? section
                : section.say(
                        "No two methods of a task differ in the share alone. To see it: chiron evals run --method centaur --llm MODEL --llm-share SHARE for"
                                + " several shares, each method's name with its share, then a report of all the files.");
    }

    private static Optional<Value> shareOf(MethodName name) {
        if (name.words().contains("adaptive")) {
            return Optional.of(new Value("adaptive", 2));
        }
        try {
            return Optional.of(name.value("share")
                    .map(share -> new Value(share, Double.parseDouble(share)))
                    .orElse(new Value("as usual", USUAL)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String withoutShare(MethodName name) {
        List<String> words = name.wordsWithout("share=").stream()
                .filter(word -> !word.equals("adaptive"))
                .toList();
        return text(name.optimizer() + "+" + name.model(), words);
    }

    private static String text(String start, List<String> words) {
        return words.isEmpty() ? start : start + " " + String.join(" ", words);
    }

    static Section size(Field field) {
        Section section = new Section(SIZE, "The model's size");
        section.say(
                "Methods that differ in the model's size alone, as its name has it (0.6b, 27B), in billions of parameters.");
        return ablation(
                        section,
                        field,
                        name -> name.size().map(size -> new Value(size + " B", size)),
                        name -> text(name.optimizer() + "+" + name.family(), name.words()),
                        false)
                ? section
                : section.say(
                        "No two methods of a task differ in the model's size alone. To see it: chiron evals run --method centaur --llm"
                                + " 'ollama:qwen3:0.6b;ollama:qwen3:8b' --out FILE, then a report of FILE.");
    }

    static Section prompt(Field field) {
        Section section = new Section(PROMPT, "What the prompt has");
        section.say(
                "Methods that differ in what was left out of the prompt (without-state, without-task, without-facts, without-history, without-examples in the method's name).");
        boolean isThere = field.methods().stream().anyMatch(method -> method.contains(" " + WITHOUT));
        return isThere
                        && ablation(
                                section,
                                field,
                                name -> Optional.of(left(name)),
                                name -> text(name.optimizer() + "+" + name.model(), name.wordsWithout(WITHOUT)),
                                false)
                ? section
                : section.say(
                        "No method here has a prompt with something left out. To see it, run the same team with and without parts of its prompt, each under a name that"
                                + " ends with the words above, then a report of all the files.");
    }

    private static Value left(MethodName name) {
        List<String> left =
                name.words().stream().filter(word -> word.startsWith(WITHOUT)).toList();
        return left.isEmpty() ? new Value("whole", 0) : new Value(String.join(" ", left), left.size());
    }

    /** What is varied, and its place in the order. */
    private record Value(String name, double order) {}

    private record Variant(Value value, Entrant entrant) {}

    private static boolean ablation(
            Section section,
            Field field,
            Function<MethodName, Optional<Value>> varied,
            Function<MethodName, String> rest,
            boolean withOptimizerAlone) {
        boolean isThere = false;
        for (TaskRuns task : field.tasks()) {
            Map<String, List<Variant>> groups = new LinkedHashMap<>();
            for (Entrant entrant : task.entrants()) {
                MethodName name = entrant.name();
                if (!name.model().equals("none")) {
                    varied.apply(name)
                            .ifPresent(value -> groups.computeIfAbsent(rest.apply(name), key -> new ArrayList<>())
                                    .add(new Variant(value, entrant)));
                }
            }
            for (Map.Entry<String, List<Variant>> group : groups.entrySet()) {
                List<Variant> variants = new ArrayList<>(group.getValue());
                if (variants.size() > 1) {
                    if (withOptimizerAlone) {
                        Field.entrant(task, variants.get(0).entrant().name().optimizer())
                                .ifPresent(alone -> variants.add(new Variant(new Value("0", 0), alone)));
                    }
                    variants.sort(Comparator.comparingDouble(
                            variant -> variant.value().order()));
                    isThere = true;
                    show(section, field, task, group.getKey(), variants);
                }
            }
        }
        return isThere;
    }

    private static void show(Section section, Field field, TaskRuns task, String group, List<Variant> variants) {
        section.heading(task.task() + ", " + group);
        List<List<Cell>> table = new ArrayList<>();
        List<IntervalChart.Row> rows = new ArrayList<>();
        for (Variant variant : variants) {
            Entrant entrant = variant.entrant();
            double[] values = entrant.runs().stream()
                    .mapToDouble(run -> task.value(task.loss(run, task.trials())))
                    .toArray();
            double mean = StatUtils.mean(values);
            Optional<Interval> interval = field.interval(values);
            double failed = entrant.runs().stream()
                            .mapToLong(run -> run.values().stream()
                                    .limit(task.trials())
                                    .filter(OptionalDouble::isEmpty)
                                    .count())
                            .sum()
                    / (double) Math.max(1, entrant.runs().size() * task.trials());
            table.add(List.of(
                    Cell.text(variant.value().name()),
                    Cell.text(entrant.method()),
                    Cell.count(entrant.runs().size()),
                    Cell.number(mean),
                    Cell.number(interval.map(Interval::low).orElse(Double.NaN)),
                    Cell.number(interval.map(Interval::high).orElse(Double.NaN)),
                    Cell.share(failed)));
            if (Double.isFinite(mean)) {
                rows.add(new IntervalChart.Row(
                        variant.value().name(),
                        entrant.number(),
                        mean,
                        interval.map(Interval::low).orElse(mean),
                        interval.map(Interval::high).orElse(mean),
                        Double.NaN));
            }
        }
        String name = section.id() + "-" + task.slug() + "-" + (section.blocks().size() + 1);
        section.add(new Block.Grid(name, List.of("varied", "method", "seeds", "mean", "low", "high", "failed"), table));
        if (!rows.isEmpty()) {
            section.add(new Block.Figure(
                    name,
                    section.title() + ": " + group + " on " + task.task() + ", " + task.yardstick()
                            + ", means and 95 % intervals.",
                    new IntervalChart(
                            section.title() + " on " + task.task(),
                            "value after " + task.trials() + " trials ("
                                    + task.objective().goal().label() + ")",
                            rows,
                            List.of())));
        }
        if (variants.stream().anyMatch(variant -> variant.entrant().runs().size() < Field.ENOUGH)) {
            section.say("Fewer than " + Field.ENOUGH + " seeds: no conclusion.");
        }
    }
}
