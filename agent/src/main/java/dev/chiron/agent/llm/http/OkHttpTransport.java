package dev.chiron.agent.llm.http;

import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.EventListener;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * LangChain4j's HTTP client on OkHttp. A request is sent once, never followed to another address, bounded in time and
 * size, and ends when its thread is interrupted.
 */
public final class OkHttpTransport implements HttpClient {
    private static final long LARGEST_BODY = 16L << 20;
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

    private final OkHttpClient client;
    private final Duration timeout;
    private final InstantSource clock;

    /**
     * A transport that waits 10 s at most for a connection.
     *
     * @param timeout the longest time for a whole call, the connection included
     * @param clock tells how long a date in {@code retry-after} is away
     * @param proxies which way a request goes
     */
    public OkHttpTransport(Duration timeout, InstantSource clock, Proxies proxies) {
        this(LONGEST_CONNECT, timeout, clock, proxies);
    }

    /**
     * A transport with its own limit on connecting.
     *
     * @param connect the longest wait for a connection
     * @param timeout the longest time for a whole call, the connection included
     * @param clock tells how long a date in {@code retry-after} is away
     * @param proxies which way a request goes
     */
    public OkHttpTransport(Duration connect, Duration timeout, InstantSource clock, Proxies proxies) {
        this.timeout = timeout;
        this.clock = clock;
        // A read time-out does not bound a reply that dribbles, so the whole call is bounded. A repeated POST could be
        // paid twice and a redirect could carry the key elsewhere, so both are left to the caller.
        client = new OkHttpClient.Builder()
                .dispatcher(new Dispatcher(daemonThreads()))
                .retryOnConnectionFailure(false)
                .connectionPool(
                        new ConnectionPool(0, 1, TimeUnit.SECONDS)) // minutes lie between turns; servers hang up
                .proxySelector(proxies)
                .proxyAuthenticator((route, response) -> introduced(response, proxies))
                .eventListener(new Sending())
                .followRedirects(false)
                .followSslRedirects(false)
                .connectTimeout(connect)
                .readTimeout(timeout)
                .writeTimeout(timeout)
                .callTimeout(timeout)
                .build();
    }

    /** Marks a request once its first byte goes out. */
    private static final class Sending extends EventListener {
        @Override
        public void requestHeadersStart(Call call) {
            AtomicBoolean sent = call.request().tag(AtomicBoolean.class);
            if (sent != null) {
                sent.set(true);
            }
        }
    }

    /** Once: a proxy that refused a password will refuse it again. */
    private static @Nullable Request introduced(Response response, Proxies proxies) {
        Request request = response.request();
        if (request.header("Proxy-Authorization") != null) {
            return null;
        }
        return proxies.authorization(request.url().scheme())
                .map(known -> request.newBuilder()
                        .header("Proxy-Authorization", known)
                        .build())
                .orElse(null);
    }

    private static ThreadPoolExecutor daemonThreads() {
        return new ThreadPoolExecutor(0, 64, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
            Thread thread = new Thread(work, "chiron-http");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        AtomicBoolean sent = new AtomicBoolean();
        Call call = client.newCall(translate(request, sent));
        CompletableFuture<SuccessfulHttpResponse> result = new CompletableFuture<>();
        call.enqueue(new Callback() {
            @Override
            public void onResponse(Call answered, Response response) {
                try (response) {
                    result.complete(read(response));
                } catch (Throwable broken) {
                    // An Error too: OkHttp would only log it, and who asked would wait for ever.
                    result.completeExceptionally(broken);
                }
            }

            @Override
            public void onFailure(Call failed, IOException e) {
                result.completeExceptionally(e);
            }
        });
        return await(call, result, sent);
    }

    /** Reads the whole stream of events first: a study has nobody to show half a reply to. */
    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        try {
            SuccessfulHttpResponse response = execute(request);
            listener.onOpen(response);
            InputStream events = new ByteArrayInputStream(response.body().getBytes(StandardCharsets.UTF_8));
            parser.parse(events, listener);
            listener.onClose();
        } catch (RuntimeException failed) {
            listener.onError(failed);
        }
    }

    private SuccessfulHttpResponse await(
            Call call, CompletableFuture<SuccessfulHttpResponse> result, AtomicBoolean sent) {
        try {
            return result.get();
        } catch (InterruptedException interrupted) {
            call.cancel();
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            if (cause instanceof IOException broken) {
                throw ended(sent.get() ? broken : new UnsentException(broken), cause instanceof InterruptedIOException);
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw cause instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(cause);
        }
    }

    private RuntimeException ended(IOException broken, boolean late) {
        return late
                ? new TimeoutException("no answer within " + timeout.toMillis() + " ms", broken)
                : new UncheckedIOException(broken);
    }

    private SuccessfulHttpResponse read(Response response) throws IOException {
        if (response.body().source().request(LARGEST_BODY + 1)) {
            throw new IOException("the answer is larger than " + (LARGEST_BODY >> 20) + " MiB");
        }
        String body = text(response.body().bytes(), response.body().contentType());
        if (!response.isSuccessful()) {
            Duration wait =
                    RetryAfter.of(response.header("retry-after"), response.header("retry-after-ms"), clock.instant());
            throw new StatusException(response.code(), body, wait);
        }
        return SuccessfulHttpResponse.builder()
                .statusCode(response.code())
                // decoded already; LangChain4j would decode it once more by the header's charset
                .headers(response.headers()
                        .newBuilder()
                        .removeAll("content-type")
                        .build()
                        .toMultimap())
                .body(body)
                .build();
    }

    /** JSON is UTF-8 (RFC 8259 section 8.1), whatever a header says; only what is not gets the charset of the header. */
    private static String text(byte[] bytes, @Nullable MediaType type) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException other) {
            Charset named = type == null ? null : type.charset(StandardCharsets.UTF_8);
            return new String(bytes, named == null ? StandardCharsets.UTF_8 : named);
        }
    }

    private static Request translate(HttpRequest request, AtomicBoolean sent) {
        Request.Builder builder = new Request.Builder().url(request.url()).tag(AtomicBoolean.class, sent);
        request.headers().forEach((name, values) -> values.forEach(value -> builder.addHeader(name, value)));
        return builder.method(request.method().name(), body(request)).build();
    }

    private static @Nullable RequestBody body(HttpRequest request) {
        String text = request.body();
        if (text == null) {
            return request.method().name().equals("POST") ? RequestBody.create(new byte[0]) : null;
        }
        // From bytes: made from a String, OkHttp would add a charset to the content type.
        return RequestBody.create(text.getBytes(StandardCharsets.UTF_8), MediaType.get("application/json"));
    }
}
