package dev.chiron.agent.llm;

import dev.chiron.agent.llm.http.Exchange;
import dev.chiron.agent.llm.http.StatusException;
import dev.chiron.agent.llm.http.UnsentException;
import dev.langchain4j.exception.TimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Why a request failed.
 *
 * @param again how often it may be repeated
 * @param why the reason, not yet cleaned
 * @param retryAfter the wait that the server asked for; zero when it asked for none
 * @param status the HTTP status; 0 when there was none
 * @param doubtful whether a model may have been at work on it, and be paid for that
 */
record Failure(Again again, String why, Duration retryAfter, int status, boolean doubtful) {

    /** How often a failed request may be repeated. */
    enum Again {
        OFTEN,
        ONCE,
        NEVER,
        REFUSED
    }

    private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504, 529);

    /** A server between had no patience; the model behind it may have gone on. */
    private static final Set<Integer> IMPATIENT = Set.of(408, 504, 524);

    /** The failure behind whatever LangChain4j made of it. */
    static Failure of(RuntimeException thrown, Exchange exchange, Dialect dialect) {
        Optional<StatusException> status = cause(thrown, StatusException.class);
        if (status.isPresent()) {
            return ofStatus(status.get(), dialect);
        }
        if (cause(thrown, TimeoutException.class).isPresent()) {
            // A model too slow for the limit will be too slow again: one more try is for a server that was loading it.
            return new Failure(
                    Again.ONCE,
                    dialect.address() + " did not answer within the time limit",
                    Duration.ZERO,
                    0,
                    cause(thrown, UnsentException.class).isEmpty());
        }
        if (exchange.answered()) {
            ReplyBody body = new ReplyBody(exchange.body());
            return new Failure(
                    Again.NEVER, dialect.address() + " sent " + body.defect(), Duration.ZERO, 0, body.mayBePaid());
        }
        return cause(thrown, IOException.class)
                .map(broken -> ofConnection(broken, dialect))
                .orElseGet(() -> new Failure(
                        Again.NEVER, "the request failed: " + thrown.getMessage(), Duration.ZERO, 0, false));
    }

    private static Failure ofConnection(IOException broken, Dialect dialect) {
        boolean nobodyThere = cause(broken, ConnectException.class).isPresent()
                || cause(broken, UnknownHostException.class).isPresent()
                || cause(broken, NoRouteToHostException.class).isPresent();
        if (nobodyThere) {
            return new Failure(Again.OFTEN, dialect.address() + " cannot be reached", Duration.ZERO, 0, false);
        }
        // The server may have answered, and charged, already: not sent again.
        String why = dialect.address() + " broke the connection off: " + broken.getMessage();
        return new Failure(Again.NEVER, why, Duration.ZERO, 0, !(broken instanceof UnsentException));
    }

    private static Failure ofStatus(StatusException thrown, Dialect dialect) {
        int status = thrown.statusCode();
        String body = thrown.getMessage() == null ? "" : thrown.getMessage();
        String complaint = new ReplyBody(body).complaint();
        String why = dialect.address() + " answered " + status + (complaint.isEmpty() ? "" : ": " + complaint);
        String small = body.toLowerCase(Locale.ROOT);
        if (status == 401 || status == 403 || (status == 400 && small.matches("(?s).*api[ _]?key.*"))) {
            return new Failure(Again.REFUSED, why, Duration.ZERO, status, false);
        }
        if (status == 404) {
            return new Failure(Again.REFUSED, dialect.whenMissing() + " (" + why + ")", Duration.ZERO, status, false);
        }
        if (status >= 300 && status < 400) {
            return new Failure(
                    Again.NEVER,
                    why + "; a redirect is not followed: give the final URL",
                    Duration.ZERO,
                    status,
                    false);
        }
        boolean passing = PASSING.contains(status) && !small.contains("insufficient_quota");
        Duration header = thrown.retryAfter();
        Duration wait = header.isZero() ? new ReplyBody(body).retryDelay() : header;
        return new Failure(
                passing ? Again.OFTEN : Again.NEVER,
                why,
                passing ? wait : Duration.ZERO,
                status,
                IMPATIENT.contains(status));
    }

    private static <T extends Throwable> Optional<T> cause(Throwable thrown, Class<T> type) {
        Throwable at = thrown;
        for (int depth = 0; at != null && depth < 20; depth++) {
            if (type.isInstance(at)) {
                return Optional.of(type.cast(at));
            }
            at = at.getCause();
        }
        return Optional.empty();
    }
}
