package dev.chiron.prompts.describe;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides what could be a key in a program's text, whatever its language: what looks like one, and the texts of a statement
 * after a name such as {@code API_KEY} or {@code "password"}. Hides a harmless text rather than showing a key. Takes time
 * in proportion to the text.
 */
public final class Redaction {

    private static final String HIDDEN = "(hidden)";
    private static final int LONGEST_NAME = 60;

    private static final Pattern NAME =
            Pattern.compile("(?i:secret|passw|passphrase|pwd|credential|token(?!iz)|auth(?!or))|(?i:keys?)(?![a-z])");

    /**
     * Groups are possessive: others would need a stack as deep as the text is long. A text that is never closed ends with
     * its line, so that it is not looked for again from each quote in it.
     */
    private static final Pattern TOKEN = Pattern.compile("(?<quoted>\"\"\"[\\s\\S]*?\"\"\"|'''[\\s\\S]*?'''"
            + "|\"[^\"\\\\\\n]*+(?:\\\\[\\s\\S][^\"\\\\\\n]*+)*+(?:\"|\\\\?(?=\\n|\\z))"
            + "|'[^'\\\\\\n]*+(?:\\\\[\\s\\S][^'\\\\\\n]*+)*+(?:'|\\\\?(?=\\n|\\z)))"
            + "|(?<comment>(?:#|//)[^\\n]*+)|(?<name>[A-Za-z_][\\w-]*+)|(?<done>;|\\)\\s*+\\{)"
            + "|(?<open>[(\\[{])|(?<close>[)\\]}])|(?<more>[=:+\\\\][ \\t\\r]*+\\n)|(?<part>[,\\n])");

    /** A name and its value in a comment, a longer text or a URL; what a program fills in itself is none. */
    private static final Pattern PROSE =
            Pattern.compile("((?i:key|secret|passw(?:or)?d|passphrase|pwd|credential|token)"
                    + "s?[\"']?\\s*[:=]\\s*[\"']?)(?!\\(hidden\\))[^\\s\"'{%(\\[,;&\\\\]+");

    private static final Pattern COUNT = Pattern.compile("^(?i:tokens?)\\W*+[0-9][0-9._]*+[kKmMbBtT]?$");

    private static final Pattern LOOK = Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?"
            + "(?:-----END [A-Z ]*PRIVATE KEY-----|\\z)"
            + "|\\b(?:sk-|AIza|gsk_|xai-|gh[opsu]_|github_pat_|glpat-|xox[abp]-)[A-Za-z0-9_\\-]{8,}"
            + "|\\bhf_[A-Za-z0-9]{16,}|\\bAKIA[A-Z0-9]{12,}|\\beyJ[A-Za-z0-9_\\-]{8,}\\.[A-Za-z0-9_.\\-]+"
            + "|(?i:\\bBearer)\\s+[A-Za-z0-9_.\\-]{8,}|(?<=://)[^/\\s@:\"']{0,100}:[^/\\s@\"']{1,200}(?=@)");

    private final StringBuilder shown = new StringBuilder();
    private int depth;
    private int depthOfName;
    private boolean named;
    private boolean valued;

    private Redaction() {}

    /** The text with {@code (hidden)} in place of what could be a key. */
    public static String of(String text) {
        return new Redaction().hide(LOOK.matcher(text).replaceAll(HIDDEN));
    }

    /** The same of plain words, in which quotes are apostrophes. How many tokens there are is no key. */
    public static String ofProse(String text) {
        return PROSE.matcher(LOOK.matcher(text).replaceAll(HIDDEN))
                .replaceAll(found -> Matcher.quoteReplacement(
                        COUNT.matcher(found.group()).find() ? found.group() : found.group(1) + HIDDEN));
    }

    private String hide(String text) {
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            String found = token.group();
            token.appendReplacement(shown, "");
            if (token.group("quoted") != null) {
                quoted(found);
            } else {
                shown.append(token.group("comment") == null ? found : prose(found));
                follow(token);
            }
        }
        return token.appendTail(shown).toString();
    }

    private void quoted(String found) {
        int quotes = found.matches("(?s)(\"\"\"|''').*\\1") ? 3 : 1;
        String quote = found.substring(0, quotes);
        String closing = found.length() > quotes && found.endsWith(quote) ? quote : "";
        String inside = found.substring(quotes, found.length() - closing.length());
        shown.append(quote)
                .append(named && !inside.isEmpty() ? HIDDEN : prose(inside))
                .append(closing);
        name(inside);
    }

    /** What a name is given may stand on further lines: inside brackets, and after a sign that asks for more. */
    private void follow(Matcher token) {
        if (token.group("name") != null) {
            name(token.group());
        } else if (token.group("open") != null) {
            depth++;
        } else if (token.group("close") != null) {
            depth--;
        } else if (token.group("done") != null) {
            named = false;
        } else if (token.group("part") != null) {
            boolean over = depth == 0 ? token.group().equals("\n") : valued && depth <= depthOfName;
            named = named && !over;
        }
    }

    private void name(String word) {
        valued = valued || named;
        if (!named
                && word.length() <= LONGEST_NAME
                && word.matches("[\\w.-]+")
                && NAME.matcher(word).find()) {
            named = true;
            valued = false;
            depthOfName = depth;
        }
    }

    private static String prose(String text) {
        return PROSE.matcher(text).replaceAll("$1" + HIDDEN);
    }
}
