package io.jenkins.plugins.kubeflow.engine.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.kubeflow.engine.task.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The built front end, and the page around it. */
public final class Assets {
    private Assets() {}

    /** The page with everything inside. Scripts are allowed by their hash alone; data cannot close its element. */
    static String page(JsonNode data) throws IOException {
        return page(data, text("report.js"), text("report.css"));
    }

    static String page(JsonNode data, String script, String style) throws IOException {
        String inline = script.replace("</script", "<\\/script");
        return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
                + "frame-src 'self' data:; base-uri 'none'; form-action 'none'; script-src 'sha256-" + sha256(inline) + "'\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<title>" + escape(data.path("graph").path("run").path("name").asText()) + "</title>\n<style>" + style + "</style>\n</head>\n"
                + "<body>\n<div id=\"kubeflow-run\"></div>\n<script type=\"application/json\" id=\"kubeflow-data\">" + embeddable(data) + "</script>\n<script>"
                + inline + "</script>\n</body>\n</html>\n";
    }

    /** JSON for a data block: nothing in it ends the element. */
    public static String embeddable(JsonNode data) throws IOException {
        return Json.MAPPER.writeValueAsString(data).replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
    }

    /** The page that loads its data from where it came from. */
    static String livePage(String title) {
        return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" + escape(title) + "</title>\n"
                + "<link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\" href=\"assets/report.css\">\n</head>\n<body>\n<div id=\"kubeflow-run\" data-base=\"./\"></div>\n"
                + "<script src=\"assets/report.js\"></script>\n</body>\n</html>\n";
    }

    /** A file of the built front end. */
    public static String text(String name) throws IOException {
        try (InputStream in = Assets.class.getResourceAsStream("assets/" + name)) {
            if (in == null) {
                throw new IOException("the page's front end is not part of this build: build it with npm (see CONTRIBUTING.md)");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder().encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
