package dev.chiron.sandbox.edit;

import dev.chiron.sandbox.source.SyntaxTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.treesitter.TSNode;

/**
 * A function, method, class or other type as it stands in a text; not one inside a function's body.
 *
 * @param type whether it is a class or another type
 * @param member whether it is inside a class, or written to be
 * @param parameters the types of its parameters where the language tells overloads by them, or nothing
 * @param start of its first byte in UTF-8, decorators and modifiers included
 * @param end after its last byte
 * @param line of its start, from 1
 */
record Definition(String name, boolean type, boolean member, String parameters, int start, int end, int line) {

    private static final String PYTHON = "(function_definition) @it (class_definition) @it";
    private static final String JAVA =
            "(method_declaration) @it (constructor_declaration) @it (compact_constructor_declaration) @it"
                    + " (class_declaration) @it (record_declaration) @it (enum_declaration) @it (interface_declaration) @it"
                    + " (annotation_type_declaration) @it";
    private static final Set<String> TYPES = Set.of(
            "class_definition",
            "class_declaration",
            "record_declaration",
            "enum_declaration",
            "interface_declaration",
            "annotation_type_declaration");
    private static final Set<String> BODIES = Set.of(
            "function_definition",
            "method_declaration",
            "constructor_declaration",
            "compact_constructor_declaration",
            "lambda_expression",
            "static_initializer",
            "object_creation_expression");
    private static final Set<String> SELF = Set.of("self", "cls");

    /** The definitions of a Python source, in order. */
    static List<Definition> python(SyntaxTree tree) {
        return all(tree, PYTHON);
    }

    /** The definitions of a Java source, in order. */
    static List<Definition> java(SyntaxTree tree) {
        return all(tree, JAVA);
    }

    private static List<Definition> all(SyntaxTree tree, String query) {
        List<Definition> all = new ArrayList<>();
        for (TSNode node : tree.find(query)) {
            of(tree, node).ifPresent(all::add);
        }
        return all;
    }

    private static Optional<Definition> of(SyntaxTree tree, TSNode node) {
        boolean member = false;
        for (TSNode up = node.getParent(); SyntaxTree.exists(up); up = up.getParent()) {
            if (BODIES.contains(up.getType())) {
                return Optional.empty();
            }
            member |= TYPES.contains(up.getType());
        }
        TSNode parent = node.getParent();
        TSNode whole = parent.getType().equals("decorated_definition") ? parent : node;
        return Optional.of(new Definition(
                tree.text(node.getChildByFieldName("name")),
                TYPES.contains(node.getType()),
                member || takesSelf(tree, node),
                parameters(tree, node),
                whole.getStartByte(),
                whole.getEndByte(),
                SyntaxTree.line(whole)));
    }

    private static boolean takesSelf(SyntaxTree tree, TSNode node) {
        TSNode parameters = node.getChildByFieldName("parameters");
        return node.getType().equals("function_definition")
                && parameters.getNamedChildCount() > 0
                && SELF.contains(tree.text(parameters.getNamedChild(0)));
    }

    /** Java's overloads differ in the types of their parameters; Python has none. */
    private static String parameters(SyntaxTree tree, TSNode node) {
        TSNode parameters = node.getChildByFieldName("parameters");
        if (node.getType().equals("function_definition") || !SyntaxTree.exists(parameters)) {
            return "";
        }
        List<TSNode> each = new ArrayList<>();
        for (int i = 0; i < parameters.getNamedChildCount(); i++) {
            each.add(parameters.getNamedChild(i));
        }
        return each.stream()
                .filter(child -> child.getType().endsWith("_parameter"))
                .map(child -> withoutName(tree, child))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String withoutName(SyntaxTree tree, TSNode parameter) {
        TSNode type = parameter.getChildByFieldName("type");
        return SyntaxTree.exists(type)
                ? tree.text(type).replaceAll("\\s", "")
                : tree.text(parameter.getNamedChild(0)).replaceAll("\\s", "") + "…";
    }
}
