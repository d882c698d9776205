package dev.chiron.sandbox.source;

import java.util.Locale;

/** Python's string literals. */
final class PythonText {
    private static final int OCTAL_DIGITS = 3;

    private final String body;
    private final StringBuilder text = new StringBuilder();
    private int at;

    private PythonText(String body) {
        this.body = body;
    }

    /**
     * The text of a literal with its prefix and quotes.
     *
     * @throws NotALiteral for bytes, f-strings and half characters
     */
    static String read(String literal) {
        String prefix = prefix(literal);
        if (prefix.contains("f") || prefix.contains("t")) {
            throw new NotALiteral("a formatted string");
        }
        if (prefix.contains("b")) {
            throw new NotALiteral("bytes");
        }
        int quotes = quote(literal).length();
        String body = literal.substring(prefix.length() + quotes, literal.length() - quotes)
                .replace("\r\n", "\n")
                .replace('\r', '\n'); // as Python reads line ends
        return prefix.contains("r") ? body : new PythonText(body).unescaped();
    }

    /** A literal in the style of an old one; in ASCII, so that the file's encoding does not matter. */
    static String write(String old, String text) {
        String quote = quote(old);
        String prefix = old.substring(0, prefix(old).length());
        if (prefix.toLowerCase(Locale.ROOT).contains("r")) {
            boolean raw = text.chars().allMatch(c -> c >= ' ' && c <= '~' && c != quote.charAt(0));
            if (raw && !text.endsWith("\\")) {
                return prefix + quote + text + quote;
            }
            prefix = "";
        }
        StringBuilder out = new StringBuilder(prefix).append(quote);
        text.codePoints().forEach(c -> out.append(escaped(c, quote.charAt(0))));
        return out.append(quote).toString();
    }

    private static String escaped(int c, char quote) {
        if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
            throw new IllegalArgumentException(
                    "half a character (an unpaired surrogate) cannot be written into a source");
        }
        if (c == quote || c == '\\') {
            return "\\" + (char) c;
        }
        if (c >= ' ' && c <= '~') {
            return String.valueOf((char) c);
        }
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> String.format(Locale.ROOT, c <= 0xff ? "\\x%02x" : c <= 0xffff ? "\\u%04x" : "\\U%08x", c);
        };
    }

    private static String prefix(String literal) {
        int end = 0;
        while (literal.charAt(end) != '"' && literal.charAt(end) != '\'') {
            end++;
        }
        return literal.substring(0, end).toLowerCase(Locale.ROOT);
    }

    private static String quote(String literal) {
        String rest = literal.substring(prefix(literal).length());
        String one = rest.substring(0, 1);
        return rest.length() >= 6 && rest.startsWith(one.repeat(3)) ? one.repeat(3) : one;
    }

    private String unescaped() {
        while (at < body.length()) {
            char c = body.charAt(at++);
            if (c == '\\' && at < body.length()) {
                escape(body.charAt(at++));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private void escape(char c) {
        switch (c) {
            case '\n' -> {} // a line continued
            case '\\', '\'', '"' -> text.append(c);
            case 'a' -> text.append('\u0007');
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 't' -> text.append('\t');
            case 'v' -> text.append('\u000b');
            case 'x' -> codePoint(2);
            case 'u' -> codePoint(4);
            case 'U' -> codePoint(8);
            case 'N' -> throw new NotALiteral("a string with a named character");
            case '0', '1', '2', '3', '4', '5', '6', '7' -> octal();
            default -> text.append('\\').append(c); // Python keeps what it does not know
        }
    }

    private void codePoint(int digits) {
        try {
            int code = Integer.parseInt(body.substring(at, at + digits), 16);
            if (!Character.isValidCodePoint(code)
                    || (code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE)) {
                throw new NotALiteral("a string with half a character");
            }
            text.appendCodePoint(code);
            at += digits;
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new NotALiteral("a string with a broken escape");
        }
    }

    private void octal() {
        int start = at - 1;
        while (at < body.length() && at - start < OCTAL_DIGITS && body.charAt(at) >= '0' && body.charAt(at) <= '7') {
            at++;
        }
        text.append((char) Integer.parseInt(body.substring(start, at), 8));
    }
}
