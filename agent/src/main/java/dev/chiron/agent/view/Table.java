package dev.chiron.agent.view;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in columns, each as wide as its widest cell; two blanks between columns. */
public final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    /** A table without rows. */
    public Table() {}

    /** Adds a row. */
    public Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /** Adds a row. */
    public Table row(List<String> cells) {
        rows.add(List.copyOf(cells));
        return this;
    }

    /** The lines, each after the indent and without blanks at its end. */
    public List<String> lines(String indent) {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                int width = width(row.get(i));
                if (i == widths.size()) {
                    widths.add(width);
                } else {
                    widths.set(i, Math.max(width, widths.get(i)));
                }
            }
        }
        return rows.stream()
                .map(row -> indent + line(row, widths))
                .map(String::stripTrailing)
                .toList();
    }

    private static String line(List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(row.get(i)).append(" ".repeat(widths.get(i) - width(row.get(i)) + 2));
        }
        return line.toString();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
