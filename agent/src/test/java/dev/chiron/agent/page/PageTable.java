package dev.chiron.agent.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table in a page of docs/. All of its columns but the last follow from the code, and {@code -Dgolden=write} rewrites them; the
 * last is written by hand, stays, and must say something. A row is known by its first column.
 */
public final class PageTable {

    private final Path page;
    private final List<String> columns;

    /**
     * @param page its name in docs/
     * @param columns heads, by which the table is found
     */
    public PageTable(String page, List<String> columns) {
        this.page = Path.of("..", "docs", page);
        this.columns = List.copyOf(columns);
    }

    /** @param rows what the code says: of each row all columns but the last */
    public void hold(List<List<String>> rows) throws IOException {
        List<String> lines = Files.readAllLines(page);
        int head = lines.indexOf(line(columns));
        assertThat(head).as(page + " has a table " + columns).isNotNegative();
        int first = head + 2;
        int end = first;
        Map<String, String> meanings = new LinkedHashMap<>();
        while (end < lines.size() && lines.get(end).startsWith("|")) {
            List<String> cells = cells(lines.get(end++));
            meanings.put(cells.get(0), cells.get(cells.size() - 1));
        }
        List<String> wanted = new ArrayList<>();
        List<String> unsaid = new ArrayList<>();
        for (List<String> row : rows) {
            String meaning = meanings.getOrDefault(row.get(0), "");
            if (meaning.isEmpty()) {
                unsaid.add(row.get(0));
            }
            List<String> cells = new ArrayList<>(row);
            cells.add(meaning);
            wanted.add(line(cells));
        }
        List<String> now = List.copyOf(lines.subList(first, end));
        if (System.getProperty("golden", "check").equals("write")) {
            List<String> written = new ArrayList<>(lines.subList(0, first));
            written.addAll(wanted);
            written.addAll(lines.subList(end, lines.size()));
            Files.writeString(page, String.join("\n", written) + "\n");
        }
        assertThat(unsaid).as("without a word in the last column of " + page).isEmpty();
        assertThat(now).as(page + ", which -Dgolden=write rewrites").isEqualTo(wanted);
    }

    private static String line(List<String> cells) {
        StringBuilder line = new StringBuilder("|");
        cells.forEach(cell -> line.append(cell.isEmpty() ? " |" : " " + cell + " |"));
        return line.toString();
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        for (String cell : line.substring(1).split("(?<!\\\\)\\|")) {
            cells.add(cell.strip());
        }
        return cells;
    }
}
