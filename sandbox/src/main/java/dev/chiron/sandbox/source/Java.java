package dev.chiron.sandbox.source;

import dev.chiron.optimizers.space.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.treesitter.TSLanguage;
import org.treesitter.TSNode;
import org.treesitter.TreeSitterJava;

/** Java's {@code static final} fields, in any class of the file. */
final class Java implements Language {
    private static final String DECLARATORS = """
            (field_declaration declarator: (variable_declarator) @declarator)
            (constant_declaration declarator: (variable_declarator) @declarator)
            (local_variable_declaration declarator: (variable_declarator) @declarator)
            """;

    @Override
    public TSLanguage grammar() {
        return new TreeSitterJava();
    }

    @Override
    public String comments() {
        return "(line_comment) @comment (block_comment) @comment";
    }

    @Override
    public String texts() {
        return "(string_literal) @text";
    }

    @Override
    public List<Binding> bindings(SyntaxTree tree) {
        List<Binding> bindings = new ArrayList<>();
        for (TSNode declarator : tree.find(DECLARATORS)) {
            TSNode name = declarator.getChildByFieldName("name");
            if (Binding.isConstantName(tree.text(name))) {
                bindings.add(binding(tree, declarator, tree.text(name), SyntaxTree.line(name)));
            }
        }
        return bindings;
    }

    private static Binding binding(SyntaxTree tree, TSNode declarator, String name, int line) {
        TSNode declaration = declarator.getParent();
        Optional<String> obstacle = obstacle(tree, declarator, declaration);
        Optional<Kind> kind = kind(tree.text(declaration.getChildByFieldName("type")));
        if (obstacle.isPresent()) {
            return new Binding(name, line, obstacle.get(), true, Optional.empty());
        }
        if (kind.isEmpty() || SyntaxTree.exists(declarator.getChildByFieldName("dimensions"))) {
            return new Binding(
                    name, line, "is not an int, long, float, double, boolean or String", true, Optional.empty());
        }
        try {
            Literal literal = new JavaLiterals(tree).read(declarator.getChildByFieldName("value"), kind.get());
            return new Binding(name, line, "is set", true, Optional.of(literal));
        } catch (NotALiteral e) {
            return new Binding(
                    name, line, "is set to something that is not a literal: " + e.why(), true, Optional.empty());
        }
    }

    private static Optional<String> obstacle(SyntaxTree tree, TSNode declarator, TSNode declaration) {
        if (declaration.getType().equals("local_variable_declaration")) {
            return Optional.of("is set inside a method");
        }
        if (declaration.getType().equals("field_declaration")) {
            List<String> modifiers = modifiers(tree, declaration);
            if (!modifiers.contains("static")) {
                return Optional.of("is a field that is not static");
            }
            if (!modifiers.contains("final")) {
                return Optional.of("is a field that is not final, so the program may change it");
            }
        }
        return SyntaxTree.exists(declarator.getChildByFieldName("value"))
                ? Optional.empty()
                : Optional.of("is declared without a value");
    }

    private static List<String> modifiers(SyntaxTree tree, TSNode declaration) {
        TSNode first = declaration.getChild(0);
        if (!first.getType().equals("modifiers")) {
            return List.of();
        }
        List<String> words = new ArrayList<>();
        for (int i = 0; i < first.getChildCount(); i++) {
            words.add(tree.text(first.getChild(i)));
        }
        return words;
    }

    private static Optional<Kind> kind(String type) {
        return switch (type) {
            case "int" -> Optional.of(Kind.INT);
            case "long" -> Optional.of(Kind.LONG);
            case "float" -> Optional.of(Kind.FLOAT);
            case "double" -> Optional.of(Kind.DOUBLE);
            case "boolean" -> Optional.of(Kind.FLAG);
            case "String", "java.lang.String" -> Optional.of(Kind.TEXT);
            default -> Optional.empty();
        };
    }

    @Override
    public String write(Literal old, Value value) {
        return JavaLiterals.write(old, value);
    }
}
