package io.jenkins.plugins.kubeflow.engine.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/**
 * A document as it goes over HTTP. With its {@code tag} (an ETag, quotes included) a browser that has it already is told so in a few
 * bytes; null says that it must not be kept.
 */
public record Document(String type, byte[] body, String tag) {
    /** Below this compression does not pay. */
    private static final int SMALL = 1024;

    /** Tagged by its content; null stays null. */
    public static Document json(JsonNode json) {
        return json == null ? null : text("application/json", bytes(json));
    }

    public static Document text(String type, String text) {
        return text(type, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Document text(String type, byte[] body) {
        return new Document(type + ";charset=utf-8", body, '"' + digest(body) + '"');
    }

    /**
     * A run's state. What a page asks for again and again is tagged with the version that it has; the whole of a run that is over with
     * what identifies it (its clock is left out); anything else is not to be kept.
     */
    public static Document state(JsonNode state, long since) {
        if (state == null) {
            return null;
        }
        long version = state.path("version").asLong();
        String tag = null;
        if (since == version) {
            tag = "\"" + version + '"';
        } else if (!state.path("ended").isNull()) {
            tag = "\"" + since + '-' + version + '-' + state.path("ended").asText() + '"';
        }
        return new Document("application/json;charset=utf-8", bytes(state), tag);
    }

    /** Whether {@code If-None-Match} names this document; proxies make tags weak. */
    public boolean isKnown(String ifNoneMatch) {
        if (tag == null || ifNoneMatch == null) {
            return false;
        }
        for (String each : ifNoneMatch.split(",")) {
            String known = each.trim();
            if ((known.startsWith("W/") ? known.substring(2) : known).equals(tag)) {
                return true;
            }
        }
        return false;
    }

    public String cacheControl() {
        return tag == null ? "no-store" : "private, no-cache";
    }

    /** The body compressed, or null when it is too small for that or {@code Accept-Encoding} does not name gzip. */
    public byte[] gzip(String acceptEncoding) {
        if (body.length < SMALL || acceptEncoding == null || !acceptEncoding.matches("(?i).*\\bgzip\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$)).*")) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 3);
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(JsonNode json) {
        try {
            return Json.MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static String digest(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
