package dev.chiron.agent.describe;

import dev.chiron.agent.start.Advised;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Value;
import dev.chiron.prompts.reply.Advice;
import dev.chiron.sandbox.source.Constant;
import dev.chiron.sandbox.source.Ranges;
import dev.chiron.sandbox.source.Source;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a request says of single constants, as far as rules surely understand it ({@link Form}): which to leave alone, which to search between two values
 * or in powers of two.
 *
 * @param source the script
 * @param wishes by the name of the constant; two of a range in powers of two, the range first
 * @param problems what is understood and cannot be, in the request's words and with the reason
 * @param unclear what may want something of a constant and is not understood, in the request's words
 */
record Wishes(Source source, Map<String, List<Wish>> wishes, List<String> problems, List<String> unclear) {

    /** Those of a request. */
    static Wishes in(String words, Source source) {
        return new WishReader(source).read(words);
    }

    /** What others advise, with the request's word where it has one, in the script's order. */
    Map<String, Advised> over(Map<String, Advised> others) {
        Map<String, Advised> all = new LinkedHashMap<>();
        for (Constant constant : source.constants()) {
            Optional<Advised> advised = Optional.ofNullable(others.get(constant.name()));
            for (Wish wish : wishes.getOrDefault(constant.name(), List.of())) {
                advised = advised(constant, wish, advised);
            }
            advised.ifPresent(said -> all.put(constant.name(), said));
        }
        return all;
    }

    private static Optional<Advised> advised(Constant constant, Wish wish, Optional<Advised> other) {
        if (wish instanceof Wish.Alone) {
            return wanted(new Advice.Leave(wish.why()));
        } else if (wish instanceof Wish.Within within) {
            return wanted(new Advice.Search(within.parameter(), Optional.empty(), wish.why()));
        } else if (wish instanceof Wish.Powers) {
            return powers(constant, wish, other);
        }
        throw new AssertionError(wish);
    }

    private static Optional<Advised> wanted(Advice advice) {
        return Optional.of(new Advised(advice, Advised.PERSON));
    }

    /** What is searched anyway, in powers of two; what is left alone stays so. */
    private static Optional<Advised> powers(Constant constant, Wish wish, Optional<Advised> other) {
        Optional<Advice.Search> search = other.map(Advised::advice)
                .filter(Advice.Search.class::isInstance)
                .map(Advice.Search.class::cast);
        Optional<Parameter> otherwise = other.isEmpty() ? Ranges.infer(constant) : search.map(Advice.Search::parameter);
        if (otherwise.isEmpty()) {
            return other;
        }
        Optional<Parameter> powers = powers((Parameter.Whole) otherwise.get());
        return wanted(
                powers.isEmpty()
                        ? new Advice.Leave(wish.why() + " leaves one value")
                        : new Advice.Search(powers.get(), start(powers.get(), search), wish.why()));
    }

    private static Optional<Value> start(Parameter parameter, Optional<Advice.Search> search) {
        return search.flatMap(Advice.Search::start)
                .filter(start -> parameter.problem(start).isEmpty()
                        && parameter.nearest(start).equals(start));
    }

    /** The powers of two in a range; empty if there are no two. */
    static Optional<Parameter> powers(Parameter.Whole range) {
        long low = Math.max(1, range.low());
        long least = Long.bitCount(low) == 1 ? low : 2 * Long.highestOneBit(low);
        long largest = Long.highestOneBit(Math.max(1, range.high()));
        return least < largest
                ? Optional.of(new Parameter.Whole(range.name(), least, largest, false, 1, true))
                : Optional.empty();
    }
}
