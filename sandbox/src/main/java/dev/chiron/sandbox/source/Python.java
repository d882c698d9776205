package dev.chiron.sandbox.source;

import dev.chiron.optimizers.space.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.treesitter.TSLanguage;
import org.treesitter.TSNode;
import org.treesitter.TreeSitterPython;

/** Python's module-level constants. */
final class Python implements Language {
    private static final String TARGETS = """
            (assignment left: (_) @target)
            (augmented_assignment left: (_) @target)
            (named_expression name: (_) @target)
            (for_statement left: (_) @target)
            (as_pattern_target (_) @target)
            (delete_statement (_) @target)
            (aliased_import alias: (_) @target)
            (import_from_statement name: (dotted_name) @target)
            (function_definition name: (_) @target)
            (class_definition name: (_) @target)
            """;

    private static final Set<String> GROUPS =
            Set.of("pattern_list", "tuple_pattern", "list_pattern", "list_splat_pattern", "expression_list", "tuple");

    private static final int DEEPEST = 100;

    @Override
    public TSLanguage grammar() {
        return new TreeSitterPython();
    }

    @Override
    public String comments() {
        return "(comment) @comment";
    }

    @Override
    public String texts() {
        return "(string) @text";
    }

    @Override
    public List<Binding> bindings(SyntaxTree tree) {
        List<Binding> bindings = new ArrayList<>();
        for (TSNode target : tree.find(TARGETS)) {
            for (TSNode name : names(target, DEEPEST)) {
                if (Binding.isConstantName(tree.text(name))) {
                    binding(tree, target, name).ifPresent(bindings::add);
                }
            }
        }
        bindings.addAll(replaced(tree, bindings));
        return bindings;
    }

    /** What a later "from … import *" may bring in stands nowhere in this file, so every earlier constant may be replaced. */
    private static List<Binding> replaced(SyntaxTree tree, List<Binding> bindings) {
        List<Binding> replaced = new ArrayList<>();
        for (TSNode everything : tree.find("(import_from_statement (wildcard_import) @target)")) {
            int line = SyntaxTree.line(everything);
            bindings.stream()
                    .filter(binding -> binding.literal().isPresent() && binding.line() < line)
                    .map(binding -> new Binding(
                            binding.name(), line, "may be replaced by an import of everything", true, Optional.empty()))
                    .forEach(replaced::add);
        }
        return replaced;
    }

    private static List<TSNode> names(TSNode target, int deepest) {
        if (target.getType().equals("identifier") || target.getType().equals("dotted_name")) {
            return List.of(target);
        }
        List<TSNode> names = new ArrayList<>();
        if (deepest > 0 && GROUPS.contains(target.getType())) {
            for (int i = 0; i < target.getNamedChildCount(); i++) {
                names.addAll(names(target.getNamedChild(i), deepest - 1));
            }
        }
        return names;
    }

    private static Optional<Binding> binding(SyntaxTree tree, TSNode target, TSNode name) {
        TSNode statement = target.getParent();
        String type = statement.getType();
        String text = tree.text(name);
        int line = SyntaxTree.line(name);
        if (type.equals("assignment") && !SyntaxTree.exists(statement.getChildByFieldName("right"))) {
            return Optional.empty(); // an annotation alone sets nothing
        }
        Optional<String> nested = place(tree, statement);
        if (nested.isPresent() || !type.equals("assignment")) {
            boolean counts = !Set.of(
                            "aliased_import", "import_from_statement", "function_definition", "class_definition")
                    .contains(type);
            return Optional.of(new Binding(text, line, verb(type) + nested.orElse(""), counts, Optional.empty()));
        }
        if (!target.getType().equals("identifier")) {
            return Optional.of(
                    new Binding(text, line, "is set together with others in one assignment", true, Optional.empty()));
        }
        return Optional.of(assigned(tree, statement, text, line));
    }

    private static Binding assigned(SyntaxTree tree, TSNode assignment, String name, int line) {
        try {
            TSNode annotation = assignment.getChildByFieldName("type");
            boolean real =
                    SyntaxTree.exists(annotation) && tree.text(annotation).equals("float");
            Literal literal = new PythonLiterals(tree).read(assignment.getChildByFieldName("right"), real);
            return new Binding(name, line, "is set", true, Optional.of(literal));
        } catch (NotALiteral e) {
            return new Binding(
                    name, line, "is set to something that is not a literal: " + e.why(), true, Optional.empty());
        }
    }

    private static String verb(String type) {
        return switch (type) {
            case "augmented_assignment" -> "is changed in place";
            case "for_statement" -> "is a loop's variable";
            case "as_pattern_target" -> "is set by \"as\"";
            case "delete_statement" -> "is deleted";
            case "aliased_import", "import_from_statement" -> "is imported";
            case "function_definition", "class_definition" -> "is defined";
            default -> "is set";
        };
    }

    /** Where a statement stands, if not at the module's top level: " inside the function train". */
    private static Optional<String> place(SyntaxTree tree, TSNode statement) {
        String block = "";
        TSNode node = statement;
        for (int depth = 0; depth < DEEPEST; depth++) {
            node = node.getParent();
            if (!SyntaxTree.exists(node) || node.getType().equals("module")) {
                return block.isEmpty() ? Optional.empty() : Optional.of(block);
            }
            switch (node.getType()) {
                case "function_definition" -> {
                    return Optional.of(" inside the function " + tree.text(node.getChildByFieldName("name")));
                }
                case "class_definition" -> {
                    return Optional.of(" inside the class " + tree.text(node.getChildByFieldName("name")));
                }
                case "assignment" -> block = " together with another name";
                default -> block = block.isEmpty() ? within(node.getType()) : block;
            }
        }
        return Optional.of(" deep inside other statements");
    }

    private static String within(String type) {
        return switch (type) {
            case "if_statement",
                    "for_statement",
                    "while_statement",
                    "try_statement",
                    "with_statement",
                    "match_statement" -> " inside a block of \"" + type.replace("_statement", "") + "\"";
            case "import_statement", "import_from_statement", "decorated_definition" -> "";
            case "expression_statement",
                    "block",
                    "else_clause",
                    "elif_clause",
                    "except_clause",
                    "finally_clause",
                    "case_clause" -> "";
            default -> " inside an expression";
        };
    }

    @Override
    public String write(Literal old, Value value) {
        return PythonLiterals.write(old, value);
    }
}
