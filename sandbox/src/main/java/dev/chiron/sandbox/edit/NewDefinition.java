package dev.chiron.sandbox.edit;

import dev.chiron.sandbox.source.SyntaxTree;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.treesitter.TSNode;

/**
 * A definition as an author wrote it down.
 *
 * @param indentation of its first line, as it was written
 * @param lines of it, without the first line's indentation
 * @param fixed the indices of lines to which no indentation may be added
 */
record NewDefinition(Definition what, String indentation, List<String> lines, Set<Integer> fixed) {

    private static final String WRAPPER = "class Reply {\n";

    /**
     * The definitions of a text, in order. Comments outside of them are left out.
     *
     * @param number of the text, for messages
     * @throws Refused for a text that holds anything else, or does not parse
     */
    static List<NewDefinition> in(String fileName, String text, int number) {
        String code = text.replace("\r\n", "\n");
        return fileName.endsWith(".py") ? python(fileName, code, number) : java(fileName, code, number);
    }

    /** The lines as they are written where the first line's indentation is this. */
    List<String> indented(String wanted) {
        List<String> indented = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            indented.add(i == 0 || fixed.contains(i) ? lines.get(i) : wanted + lines.get(i));
        }
        return indented;
    }

    private static List<NewDefinition> python(String fileName, String code, int number) {
        String indentation = indentation(code);
        List<String> lines = new ArrayList<>(List.of(code.split("\n", -1)));
        Set<Integer> untouched = new LinkedHashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).startsWith(indentation)) {
                untouched.add(i);
            } else {
                lines.set(i, lines.get(i).substring(indentation.length()));
            }
        }
        try (SyntaxTree tree = parsed(fileName, String.join("\n", lines), number)) {
            if (indentation.isEmpty()) {
                untouched.addAll(blank(lines));
                untouched.addAll(insideTexts(tree));
            }
            return all(tree, tree.root(), Definition.python(tree), untouched, indentation, number);
        }
    }

    /** In a class of its own, for a method cannot stand outside of any. Indentation that it has is its author's business. */
    private static List<NewDefinition> java(String fileName, String code, int number) {
        String indentation = indentation(code);
        String wrapped = WRAPPER + code + "\n}\n";
        try (SyntaxTree tree = parsed(fileName, wrapped, number)) {
            if (tree.root().getNamedChildCount() > 1) {
                throw broken(number); // a brace too many, which ends the class around it
            }
            List<String> lines = List.of(wrapped.split("\n", -1));
            Set<Integer> untouched = new LinkedHashSet<>(blank(lines));
            untouched.addAll(insideTexts(tree));
            if (!indentation.isEmpty()) {
                for (int i = 0; i < lines.size(); i++) {
                    untouched.add(i);
                }
            }
            TSNode body = tree.root().getNamedChild(0).getChildByFieldName("body");
            return all(tree, body, Definition.java(tree), untouched, indentation, number);
        }
    }

    private static SyntaxTree parsed(String fileName, String code, int number) {
        try {
            return SyntaxTree.of(fileName, code).orElseThrow();
        } catch (IllegalArgumentException e) {
            throw broken(number);
        }
    }

    private static Refused broken(int number) {
        return new Refused("code block " + number
                + " does not parse as whole functions, methods or classes; write each of them from its"
                + " first line to its last, and nothing else");
    }

    private static String indentation(String code) {
        return code.lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .map(line ->
                        line.substring(0, line.length() - line.stripLeading().length()))
                .orElse("");
    }

    private static Set<Integer> blank(List<String> lines) {
        Set<Integer> blank = new LinkedHashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).isBlank()) {
                blank.add(i);
            }
        }
        return blank;
    }

    /** The lines on which a text of several lines goes on; in a docstring they may be indented. */
    private static Set<Integer> insideTexts(SyntaxTree tree) {
        Set<Integer> rows = new LinkedHashSet<>();
        for (TSNode text : tree.texts()) {
            boolean docstring = text.getParent().getType().equals("expression_statement");
            for (int row = text.getStartPoint().getRow() + 1;
                    !docstring && row <= text.getEndPoint().getRow();
                    row++) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static List<NewDefinition> all(
            SyntaxTree tree,
            TSNode parent,
            List<Definition> found,
            Set<Integer> untouched,
            String indentation,
            int number) {
        List<NewDefinition> all = new ArrayList<>();
        for (int i = 0; i < parent.getNamedChildCount(); i++) {
            TSNode child = parent.getNamedChild(i);
            if (!child.getType().contains("comment")) {
                Definition what = found.stream()
                        .filter(definition -> definition.start() == child.getStartByte())
                        .findFirst()
                        .orElseThrow(
                                () -> new Refused(
                                        "code block " + number + " holds "
                                                + Quoted.line(tree.text(child)
                                                        .lines()
                                                        .findFirst()
                                                        .orElse(""))
                                                + " outside of a definition; write whole functions, methods or classes and nothing else"));
                all.add(new NewDefinition(what, indentation, lines(tree.text(child)), within(what, untouched)));
            }
        }
        if (all.isEmpty()) {
            throw new Refused(
                    "code block " + number + " holds no definition; write whole functions, methods or classes");
        }
        return all;
    }

    private static List<String> lines(String text) {
        return List.of(text.split("\n", -1));
    }

    private static Set<Integer> within(Definition what, Set<Integer> rows) {
        Set<Integer> indices = new LinkedHashSet<>();
        rows.forEach(row -> indices.add(row - what.line() + 1));
        return indices;
    }
}
