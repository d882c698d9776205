package dev.chiron.agent.report;

import dev.chiron.agent.plot.Size;
import dev.chiron.optimizers.study.PlainText;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A report as Markdown (GitHub's), in one text: what letters can show of pictures is in it. */
final class MarkdownPage {

    private static final Size LETTERS = new Size(76, 18);
    private static final Pattern TICKS = Pattern.compile("`+");

    private final StringBuilder page = new StringBuilder();
    private final UnaryOperator<String> mask;

    MarkdownPage(UnaryOperator<String> mask) {
        this.mask = mask;
    }

    String of(StudyReport report) {
        line("# " + plain(report.title()));
        if (!report.task().isEmpty()) {
            line("> " + plain(report.task()));
        }
        line(words(report.about()));
        line("*" + plain(report.when()) + "*");
        for (Section section : report.sections()) {
            line("## " + plain(section.title()));
            section.blocks().forEach(this::block);
        }
        return page.toString().stripTrailing() + "\n";
    }

    private void line(String text) {
        page.append(text).append("\n\n");
    }

    private void block(Block block) {
        if (block instanceof Block.Prose prose) {
            line(words(prose.words()));
        } else if (block instanceof Block.Note note) {
            line("> " + words(note.words()));
        } else if (block instanceof Block.Points points) {
            line(points.points().stream().map(point -> "- " + words(point)).collect(Collectors.joining("\n")));
        } else if (block instanceof Block.Facts facts) {
            facts(facts);
        } else if (block instanceof Block.Grid grid) {
            grid(grid);
        } else if (block instanceof Block.Figures figures) {
            figures.figures().stream().filter(Block.Figure::inText).forEach(this::figure);
        } else if (block instanceof Block.Code code) {
            if (!code.title().isEmpty()) {
                line(plain(code.title()) + ":");
            }
            fenced(code.language(), code.text());
        } else {
            throw new AssertionError(block);
        }
    }

    private void facts(Block.Facts facts) {
        row(facts.facts().stream().map(fact -> plain(fact.name())).toList());
        row(facts.facts().stream().map(fact -> "---").toList());
        row(facts.facts().stream()
                .map(fact -> "**" + plain(fact.value()) + "**")
                .toList());
        row(facts.facts().stream().map(fact -> plain(fact.note())).toList());
        page.append('\n');
    }

    private void grid(Block.Grid grid) {
        line(plain(grid.caption()) + ":");
        row(grid.header().stream().map(column -> plain(column.name())).toList());
        row(grid.header().stream()
                .map(column -> column.number() ? "---:" : "---")
                .toList());
        grid.rows()
                .forEach(cells ->
                        row(cells.stream().map(cell -> words(cell.words())).toList()));
        page.append('\n');
    }

    private void row(List<String> cells) {
        page.append(cells.stream().collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    private void figure(Block.Figure figure) {
        fenced("", String.join("\n", figure.drawn().apply(LETTERS).text(false)) + "\n");
        line("*" + words(figure.caption()) + "*");
    }

    /** Between fences that are longer than any in the text. */
    private void fenced(String language, String text) {
        String shown = PlainText.lines(mask.apply(text));
        String fence = "`".repeat(Math.max(3, longest(shown) + 1));
        page.append(fence).append(language).append('\n').append(shown);
        line((shown.endsWith("\n") ? "" : "\n") + fence);
    }

    private static int longest(String text) {
        return TICKS.matcher(text)
                .results()
                .map(MatchResult::group)
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }

    private String words(Words words) {
        return words.parts().stream().map(this::part).collect(Collectors.joining());
    }

    private String part(Words.Part part) {
        return switch (part.kind()) {
            case PLAIN -> plain(part.text());
            case STRONG -> "**" + plain(part.text()) + "**";
            case CODE -> code(part.text());
        };
    }

    /** A span of code; a table's bars are escaped in it, too, as GitHub wants it. */
    private String code(String text) {
        String shown = PlainText.line(mask.apply(text)).replace("|", "\\|");
        int ticks = longest(shown);
        return ticks == 0 ? "`" + shown + "`" : "`".repeat(ticks + 1) + " " + shown + " " + "`".repeat(ticks + 1);
    }

    /** The text on one line with what means something in Markdown or HTML escaped; blanks at its ends stay. */
    private String plain(String text) {
        String masked = mask.apply(text);
        String line = PlainText.line("." + masked + "."); // so that it is not stripped
        return line.substring(1, line.length() - 1).replaceAll("([\\\\`*_\\[\\]<>|#&~])", "\\\\$1");
    }
}
