package dev.chiron.evals.bayesmark;

import dev.chiron.agent.BadInput;
import dev.chiron.evals.compare.Run;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** LLAMBO's published runs with GPT-3.5 on the 25 tasks, as runs like ours. */
public final class LlamboRuns {

    /** What LLAMBO is called beside our methods. */
    public static final String METHOD = "llambo:published";

    /** The file's usual name. */
    public static final String FILE = "llambo-bayesmark.csv.gz";

    private static final String HEADER = "dataset,model,seed,trial,config_json,score,generalization_score";
    private static final Pattern LINE = Pattern.compile("(\\w+),(\\w+),(\\d+),(\\d+),\"(.*)\",([^,]*),([^,]*)");

    private LlamboRuns() {}

    /** A trial: which problem, which run of it, and what cross-validation gave; empty if that was no number. */
    record Line(Problem problem, long seed, int trial, String config, OptionalDouble score) {}

    /**
     * The runs, by cross-validated score.
     *
     * @param file compressed, the columns {@value #HEADER}
     * @throws BadInput naming file and line of what cannot be read
     */
    public static List<Run> read(Path file) {
        Map<String, List<Line>> runs = new LinkedHashMap<>();
        for (Line line : lines(file)) {
            runs.computeIfAbsent(line.problem().task() + " " + line.seed(), run -> new ArrayList<>())
                    .add(line);
        }
        return runs.values().stream().map(LlamboRuns::run).toList();
    }

    private static Run run(List<Line> lines) {
        Line first = lines.get(0);
        List<OptionalDouble> values = lines.stream().map(Line::score).toList();
        Problem problem = first.problem();
        return new Run(problem.task(), METHOD, problem.objective().goal(), first.seed(), values, 0);
    }

    /** Every trial, in the order of the file, which is that of the trials. */
    static List<Line> lines(Path file) {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            if (!HEADER.equals(reader.readLine())) {
                throw new BadInput(file + ":1: the columns must be " + HEADER);
            }
            List<Line> lines = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                Matcher cells = LINE.matcher(line);
                if (!cells.matches()) {
                    throw new BadInput(file + ":" + (lines.size() + 2) + ": not a trial of LLAMBO's: " + line);
                }
                lines.add(line(cells));
            }
            return lines;
        } catch (IOException e) {
            throw new BadInput(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Line line(Matcher cells) {
        String score = cells.group(6);
        return new Line(
                new Problem(cells.group(1), cells.group(2)),
                Long.parseLong(cells.group(3)),
                Integer.parseInt(cells.group(4)),
                cells.group(5).replace("\"\"", "\""),
                score.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(score)));
    }
}
