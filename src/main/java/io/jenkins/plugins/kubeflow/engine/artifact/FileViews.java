package io.jenkins.plugins.kubeflow.engine.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** Views of a local file or directory, told by type, name and content. Reads a bounded part only, however large the file is. */
final class FileViews {
    static final int HEAD = 256 * 1024;
    /** Of a page; what plotting libraries write is large. */
    static final int PAGE_HEAD = 4 << 20;
    static final int ROWS = 1000;
    static final int ENTRIES = 1000;
    private static final Map<String, String> IMAGES = Map.of(
            ".png", "image/png", ".jpg", "image/jpeg", ".jpeg", "image/jpeg", ".gif", "image/gif", ".webp", "image/webp", ".svg", "image/svg+xml");
    private static final List<Extension> TABLES = List.of(TablesExtension.create());
    private static final Parser MARKDOWN = Parser.builder().extensions(TABLES).build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder().extensions(TABLES).escapeHtml(true).sanitizeUrls(true).build();
    private static final Pattern SVG = Pattern.compile("\\s*(<\\?xml[^>]*>\\s*)?(<!--.*?-->\\s*|<!DOCTYPE svg[^>]*>\\s*)*<svg[\\s>].*", Pattern.DOTALL);
    /** Strict, so that lines of JSON are not taken for their first line. */
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private FileViews() {}

    static ArtifactView of(Path path, String type) throws IOException {
        if (Files.isDirectory(path)) {
            return directory(path);
        }
        if (!Files.isRegularFile(path)) {
            return new ArtifactView.Problem("‘" + path.getFileName() + "’ is neither a file nor a directory");
        }
        String name = path.getFileName().toString();
        return of(name, Files.size(path), head(path, limit(name, type)), type);
    }

