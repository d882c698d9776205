package dev.chiron.sandbox.source;

import dev.chiron.optimizers.space.Value;
import java.math.BigInteger;
import java.util.Locale;
import org.treesitter.TSNode;

/** Reads Python's literals and arithmetic of literals, and writes literals. */
final class PythonLiterals {
    private static final int DEEPEST = 100;

    private final SyntaxTree tree;

    PythonLiterals(SyntaxTree tree) {
        this.tree = tree;
    }

    /**
     * The literal of an assignment's right side, without enclosing parentheses.
     *
     * @param real whether the name is annotated as a float
     * @throws NotALiteral when its value cannot be told
     */
    Literal read(TSNode right, boolean real) {
        TSNode node = SyntaxTree.unwrapped(right);
        Object value = evaluate(node, DEEPEST);
        Kind kind = Kind.DOUBLE;
        Value held;
        if (value instanceof BigInteger whole) {
            kind = real ? Kind.DOUBLE : Kind.NUMBER;
            if (whole.bitLength() >= Long.SIZE) {
                throw new NotALiteral("a whole number of more than 64 bits");
            }
            held = real ? new Value.Real(PythonArithmetic.real(whole)) : new Value.Whole(whole.longValue());
        } else if (value instanceof Double number) {
            held = new Value.Real(number);
        } else if (value instanceof Boolean flag) {
            kind = Kind.FLAG;
            held = new Value.Flag(flag);
        } else {
            kind = Kind.TEXT;
            held = new Value.Text((String) value);
        }
        return new Literal(kind, held, tree.text(node), node.getStartByte(), node.getEndByte());
    }

    private Object evaluate(TSNode node, int deepest) {
        if (deepest == 0) {
            throw new NotALiteral("it is nested too deeply");
        }
        return switch (node.getType()) {
            case "integer" -> integer(tree.text(node));
            case "float" -> real(tree.text(node));
            case "true" -> true;
            case "false" -> false;
            case "string" -> PythonText.read(tree.text(node));
            case "parenthesized_expression" -> evaluate(SyntaxTree.only(node, 1, 3), deepest - 1);
            case "unary_operator" ->
                PythonArithmetic.unary(operator(node), evaluate(SyntaxTree.only(node, 1, 2), deepest - 1));
            case "binary_operator" -> {
                SyntaxTree.only(node, 0, 3);
                yield PythonArithmetic.binary(
                        operator(node),
                        evaluate(node.getChildByFieldName("left"), deepest - 1),
                        evaluate(node.getChildByFieldName("right"), deepest - 1));
            }
            default -> throw new NotALiteral(describe(node.getType()));
        };
    }

    private String operator(TSNode node) {
        return tree.text(node.getChildByFieldName("operator"));
    }

    private static String describe(String type) {
        return switch (type) {
            case "call" -> "a call";
            case "identifier", "attribute", "subscript" -> "it depends on another name";
            case "tuple", "expression_list", "list", "dictionary", "set" -> "a collection of several values";
            case "none" -> "None, which does not tell what it may hold";
            case "concatenated_string" -> "a text in several parts";
            default -> "a " + type.replace('_', ' ');
        };
    }

    private static BigInteger integer(String literal) {
        String digits = literal.replace("_", "").toLowerCase(Locale.ROOT);
        try {
            if (digits.startsWith("0x")) {
                return new BigInteger(digits.substring(2), 16);
            }
            if (digits.startsWith("0o")) {
                return new BigInteger(digits.substring(2), 8);
            }
            return digits.startsWith("0b") ? new BigInteger(digits.substring(2), 2) : new BigInteger(digits);
        } catch (NumberFormatException e) {
            throw new NotALiteral("an unusual number: " + literal);
        }
    }

    private static Double real(String literal) {
        try {
            double number =
                    Double.parseDouble(literal.replace("_", "") + "d"); // a suffix of its own would now be one too many
            return PythonArithmetic.finite(number);
        } catch (NumberFormatException e) {
            throw new NotALiteral("an unusual number: " + literal);
        }
    }

    /** A literal for a value that fits the old literal's kind. */
    static String write(Literal old, Value value) {
        if (value instanceof Value.Flag flag) {
            return flag.flag() ? "True" : "False";
        }
        if (value instanceof Value.Text text) {
            return PythonText.write(old.text(), text.text());
        }
        if (value instanceof Value.Whole whole) {
            return Numerals.powerOfTwo(old.text(), whole.number()).orElseGet(() -> Long.toString(whole.number()));
        }
        return Numerals.real(((Value.Real) value).number());
    }
}
