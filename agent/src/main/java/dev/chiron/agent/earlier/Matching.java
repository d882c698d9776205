package dev.chiron.agent.earlier;

import dev.chiron.agent.BadInput;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.ProgressSchedule;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Holds what a source has against a task's search space. */
final class Matching {

    private final String source;
    private final Wanted wanted;
    private final SearchSpace space;
    private final List<ProgressSchedule> schedules;
    private final Map<String, Value> start; // the script's own
    private final Map<String, String> columns = new LinkedHashMap<>(); // by parameter
    private final List<Trial> inside = new ArrayList<>();
    private final List<Trial> beyond = new ArrayList<>();
    private final Map<String, Integer> outside = new LinkedHashMap<>(); // by parameter
    private final Map<String, Integer> unread = new LinkedHashMap<>(); // by why
    private final Map<String, double[]> spans = new LinkedHashMap<>(); // of numbers out of their range
    private int dropped;
    private int broken;

    Matching(String source, Wanted wanted) {
        this.source = source;
        this.wanted = wanted;
        this.space = wanted.spec().space();
        this.schedules = space.schedules();
        this.start = space.filled(wanted.spec().baseline());
    }

    Matched of(Found found) {
        wanted.objective().all().forEach(one -> same(one, found));
        List<String> missing = missing(found);
        found.rows().forEach(row -> match(row, values(row, missing)));
        if (inside.isEmpty() && beyond.isEmpty()) {
            throw nothing(found);
        }
        return new Matched(source, found, inside, beyond, lines(found, missing));
    }

    private void same(Objective one, Found found) {
        Optional.ofNullable(found.goals().get(one.metric()))
                .filter(goal -> goal != one.goal())
                .ifPresent(goal -> {
                    String metric = wanted.metrics().getOrDefault(one.metric(), one.metric());
                    throw new BadInput(source + " is to " + goal.label() + " "
                            + (wanted.objective().isSeveral() ? metric : "its metric") + ", this task is to "
                            + one.goal().label() + " " + metric
                            + ": they are not the same metric; leave it out, or correct metric.goal");
                });
    }

    /** Finds the parameters' columns; gives the parameters that have none and count in some row. */
    private List<String> missing(Found found) {
        Columns named = new Columns(source, found.columns());
        List<String> without = new ArrayList<>();
        for (String parameter : wanted.parameters()) {
            named.parameter(parameter)
                    .ifPresentOrElse(column -> columns.put(parameter, column), () -> without.add(parameter));
        }
        if (columns.isEmpty()) {
            throw new BadInput(source + ": no column is one of the parameters " + some(wanted.parameters())
                    + "; it has " + some(found.columns()) + ". Name the columns like the parameters");
        }
        List<String> missing = counting(without, found.rows());
        if (!missing.isEmpty() && !wanted.spec().from().missingIsBaseline()) {
            throw new BadInput(source + " does not say what " + some(missing) + (missing.size() > 1 ? " were" : " was")
                    + ". If " + (missing.size() > 1 ? "they were" : "it was") + " as the script has "
                    + (missing.size() > 1 ? "them (" : "it (") + baseline(missing)
                    + "), say so with --from-missing baseline (from: { missing: baseline })");
        }
        return missing;
    }

    /** Those of the parameters that some row needs: one under conditions may never have been active there. */
    private List<String> counting(List<String> without, List<Row> rows) {
        List<Integer> left = new ArrayList<>(
                without.stream().map(wanted.parameters()::indexOf).toList());
        List<String> counting = new ArrayList<>();
        for (Row row : left.isEmpty() ? List.<Row>of() : rows) {
            boolean[] active = space.active(values(row, without));
            left.removeIf(i -> active[i] && counting.add(wanted.parameters().get(i)));
        }
        return without.stream().filter(counting::contains).toList();
    }

    private String baseline(List<String> parameters) {
        return some(parameters.stream()
                .map(name ->
                        name + " = " + Objects.requireNonNull(start.get(name)).text())
                .toList());
    }

    private static String some(List<String> names) {
        List<String> shown =
                names.stream().filter(name -> !name.isEmpty()).limit(20).toList();
        return String.join(", ", shown) + (names.size() > 20 ? ", …" : "");
    }

    private void match(Row row, Map<String, Value> values) {
        boolean[] active = space.active(values);
        List<Parameter> out = new ArrayList<>();
        for (int i = 0; i < active.length; i++) {
            Parameter parameter = space.parameters().get(i);
            Value value = values.get(parameter.name());
            if (!active[i]) {
                values.remove(parameter.name());
            } else if (value == null) {
                unread.merge(why(parameter, row), 1, Integer::sum);
                return;
            } else if (!isOf(parameter, value)) {
                out.add(parameter);
            }
        }
        Config raw = Config.of(values);
        out.forEach(parameter -> remember(parameter, raw.get(parameter.name())));
        if (out.isEmpty()) {
            Config config = space.config(values);
            broken += space.broken(config).isEmpty() ? 0 : 1;
            inside.add(trial(row, config));
        } else if (out.stream().allMatch(parameter -> isSize(parameter, raw.get(parameter.name())))) {
            beyond.add(trial(row, raw));
        } else {
            dropped++;
        }
    }

