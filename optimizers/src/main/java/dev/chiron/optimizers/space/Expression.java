package dev.chiron.optimizers.space;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Arithmetic over a config's numeric values: numbers, names, {@code + - * / % **} and parentheses, with the usual
 * precedence. No eval, no calls.
 */
final class Expression {

    private final ToDoubleFunction<Config> function;
    private final Set<String> names;

    private Expression(ToDoubleFunction<Config> function, Set<String> names) {
        this.function = function;
        this.names = names;
    }

    /** @throws IllegalArgumentException saying what was expected and where */
    static Expression parse(String text) {
        if (text.length() > Parser.LONGEST) {
            throw new IllegalArgumentException(
                    "longer than " + Parser.LONGEST + " characters: \"" + text.substring(0, 40) + "...\"");
        }
        Parser parser = new Parser(text);
        ToDoubleFunction<Config> function = parser.sum();
        parser.end();
        return new Expression(function, parser.names);
    }

    Set<String> names() {
        return names;
    }

    /** @throws IllegalArgumentException if a named parameter is missing or no number */
    double value(Config config) {
        return function.applyAsDouble(config);
    }

    /** Recursive descent: sum of products of powers of atoms. */
    private static final class Parser {
        private static final Pattern NUMBER =
                Pattern.compile("([0-9][0-9_]*\\.?[0-9_]*|\\.[0-9][0-9_]*)([eE][+-]?[0-9]+)?");

        // far above any real constraint, far below what recursion can take
        private static final int LONGEST = 1000;
        private static final String NAME = "_." + ProgressSchedule.AT; // beside letters and digits
        private static final int DEEPEST = 50;

        private final String text;
        private final Set<String> names = new LinkedHashSet<>();
        private int at;
        private int depth;

        Parser(String text) {
            this.text = text;
        }

        ToDoubleFunction<Config> sum() {
            ToDoubleFunction<Config> sum = product();
            while (true) {
                ToDoubleFunction<Config> left = sum;
                if (take("+")) {
                    ToDoubleFunction<Config> right = product();
                    sum = config -> left.applyAsDouble(config) + right.applyAsDouble(config);
                } else if (take("-")) {
                    ToDoubleFunction<Config> right = product();
                    sum = config -> left.applyAsDouble(config) - right.applyAsDouble(config);
                } else {
                    return sum;
                }
            }
        }

        private ToDoubleFunction<Config> product() {
            ToDoubleFunction<Config> product = signed();
            while (true) {
                ToDoubleFunction<Config> left = product;
                if (!text.startsWith("**", skipped()) && take("*")) {
                    ToDoubleFunction<Config> right = signed();
                    product = config -> left.applyAsDouble(config) * right.applyAsDouble(config);
                } else if (take("/")) {
                    ToDoubleFunction<Config> right = signed();
                    product = config -> left.applyAsDouble(config) / right.applyAsDouble(config);
                } else if (take("%")) {
                    ToDoubleFunction<Config> right = signed();
                    product = config -> left.applyAsDouble(config) % right.applyAsDouble(config);
                } else {
                    return product;
                }
            }
        }

        private ToDoubleFunction<Config> signed() {
            if (depth == DEEPEST) {
                throw expected("no further nesting");
            }
            depth++;
            ToDoubleFunction<Config> signed = take("-") ? negative(signed()) : power();
            depth--;
            return signed;
        }

        private static ToDoubleFunction<Config> negative(ToDoubleFunction<Config> operand) {
            return config -> -operand.applyAsDouble(config);
        }

        private ToDoubleFunction<Config> power() {
            ToDoubleFunction<Config> base = atom();
            if (take("**")) {
                ToDoubleFunction<Config> exponent = signed();
                return config -> StrictMath.pow(base.applyAsDouble(config), exponent.applyAsDouble(config));
            }
            return base;
        }

        private ToDoubleFunction<Config> atom() {
            if (take("(")) {
                ToDoubleFunction<Config> inner = sum();
                if (!take(")")) {
                    throw expected("\")\"");
                }
                return inner;
            }
            Matcher number = NUMBER.matcher(text).region(skipped(), text.length());
            if (number.lookingAt()) {
                at = number.end();
                double value = Double.parseDouble(number.group().replace("_", ""));
                return config -> value;
            }
            int start = at;
            while (at < text.length()
                    && (Character.isLetterOrDigit(text.charAt(at)) || NAME.indexOf(text.charAt(at)) >= 0)) {
                at++;
            }
            if (at == start) {
                throw expected("a number or a parameter");
            }
            return name(text.substring(start, at));
        }

        private ToDoubleFunction<Config> name(String name) {
            names.add(name);
            return config -> config.get(name)
                    .asNumber()
                    .orElseThrow(() -> new IllegalArgumentException(name + " is no number, so it cannot be compared"));
        }

        void end() {
            if (skipped() < text.length()) {
                throw expected("an operator");
            }
        }

        private boolean take(String symbol) {
            boolean there = text.startsWith(symbol, skipped());
            if (there) {
                at += symbol.length();
            }
            return there;
        }

        private int skipped() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            return at;
        }

        private IllegalArgumentException expected(String what) {
            String rest = text.substring(at).strip();
            return new IllegalArgumentException("expected " + what
                    + (rest.isEmpty() ? " at the end" : " before \"" + rest + "\"") + " in \"" + text.strip() + "\"");
        }
    }
}
