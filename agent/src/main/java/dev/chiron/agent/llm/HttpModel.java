package dev.chiron.agent.llm;

import dev.chiron.agent.llm.http.Exchange;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A model behind HTTP: sends a question, repeats it where that helps, leaves out what the server refuses, and turns
 * every end into a value. Safe for use by several threads.
 */
final class HttpModel implements Model {
    private static final int BAD_REQUEST = 400;

    private final Dialect dialect;
    private final HttpClient transport;
    private final Retries retries;
    private final Secrets secrets;
    private final InstantSource clock;
    private final EnumSet<Feature> refused = EnumSet.noneOf(Feature.class);
    private Instant quietUntil = Instant.EPOCH;

    HttpModel(Dialect dialect, HttpClient transport, Retries retries, Secrets secrets, InstantSource clock) {
        this.clock = clock;
        this.dialect = dialect;
        this.transport = transport;
        this.retries = retries;
        this.secrets = secrets;
    }

    @Override
    public String name() {
        return dialect.server().name();
    }

    @Override
    public synchronized OptionalInt longestReply() {
        return dialect.longestReply(EnumSet.complementOf(refused));
    }

    @Override
    public Answer answer(Question question) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before the call to " + dialect.address());
        }
        Optional<Answer> quiet = quiet();
        if (quiet.isPresent()) {
            return quiet.get();
        }
        Set<Feature> features = accepted(question);
        int repetitions = 0;
        int doubtful = 0;
        for (int calls = 1; ; calls++) {
            Exchange exchange = new Exchange(transport, Counts::plain);
            Failure failure;
            try {
                ChatResponse response = dialect.send(question, features, exchange);
                Answer answer = read(question, response, new ReplyBody(exchange.body()), calls, doubtful);
                if (answer instanceof Answer.Replied) {
                    remember(question, features);
                }
                return answer;
            } catch (RuntimeException thrown) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("the call to " + dialect.address() + " was cancelled");
                }
                failure = Failure.of(thrown, exchange, dialect);
            }
            doubtful += failure.doubtful() ? 1 : 0;
            if (leaveOut(features, failure)) {
                continue;
            }
            if (retries.isTooLong(failure.retryAfter())) {
                return leaveAlone(failure, Usage.inVain(calls, doubtful));
            }
            if (repetitions >= allowed(failure)) {
                return end(failure, new ReplyBody(exchange.body()).usage(calls).withDoubtful(doubtful));
            }
            retries.pause(repetitions++, failure.retryAfter());
        }
    }

    private Answer read(Question question, ChatResponse response, ReplyBody body, int calls, int doubtful) {
        Usage usage = body.usage(calls).withDoubtful(doubtful);
        Usage inVain = usage.withDoubtful(doubtful + (body.mayBePaid() ? 1 : 0));
        if (body.isBroken()) {
            return unreachable(dialect.address() + " sent " + body.defect(), inVain);
        }
        Optional<String> distrust = dialect.distrust(question, body);
        if (distrust.isPresent()) {
            return unreachable(distrust.get(), inVain);
        }
        String said = response.aiMessage() == null ? null : response.aiMessage().text();
        String text = said == null || said.isBlank() ? body.reasoning() : said;
        if (!body.declined().isEmpty()) {
            return unreachable(dialect.address() + " sent " + body.defect(), inVain);
        }
        if (!text.isBlank()) {
            return new Answer.Replied(secrets.mask(text), usage, body.cutAtLength());
        }
        String why = body.cutAtLength()
                ? "the model used up its reply tokens before it said anything; raise llm.max_tokens"
                : dialect.address() + " sent an empty reply";
        return unreachable(why, inVain);
    }

    /** A server that asks for a long wait gets it, but the study does not wait with it. */
    private synchronized Answer leaveAlone(Failure failure, Usage usage) {
        quietUntil = clock.instant().plus(failure.retryAfter());
        String wait = " (asks to be left alone for " + failure.retryAfter().toSeconds() + " s, and will be)";
        return unreachable(failure.why() + wait, usage);
    }

    private synchronized Optional<Answer> quiet() {
        Duration left = Duration.between(clock.instant(), quietUntil);
        return left.isNegative() || left.isZero()
                ? Optional.empty()
                : Optional.of(unreachable(
                        dialect.address() + " asked to be left alone for another " + left.toSeconds() + " s",
                        Usage.NONE));
    }

    private Answer end(Failure failure, Usage usage) {
        if (failure.again() == Failure.Again.REFUSED) {
            return new Answer.Refused(secrets.line(failure.why()));
        }
        String tries = usage.calls() > 1 ? usage.calls() + " tries: " : "";
        return unreachable(tries + failure.why(), usage);
    }

    private Answer unreachable(String why, Usage usage) {
        return new Answer.Unreachable(secrets.line(why), usage);
    }

    private int allowed(Failure failure) {
        return switch (failure.again()) {
            case OFTEN -> retries.limit();
            case ONCE -> Math.min(1, retries.limit());
            case NEVER, REFUSED -> 0;
        };
    }

    private boolean leaveOut(Set<Feature> features, Failure failure) {
        if (failure.status() != BAD_REQUEST || failure.again() == Failure.Again.REFUSED) {
            return false;
        }
        return Feature.blamed(features, failure.why()).map(features::remove).orElse(false);
    }

    private synchronized Set<Feature> accepted(Question question) {
        Set<Feature> features = EnumSet.noneOf(Feature.class);
        features.addAll(dialect.server().features(question));
        features.removeAll(refused);
        return features;
    }

    /** Only once a request went through without them: a 400 can have another cause than the part left out. */
    private synchronized void remember(Question question, Set<Feature> features) {
        refused.addAll(dialect.server().features(question));
        refused.removeAll(features);
    }
}
