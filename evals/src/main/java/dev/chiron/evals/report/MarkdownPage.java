package dev.chiron.evals.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A report as Markdown, with its pictures beside it. */
final class MarkdownPage {

    private final StringBuilder page = new StringBuilder();
    private final String pictures;

    /** @param pictures the ending of the pictures' files */
    MarkdownPage(String pictures) {
        this.pictures = pictures;
    }

    String of(Report report, List<Section> sections) {
        page.append("# Report\n\n").append(escape(report.about())).append("\n\n");
        code(report.source().command());
        for (Section section : sections) {
            page.append("## ").append(escape(section.title())).append("\n\n");
            code(report.command(section));
            section.blocks().forEach(block -> block(block, report.command(section)));
        }
        return page.toString().stripTrailing() + "\n";
    }

    private void code(String command) {
        page.append("    ").append(command.replaceAll("\\R", " ")).append("\n\n");
    }

    private void block(Block block, String command) {
        if (block instanceof Block.Prose prose) {
            page.append(escape(prose.text())).append("\n\n");
        } else if (block instanceof Block.Heading heading) {
            page.append("### ").append(escape(heading.text())).append("\n\n");
        } else if (block instanceof Block.Figure figure) {
            String file = ReportFolder.FIGURES + "/" + figure.name();
            page.append("[![")
                    .append(escape(figure.caption()))
                    .append("](")
                    .append(file)
                    .append(pictures);
            page.append(")](").append(file).append(".svg)\n\n");
            page.append("*")
                    .append(escape(figure.caption()))
                    .append("* ")
                    .append(inline(command))
                    .append("\n\n");
        } else if (block instanceof Block.Grid grid) {
            grid(grid, command);
        } else if (block instanceof Block.Data data) {
            page.append("Every point of these curves: ");
            file(data.grid(), command);
        }
    }

    private void grid(Block.Grid grid, String command) {
        page.append(row(grid.header()));
        boolean[] numbers = numbers(grid);
        page.append(row(IntStream.range(0, numbers.length)
                .mapToObj(i -> numbers[i] ? "---:" : "---")
                .toList()));
        grid.rows()
                .forEach(
                        cells -> page.append(row(cells.stream().map(Cell::shown).toList())));
        page.append('\n');
        file(grid, command);
    }

    private void file(Block.Grid grid, String command) {
        page.append('[')
                .append(grid.name())
                .append(".csv](")
                .append(ReportFolder.TABLES)
                .append('/');
        page.append(grid.name()).append(".csv) ").append(inline(command)).append("\n\n");
    }

    /** Which columns have numbers. */
    static boolean[] numbers(Block.Grid grid) {
        boolean[] numbers = new boolean[grid.header().size()];
        for (int i = 0; i < numbers.length; i++) {
            int column = i;
            numbers[i] = !grid.rows().isEmpty()
                    && grid.rows().stream().allMatch(row -> row.get(column).isNumber());
        }
        return numbers;
    }

    private static String row(List<String> cells) {
        return cells.stream()
                .map(cell -> cell.startsWith("---") ? cell : escape(cell))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String inline(String command) {
        return "`` " + command.replaceAll("\\R", " ").replace("``", "` `") + " ``";
    }

    /** The text with what means something in Markdown or HTML escaped, on one line. */
    private static String escape(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").replaceAll("([\\\\`*_\\[\\]<>|#&~])", "\\\\$1");
    }
}
