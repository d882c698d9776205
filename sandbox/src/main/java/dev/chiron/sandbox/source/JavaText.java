package dev.chiron.sandbox.source;

import java.util.Locale;

/** Java's string literals and text blocks. */
final class JavaText {
    private static final String BLOCK = "\"\"\"";
    private static final int HEX_DIGITS = 4;

    private JavaText() {}

    /**
     * The text of a literal with its quotes.
     *
     * @throws NotALiteral when a Unicode escape stands for a quote, a backslash or a line end
     */
    static String read(String literal) {
        String plain = withoutUnicodeEscapes(literal);
        try {
            if (plain.startsWith(BLOCK) && plain.length() >= 2 * BLOCK.length()) {
                String lines = plain.replace("\r\n", "\n").replace('\r', '\n');
                int start = lines.indexOf('\n') + 1;
                return lines.substring(start, lines.length() - BLOCK.length())
                        .stripIndent()
                        .translateEscapes();
            }
            return plain.substring(1, plain.length() - 1).translateEscapes();
        } catch (IllegalArgumentException e) {
            throw new NotALiteral("a string with a broken escape");
        }
    }

    /** A literal in ASCII, so that the compiler's encoding does not matter. */
    static String write(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            out.append(escaped(text.charAt(i)));
        }
        if (!text.codePoints().allMatch(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)) {
            throw new IllegalArgumentException(
                    "half a character (an unpaired surrogate) cannot be written into a source");
        }
        return out.append('"').toString();
    }

    private static String escaped(char c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> {
                if (c >= ' ' && c <= '~') {
                    yield String.valueOf(c);
                }
                yield String.format(Locale.ROOT, c < ' ' ? "\\%03o" : "\\u%04x", (int) c);
            }
        };
    }

    /** Java reads these before anything else; only a backslash after an even number of backslashes begins one. */
    private static String withoutUnicodeEscapes(String literal) {
        StringBuilder out = new StringBuilder();
        int backslashes = 0;
        for (int i = 0; i < literal.length(); i++) {
            char c = literal.charAt(i);
            if (c == 'u' && backslashes % 2 == 1) {
                while (literal.charAt(i) == 'u') {
                    i++;
                }
                char code = (char) Integer.parseInt(literal.substring(i, i + HEX_DIGITS), 16);
                if (code == '"' || code == '\\' || code == '\n' || code == '\r') {
                    throw new NotALiteral("a string with a Unicode escape for a special character");
                }
                out.setLength(out.length() - 1);
                out.append(code);
                i += HEX_DIGITS - 1;
                backslashes = 0;
            } else {
                backslashes = c == '\\' ? backslashes + 1 : 0;
                out.append(c);
            }
        }
        return out.toString();
    }
}
