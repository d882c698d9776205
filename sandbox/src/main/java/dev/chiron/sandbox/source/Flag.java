package dev.chiron.sandbox.source;

import dev.chiron.optimizers.space.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.treesitter.TSNode;

/**
 * A flag that a Python script takes from its command line by argparse, with a literal as its default.
 *
 * @param flag as it is given, such as {@code --batch-size}
 * @param constant its default, under its name as constants are written: {@code BATCH_SIZE}
 * @param options what it may be; empty if anything of its kind
 */
public record Flag(String flag, Constant constant, List<Value> options) {

    private static final String CALLS = "(call function: (attribute) arguments: (argument_list)) @call";
    private static final String ADD = ".add_argument";

    /** Copies the list. */
    public Flag {
        options = List.copyOf(options);
    }

    /**
     * What a script's calls of add_argument come to.
     *
     * @param flags what takes one value and has a literal for it, in the script's order, each name once
     * @param others the flags that a run could not be given another value of, by their names on the command line
     */
    public record Found(List<Flag> flags, List<Unsettable> others) {

        /** Copies the lists. */
        public Found {
            flags = List.copyOf(flags);
            others = List.copyOf(others);
        }
    }

    /** Those of a script; none for one in another language than Python. */
    public static Found of(String fileName, String text) {
        Map<String, Flag> flags = new LinkedHashMap<>();
        Map<String, Unsettable> others = new LinkedHashMap<>();
        if (fileName.endsWith(".py")) {
            try (SyntaxTree tree = SyntaxTree.of(fileName, text).orElseThrow()) {
                for (TSNode call : tree.find(CALLS)) {
                    if (tree.text(call.getChildByFieldName("function")).endsWith(ADD)) {
                        Call.read(tree, call.getChildByFieldName("arguments")).sort(flags, others);
                    }
                }
            }
        }
        return new Found(List.copyOf(flags.values()), List.copyOf(others.values()));
    }

    /** A call of add_argument: the texts that it is given, and what it is given by name. */
    private record Call(SyntaxTree tree, TSNode arguments, List<String> names, Map<String, TSNode> keywords) {

        static Call read(SyntaxTree tree, TSNode arguments) {
            List<String> names = new ArrayList<>();
            Map<String, TSNode> keywords = new LinkedHashMap<>();
            for (int i = 0; i < arguments.getNamedChildCount(); i++) {
                TSNode argument = arguments.getNamedChild(i);
                if (argument.getType().equals("keyword_argument")) {
                    keywords.put(
                            tree.text(argument.getChildByFieldName("name")), argument.getChildByFieldName("value"));
                } else if (argument.getType().equals("string")) {
                    names.add(PythonText.read(tree.text(argument)));
                }
            }
            return new Call(tree, arguments, names, keywords);
        }

        /** Puts the flag that it adds among those that can be given a value or among the others; an argument without dashes is neither. */
        void sort(Map<String, Flag> flags, Map<String, Unsettable> others) {
            Optional<String> name = names.stream()
                    .filter(one -> one.matches("--[A-Za-z][A-Za-z0-9_-]*"))
                    .findFirst();
            if (name.isEmpty() || given("action").matches("\"(help|version)\"|'(help|version)'")) {
                return;
            }
            if (keywords.containsKey("default")
                    && keywords.get("default").getType().equals("identifier")) {
                return; // a constant's, which is found as one
            }
            String flag = name.get();
            try {
                if (!flags.containsKey(constantName(flag)) && !others.containsKey(flag)) {
                    flags.put(constantName(flag), flag(flag));
                }
            } catch (NotALiteral e) {
                others.put(flag, new Unsettable(flag, SyntaxTree.line(arguments), e.why()));
            }
        }

        private Flag flag(String flag) {
            if (keywords.containsKey("action")) {
                throw new NotALiteral("takes no value");
            }
            if (keywords.containsKey("nargs")) {
                throw new NotALiteral("takes several values");
            }
            TSNode initial = keywords.get("default");
            if (initial == null || tree.text(initial).equals("None")) {
                throw new NotALiteral("has no default");
            }
            PythonLiterals literals = new PythonLiterals(tree);
            Literal literal = literal(literals, initial);
            if (literal.value() instanceof Value.Flag && given("type").matches("|bool|str")) {
                throw new NotALiteral("is true for argparse whatever text it is given, false as well");
            }
            Constant constant =
                    new Constant(constantName(flag), literal.value(), literal.text(), SyntaxTree.line(arguments));
            return new Flag(flag, constant, options(literals));
        }

        private Literal literal(PythonLiterals literals, TSNode initial) {
            try {
                return literals.read(initial, given("type").equals("float"));
            } catch (NotALiteral e) {
                throw new NotALiteral("has a default that is worked out: " + e.why());
            }
        }

        private static String constantName(String flag) {
            return flag.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
        }

        private String given(String keyword) {
            return keywords.containsKey(keyword) ? tree.text(keywords.get(keyword)) : "";
        }

        private List<Value> options(PythonLiterals literals) {
            List<Value> options = new ArrayList<>();
            if (keywords.containsKey("choices")) {
                TSNode list = keywords.get("choices");
                for (int i = 0; i < list.getNamedChildCount(); i++) {
                    options.add(literals.read(list.getNamedChild(i), false).value());
                }
            }
            return options;
        }
    }
}
