package dev.chiron.optimizers.space;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.ToDoubleFunction;

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
        private final String text;
        private final Set<String> names = new LinkedHashSet<>();
        private int at;

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
            if (take("-")) {
                ToDoubleFunction<Config> operand = signed();
                return config -> -operand.applyAsDouble(config);
            }
            return power();
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
            int start = skipped();
            while (at < text.length() && isInWord(start)) {
                at++;
            }
            String word = text.substring(start, at);
            if (word.isEmpty()) {
                throw expected("a number or a parameter");
            }
            return Character.isDigit(word.charAt(0)) || word.charAt(0) == '.' ? number(word, start) : name(word);
        }

        /** Letters, digits, dots, and the sign in a number's exponent. */
        private boolean isInWord(int start) {
            char next = text.charAt(at);
            boolean sign = next == '-' || next == '+';
            boolean afterExponent = at > start
                    && (text.charAt(at - 1) == 'e' || text.charAt(at - 1) == 'E')
                    && (Character.isDigit(text.charAt(start)) || text.charAt(start) == '.');
            return Character.isLetterOrDigit(next) || next == '_' || next == '.' || (sign && afterExponent);
        }

        private ToDoubleFunction<Config> number(String word, int start) {
            try {
                double number = Double.parseDouble(word.replace("_", ""));
                return config -> number;
            } catch (NumberFormatException e) {
                at = start;
                throw expected("a number");
            }
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
