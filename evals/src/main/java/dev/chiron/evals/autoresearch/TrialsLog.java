package dev.chiron.evals.autoresearch;

import dev.chiron.agent.BadInput;
import dev.chiron.evals.surrogate.Recorded;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Reads recorded trials: comma-separated, one line each, with a header; compressed if the name ends in {@code .gz}. */
final class TrialsLog {

    private static final List<String> OTHERS = List.of("method", "seed", "status", "val_bpb", "wall_seconds");

    private final Path file;
    private final Map<String, Integer> columns = new LinkedHashMap<>();

    private TrialsLog(Path file, String header) {
        this.file = file;
        String[] names = header.split(",", -1);
        for (int i = 0; i < names.length; i++) {
            columns.put(names[i], i);
        }
        List<String> needed = new ArrayList<>(OTHERS);
        Training.SPACE.parameters().forEach(parameter -> needed.add(parameter.name()));
        for (String name : needed) {
            if (!columns.containsKey(name)) {
                throw new BadInput(file + ":1: no column " + name + "; needed are " + String.join(", ", needed));
            }
        }
    }

    /** @throws BadInput naming file, line and column of what cannot be read */
    static List<Recorded> read(Path file) {
        try (InputStream raw = Files.newInputStream(file);
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader lines = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            String header = lines.readLine();
            TrialsLog log = new TrialsLog(file, header == null ? "" : header);
            List<Recorded> trials = new ArrayList<>();
            int number = 1;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                trials.add(log.trial(++number, line.split(",", -1)));
            }
            return trials;
        } catch (IOException e) {
            throw new BadInput(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private Recorded trial(int line, String[] cells) {
        if (cells.length != columns.size()) {
            throw new BadInput(
                    file + ":" + line + ": " + cells.length + " cells where the header has " + columns.size());
        }
        Map<String, Value> values = new LinkedHashMap<>();
        for (Parameter parameter : Training.SPACE.parameters()) {
            String text = cell(cells, parameter.name());
            Value value = parameter instanceof Parameter.Choice
                    ? Value.of(text)
                    : parameter instanceof Parameter.Whole
                            ? Value.of(Math.round(number(line, cells, parameter.name())))
                            : Value.of(number(line, cells, parameter.name()));
            parameter.problem(value).ifPresent(problem -> {
                throw new BadInput(file + ":" + line + ": " + problem);
            });
            values.put(parameter.name(), value);
        }
        Config config = Training.SPACE.config(values);
        boolean completed = cell(cells, "status").equals("completed");
        return new Recorded(
                cell(cells, "method") + " " + cell(cells, "seed"),
                Training.SPACE.repair(config).orElse(config),
                completed
                        ? new Outcome.Measured(number(line, cells, "val_bpb"))
                        : new Outcome.Failed(Outcome.Reason.OUT_OF_MEMORY, ""), // all but a handful
                number(line, cells, "wall_seconds"));
    }

    private double number(int line, String[] cells, String column) {
        try {
            double number = Double.parseDouble(cell(cells, column));
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new BadInput(file + ":" + line + ": " + column + ": `" + cell(cells, column) + "` is no number");
    }

    private String cell(String[] cells, String column) {
        return cells[columns.getOrDefault(column, 0)];
    }
}
