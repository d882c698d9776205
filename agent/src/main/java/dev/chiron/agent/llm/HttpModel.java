package dev.chiron.agent.llm;

import dev.chiron.agent.llm.http.Exchange;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.EnumSet;
import java.util.Optional;
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
    private final Set<Feature> refused = EnumSet.noneOf(Feature.class);

    HttpModel(Dialect dialect, HttpClient transport, Retries retries, Secrets secrets) {
        this.dialect = dialect;
        this.transport = transport;
        this.retries = retries;
        this.secrets = secrets;
    }

    @Override
    public String name() {
        return dialect.name();
    }

    @Override
    public Answer answer(Question question) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before the call to " + dialect.address());
        }
        Set<Feature> features = accepted(question);
        int repetitions = 0;
        for (int calls = 1; ; calls++) {
            Exchange exchange = new Exchange(transport);
            Failure failure;
            try {
                ChatResponse response = dialect.send(question, features, exchange);
                Answer answer = read(question, response, new ReplyBody(exchange.body()), calls);
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
            if (leaveOut(features, failure)) {
                continue;
            }
            if (repetitions >= allowed(failure)) {
                return end(failure, calls);
            }
            retries.pause(repetitions++, failure.retryAfter());
        }
    }

    private Answer read(Question question, ChatResponse response, ReplyBody body, int calls) {
        Usage usage = new Usage(
                calls,
                Math.max(body.count("/prompt_eval_count"), body.count("/usage/prompt_tokens")),
                Math.max(body.count("/eval_count"), body.count("/usage/completion_tokens")));
        if (body.isError()) {
            return unreachable(dialect.address() + " sent " + body.defect(), usage);
        }
        Optional<String> distrust = dialect.distrust(question, body);
        if (distrust.isPresent()) {
            return unreachable(distrust.get(), usage);
        }
        String said = response.aiMessage().text();
        String text = said == null || said.isBlank() ? body.reasoning() : said;
        if (!text.isBlank()) {
            return new Answer.Replied(secrets.mask(text), usage, body.cutAtLength());
        }
        String why = body.cutAtLength()
                ? "the model used up its reply tokens before it said anything; raise llm.max_tokens"
                : dialect.address() + " sent an empty reply";
        return unreachable(why, usage);
    }

    private Answer end(Failure failure, int calls) {
        if (failure.again() == Failure.Again.REFUSED) {
            return new Answer.Refused(secrets.line(failure.why()));
        }
        String tries = calls > 1 ? calls + " tries: " : "";
        return unreachable(tries + failure.why(), new Usage(calls, 0, 0));
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
        features.addAll(dialect.features(question));
        features.removeAll(refused);
        return features;
    }

    /** Only once a request went through without them: a 400 can have another cause than the part left out. */
    private synchronized void remember(Question question, Set<Feature> features) {
        refused.addAll(dialect.features(question));
        refused.removeAll(features);
    }
}
