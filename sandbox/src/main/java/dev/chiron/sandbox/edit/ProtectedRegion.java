package dev.chiron.sandbox.edit;

import dev.chiron.sandbox.source.SyntaxTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.treesitter.TSNode;
import org.treesitter.TSPoint;

/**
 * Lines that no edit may touch, with the marks around them.
 *
 * @param text from the opening mark's line to the closing one's, without the end of that
 * @param around what it stands in, such as "function_definition train", outermost first; empty where the language is not known
 * @param line of the opening mark, from 1
 */
record ProtectedRegion(String text, List<String> around, int line) {

    private static final Pattern MARK =
            Pattern.compile("(.*?)(?:#|//)\\s*chiron\\s*:\\s*(\\w*).*", Pattern.CASE_INSENSITIVE);
    private static final Set<String> PLAIN = Set.of(
            "module", "program", "block", "class_body", "decorated_definition", "expression_statement", "comment");

    /**
     * The regions of a text, in order. In Python and Java a mark is a comment; in other files it is any line that begins with one.
     *
     * @throws IllegalArgumentException with file and line for a region that is not closed, closed twice or inside another, for a mark that
     *     does not stand alone on its line, and for a comment that begins like a mark and is none
     */
    static List<ProtectedRegion> in(ParsedScript script) {
        List<ProtectedRegion> regions = new ArrayList<>();
        Optional<Mark> open = Optional.empty();
        for (Mark mark : marks(script)) {
            if (mark.opens() == open.isPresent()) {
                throw new IllegalArgumentException(script.fileName() + ":" + mark.line()
                        + (mark.opens()
                                ? ": a protected region begins inside another"
                                : ": no protected region ends here")
                        + "; each \"chiron: protected\" needs one \"chiron: end\" after it");
            }
            if (open.isPresent()) {
                regions.add(region(script, open.get().line(), mark.line()));
            }
            open = mark.opens() ? Optional.of(mark) : Optional.empty();
        }
        open.ifPresent(mark -> {
            throw new IllegalArgumentException(script.fileName() + ":" + mark.line()
                    + ": the protected region is not closed; put a comment \"chiron: end\" after it");
        });
        return regions;
    }

    /** What an edit did to regions, in a line that its author can act on; empty if nothing. */
    static Optional<String> difference(List<ProtectedRegion> before, List<ProtectedRegion> after) {
        if (before.size() != after.size()) {
            return Optional.of(
                    "the script has " + before.size() + " protected regions and the edited one " + after.size()
                            + "; leave them, and the comments \"chiron: protected\" and \"chiron: end\", as they are");
        }
        for (int i = 0; i < before.size(); i++) {
            ProtectedRegion was = before.get(i);
            ProtectedRegion is = after.get(i);
            if (!was.text.equals(is.text)) {
                return Optional.of(
                        "the edit changes the protected region that begins in line " + was.line + changedLine(was, is)
                                + "; leave what is between \"chiron: protected\" and \"chiron: end\" as it is, in its order");
            }
            if (!was.around.equals(is.around)) {
                return Optional.of("the edit moves the protected region of line " + was.line
                        + " into something else; leave it where it is");
            }
        }
        return Optional.empty();
    }

    private static String changedLine(ProtectedRegion was, ProtectedRegion is) {
        List<String> before = was.text.lines().toList();
        List<String> after = is.text.lines().toList();
        int same = 0;
        while (same < Math.min(before.size(), after.size()) && before.get(same).equals(after.get(same))) {
            same++;
        }
        return same < before.size() ? " (first " + Quoted.line(before.get(same)) + ")" : "";
    }

    private record Mark(boolean opens, int line) {}

    private static List<Mark> marks(ParsedScript script) {
        List<Mark> marks = new ArrayList<>();
        for (int line : candidates(script)) {
            Matcher mark = MARK.matcher(script.text().lines().get(line - 1));
            if (mark.matches()) {
                String place = script.fileName() + ":" + line;
                String word = mark.group(2).toLowerCase(Locale.ROOT);
                if (!mark.group(1).isBlank()) {
                    throw new IllegalArgumentException(
                            place + ": the comment \"chiron: " + word + "\" must stand on a line of its own");
                }
                if (!word.equals("protected") && !word.equals("end")) {
                    throw new IllegalArgumentException(place + ": \"chiron: " + word
                            + "\" means nothing; \"chiron: protected\" and \"chiron: end\" are known");
                }
                marks.add(new Mark(word.equals("protected"), line));
            }
        }
        return marks;
    }

    /** The lines that a mark may be on. */
    private static List<Integer> candidates(ParsedScript script) {
        List<Integer> candidates = new ArrayList<>();
        List<String> lines = script.text().lines();
        for (int i = 0; i < lines.size(); i++) {
            Matcher mark = MARK.matcher(lines.get(i));
            if (mark.matches() && isComment(script, i, mark)) {
                candidates.add(i + 1);
            }
        }
        return candidates;
    }

    /** Not in a text, and not inside another comment. */
    private static boolean isComment(ParsedScript script, int row, Matcher mark) {
        if (script.tree().isEmpty()) {
            return mark.group(1).isBlank();
        }
        int column = mark.group(1).getBytes(StandardCharsets.UTF_8).length;
        TSPoint start = new TSPoint(row, column);
        TSNode node = script.tree().get().root().getNamedDescendantForPointRange(start, start);
        return (node.getType().equals("comment") || node.getType().equals("line_comment"))
                && node.getStartPoint().getRow() == row
                && node.getStartPoint().getColumn() == column;
    }

    private static ProtectedRegion region(ParsedScript script, int first, int last) {
        StringBuilder text = new StringBuilder();
        for (int i = first - 1; i < last; i++) {
            text.append(script.text().lines().get(i))
                    .append(i == last - 1 ? "" : script.text().ends().get(i));
        }
        List<String> around = script.tree()
                .map(tree -> around(tree, script.text(), first, last))
                .orElse(List.of());
        return new ProtectedRegion(text.toString(), around, first);
    }

    /** The things that begin before the region and hold its first code; where a comment belongs depends on what comes after it. */
    private static List<String> around(SyntaxTree tree, ScriptText script, int first, int last) {
        List<String> around = new ArrayList<>();
        for (int row = first; row < last; row++) {
            String line = script.lines().get(row);
            String code = line.strip();
            if (!code.isEmpty() && !code.startsWith("#") && !code.startsWith("//")) {
                TSPoint start =
                        new TSPoint(row, line.length() - line.stripLeading().length());
                TSNode node = tree.root().getNamedDescendantForPointRange(start, start);
                for (; SyntaxTree.exists(node); node = node.getParent()) {
                    if (SyntaxTree.line(node) < first && !PLAIN.contains(node.getType())) {
                        around.add(0, described(tree, node));
                    }
                }
                return around;
            }
        }
        return around;
    }

    private static String described(SyntaxTree tree, TSNode node) {
        TSNode name = node.getChildByFieldName("name");
        return SyntaxTree.exists(name) ? node.getType() + " " + tree.text(name) : node.getType();
    }
}
