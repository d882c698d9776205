package dev.chiron.evals.report;

import java.util.List;
import java.util.stream.Collectors;

/** A table as CSV (RFC 4180, but with line feeds alone), numbers in full. */
final class CsvFile {

    private CsvFile() {}

    static String of(Block.Grid grid) {
        StringBuilder file = new StringBuilder(line(grid.header()));
        grid.rows()
                .forEach(row -> file.append(line(row.stream()
                        .map(cell -> cell.isNumber() ? cell.raw() : harmless(cell.raw()))
                        .toList())));
        return file.toString();
    }

    /** A name that a spreadsheet would take for a formula is marked as text. */
    private static String harmless(String text) {
        return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String line(List<String> cells) {
        return cells.stream().map(CsvFile::quoted).collect(Collectors.joining(",", "", "\n"));
    }

    private static String quoted(String cell) {
        boolean isPlain = cell.chars().noneMatch(letter -> ",\"\r\n".indexOf(letter) >= 0);
        return isPlain ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
    }
}
