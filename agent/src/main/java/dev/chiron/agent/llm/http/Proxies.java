package dev.chiron.agent.llm.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The proxies of {@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code ALL_PROXY} and {@code NO_PROXY}, in lower case before
 * upper case as with curl; where none of them is set, Java's own. This machine is never asked through a proxy: those of
 * clusters send such requests elsewhere.
 */
public final class Proxies extends ProxySelector {
    private static final List<Proxy> DIRECT = List.of(Proxy.NO_PROXY);

    private final Map<String, String> environment;

    /** Reads these variables. */
    public Proxies(Map<String, String> environment) {
        this.environment = new TreeMap<>(environment);
    }

    @Override
    public List<Proxy> select(URI uri) {
        String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
        if (host.matches("localhost|127(\\.\\d+){3}|\\[::1]|::1") || isLeftOut(host)) {
            return DIRECT;
        }
        Optional<URI> proxy = proxy(uri.getScheme());
        if (proxy.isEmpty()) {
            return Stream.of("http_proxy", "https_proxy", "all_proxy")
                                    .anyMatch(name -> !value(name).isEmpty())
                            || ProxySelector.getDefault() == null
                    ? DIRECT
                    : ProxySelector.getDefault().select(uri);
        }
        int port = proxy.get().getPort() < 0 ? 80 : proxy.get().getPort();
        return List.of(new Proxy(
                Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.get().getHost(), port)));
    }

    /** What a proxy that asks who it is gets, from the user and password in its address; empty for none. */
    Optional<String> authorization(String scheme) {
        return proxy(scheme)
                .map(URI::getUserInfo)
                .map(user -> "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // who asked is told by the exception
    }

    private Optional<URI> proxy(String scheme) {
        String own = value(scheme + "_proxy");
        String text = own.isEmpty() ? value("all_proxy") : own;
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new URI(text.contains("://") ? text : "http://" + text))
                    .filter(uri -> uri.getHost() != null);
        } catch (URISyntaxException unusable) {
            throw new IllegalArgumentException(
                    scheme + "_proxy is not an address of a proxy: want http://HOST:PORT", null);
        }
    }

    private boolean isLeftOut(String host) {
        return Stream.of(value("no_proxy").split("[,\\s]+"))
                .filter(name -> !name.isEmpty())
                .map(name -> name.toLowerCase(Locale.ROOT).replaceAll("^\\.|:\\d+$", ""))
                .anyMatch(name -> name.equals("*") || host.equals(name) || host.endsWith("." + name));
    }

    private String value(String name) {
        String small = environment.getOrDefault(name, "").strip();
        return small.isEmpty()
                ? environment.getOrDefault(name.toUpperCase(Locale.ROOT), "").strip()
                : small;
    }
}
