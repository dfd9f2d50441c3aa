package io.jenkins.plugins.kubeflow.engine.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Serves a run's page on this machine's loopback address, live: documents as docs/run-page-protocol.md describes them. Reads only. A
 * request whose Host is not this server is refused, so that no page elsewhere can reach it by a name of its own (DNS rebinding).
 */
public final class LivePageServer implements AutoCloseable {
    private final HttpServer server;
    private final RunSource source;
    private final ExecutorService threads = Executors.newFixedThreadPool(4, task -> {
        Thread thread = new Thread(task, "kubeflow-page");
        thread.setDaemon(true);
        return thread;
    });

    private final CountDownLatch endShown = new CountDownLatch(1);
    private volatile boolean asked;

    /** @param port 0 for a free one */
    public LivePageServer(RunSource source, int port) throws IOException {
        this.source = source;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String host = exchange.getRequestHeaders().getFirst("Host");
            int port = server.getAddress().getPort();
            if (host == null || !(host.equals("127.0.0.1:" + port) || host.equals("localhost:" + port))) {
                text(exchange, 403, "this page answers to 127.0.0.1 only");
            } else if (!exchange.getRequestMethod().equals("GET")) {
                text(exchange, 405, "only GET");
            } else {
                route(exchange);
            }
        } catch (IOException | RuntimeException e) {
            if (!exchange.getResponseHeaders().containsKey("Content-Type")) {
                text(exchange, 500, String.valueOf(e.getMessage()));
            }
        }
    }

    private void route(HttpExchange exchange) throws IOException {
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        String path = query.getOrDefault("path", "");
        switch (exchange.getRequestURI().getPath()) {
            case "/" -> page(exchange);
            case "/assets/report.js" -> answer(exchange, Document.text("text/javascript", Assets.text("report.js")));
            case "/assets/report.css" -> answer(exchange, Document.text("text/css", Assets.text("report.css")));
            case "/graph" -> answer(exchange, Document.json(source.graph()));
            case "/state" -> {
                long since = Long.parseLong(query.getOrDefault("since", "0"));
                asked = true;
                JsonNode state = source.state(since);
                answer(exchange, Document.state(state, since));
                if (state != null && !state.path("ended").isNull()) {
                    endShown.countDown();
                }
            }
            case "/task" -> answer(exchange, Document.json(source.task(path)));
            case "/views" -> answer(exchange, Document.json(source.views(path)));
            case "/view" -> answer(exchange, Document.json(source.view(path, query.getOrDefault("name", ""), index(query), query.getOrDefault("file", ""))));
            case "/expected" -> answer(exchange, Document.json(source.expected()));
            case "/lineage" -> answer(exchange, Document.json(source.lineage(path)));
            case "/history" -> answer(exchange, Document.json(source.history()));
            case "/spec" -> answer(exchange, Document.text("text/plain", source.spec()));
            case "/log" -> log(exchange, source.log(path, Integer.parseInt(query.getOrDefault("attempt", "1"))), Long.parseLong(query.getOrDefault("start", "0")));
            case "/artifact" -> artifact(
                    exchange,
                    source.artifact(path, query.getOrDefault("name", ""), index(query), query.getOrDefault("file", "")),
                    query.getOrDefault("as", "").equals("image"));
            default -> text(exchange, 404, "nothing here");
        }
    }

    private static int index(Map<String, String> query) {
        return Integer.parseInt(query.getOrDefault("index", "0"));
    }

    private void page(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src 'self' data:; frame-src 'self'; base-uri 'none'; form-action 'none'");
        answer(exchange, Document.text("text/html", Assets.livePage(source.title())));
    }

    private static void log(HttpExchange exchange, Path file, long start) throws IOException {
        LogPart part = LogPart.read(file, start);
        exchange.getResponseHeaders().set("X-Text-Size", Long.toString(part.end()));
        exchange.getResponseHeaders().set("X-More-Data", Boolean.toString(part.more()));
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        send(exchange, 200, "text/plain; charset=utf-8", part.bytes());
    }

    private static void artifact(HttpExchange exchange, ShownFile file, boolean image) throws IOException {
        if (file == null) {
            text(exchange, 404, "there is no such file");
            return;
        }
        ServedFile served = ServedFile.of(file, image);
        exchange.getResponseHeaders().set("Content-Security-Policy", ServedFile.POLICY);
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders().set("Content-Type", served.contentType());
        exchange.getResponseHeaders().set("Content-Disposition", served.disposition());
        try (InputStream in = file.content().open()) {
            exchange.sendResponseHeaders(200, file.size() == 0 ? -1 : file.size());
            try (OutputStream out = exchange.getResponseBody()) {
                in.transferTo(out);
            }
        }
    }

    private static void answer(HttpExchange exchange, Document document) throws IOException {
        if (document == null) {
            text(exchange, 404, "there is no such task");
            return;
        }
        exchange.getResponseHeaders().set("Cache-Control", document.cacheControl());
        if (document.tag() != null) {
            exchange.getResponseHeaders().set("ETag", document.tag());
        }
        if (document.isKnown(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            exchange.sendResponseHeaders(304, -1);
            return;
        }
        byte[] packed = document.gzip(exchange.getRequestHeaders().getFirst("Accept-Encoding"));
        if (packed != null) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        }
        send(exchange, 200, document.type(), packed == null ? document.body() : packed);
    }

    private static void text(HttpExchange exchange, int status, String text) throws IOException {
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        send(exchange, status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    query.put(
                            URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
                }
            }
        }
        return query;
    }

    /** Waits until a page has been told how the run ended, and whether it has; not at all when no page has ever asked. */
    public boolean awaitEndShown(long most, TimeUnit unit) throws InterruptedException {
        return !asked || endShown.await(most, unit);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
