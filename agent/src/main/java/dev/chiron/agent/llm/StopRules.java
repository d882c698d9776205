package dev.chiron.agent.llm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.optimizers.space.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What rules of thumb say of a run that goes on: it will gain until its end what those that were measured gained in the median from the same step. It is
 * stopped if that leaves it behind the best, and more than half of those that have come there are better than it.
 */
final class StopRules {

    private static final Pattern TABLE = Pattern.compile("(?s)\\n## Beside the others\\n(.*?)\\n## ");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9.]+(?:[eE][+-]?[0-9]+)?");
    private static final String OWN = "this run";
    private static final int AFTER = 2; // columns behind those of the steps

    private final ObjectMapper json = new ObjectMapper();

    /** Of a run at its last step: the value there, and at its end. */
    private record Run(double now, OptionalDouble end) {}

    /** Whether a prompt asks for this. */
    static boolean areAsked(String prompt) {
        return prompt.contains("\n{\"decision\": ") && TABLE.matcher(prompt).find();
    }

    /** The reply; an empty object where nothing was measured. */
    String reply(String prompt) {
        Matcher table = TABLE.matcher(prompt);
        List<Run> runs = new ArrayList<>();
        Optional<Run> own = Optional.empty();
        if (table.find()) {
            for (String line :
                    table.group(1).lines().filter(l -> l.startsWith("| ")).toList()) {
                String[] cells =
                        Arrays.stream(line.split("\\|", -1)).map(String::strip).toArray(String[]::new);
                Optional<Run> run = run(cells);
                if (cells[1].equals(OWN)) {
                    own = run;
                } else {
                    run.ifPresent(runs::add);
                }
            }
        }
        return own.map(run -> reply(run, runs, prompt.contains("\nGoal: maximize ") ? -1 : 1))
                .orElse("{}");
    }

    /** @param cells an empty one first and last */
    private static Optional<Run> run(String[] cells) {
        int end = cells.length - AFTER - 1;
        return end > 1 && NUMBER.matcher(cells[end - 1]).matches()
                ? Optional.of(new Run(Double.parseDouble(cells[end - 1]), number(cells[end])))
                : Optional.empty();
    }

    private static OptionalDouble number(String cell) {
        return NUMBER.matcher(cell).matches() ? OptionalDouble.of(Double.parseDouble(cell)) : OptionalDouble.empty();
    }

    private String reply(Run own, List<Run> runs, int sign) {
        List<Run> measured = runs.stream().filter(run -> run.end().isPresent()).toList();
        if (measured.isEmpty()) {
            return "{}";
        }
        double[] gains = measured.stream()
                .mapToDouble(run -> run.end().orElseThrow() - run.now())
                .sorted()
                .toArray();
        double expected = own.now() + (gains[(gains.length - 1) / 2] + gains[gains.length / 2]) / 2;
        double best = measured.stream()
                .mapToDouble(run -> sign * run.end().orElseThrow())
                .min()
                .orElseThrow();
        long better =
                runs.stream().filter(run -> sign * run.now() < sign * own.now()).count();
        boolean stop = sign * expected >= best && 2 * better > runs.size();
        ObjectNode reply = json.createObjectNode().put("decision", stop ? "stop" : "continue");
        reply.put("expected", Double.parseDouble(Numbers.text(expected, 6)));
        reply.put(
                "reason",
                better + " of " + runs.size() + " were better at this step, and gained "
                        + Numbers.text(expected - own.now(), 3) + " in the median from there to the end");
        return reply.toString();
    }
}
