package dev.chiron.agent.earlier;

import dev.chiron.agent.BadInput;
import dev.chiron.optimizers.study.Outcome;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A table with a header, parted by commas, semicolons or tabs: Chiron's own export, W&B's, Optuna's and MLflow's, a notebook's, or
 * the results.tsv of autoresearch, whose parameters lie in the commits that it names.
 */
final class TableFile {

    private static final int MOST_ROWS = 1_000_000;
    private static final List<String> STATUS = List.of("status", "state", "outcome");
    private static final List<String> REASON = List.of("reason", "failure", "error", "user_attrs_chiron:reason");
    private static final List<String> COMMIT = List.of("commit");
    private static final List<String> DESCRIPTION = List.of("description");

    private final Path file;
    private final String name;
    private final Wanted wanted;
    private final List<Row> rows = new ArrayList<>();
    private final Map<String, Integer> leftOut = new LinkedHashMap<>();

    TableFile(Path file, String name, Wanted wanted) {
        this.file = file;
        this.name = name;
        this.wanted = wanted;
    }

    Found read() {
        try (Reader reader = new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8);
                CSVParser parser = format(firstLine()).parse(reader)) {
            return read(parser.iterator());
        } catch (UncheckedIOException e) {
            throw unreadable(Objects.requireNonNull(
                    e.getCause())); // what it wraps says what is wrong, and not which class says so
        } catch (IOException | IllegalStateException e) {
            throw unreadable(e);
        }
    }

    private BadInput unreadable(Exception e) {
        return new BadInput(name + " cannot be read as a table: " + e.getMessage(), e);
    }

    private String firstLine() throws IOException {
        byte[] head = new byte[1 << 16];
        try (var in = Files.newInputStream(file)) {
            int length = in.readNBytes(head, 0, head.length);
            String text = new String(head, 0, length, StandardCharsets.UTF_8).stripLeading();
            return text.lines().findFirst().orElse("");
        }
    }

    private static CSVFormat format(String header) {
        char separator = '\t';
        for (char candidate : new char[] {',', ';'}) {
            if (count(header, candidate) > count(header, separator)) {
                separator = candidate;
            }
        }
        CSVFormat.Builder format =
                CSVFormat.DEFAULT.builder().setDelimiter(separator).setTrim(true);
        return separator == '\t' ? format.setQuote(null).get() : format.get();
    }

    private static long count(String text, char letter) {
        return text.chars().filter(c -> c == letter).count();
    }

    private Found read(Iterator<CSVRecord> records) {
        if (!records.hasNext()) {
            throw new BadInput(name + " is empty: give a table with a header and a row for each run");
        }
        List<String> header = header(records.next());
        Columns columns = new Columns(name, header);
        Map<String, String> metrics = metrics(columns, header);
        Map<String, String> conditions = new LinkedHashMap<>();
        wanted.conditions()
                .forEach(name -> columns.metric(name)
                        .filter(column -> !metrics.containsValue(column))
                        .ifPresent(column -> conditions.put(name, column)));
        Optional<String> status = columns.any(STATUS).filter(column -> !metrics.containsValue(column));
        Optional<String> reason = columns.any(REASON);
        Optional<String> words = columns.any(DESCRIPTION);
        Optional<Scripts> scripts = scripts(columns);
        Set<String> kept = kept(columns);
        while (records.hasNext()) {
            Map<String, String> cells = cells(header, records.next());
            if (rows.size() >= MOST_ROWS) {
                throw new BadInput(name + " has more than " + MOST_ROWS + " rows: give those that tell most");
            }
            if (!cells.isEmpty()) {
                String why = cell(cells, reason).isEmpty() ? cell(cells, words) : cell(cells, reason);
                Map<String, String> values = new LinkedHashMap<>();
                metrics.forEach((name, column) -> values.put(name, cells.getOrDefault(column, "")));
                add(Ending.of(cell(cells, status), why, values), conditions, cells, kept, scripts);
            }
        }
        if (rows.isEmpty() && leftOut.isEmpty()) {
            throw new BadInput(name + " has a header and no rows: give a table with a row for each run");
        }
        List<String> known = scripts.isPresent() ? wanted.parameters() : header;
        return new Found(
                kind(columns, scripts.isPresent()),
                Map.of(),
                known,
                rows,
                leftOut,
                scripts.map(Scripts::notes).orElse(List.of()));
    }

    /** The column of each objective, by its name in the task. */
    private Map<String, String> metrics(Columns columns, List<String> header) {
        Map<String, String> there = wanted.metrics();
        Map<String, String> found = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        there.forEach((name, metric) -> {
            Optional<String> column = columns.metric(metric, found.size() + missing.size(), there.size());
            column.ifPresentOrElse(known -> found.put(name, known), () -> missing.add(metric));
        });
        if (!missing.isEmpty()) {
            throw noMetric(missing, header);
        }
        return found;
    }

    private static List<String> header(CSVRecord record) {
        List<String> header = new ArrayList<>();
        record.forEach(cell -> header.add(cell.replace("\uFEFF", "").strip()));
        return header;
    }

    private static Map<String, String> cells(List<String> header, CSVRecord record) {
        Map<String, String> cells = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(header.size(), record.size()); i++) {
            if (!record.get(i).isBlank()) {
                cells.put(header.get(i), Guarded.plain(record.get(i).strip()));
            }
        }
        if (!cells.isEmpty()) {
            cells.put(LINE, "row " + (record.getRecordNumber() - 1));
        }
        return cells;
    }

    private static final String LINE = "\n"; // no column has this name

    private static String cell(Map<String, String> cells, Optional<String> column) {
        return column.map(known -> cells.getOrDefault(known, "")).orElse("");
    }

    private BadInput noMetric(List<String> missing, List<String> header) {
        return new BadInput(name + ": no column " + String.join(", ", missing) + "; it has " + shown(header)
                + (wanted.objective().isSeveral()
                        ? ". Name the columns of all objectives, in order, with --from-metric "
                                + String.join(",", wanted.metrics().keySet())
                        : ". Name the column of the metric with --from-metric"));
    }

    private static String shown(List<String> header) {
        List<String> first =
                header.stream().filter(column -> !column.isEmpty()).limit(20).toList();
        return String.join(", ", first) + (header.size() > first.size() + 1 ? ", …" : "");
    }

    /** Where no column is a parameter, and the rows name commits, the script tells. */
    private Optional<Scripts> scripts(Columns columns) {
        boolean none = wanted.parameters().stream()
                .allMatch(parameter -> columns.parameter(parameter).isEmpty());
        return columns.any(COMMIT).filter(column -> none).map(column -> new Scripts(file, name, column, wanted));
    }

    private Set<String> kept(Columns columns) {
        Set<String> kept = new LinkedHashSet<>();
        wanted.parameters().forEach(parameter -> columns.parameter(parameter).ifPresent(kept::add));
        return kept;
    }

    private void add(
            Ending ending,
            Map<String, String> conditions,
            Map<String, String> cells,
            Set<String> kept,
            Optional<Scripts> scripts) {
        if (ending instanceof Ending.LeftOut out) {
            leftOut.merge(out.why(), 1, Integer::sum);
            return;
        }
        Outcome outcome = withConditions(((Ending.Known) ending).outcome(), conditions, cells);
        String where = cells.getOrDefault(LINE, "");
        if (scripts.isPresent()) {
            scripts.get()
                    .values(cells)
                    .ifPresentOrElse(
                            values -> rows.add(new Row(where, values, outcome)),
                            () -> leftOut.merge("of a commit whose script cannot be read", 1, Integer::sum));
            return;
        }
        Map<String, String> values = new LinkedHashMap<>(cells);
        values.keySet().retainAll(kept);
        rows.add(new Row(where, values, outcome));
    }

    /** The same with what the row has of the metrics that conditions name. */
    private static Outcome withConditions(Outcome outcome, Map<String, String> conditions, Map<String, String> cells) {
        if (!(outcome instanceof Outcome.Measured measured)) {
            return outcome;
        }
        Map<String, Double> metrics = new LinkedHashMap<>(measured.metrics());
        conditions.forEach((name, column) -> Ending.number(cells.getOrDefault(column, ""))
                .filter(Double::isFinite)
                .ifPresent(number -> metrics.put(name, number)));
        return new Outcome.Measured(measured.value(), metrics, List.of());
    }

    private static String kind(Columns columns, boolean byCommit) {
        if (byCommit) {
            return "results of autoresearch";
        }
        if (columns.names().stream().anyMatch(name -> name.startsWith("config."))
                || (columns.any(List.of("Sweep")).isPresent()
                        && columns.any(List.of("Created")).isPresent())) {
            return "a W&B export";
        }
        return columns.names().stream().anyMatch(name -> name.startsWith("params_")) ? "a table of Optuna" : "a table";
    }
}
