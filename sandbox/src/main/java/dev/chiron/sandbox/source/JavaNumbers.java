package dev.chiron.sandbox.source;

import java.math.BigInteger;
import java.util.Locale;

/** Java's number literals and arithmetic on {@link Integer}, {@link Long}, {@link Float} and {@link Double}. */
final class JavaNumbers {

    private JavaNumbers() {}

    /** A decimal literal, perhaps with a minus before it. */
    static Number decimal(String literal) {
        String digits = literal.replace("_", "");
        boolean wide = digits.endsWith("L") || digits.endsWith("l");
        try {
            return wide ? (Number) Long.valueOf(digits.substring(0, digits.length() - 1)) : Integer.valueOf(digits);
        } catch (NumberFormatException e) {
            throw new NotALiteral("an unusual number: " + literal);
        }
    }

    /** A literal in base 16, 8 or 2, whose highest bit is the sign. */
    static Number radix(String literal) {
        String digits = literal.replace("_", "").toLowerCase(Locale.ROOT);
        boolean wide = digits.endsWith("l");
        String bare = wide ? digits.substring(0, digits.length() - 1) : digits;
        int radix = bare.startsWith("0x") ? 16 : bare.startsWith("0b") ? 2 : 8;
        try {
            BigInteger bits = new BigInteger(radix == 8 ? bare : bare.substring(2), radix);
            if (bits.bitLength() > (wide ? Long.SIZE : Integer.SIZE)) {
                throw new NotALiteral("too large a number");
            }
            return wide ? (Number) bits.longValue() : bits.intValue();
        } catch (NumberFormatException e) {
            throw new NotALiteral("an unusual number: " + literal);
        }
    }

    /** A literal with a point, an exponent or a suffix f or d. */
    static Number real(String literal) {
        String digits = literal.replace("_", "");
        boolean hex = digits.startsWith("0x") || digits.startsWith("0X");
        boolean narrow = digits.endsWith("f") || digits.endsWith("F");
        try {
            Number number = narrow ? (Number) finite(Float.parseFloat(digits)) : finite(Double.parseDouble(digits));
            return number;
        } catch (NumberFormatException e) {
            throw new NotALiteral("an unusual number: " + literal + (hex ? " (hexadecimal)" : ""));
        }
    }

    static Object unary(String operator, Object operand) {
        if (operand instanceof Boolean flag && operator.equals("!")) {
            return !flag;
        }
        if (!(operand instanceof Number) || operator.equals("!")) {
            throw unknown(operator);
        }
        if (operator.equals("~")) {
            return binary("^", operand, -1);
        }
        if (operator.equals("+")) {
            return operand;
        }
        if (operand instanceof Double number) {
            return -number;
        }
        if (operand instanceof Float number) {
            return -number;
        }
        return binary("-", 0, operand);
    }

    static Object binary(String operator, Object left, Object right) {
        if (!(left instanceof Number a && right instanceof Number b)) {
            throw unknown(operator);
        }
        if (operator.equals("<<") || operator.equals(">>") || operator.equals(">>>")) {
            return shift(operator, a, b);
        }
        try {
            if (a instanceof Double || b instanceof Double) {
                return finite(ofDoubles(operator, a.doubleValue(), b.doubleValue()));
            }
            if (a instanceof Float || b instanceof Float) {
                return finite(ofFloats(operator, a.floatValue(), b.floatValue()));
            }
            long result = ofWholes(operator, a.longValue(), b.longValue());
            return a instanceof Long || b instanceof Long ? (Object) result : (Object) (int) result;
        } catch (ArithmeticException e) {
            throw new NotALiteral("a division by zero");
        }
    }

    private static double ofDoubles(String operator, double a, double b) {
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> a / b;
            case "%" -> a % b;
            default -> throw unknown(operator);
        };
    }

    private static float ofFloats(String operator, float a, float b) {
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> a / b;
            case "%" -> a % b;
            default -> throw unknown(operator);
        };
    }

    private static long ofWholes(String operator, long a, long b) {
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> a / b;
            case "%" -> a % b;
            case "&" -> a & b;
            case "|" -> a | b;
            case "^" -> a ^ b;
            default -> throw unknown(operator);
        };
    }

    private static Number shift(String operator, Number a, Number b) {
        if (!(a instanceof Integer || a instanceof Long) || !(b instanceof Integer || b instanceof Long)) {
            throw unknown(operator);
        }
        int by = (int) b.longValue();
        if (a instanceof Long number) {
            return operator.equals("<<") ? number << by : operator.equals(">>") ? number >> by : number >>> by;
        }
        int number = a.intValue();
        return operator.equals("<<") ? number << by : operator.equals(">>") ? number >> by : number >>> by;
    }

    private static double finite(double number) {
        if (!Double.isFinite(number)) {
            throw new NotALiteral("no finite number");
        }
        return number;
    }

    private static float finite(float number) {
        if (!Float.isFinite(number)) {
            throw new NotALiteral("no finite number");
        }
        return number;
    }

    private static NotALiteral unknown(String operator) {
        return new NotALiteral("arithmetic with " + operator + " on such values");
    }
}
