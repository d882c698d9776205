package dev.chiron.agent.report;

import dev.chiron.agent.plot.Size;
import dev.chiron.agent.plot.draw.Ink;
import dev.chiron.optimizers.study.PlainText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A report as one page: no script, nothing from outside, for light and dark, for narrow windows and for paper. */
final class HtmlPage {

    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

    private final StringBuilder page = new StringBuilder();
    private final UnaryOperator<String> mask;
    private final boolean forPaper;
    private int figures;

    /** @param forPaper whether nothing may be folded */
    HtmlPage(UnaryOperator<String> mask, boolean forPaper) {
        this.mask = mask;
        this.forPaper = forPaper;
    }

    String of(StudyReport report) {
        List<Section> sections = report.sections();
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.append("<meta http-equiv=\"Content-Security-Policy\" content=\"")
                .append(POLICY)
                .append("\">\n");
        page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.append("<meta name=\"generator\" content=\"chiron report\">\n");
        page.append("<title>")
                .append(plain(report.title()))
                .append("</title>\n<style>\n")
                .append(style());
        page.append("</style>\n</head>\n<body>\n<header>\n<p class=\"kind\">Report on a study</p>\n<h1>");
        page.append(plain(report.title())).append("</h1>\n");
        if (!report.task().isEmpty()) {
            page.append("<p class=\"task\">").append(plain(report.task())).append("</p>\n");
        }
        page.append("<p>").append(words(report.about())).append("</p>\n<p class=\"when\">");
        page.append(plain(report.when())).append("</p>\n<nav aria-label=\"Sections\"><ul>");
        sections.forEach(section -> page.append("<li><a href=\"#")
                .append(section.id())
                .append("\">")
                .append(plain(section.title()))
                .append("</a></li>"));
        page.append("</ul></nav>\n</header>\n<main>\n");
        for (Section section : sections) {
            page.append("<section aria-labelledby=\"").append(section.id()).append("\">\n<h2 id=\"");
            page.append(section.id())
                    .append("\">")
                    .append(plain(section.title()))
                    .append("</h2>\n");
            section.blocks().forEach(this::block);
            page.append("</section>\n");
        }
        page.append("</main>\n<footer><p>Every number here can be recomputed from the study's journal.</p></footer>\n");
        return page.append("</body>\n</html>\n").toString();
    }

