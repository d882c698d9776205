package dev.chiron.sandbox.source;

import dev.chiron.optimizers.space.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    /** Those of a script, in its order; none for one in another language than Python. */
    public static List<Flag> of(String fileName, String text) {
        if (!fileName.endsWith(".py")) {
            return List.of();
        }
        try (SyntaxTree tree = SyntaxTree.of(fileName, text).orElseThrow()) {
            Map<String, Flag> flags = new LinkedHashMap<>();
            for (TSNode call : tree.find(CALLS)) {
                if (tree.text(call.getChildByFieldName("function")).endsWith(ADD)) {
                    new Call(tree, call.getChildByFieldName("arguments"))
                            .flags()
                            .forEach(flag -> flags.putIfAbsent(flag.constant().name(), flag));
                }
            }
            return List.copyOf(flags.values());
        }
    }

    /** A call of add_argument. */
    private record Call(SyntaxTree tree, TSNode arguments) {

        /** The flag that it adds; none if that takes no value, or has no default that could be read. */
        List<Flag> flags() {
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
            boolean takesOne = !keywords.containsKey("action") && !keywords.containsKey("nargs");
            return names.stream()
                    .filter(name -> takesOne && name.matches("--[A-Za-z][A-Za-z0-9_-]*"))
                    .limit(1)
                    .flatMap(name -> flag(name, keywords).stream())
                    .toList();
        }

        private List<Flag> flag(String flag, Map<String, TSNode> keywords) {
            if (!keywords.containsKey("default")) {
                return List.of();
            }
            try {
                boolean real = keywords.containsKey("type")
                        && tree.text(keywords.get("type")).equals("float");
                PythonLiterals literals = new PythonLiterals(tree);
                Literal literal = literals.read(keywords.get("default"), real);
                String name = flag.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
                Constant constant = new Constant(name, literal.value(), literal.text(), SyntaxTree.line(arguments));
                return List.of(new Flag(flag, constant, options(keywords, literals)));
            } catch (NotALiteral e) {
                return List.of();
            }
        }

        private static List<Value> options(Map<String, TSNode> keywords, PythonLiterals literals) {
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
