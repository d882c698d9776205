package dev.chiron.agent.cli;

import dev.chiron.agent.describe.Suggestion;
import dev.chiron.agent.describe.Suggestion.Said;
import dev.chiron.agent.start.Advised;
import dev.chiron.agent.start.TaskDraft;
import dev.chiron.agent.view.Table;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A composed task as a person looks it over. */
record SuggestionText(Suggestion suggestion) {

    private static final int WIDTH = 100;
    private static final int LONGEST = 40;
    private static final String INDENT = "  ";

    /** Who made the task, for the head of the file. */
    static String origin(Suggestion suggestion) {
        return "Written by `chiron init --describe`: composed by "
                + (suggestion.author().isEmpty() ? "rules, without a language model" : suggestion.author())
                + "; metric " + suggestion.metricName().author() + ", goal "
                + suggestion.direction().author() + ", time "
                + suggestion.time().author() + ".";
    }

    /** The whole of it: task, metric, time, parameters, what is left alone. */
    List<String> lines(Map<String, Advised> changes) {
        String author = suggestion.author().isEmpty() ? "rules" : suggestion.author();
        List<String> lines = new ArrayList<>(List.of("", "Task, composed by " + author + ":"));
        suggestion.paragraphs().forEach(paragraph -> {
            lines.add("");
            PlainText.wrapped(paragraph, WIDTH).forEach(line -> lines.add(INDENT + line));
        });
        lines.add("");
        Said name = suggestion.metricName();
        Said goal = suggestion.direction();
        lines.add("Metric  " + name.text() + " (" + name.author() + "), " + goal.text() + " (" + goal.author() + ")");
        lines.add("Time    " + suggestion.time().text() + " a run at most ("
                + suggestion.time().author() + ")");
        lines.add("");
        lines.addAll(parameters(changes));
        return lines;
    }

    /** The parameters alone. */
    List<String> parameters(Map<String, Advised> changes) {
        TaskDraft draft = suggestion.draft(changes);
        Table table = new Table().row("parameter", "now", "start", "range", "scale", "by", "why");
        draft.rows()
                .forEach(row -> table.row(
                        row.name(),
                        cut(row.now()),
                        row.start().map(SuggestionText::cut).orElse("now"),
                        range(row.parameter()),
                        scale(row.parameter()),
                        row.author().isEmpty() ? "rule" : row.author().equals(Advised.PERSON) ? "you" : "model",
                        PlainText.line(row.why())));
        List<String> lines = new ArrayList<>(table.lines(""));
        draft.left().forEach(lines::add);
        return lines;
    }

    private static String cut(String text) {
        String line = PlainText.line(text);
        return line.codePointCount(0, line.length()) <= LONGEST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST)) + "...";
    }

    private static String range(Parameter parameter) {
        if (parameter instanceof Parameter.Real real) {
            return Numbers.text(real.low()) + " to " + Numbers.text(real.high());
        }
        if (parameter instanceof Parameter.Whole whole) {
            return whole.low() + " to " + whole.high();
        }
        if (parameter instanceof Parameter.Choice choice) {
            return choice.options().stream()
                    .map(Value::text)
                    .map(SuggestionText::cut)
                    .collect(Collectors.joining("|"));
        }
        throw new AssertionError(parameter);
    }

    private static String scale(Parameter parameter) {
        if (parameter instanceof Parameter.Real real) {
            return real.log() ? "log" : "linear";
        }
        if (parameter instanceof Parameter.Whole whole) {
            return whole.powersOfTwo() ? "powers of 2" : whole.log() ? "log" : "linear";
        }
        return "options";
    }
}