    private static String style() {
        try (InputStream style = HtmlPage.class.getResourceAsStream("report.css")) {
            if (style == null) {
                throw new IllegalStateException("report.css is missing");
            }
            return new String(style.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("{{light}}", Ink.variables(false))
                    .replace("{{dark}}", Ink.variables(true));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void block(Block block) {
        if (block instanceof Block.Prose prose) {
            page.append("<p>").append(words(prose.words())).append("</p>\n");
        } else if (block instanceof Block.Note note) {
            page.append("<p class=\"note ")
                    .append(note.good() ? "good" : "care")
                    .append("\">");
            page.append(words(note.words())).append("</p>\n");
        } else if (block instanceof Block.Points points) {
            page.append("<ul>\n");
            points.points()
                    .forEach(point -> page.append("<li>").append(words(point)).append("</li>\n"));
            page.append("</ul>\n");
        } else if (block instanceof Block.Facts facts) {
            facts(facts);
        } else if (block instanceof Block.Grid grid) {
            grid(grid);
        } else if (block instanceof Block.Figures drawn) {
            page.append(drawn.figures().size() > 1 ? "<div class=\"beside\">\n" : "");
            drawn.figures().forEach(this::figure);
            page.append(drawn.figures().size() > 1 ? "</div>\n" : "");
        } else if (block instanceof Block.Code code) {
            code(code);
        } else {
            throw new AssertionError(block);
        }
    }

    private void facts(Block.Facts facts) {
        page.append("<dl class=\"facts\">\n");
        for (Block.Fact fact : facts.facts()) {
            page.append("<div><dt>").append(plain(fact.name())).append("</dt><dd class=\"value\">");
            page.append(plain(fact.value()))
                    .append("</dd><dd>")
                    .append(plain(fact.note()))
                    .append("</dd></div>\n");
        }
        page.append("</dl>\n");
    }

    private void grid(Block.Grid grid) {
        page.append("<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"")
                .append(plain(grid.caption()));
        page.append("\"><table>\n<caption>").append(plain(grid.caption())).append("</caption>\n<thead><tr>");
        for (Block.Column column : grid.header()) {
            page.append("<th scope=\"col\"").append(column.number() ? " class=\"n\">" : ">");
            page.append(plain(column.name())).append("</th>");
        }
        page.append("</tr></thead>\n<tbody>\n");
        for (List<Block.Cell> row : grid.rows()) {
            page.append("<tr>");
            for (int k = 0; k < row.size(); k++) {
                cell(row.get(k), grid.header().get(k), k == 0);
            }
            page.append("</tr>\n");
        }
        page.append("</tbody>\n</table></div>\n");
    }

    private void cell(Block.Cell cell, Block.Column column, boolean isHead) {
        String classes = (column.number() ? "n" : "") + (cell.faint() ? " faint" : "");
        page.append(isHead ? "<th scope=\"row\"" : "<td");
        page.append(classes.isBlank() ? ">" : " class=\"" + classes.strip() + "\">");
        if (cell.share().isPresent()) {
            double percent = 100 * Math.max(0, Math.min(1, cell.share().getAsDouble()));
            page.append("<span class=\"bar\" aria-hidden=\"true\"><span style=\"width:");
            page.append(String.format(Locale.ROOT, "%.1f", percent)).append("%\"></span></span>");
        }
        page.append(words(cell.words())).append(isHead ? "</th>" : "</td>");
    }

    /** Where there are two sizes, the style shows the one that fits the window. */
    private void figure(Block.Figure figure) {
        String caption = figure.caption().text();
        page.append("<figure>\n");
        for (int k = 0; k < figure.sizes().size(); k++) {
            Size size = figure.sizes().get(k);
            String fits = figure.sizes().size() == 1 ? "any" : k == 0 ? "broad" : "narrow";
            page.append("<div class=\"").append(fits).append("\">\n");
            page.append(mask.apply(figure.drawn().apply(size).svgInPage(PlainText.line(caption))));
            page.append("</div>\n");
        }
        page.append("<figcaption><span class=\"no\">Figure ").append(++figures).append(".</span> ");
        page.append(words(figure.caption())).append("</figcaption>\n</figure>\n");
    }

    private void code(Block.Code code) {
        String text = mask.apply(code.text());
        boolean folds = code.folded() && !forPaper;
        if (!code.title().isEmpty()) {
            page.append(folds ? "<details><summary>" : "<p class=\"what\">").append(plain(code.title()));
            page.append(folds ? "</summary>\n" : save(code, text) + "</p>\n");
        }
        page.append("<pre tabindex=\"0\"><code>");
        String shown = PlainText.lines(text);
        page.append(code.language().equals("diff") ? diff(shown) : escape(shown));
        page.append("</code></pre>\n");
        page.append(
                folds
                        ? (code.file().isEmpty() ? "" : "<p class=\"what\">" + save(code, text) + "</p>\n")
                                + "</details>\n"
                        : "");
    }

    /** A link to the very bytes, which the page holds itself. */
    private String save(Block.Code code, String text) {
        return code.file().isEmpty() || forPaper
                ? ""
                : " <a class=\"save\" download=\"" + plain(code.file())
                        + "\" href=\"data:text/plain;charset=utf-8;base64,"
                        + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "\">Save as "
                        + plain(code.file()) + "</a>";
    }

    private static String diff(String text) {
        return text.lines()
                .map(line -> {
                    String kind = line.startsWith("+++") || line.startsWith("---") || line.startsWith("diff ")
                            ? "file"
                            : line.startsWith("@@")
                                    ? "at"
                                    : line.startsWith("+") ? "in" : line.startsWith("-") ? "out" : "";
                    return kind.isEmpty() ? escape(line) : "<span class=\"" + kind + "\">" + escape(line) + "</span>";
                })
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private String words(Words words) {
        return words.parts().stream()
                .map(part -> switch (part.kind()) {
                    case PLAIN -> plain(part.text());
                    case STRONG -> "<strong>" + plain(part.text()) + "</strong>";
                    case CODE -> "<code>" + plain(part.text()) + "</code>";
                })
                .collect(Collectors.joining());
    }

    /** The text on one line, escaped; blanks at its ends stay. */
    private String plain(String text) {
        String line = PlainText.line("." + mask.apply(text) + "."); // so that it is not stripped
        return escape(line.substring(1, line.length() - 1));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
