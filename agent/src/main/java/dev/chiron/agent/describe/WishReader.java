package dev.chiron.agent.describe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.PlainText;
import dev.chiron.prompts.reply.Advice;
import dev.chiron.prompts.reply.RangesReader;
import dev.chiron.sandbox.source.Constant;
import dev.chiron.sandbox.source.Ranges;
import dev.chiron.sandbox.source.Source;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a request sentence by sentence. What is said with a doubt, or twice and differently, is not heeded. */
final class WishReader {

    private static final double WIDE = 8; // as many times as of a range that rules infer
    private static final int LONGEST = 100; // characters of a clause that is shown
    private static final Pattern SENTENCE = Pattern.compile("(?<=[.;!?])\\s+|\\R\\s*\\R|\\R\\s*[-*\u2022]\\s");
    private static final Pattern DOUBT = Pattern.compile(
            "\\b(?:if|unless|when|until|except|maybe|perhaps|might|could|as long as|not necessary|no need|need not|mind|try to|prefer(?:ably)?"
                    + "|rather|have to)\\b|n't have to",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern CLAUSE = Pattern.compile("[\\s,:()]*\u0000+[\\s,:()]*(?:and |but |then )?|, (?!\\d)");

    private final Source source;
    private final Mentions mentions;
    private final Map<Form, Pattern> forms = new LinkedHashMap<>();
    private final Pattern mention;
    private final Pattern item;
    private final Pattern wanting;
    private final Map<String, List<Wish>> wishes = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> unclear = new ArrayList<>();

    WishReader(Source source) {
        this.source = source;
        this.mentions = new Mentions(source.constants());
        for (Form form : Form.values()) {
            forms.put(form, form.pattern(mentions.pattern()));
        }
        this.mention = Pattern.compile(mentions.pattern(), Pattern.CASE_INSENSITIVE);
        this.item = Form.item(mentions.pattern());
        this.wanting = Form.wanting(mentions.pattern());
    }

    Wishes read(String words) {
        SENTENCE.splitAsStream(words.replace('\u2019', '\''))
                .map(sentence -> PlainText.line(sentence)
                        .replaceAll("\\s+", " ")
                        .replaceAll("[.;!?]+$", "")
                        .strip())
                .forEach(this::sentence);
        settle();
        return new Wishes(source, wishes, List.copyOf(problems), List.copyOf(unclear));
    }

    private void sentence(String sentence) {
        StringBuilder rest = new StringBuilder(sentence);
        if (!DOUBT.matcher(sentence).find()) {
            forms.forEach((form, pattern) -> {
                Matcher found = pattern.matcher(rest.toString());
                while (found.find()) {
                    heed(form, found);
                    rest.replace(found.start(), found.end(), "\0".repeat(found.end() - found.start()));
                }
            });
        }
        Stream<String> clauses = rest.indexOf("\0") >= 0 ? CLAUSE.splitAsStream(rest) : Stream.of(sentence);
        clauses.filter(clause -> wanting.matcher(clause).find())
                .map(clause -> cut(clause.strip()))
                .forEach(unclear::add);
    }

    private void heed(Form form, Matcher found) {
        String clause = cut(found.group("clause"));
        switch (form) {
            case LEAVE -> named(found).forEach(constant -> put(constant, new Wish.Alone(clause)));
            case ONLY -> {
                List<Constant> only = named(found);
                source.constants().stream()
                        .filter(constant -> !only.contains(constant)
                                && Ranges.infer(constant).isPresent())
                        .forEach(constant -> put(constant, new Wish.Alone(clause)));
            }
            case KEEP -> {
                Matcher items = item.matcher(found.group("clause"));
                while (items.find()) {
                    String value = items.group("value");
                    one(items.group("mention"), clause).ifPresent(constant -> keep(constant, value, clause));
                }
            }
            case POWERS -> named(found).forEach(constant -> powers(constant, clause));
            case RANGE -> {
                Matcher named = mention.matcher(found.group("clause"));
                boolean powers = found.group("powers") != null;
                if (named.find()) {
                    one(named.group(), clause)
                            .ifPresent(constant ->
                                    range(constant, found.group("low"), found.group("high"), powers, clause));
                }
            }
            default -> throw new AssertionError(form);
        }
    }

    /** All constants that stand in a form. */
    private List<Constant> named(Matcher found) {
        return mention.matcher(found.group("clause"))
                .results()
                .flatMap(one -> mentions.of(one.group()).stream())
                .distinct()
                .toList();
    }

    /** The constant of a mention that must mean one. */
    private Optional<Constant> one(String mention, String clause) {
        List<Constant> all = mentions.of(mention);
        if (all.size() > 1) {
            problems.add(clause + ": could be "
                    + all.stream().map(Constant::name).collect(Collectors.joining(" or ")) + ": say which");
        }
        return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
    }

    private void keep(Constant constant, String said, String clause) {
        put(constant, new Wish.Alone(clause));
        String value = said.replaceAll("^[\"']|[\"']$", "");
        if (!isValue(constant.value(), value)) {
            problems.add(clause + ": the script has "
                    + (constant.value() instanceof Value.Text text
                            ? cut(text.text())
                            : constant.value().text())
                    + ": set it there, since what is left alone runs as it stands");
        }
    }

    private static boolean isValue(Value own, String said) {
        if (own.asNumber().isEmpty()) {
            return own.text().equalsIgnoreCase(said);
        }
        try {
            return new BigDecimal(said).doubleValue() == own.asNumber().getAsDouble();
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private void powers(Constant constant, String clause) {
        if (!(constant.value() instanceof Value.Whole whole) || whole.number() < 1) {
            problems.add(clause + ": " + constant.name() + " is no whole number above 0");
        } else if (Long.bitCount(whole.number()) != 1) {
            problems.add(clause + ": " + whole.number() + " is no power of two: set one in the script first");
        } else {
            put(constant, new Wish.Powers(clause));
        }
    }

    /** A range is held against the script like a model's. */
    private void range(Constant constant, String low, String high, boolean powers, String clause) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.putObject(constant.name())
                .put("low", new BigDecimal(low))
                .put("high", new BigDecimal(high))
                .put("log", isLog(Ranges.infer(constant), Double.parseDouble(low), Double.parseDouble(high)));
        RangesReader.Ranges read = new RangesReader(Adviser.tunables(source)).read(object.toString());
        read.problems().forEach(problem -> problems.add(clause + ": " + problem));
        if (read.problems().isEmpty() && read.advice().get(constant.name()) instanceof Advice.Search search) {
            put(constant, new Wish.Within(clause, search.parameter()));
            if (powers) {
                powers(constant, clause);
            }
        }
    }

    /** Where the rules' own range is, or the ends lie far apart. */
    private static boolean isLog(Optional<Parameter> otherwise, double low, double high) {
        return low > 0
                && (high > WIDE * low
                        || otherwise
                                .filter(one -> (one instanceof Parameter.Real real && real.log())
                                        || (one instanceof Parameter.Whole whole && whole.log()))
                                .isPresent());
    }

    private void put(Constant constant, Wish wish) {
        wishes.computeIfAbsent(constant.name(), name -> new ArrayList<>()).add(wish);
    }

    /** Takes back what is said twice and differently, and puts a range before its powers. */
    private void settle() {
        for (String name : List.copyOf(wishes.keySet())) {
            List<Wish> all = wishes.getOrDefault(name, List.of());
            long alone = count(all, Wish.Alone.class);
            if (count(all, Wish.Within.class) > 1 || (alone > 0 && alone < all.size())) {
                problems.add(all.stream().map(Wish::clause).distinct().collect(Collectors.joining(", "))
                        + ": both speak of " + name + ": say one of them");
                wishes.remove(name);
            } else {
                wishes.put(name, ordered(all));
            }
        }
    }

    private static long count(List<Wish> all, Class<? extends Wish> kind) {
        return all.stream().filter(kind::isInstance).count();
    }

    private static List<Wish> ordered(List<Wish> all) {
        List<Wish> ordered = new ArrayList<>();
        all.stream().filter(wish -> !(wish instanceof Wish.Powers)).limit(1).forEach(ordered::add);
        all.stream().filter(Wish.Powers.class::isInstance).limit(1).forEach(ordered::add);
        return List.copyOf(ordered);
    }

    private static String cut(String text) {
        String line = PlainText.line(text);
        return line.codePointCount(0, line.length()) <= LONGEST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST)) + "...";
    }
}
