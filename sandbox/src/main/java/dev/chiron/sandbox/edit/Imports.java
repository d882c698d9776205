package dev.chiron.sandbox.edit;

import dev.chiron.sandbox.source.SyntaxTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.treesitter.TSNode;

/** What a script imports that its language does not bring: Python's top-level modules, Java's packages. */
final class Imports {

    private static final String PYTHON = """
            (import_statement name: (dotted_name) @module)
            (import_statement name: (aliased_import name: (dotted_name) @module))
            (import_from_statement module_name: (dotted_name) @module)
            """;
    private static final Set<String> BY_NAME = Set.of("__import__", "import_module");
    private static final Pattern TEXT = Pattern.compile("[rRuU]?(['\"]{3}|['\"])([\\w.]+)\\1");
    private static final Pattern JDK = Pattern.compile("(?:java|javax|jdk)\\..*");
    private static final String COMPUTED = "a module whose name is computed";

    private Imports() {}

    /** The names, in the script's order; none for a script in another language, or that does not parse. */
    static Set<String> of(ParsedScript script) {
        return script.tree()
                .map(tree -> script.fileName().endsWith(".py") ? python(tree) : java(tree))
                .orElseGet(LinkedHashSet::new);
    }

    private static Set<String> python(SyntaxTree tree) {
        Set<String> modules = new LinkedHashSet<>();
        for (TSNode module : tree.find(PYTHON)) {
            modules.add(topLevel(tree.text(module)));
        }
        if (BY_NAME.stream().anyMatch(tree.text(tree.root())::contains)) {
            modules.addAll(called(tree));
        }
        modules.removeAll(standardLibrary());
        return modules;
    }

    private static Set<String> called(SyntaxTree tree) {
        Set<String> modules = new LinkedHashSet<>();
        for (TSNode call : tree.find("(call) @call")) {
            String function = tree.text(call.getChildByFieldName("function"));
            if (BY_NAME.contains(function.substring(function.lastIndexOf('.') + 1))) {
                TSNode argument = call.getChildByFieldName("arguments").getNamedChild(0);
                Matcher text = TEXT.matcher(SyntaxTree.exists(argument) ? tree.text(argument) : "");
                modules.add(text.matches() ? topLevel(text.group(2)) : COMPUTED);
            }
        }
        return modules;
    }

    private static String topLevel(String module) {
        return List.of(module.split("\\.", -1)).get(0).strip();
    }

    private static Set<String> java(SyntaxTree tree) {
        Set<String> packages = new LinkedHashSet<>();
        for (TSNode node : tree.find("(import_declaration [(identifier) (scoped_identifier)] @name)")) {
            String name = Comments.removed(".java", tree.text(node)).replaceAll("\\s", "");
            if (!JDK.matcher(name).matches()) {
                packages.add(packageOf(name));
            }
        }
        return packages;
    }

    /** The parts before the first that is written like a class. */
    private static String packageOf(String name) {
        StringBuilder found = new StringBuilder();
        for (String part : name.split("\\.", -1)) {
            if (!part.isEmpty() && Character.isUpperCase(part.charAt(0))) {
                break;
            }
            found.append(found.isEmpty() ? "" : ".").append(part);
        }
        return found.isEmpty() ? name : found.toString();
    }

    private static Set<String> standardLibrary() {
        try (InputStream list = Objects.requireNonNull(Imports.class.getResourceAsStream("python-modules.txt"))) {
            Set<String> modules = new LinkedHashSet<>();
            new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(modules::add);
            return modules;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
