package dev.chiron.sandbox.source;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/** Python's arithmetic on whole numbers ({@link BigInteger}) and floats ({@link Double}), as the interpreter does it. */
final class PythonArithmetic {
    private static final int MOST_BITS = 4096;
    private static final long MOST_EXPONENT = 1024;
    private static final int DOUBLE_BITS = 53;
    private static final MathContext PRECISE = new MathContext(60);

    private PythonArithmetic() {}

    static Object unary(String operator, Object operand) {
        if (operand instanceof BigInteger whole) {
            return switch (operator) {
                case "-" -> whole.negate();
                case "+" -> whole;
                case "~" -> whole.not();
                default -> throw unknown(operator);
            };
        }
        if (operand instanceof Double number && !operator.equals("~")) {
            return operator.equals("-") ? -number : number;
        }
        throw unknown(operator);
    }

    static Object binary(String operator, Object left, Object right) {
        if (left instanceof BigInteger a && right instanceof BigInteger b) {
            return ofWholes(operator, a, b);
        }
        if (!(left instanceof Number a && right instanceof Number b)) {
            throw unknown(operator);
        }
        return finite(ofReals(operator, real(a), real(b)));
    }

    private static Object ofWholes(String operator, BigInteger a, BigInteger b) {
        return switch (operator) {
            case "+" -> a.add(b);
            case "-" -> a.subtract(b);
            case "*" -> bounded(a.multiply(b));
            case "/" -> quotient(a, b);
            case "//" -> floored(a, nonzero(b))[0];
            case "%" -> floored(a, nonzero(b))[1];
            case "**" -> power(a, b);
            case "<<" -> bounded(a.shiftLeft(shift(b)));
            case ">>" -> a.shiftRight(shift(b));
            case "&" -> a.and(b);
            case "|" -> a.or(b);
            case "^" -> a.xor(b);
            default -> throw unknown(operator);
        };
    }

    private static double ofReals(String operator, double a, double b) {
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> a / nonzero(b);
            case "//" -> floorQuotient(a, nonzero(b));
            case "%" -> remainder(a, nonzero(b));
            case "**" -> power(a, b);
            default -> throw unknown(operator);
        };
    }

    private static BigInteger[] floored(BigInteger a, BigInteger b) {
        BigInteger[] both = a.divideAndRemainder(b);
        return both[1].signum() != 0 && both[1].signum() != b.signum()
                ? new BigInteger[] {both[0].subtract(BigInteger.ONE), both[1].add(b)}
                : both;
    }

    private static double remainder(double a, double b) {
        double remainder = a % b;
        return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder;
    }

    private static double floorQuotient(double a, double b) {
        double quotient = (a - remainder(a, b)) / b;
        double floor = Math.floor(quotient);
        return quotient - floor > 0.5 ? floor + 1 : floor;
    }

    private static Double quotient(BigInteger a, BigInteger b) {
        nonzero(b);
        if (a.bitLength() <= DOUBLE_BITS && b.bitLength() <= DOUBLE_BITS) {
            return a.doubleValue() / b.doubleValue();
        }
        return finite(new BigDecimal(a).divide(new BigDecimal(b), PRECISE).doubleValue());
    }

    private static Object power(BigInteger base, BigInteger exponent) {
        if (exponent.signum() < 0) {
            return finite(power(real(base), real(exponent)));
        }
        if (exponent.bitLength() > Integer.SIZE - 1 || (long) base.bitLength() * exponent.intValue() > MOST_BITS) {
            throw tooLarge();
        }
        return base.pow(exponent.intValue());
    }

    /** Whole exponents exactly, then rounded once, which is what a good C library's {@code pow} gives. */
    private static double power(double base, double exponent) {
        if (base == 0 && exponent < 0) {
            throw new NotALiteral("a division by zero");
        }
        if (base == 0 || exponent != Math.rint(exponent) || Math.abs(exponent) > MOST_EXPONENT) {
            return StrictMath.pow(base, exponent);
        }
        BigDecimal power = new BigDecimal(base).pow((int) Math.abs(exponent), PRECISE);
        return (exponent < 0 ? BigDecimal.ONE.divide(power, PRECISE) : power).doubleValue();
    }

    private static int shift(BigInteger by) {
        if (by.signum() < 0 || by.bitLength() > Short.SIZE) {
            throw tooLarge();
        }
        return by.intValue();
    }

    private static BigInteger bounded(BigInteger number) {
        if (number.bitLength() > MOST_BITS) {
            throw tooLarge();
        }
        return number;
    }

    private static BigInteger nonzero(BigInteger divisor) {
        if (divisor.signum() == 0) {
            throw new NotALiteral("a division by zero");
        }
        return divisor;
    }

    private static double nonzero(double divisor) {
        if (divisor == 0) {
            throw new NotALiteral("a division by zero");
        }
        return divisor;
    }

    /** The number as a float. */
    static double real(Number number) {
        return finite(number.doubleValue());
    }

    /** The number, if it is one. */
    static double finite(double number) {
        if (!Double.isFinite(number)) {
            throw new NotALiteral("no finite number");
        }
        return number;
    }

    private static NotALiteral unknown(String operator) {
        return new NotALiteral("arithmetic with " + operator + " on such values");
    }

    private static NotALiteral tooLarge() {
        return new NotALiteral("too large a number");
    }
}