    /** Of a file by its beginning, wherever it is; {@code head} is all of it or its first {@link #limit} bytes. */
    static ArtifactView of(String fileName, long size, byte[] head, String type) {
        String name = fileName.toLowerCase(Locale.ROOT);
        String image = image(name, head);
        if (image != null) {
            return new ArtifactView.Image(image, size);
        }
        if (binary(head)) {
            return new ArtifactView.Download(size);
        }
        String text = new String(head, StandardCharsets.UTF_8).replaceFirst("^\\uFEFF", "");
        boolean truncated = size > head.length;
        if (isHtml(name, type)) {
            return new ArtifactView.Html(text, size, truncated);
        } else if (type.equals("system.Markdown") || name.endsWith(".md")) {
            return markdown(text, size, truncated);
        } else if (name.endsWith(".tsv")) {
            return table(text, '\t', truncated);
        } else if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
            return jsonLines(text, truncated);
        }
        return sniff(text, size, truncated, name);
    }

    /** How much of a file is read. */
    static int limit(String fileName, String type) {
        return isHtml(fileName.toLowerCase(Locale.ROOT), type) ? PAGE_HEAD : HEAD;
    }

    private static boolean isHtml(String name, String type) {
        return type.equals("system.HTML") || name.endsWith(".html") || name.endsWith(".htm");
    }

    static ArtifactView markdown(String text, long size, boolean truncated) {
        Node document = MARKDOWN.parse(text);
        return new ArtifactView.Markdown(RENDERER.render(document), size, truncated);
    }

    /** Files of the SDK have no ending: a table and JSON are known by their content. */
    private static ArtifactView sniff(String text, long size, boolean truncated, String name) {
        if (text.stripLeading().startsWith("{") || text.stripLeading().startsWith("[")) {
            JsonNode json = truncated ? null : parse(text);
            if (json != null) {
                return new ArtifactView.Json(json);
            }
            List<String> lines = text.lines().limit(2).toList();
            boolean objects = lines.size() == 2 && lines.get(1).startsWith("{") && parse(lines.get(0)) != null;
            return objects ? jsonLines(text, truncated) : new ArtifactView.Text(text, size, truncated);
        }
        if (name.endsWith(".csv") || looksLikeTable(text, ',')) {
            return table(text, ',', truncated);
        }
        if (looksLikeTable(text, '\t')) {
            return table(text, '\t', truncated);
        }
        return new ArtifactView.Text(text, size, truncated);
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException notJson) {
            return null;
        }
    }

    /** Three rows or more with the same number of cells. */
    private static boolean looksLikeTable(String text, char separator) {
        List<List<String>> rows = Csv.rows(text, separator, 5);
        return rows.size() >= 3 && rows.get(0).size() > 1 && rows.stream().map(List::size).distinct().count() == 1;
    }

    static ArtifactView table(String text, char separator, boolean truncated) {
        List<List<String>> rows = Csv.rows(text, separator, ROWS + 2);
        if (truncated && !rows.isEmpty()) {
            rows = rows.subList(0, rows.size() - 1);
        }
        if (rows.isEmpty()) {
            return new ArtifactView.Table(List.of(), List.of(), false);
        }
        boolean more = rows.size() > ROWS + 1;
        return new ArtifactView.Table(rows.get(0), List.copyOf(rows.subList(1, Math.min(rows.size(), ROWS + 1))), truncated || more);
    }

    private static ArtifactView jsonLines(String text, boolean cut) {
        boolean truncated = cut || text.lines().limit(ROWS + 1L).count() > ROWS;
        List<JsonNode> objects = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        for (String line : text.lines().limit(ROWS).toList()) {
            try {
                JsonNode object = JSON.readTree(line);
                object.fieldNames().forEachRemaining(field -> {
                    if (!columns.contains(field) && columns.size() < 200) {
                        columns.add(field);
                    }
                });
                objects.add(object);
            } catch (JsonProcessingException torn) {
                break;
            }
        }
        List<List<String>> rows = objects.stream()
                .map(object -> columns.stream().map(c -> object.path(c).isValueNode() ? object.path(c).asText() : object.path(c).isMissingNode() ? "" : object.path(c).toString()).toList())
                .toList();
        return new ArtifactView.Table(columns, rows, truncated);
    }

    private static ArtifactView directory(Path path) throws IOException {
        List<ArtifactView.Entry> entries = new ArrayList<>();
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.sorted(Comparator.comparing(Path::toString)).limit(ENTRIES + 1L).toList()) {
                boolean folder = Files.isDirectory(file);
                entries.add(new ArtifactView.Entry(file.getFileName().toString(), folder, Files.isRegularFile(file) ? Files.size(file) : 0));
            }
        }
        boolean truncated = entries.size() > ENTRIES;
        return new ArtifactView.Directory(truncated ? entries.subList(0, ENTRIES) : entries, truncated);
    }

    private static byte[] head(Path path, int most) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(most);
        }
    }

    /** The media type of a picture, or null; {@code name} is in lower case. */
    static String image(String name, byte[] head) {
        int dot = name.lastIndexOf('.');
        String byName = dot < 0 ? null : IMAGES.get(name.substring(dot));
        if (byName != null) {
            return byName;
        }
        if (head.length > 8 && (head[0] & 0xff) == 0x89 && head[1] == 'P' && head[2] == 'N' && head[3] == 'G') {
            return "image/png";
        }
        if (head.length > 3 && (head[0] & 0xff) == 0xff && (head[1] & 0xff) == 0xd8) {
            return "image/jpeg";
        }
        String start = new String(head, 0, Math.min(head.length, 2048), StandardCharsets.ISO_8859_1);
        if (start.startsWith("GIF8")) {
            return "image/gif";
        } else if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) {
            return "image/webp";
        }
        return SVG.matcher(start).matches() ? "image/svg+xml" : null;
    }

    private static boolean binary(byte[] head) {
        for (int i = 0; i < Math.min(head.length, 8192); i++) {
            if (head[i] == 0) {
                return true;
            }
        }
        return false;
    }
}
