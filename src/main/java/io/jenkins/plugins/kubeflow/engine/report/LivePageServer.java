package io.jenkins.plugins.kubeflow.engine.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves a run's page on this machine's loopback address, live: documents as docs/run-page-protocol.md describes them. Reads only. A
 * request whose Host is not this server is refused, so that no page elsewhere can reach it by a name of its own (DNS rebinding).
 */
public final class LivePageServer implements AutoCloseable {
    private static final int LOG_PART = 512 * 1024;

    private final HttpServer server;
    private final RunSource source;
    private final ExecutorService threads = Executors.newFixedThreadPool(4, task -> {
        Thread thread = new Thread(task, "kubeflow-page");
        thread.setDaemon(true);
        return thread;
    });

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
            case "/assets/report.js" -> bytes(exchange, "text/javascript; charset=utf-8", Assets.text("report.js"));
            case "/assets/report.css" -> bytes(exchange, "text/css; charset=utf-8", Assets.text("report.css"));
            case "/graph" -> json(exchange, source.graph());
            case "/state" -> state(exchange, Long.parseLong(query.getOrDefault("since", "0")));
            case "/task" -> json(exchange, source.task(path));
            case "/views" -> json(exchange, source.views(path));
            case "/history" -> json(exchange, source.history());
            case "/spec" -> bytes(exchange, "text/plain; charset=utf-8", source.spec());
            case "/log" -> log(exchange, source.log(path, Integer.parseInt(query.getOrDefault("attempt", "1"))), Long.parseLong(query.getOrDefault("start", "0")));
            case "/artifact" -> artifact(exchange, source.artifact(path, query.getOrDefault("name", ""), Integer.parseInt(query.getOrDefault("index", "0"))));
            default -> text(exchange, 404, "nothing here");
        }
    }

    private void page(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src 'self' data:; frame-src 'self'; base-uri 'none'; form-action 'none'");
        bytes(exchange, "text/html; charset=utf-8", Assets.livePage(source.title()));
    }

    private void state(HttpExchange exchange, long since) throws IOException {
        JsonNode state = source.state(since);
        if (state == null) {
            text(exchange, 404, "no such run");
            return;
        }
        String tag = "\"" + state.path("version").asLong() + "\"";
        if (since == state.path("version").asLong() && tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            exchange.sendResponseHeaders(304, -1);
            return;
        }
        exchange.getResponseHeaders().set("ETag", tag);
        json(exchange, state);
    }

    /** @param start where to begin, in bytes; negative counts from the end of the file */
    private static void log(HttpExchange exchange, Path file, long start) throws IOException {
        if (file == null || !Files.isRegularFile(file)) {
            exchange.getResponseHeaders().set("X-Text-Size", "0");
            bytes(exchange, "text/plain; charset=utf-8", "");
            return;
        }
        long size = Files.size(file);
        long from = start < 0 ? Math.max(0, size + start) : Math.min(start, size);
        byte[] part;
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(from);
            part = in.readNBytes(LOG_PART);
        }
        long end = from + part.length;
        exchange.getResponseHeaders().set("X-Text-Size", Long.toString(end));
        exchange.getResponseHeaders().set("X-More-Data", Boolean.toString(end < size));
        send(exchange, 200, "text/plain; charset=utf-8", part);
    }

    /** Files of strangers: never run as this page's own. */
    private static void artifact(HttpExchange exchange, Path file) throws IOException {
        if (file == null || !Files.isRegularFile(file)) {
            text(exchange, 404, "there is no such file");
            return;
        }
        exchange.getResponseHeaders().set("Content-Security-Policy", "sandbox; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        String type = Files.probeContentType(file);
        boolean image = type != null && type.startsWith("image/");
        exchange.getResponseHeaders().set("Content-Type", image ? type : "application/octet-stream");
        if (!image) {
            exchange.getResponseHeaders().set(
                    "Content-Disposition", "attachment; filename=\"" + file.getFileName().toString().replaceAll("[^A-Za-z0-9._-]", "_") + "\"");
        }
        exchange.sendResponseHeaders(200, Files.size(file) == 0 ? -1 : Files.size(file));
        try (OutputStream out = exchange.getResponseBody()) {
            Files.copy(file, out);
        }
    }

    private static void json(HttpExchange exchange, JsonNode json) throws IOException {
        if (json == null) {
            text(exchange, 404, "there is no such task");
        } else {
            send(exchange, 200, "application/json", Json.MAPPER.writeValueAsBytes(json));
        }
    }

    private static void text(HttpExchange exchange, int status, String text) throws IOException {
        send(exchange, status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    private static void bytes(HttpExchange exchange, String type, String text) throws IOException {
        send(exchange, 200, type, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
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

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
