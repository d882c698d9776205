package dev.chiron.sandbox.source;

import dev.chiron.optimizers.space.Value;
import java.math.BigInteger;
import java.util.Locale;
import org.treesitter.TSNode;

/** Reads Java's literals and arithmetic of literals, and writes literals. */
final class JavaLiterals {
    private static final int DEEPEST = 100;

    private final SyntaxTree tree;

    JavaLiterals(SyntaxTree tree) {
        this.tree = tree;
    }

    /**
     * The literal of an initialiser, without enclosing parentheses.
     *
     * @throws NotALiteral when its value cannot be told, or is not of the declared kind
     */
    Literal read(TSNode initialiser, Kind kind) {
        TSNode node = SyntaxTree.unwrapped(initialiser);
        Object value = evaluate(node, DEEPEST);
        return new Literal(kind, held(node, kind, value), tree.text(node), node.getStartByte(), node.getEndByte());
    }

    private Value held(TSNode node, Kind kind, Object value) {
        boolean fits = switch (kind) {
            case INT -> value instanceof Integer;
            case LONG -> value instanceof Integer || value instanceof Long;
            case FLOAT -> value instanceof Number && !(value instanceof Double);
            case DOUBLE, NUMBER -> value instanceof Number;
            case FLAG -> value instanceof Boolean;
            case TEXT -> value instanceof String;
        };
        if (!fits) {
            throw new NotALiteral("a value of another type");
        }
        if (kind == Kind.FLOAT || kind == Kind.DOUBLE) {
            return new Value.Real(real(node, (Number) value));
        }
        return Value.of(value);
    }

    /** A float counts with the digits that the source shows: 0.1f is 0.1, not 0.10000000149. */
    private double real(TSNode node, Number number) {
        double real = number.doubleValue();
        if (number instanceof Float) {
            String text = tree.text(node).replaceAll("[_\\s]", "");
            boolean decimal = node.getChildCount() <= 2 && !text.contains("x") && !text.contains("X");
            try {
                return Double.parseDouble(decimal ? text : number.toString());
            } catch (NumberFormatException e) {
                return Double.parseDouble(number.toString());
            }
        }
        if (!Double.isFinite(real)) {
            throw new NotALiteral("no finite number");
        }
        return real;
    }

    private Object evaluate(TSNode node, int deepest) {
        if (deepest == 0) {
            throw new NotALiteral("it is nested too deeply");
        }
        return switch (node.getType()) {
            case "decimal_integer_literal" -> JavaNumbers.decimal(tree.text(node));
            case "hex_integer_literal", "octal_integer_literal", "binary_integer_literal" ->
                JavaNumbers.radix(tree.text(node));
            case "decimal_floating_point_literal", "hex_floating_point_literal" -> JavaNumbers.real(tree.text(node));
            case "true" -> true;
            case "false" -> false;
            case "string_literal" -> JavaText.read(tree.text(node));
            case "parenthesized_expression" -> evaluate(SyntaxTree.only(node, 1, 3), deepest - 1);
            case "unary_expression" -> unary(node, deepest);
            case "binary_expression" -> {
                SyntaxTree.only(node, 0, 3);
                yield JavaNumbers.binary(
                        operator(node),
                        evaluate(node.getChildByFieldName("left"), deepest - 1),
                        evaluate(node.getChildByFieldName("right"), deepest - 1));
            }
            default -> throw new NotALiteral(describe(node.getType()));
        };
    }

    private Object unary(TSNode node, int deepest) {
        TSNode operand = SyntaxTree.only(node, 1, 2);
        if (operator(node).equals("-") && operand.getType().equals("decimal_integer_literal")) {
            return JavaNumbers.decimal("-" + tree.text(operand)); // -2147483648 has no positive counterpart
        }
        return JavaNumbers.unary(operator(node), evaluate(operand, deepest - 1));
    }

    private String operator(TSNode node) {
        return tree.text(node.getChildByFieldName("operator"));
    }

    private static String describe(String type) {
        return switch (type) {
            case "method_invocation", "object_creation_expression" -> "a call";
            case "identifier", "field_access" -> "it depends on another name";
            case "array_initializer", "array_creation_expression" -> "a collection of several values";
            default -> "a " + type.replace('_', ' ');
        };
    }

    /** A literal for a value that fits the old literal's kind. */
    static String write(Literal old, Value value) {
        if (value instanceof Value.Text text) {
            return JavaText.write(text.text());
        }
        if (value instanceof Value.Whole whole) {
            return whole(old, whole.number());
        }
        if (value instanceof Value.Real real) {
            return Numerals.real(real.number()) + suffix(old);
        }
        return value.text();
    }

    private static String suffix(Literal old) {
        String last = old.text().substring(old.text().length() - 1);
        boolean hex = old.text().toLowerCase(Locale.ROOT).contains("0x");
        if (old.kind() == Kind.FLOAT) {
            return last.equals("F") && !hex ? last : "f";
        }
        return last.equalsIgnoreCase("d") && !hex ? last : "";
    }

    private static String whole(Literal old, long number) {
        boolean marked = old.text().contains("L") || old.text().contains("l");
        boolean wide = number != (int) number;
        String power = Numerals.powerOfTwo(old.text(), number).orElse("");
        if (!power.isEmpty() && (marked || !wide)) {
            return power;
        }
        String suffix = old.text().contains("l") ? "l" : "L";
        return BigInteger.valueOf(number) + (old.kind() == Kind.LONG && (marked || wide) ? suffix : "");
    }
}
