package dev.chiron.agent.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A text of which parts are code or stressed. What is filled in stays what it is, whatever marks it holds. */
record Words(List<Part> parts) {

    /** How a part is shown. */
    enum Kind {
        PLAIN,
        CODE,
        STRONG
    }

    /** A piece of the text. */
    record Part(Kind kind, String text) {}

    /** Makes the list unchangeable. */
    Words {
        parts = List.copyOf(parts);
    }

    /**
     * The words of a template: {@code `code`}, {@code **stressed**}, and {@code {}} for each of the fills in turn.
     *
     * @throws IllegalArgumentException if there are not as many fills as places
     */
    static Words of(String template, Object... fills) {
        List<Part> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        Kind kind = Kind.PLAIN;
        int filled = 0;
        int at = 0;
        while (at < template.length()) {
            if (template.startsWith("{}", at)) {
                if (filled == fills.length) {
                    throw new IllegalArgumentException("too few fills: " + template);
                }
                part.append(fills[filled++]);
                at += 2;
            } else if (template.charAt(at) == '`' || template.startsWith("**", at)) {
                Kind mark = template.charAt(at) == '`' ? Kind.CODE : Kind.STRONG;
                add(parts, kind, part);
                kind = kind == mark ? Kind.PLAIN : mark;
                at += mark == Kind.CODE ? 1 : 2;
            } else {
                part.append(template.charAt(at++));
            }
        }
        if (filled != fills.length) {
            throw new IllegalArgumentException("too many fills: " + template);
        }
        add(parts, kind, part);
        return new Words(parts);
    }

    private static void add(List<Part> parts, Kind kind, StringBuilder part) {
        if (part.length() > 0) {
            parts.add(new Part(kind, part.toString()));
            part.setLength(0);
        }
    }

    /** A plain text. */
    static Words plain(String text) {
        return new Words(List.of(new Part(Kind.PLAIN, text)));
    }

    /** A name or a command. */
    static Words code(String text) {
        return new Words(List.of(new Part(Kind.CODE, text)));
    }

    /** Without any marks. */
    String text() {
        return parts.stream().map(Part::text).collect(Collectors.joining());
    }
}