    /** What a row says of each parameter, as far as it can be read; of what it misses, what the script has. */
    private Map<String, Value> values(Row row, List<String> missing) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (Parameter parameter : space.parameters()) {
            Optional<Value> value = missing.contains(parameter.name())
                    ? Optional.ofNullable(start.get(parameter.name()))
                    : Cells.value(parameter, text(parameter, row));
            value.ifPresent(known -> values.put(parameter.name(), known));
        }
        return values;
    }

    private String text(Parameter parameter, Row row) {
        String name = parameter.name();
        String cell = row.cells().getOrDefault(columns.getOrDefault(name, ""), "");
        return ProgressSchedule.ofScript(name, schedules, constant -> Optional.of(new Value.Text(cell)))
                .filter(value -> ProgressSchedule.isPiece(name)) // a constant, or a schedule in one cell
                .map(Value::text)
                .orElse(cell);
    }

    /** Why a row says nothing of a parameter that counts in it. */
    private String why(Parameter parameter, Row row) {
        if (text(parameter, row).isEmpty()) {
            return "without a value of " + parameter.name();
        }
        return "whose " + parameter.name() + " is no "
                + (parameter instanceof Parameter.Whole ? "whole number" : "number");
    }

    /** Whether it is a value of the parameter as it stands: rounding a number to its ten digits is no change, a step is. */
    private static boolean isOf(Parameter parameter, Value value) {
        return parameter.problem(value).isEmpty()
                && (parameter instanceof Parameter.Real
                        || parameter.nearest(value).equals(value));
    }

    /** What failures are learned from beyond the ranges: a size's logarithm goes on there, another number's place does not. */
    private static boolean isSize(Parameter parameter, Value value) {
        return parameter instanceof Parameter.Whole whole
                && whole.low() >= 1
                && !whole.isFixed()
                && value.asNumber().orElse(0) >= 1;
    }

    private void remember(Parameter parameter, Value value) {
        outside.merge(parameter.name(), 1, Integer::sum);
        value.asNumber()
                .ifPresent(number -> spans.merge(parameter.name(), new double[] {number, number}, (a, b) ->
                        new double[] {Math.min(a[0], b[0]), Math.max(a[1], b[1])}));
    }

    /** As far as its metrics are known, a run is held to this task's conditions on them. */
    private Trial trial(Row row, Config config) {
        Outcome outcome = row.outcome() instanceof Outcome.Measured measured
                ? wanted.objective().judgedByKnown(measured)
                : row.outcome();
        return new Trial(0, new Change.Settings(config), Origin.IMPORTED, outcome, row.took());
    }

    private BadInput nothing(Found found) {
        List<String> why = new ArrayList<>();
        found.leftOut().forEach((reason, count) -> why.add(count + " " + reason));
        unread.forEach((reason, count) -> why.add(count + " " + reason));
        if (dropped > 0) {
            why.add(dropped + " outside the ranges (" + outside() + ")");
        }
        String advice =
                dropped > 0 ? "widen the ranges, or convert other units" : "correct them, or leave the source out";
        return new BadInput(source + ": none of its " + found.size() + " rows can be used: " + String.join(", ", why)
                + "; " + advice);
    }

    /** Each parameter with how many rows are out of its range, and where those lie. */
    private String outside() {
        return outside.entrySet().stream()
                .map(entry -> entry.getKey() + " in " + entry.getValue() + span(entry.getKey()))
                .collect(Collectors.joining(", "));
    }

    private String span(String name) {
        double[] span = spans.get(name);
        String range = space.find(name).map(Parameter::describe).orElse("");
        if (span == null) {
            return ": not " + range;
        }
        String values =
                span[0] == span[1] ? Numbers.text(span[0]) : Numbers.text(span[0]) + " to " + Numbers.text(span[1]);
        return ": " + values + ", not " + range;
    }

    private List<String> lines(Found found, List<String> missing) {
        List<String> lines = new ArrayList<>();
        List<String> renamed = columns.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(entry.getValue()))
                .map(entry -> entry.getKey() + " is " + entry.getValue())
                .toList();
        if (!renamed.isEmpty()) {
            lines.add("columns: " + some(renamed));
        }
        if (!missing.isEmpty()) {
            lines.add("not there, taken as the script has it: " + baseline(missing));
        }
        if (!outside.isEmpty()) {
            lines.add(beyond.size() + dropped + " outside the ranges (" + outside() + "): "
                    + (beyond.isEmpty() ? "" : beyond.size() + " tell of failures only, ") + dropped + " left out");
        }
        Map<String, Integer> left = new LinkedHashMap<>(found.leftOut());
        left.putAll(unread);
        if (!left.isEmpty()) {
            lines.add("left out: "
                    + left.entrySet().stream()
                            .map(entry -> entry.getValue() + " " + entry.getKey())
                            .collect(Collectors.joining(", ")));
        }
        if (broken > 0) {
            lines.add(broken + " break a constraint: they are learned from and not run");
        }
        found.notes().forEach(lines::add);
        return lines;
    }
}
