package dev.chiron.evals.report;

import dev.chiron.agent.plot.draw.Ink;
import java.util.List;

/** A report as one HTML file: nothing from outside, no scripts, for light and dark. */
final class HtmlPage {

    private static final String STYLE = ":root{color-scheme:light dark;%s}"
            + "@media(prefers-color-scheme:dark){:root{%s}}"
            + "body{margin:0 auto;padding:1rem 1.25rem 4rem;max-width:70rem;background:var(--paper);color:var(--text);"
            + "font:15px/1.55 system-ui,-apple-system,'Segoe UI',Helvetica,Arial,'DejaVu Sans',sans-serif}"
            + "h1{font-size:1.6rem}h2{margin-top:3rem;padding-top:1rem;border-top:1px solid var(--grid);font-size:1.3rem}"
            + "h3{margin-top:2rem;font-size:1.05rem}p{max-width:52rem}"
            + "nav{columns:15rem;margin:1rem 0}nav a{display:block;padding:.1rem 0}a{color:var(--s0)}"
            + "code{font:12px/1.4 ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;color:var(--muted);overflow-wrap:anywhere}"
            + "figure{margin:1.5rem 0;overflow-x:auto}figure svg{display:block;width:100%%;min-width:36rem;height:auto}"
            + "figcaption{color:var(--muted);font-size:.85rem;margin-top:.35rem;max-width:60rem}"
            + ".wide{overflow-x:auto;margin:1.2rem 0 .3rem}table{border-collapse:collapse;font-size:.85rem}"
            + "th,td{padding:.28rem .7rem;border-bottom:1px solid var(--grid);text-align:left;white-space:nowrap;"
            + "font-variant-numeric:tabular-nums}th{color:var(--muted);font-weight:600}.n{text-align:right}";

    private final StringBuilder page = new StringBuilder();

    String of(Report report, List<Section> sections) {
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.append("<title>Chiron: report</title>\n<style>");
        page.append(STYLE.replace("%%", "%")
                .replaceFirst("%s", Ink.variables(false))
                .replaceFirst("%s", Ink.variables(true)));
        page.append("</style>\n</head>\n<body>\n<h1>Report</h1>\n<p>")
                .append(escape(report.about()))
                .append("</p>\n");
        code(report.source().command());
        page.append("<nav>");
        sections.forEach(section -> page.append("<a href=\"#")
                .append(section.id())
                .append("\">")
                .append(escape(section.title()))
                .append("</a>"));
        page.append("</nav>\n");
        for (Section section : sections) {
            page.append("<h2 id=\"")
                    .append(section.id())
                    .append("\">")
                    .append(escape(section.title()))
                    .append("</h2>\n");
            code(report.command(section));
            section.blocks().forEach(block -> block(block, report.command(section)));
        }
        return page.append("</body>\n</html>\n").toString();
    }

    private void code(String command) {
        page.append("<p><code>").append(escape(command)).append("</code></p>\n");
    }

    private void block(Block block, String command) {
        if (block instanceof Block.Prose prose) {
            page.append("<p>").append(escape(prose.text())).append("</p>\n");
        } else if (block instanceof Block.Heading heading) {
            page.append("<h3>").append(escape(heading.text())).append("</h3>\n");
        } else if (block instanceof Block.Figure figure) {
            page.append("<figure>\n")
                    .append(figure.picture().svgInPage(command))
                    .append("<figcaption>");
            page.append(escape(figure.caption()))
                    .append(" <code>")
                    .append(escape(command))
                    .append("</code></figcaption>\n</figure>\n");
        } else if (block instanceof Block.Grid grid) {
            grid(grid, command);
        } else if (block instanceof Block.Data data) {
            page.append("<p>Every point of these curves is in <code>");
            page.append(ReportFolder.TABLES + "/")
                    .append(escape(data.grid().name()))
                    .append(".csv</code>.</p>\n");
        }
    }

    private void grid(Block.Grid grid, String command) {
        boolean[] numbers = MarkdownPage.numbers(grid);
        page.append("<div class=\"wide\"><table>\n<thead><tr>");
        for (int i = 0; i < numbers.length; i++) {
            cell("th", numbers[i], grid.header().get(i));
        }
        page.append("</tr></thead>\n<tbody>\n");
        for (List<Cell> row : grid.rows()) {
            page.append("<tr>");
            for (int i = 0; i < numbers.length; i++) {
                cell("td", numbers[i], row.get(i).shown());
            }
            page.append("</tr>\n");
        }
        page.append("</tbody></table></div>\n<p><code>").append(escape(command)).append("</code></p>\n");
    }

    private void cell(String tag, boolean isNumber, String text) {
        page.append('<').append(tag).append(isNumber ? " class=\"n\">" : ">");
        page.append(escape(text)).append("</").append(tag).append('>');
    }

    private static String escape(String text) {
        return text.replaceAll("[\\p{Cntrl}]+", " ")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
