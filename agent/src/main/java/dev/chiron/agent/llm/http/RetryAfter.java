package dev.chiron.agent.llm.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Reads {@code retry-after} (seconds or an HTTP date, RFC 9110 section 10.2.3) and {@code retry-after-ms}. */
final class RetryAfter {
    private static final double LONGEST_SECONDS = 1e9;

    private RetryAfter() {}

    /** The wait that was asked for; zero when none was, when it is unreadable or in the past. */
    static Duration of(@Nullable String retryAfter, @Nullable String retryAfterMs, Instant now) {
        Duration exact = retryAfterMs == null ? Duration.ZERO : seconds(retryAfterMs, 1e-3);
        if (!exact.isZero() || retryAfter == null) {
            return exact;
        }
        Duration plain = seconds(retryAfter, 1);
        return plain.isZero() ? until(retryAfter, now) : plain;
    }

    private static Duration seconds(String text, double unit) {
        try {
            double seconds = Double.parseDouble(text.strip()) * unit;
            return seconds > 0 ? Duration.ofNanos((long) (Math.min(seconds, LONGEST_SECONDS) * 1e9)) : Duration.ZERO;
        } catch (NumberFormatException notANumber) {
            return Duration.ZERO;
        }
    }

    private static Duration until(String date, Instant now) {
        try {
            Instant then = ZonedDateTime.parse(date.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO;
        } catch (DateTimeException unreadable) {
            return Duration.ZERO;
        }
    }
}
