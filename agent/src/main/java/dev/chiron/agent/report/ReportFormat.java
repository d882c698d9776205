package dev.chiron.agent.report;

import dev.chiron.agent.BadInput;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a report can be written as. */
public enum ReportFormat {
    HTML("html"),
    MARKDOWN("md"),
    PDF("pdf");

    private final String ending;

    ReportFormat(String ending) {
        this.ending = ending;
    }

    /** What its files' names end in, and what options call it. */
    public String ending() {
        return ending;
    }

    /**
     * The format of that name.
     *
     * @throws BadInput if there is none
     */
    public static ReportFormat named(String name) {
        return find(name).orElseThrow(() -> new BadInput("no format " + name + ": there are " + all("")));
    }

    /**
     * The format of a file, by what its name ends in.
     *
     * @throws BadInput if that says none
     */
    public static ReportFormat of(String file) {
        return find(file.substring(file.lastIndexOf('.') + 1))
                .filter(format -> file.contains("."))
                .orElseThrow(() -> new BadInput(file + ": a report's name ends in " + all(".")));
    }

    private static Optional<ReportFormat> find(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Stream.of(values())
                .filter(format -> format.ending.equals(lower)
                        || (format == MARKDOWN && lower.equals("markdown"))
                        || (format == HTML && lower.equals("htm")))
                .findFirst();
    }

    private static String all(String before) {
        return Stream.of(values()).map(format -> before + format.ending).collect(Collectors.joining(", "));
    }
}
