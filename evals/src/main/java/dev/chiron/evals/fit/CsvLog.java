package dev.chiron.evals.fit;

import dev.chiron.agent.BadInput;
import dev.chiron.evals.surrogate.Recorded;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/**
 * Reads a table of past runs: comma-separated with a header, compressed if its name ends in {@code .gz}; a run without a number for
 * its value failed.
 */
final class CsvLog {

    private final Path file;
    private final CsvOptions options;
    private final List<String> header;
    private final List<CSVRecord> rows;

    private CsvLog(Path file, CsvOptions options, List<String> header, List<CSVRecord> rows) {
        this.file = file;
        this.options = options;
        this.header = header;
        this.rows = rows;
    }

    /** @throws BadInput naming file, line and column of what cannot be used */
    static Log read(Path file, CsvOptions options) {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
                .setSkipHeaderRecord(true)
                .setTrim(true)
                .get();
        try (InputStream raw = Files.newInputStream(file);
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                Reader reader = new InputStreamReader(plain, StandardCharsets.UTF_8);
                CSVParser parser = format.parse(reader)) {
            return new CsvLog(file, options, parser.getHeaderNames(), parser.getRecords()).log();
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw new BadInput(file + " cannot be read as a table: " + e.getMessage(), e);
        }
    }

    private Log log() {
        need(options.objective().metric());
        options.parameters().forEach(this::need);
        options.ignored().forEach(this::need);
        options.run().forEach(this::need);
        options.seconds().ifPresent(this::need);
        if (rows.isEmpty()) {
            throw new BadInput(file + ": there are no runs below the header");
        }
        for (CSVRecord row : rows) {
            if (!row.isConsistent()) {
                throw new BadInput(at(row) + ": " + row.size() + " cells where the header has " + header.size());
            }
        }
        List<Parameter> parameters = new ArrayList<>();
        for (String column : columns()) {
            ColumnRange range = new ColumnRange(column, cells(column));
            range.stray().ifPresent(row -> {
                throw new BadInput(at(rows.get(row)) + ": " + column + ": `"
                        + rows.get(row).get(column)
                        + "` is no number, as most of the column are; mend it, leave the row out, or "
                        + "the column with --ignore " + column);
            });
            range.parameter().ifPresent(parameters::add);
        }
        if (parameters.isEmpty()) {
            throw new BadInput(file + ": no column with different values is left to be tuned");
        }
        SearchSpace space = new SearchSpace(parameters, List.of());
        List<Recorded> trials = rows.stream().map(row -> trial(row, space)).toList();
        Optional<Config> first = trials.stream().findFirst().map(Recorded::config);
        return new Log(file.toString(), options.objective(), space, first, trials).enough();
    }

    private void need(String column) {
        if (!header.contains(column)) {
            throw new BadInput(file + ":1: no column " + column + "; it has " + String.join(", ", header));
        }
    }

    private List<String> columns() {
        if (!options.parameters().isEmpty()) {
            return options.parameters();
        }
        List<String> others = new ArrayList<>(options.ignored());
        others.add(options.objective().metric());
        others.addAll(runColumns());
        seconds().ifPresent(others::add);
        others.addAll(CsvOptions.OTHERS);
        return header.stream().filter(column -> !others.contains(column)).toList();
    }

    private List<String> runColumns() {
        return options.run().isEmpty()
                ? CsvOptions.RUN.stream().filter(header::contains).toList()
                : options.run();
    }

    private Optional<String> seconds() {
        return options.seconds()
                .or(() -> CsvOptions.SECONDS.stream()
                        .filter(column ->
                                header.contains(column) && !options.ignored().contains(column))
                        .findFirst());
    }

    private List<String> cells(String column) {
        List<String> cells = new ArrayList<>();
        for (CSVRecord row : rows) {
            if (row.get(column).isEmpty()) {
                throw new BadInput(at(row) + ": " + column
                        + " is empty; leave the column out with --ignore, or the row if it was not part of the space");
            }
            cells.add(row.get(column));
        }
        return cells;
    }

    private Recorded trial(CSVRecord row, SearchSpace space) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (Parameter parameter : space.parameters()) {
            values.put(parameter.name(), ColumnRange.value(parameter, row.get(parameter.name())));
        }
        String metric = row.get(options.objective().metric());
        if (number(metric).isEmpty() && metric.chars().anyMatch(Character::isDigit)) {
            throw new BadInput(at(row) + ": " + options.objective().metric() + ": `" + metric + "` is no number");
        }
        Outcome outcome = number(metric)
                .<Outcome>map(Outcome.Measured::new)
                .orElse(new Outcome.Failed(Outcome.Reason.CRASHED, metric));
        String run = runColumns().stream().map(row::get).collect(Collectors.joining(" "));
        double seconds = seconds().map(column -> seconds(row, column)).orElse(0.0);
        return new Recorded(run, space.config(values), outcome, seconds);
    }

    /** How long a run took; one that left nothing took no time that is known. */
    private double seconds(CSVRecord row, String column) {
        String cell = row.get(column);
        if (cell.isEmpty()) {
            return 0;
        }
        return number(cell)
                .filter(seconds -> seconds >= 0)
                .orElseThrow(() -> new BadInput(at(row) + ": " + column + ": `" + cell
                        + "` is no number of seconds; mend it, or leave the column out with --ignore " + column));
    }

    private static Optional<Double> number(String text) {
        try {
            return Optional.of(Double.valueOf(text)).filter(Double::isFinite);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private String at(CSVRecord row) {
        return file + ":" + (row.getRecordNumber() + 1);
    }
}
