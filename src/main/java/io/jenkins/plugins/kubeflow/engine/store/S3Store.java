package io.jenkins.plugins.kubeflow.engine.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Artifacts in an object store that speaks S3, as Google's does too. A directory is the objects whose keys begin with its own and a slash, as in KFP. What an
 * artifact's URI says comes from pipelines: only what the settings call readable is read, and what is written, the callers vouch for.
 */
public final class S3Store implements ArtifactStore {
    static final int MOST_ENTRIES = 100_000;
    /** Long enough for the objects of a large directory one after the other; credentials that are temporary end it earlier. */
    private static final Duration VALID = Duration.ofHours(6);

    private final S3Client client;

    public S3Store(S3Settings settings) {
        this.client = new S3Client(settings);
    }

    public S3Settings settings() {
        return client.settings();
    }

    @Override
    public boolean holds(String uri) {
        return ObjectUri.is(uri);
    }

    @Override
    public Stored find(String uri) throws IOException {
        ObjectUri object = readable(uri);
        if (!object.key().isEmpty()) {
            HttpResponse<InputStream> head = client.send("HEAD", object, Map.of(), Map.of(), new byte[0]);
            if (head != null) {
                head.body().close();
                return new File(head.headers().firstValueAsLong("content-length").orElse(0), identity(head));
            }
        }
        return folder(object);
    }

    private static String identity(HttpResponse<?> head) {
        String etag = head.headers().firstValue("etag").orElse("");
        String version = head.headers().firstValue("x-amz-version-id").orElse("");
        return etag.replace("\"", "") + (version.isEmpty() || version.equals("null") ? "" : "@" + version);
    }

    private Folder folder(ObjectUri folder) throws IOException {
        List<Entry> entries = new ArrayList<>();
        String prefix = folder.key().isEmpty() ? "" : folder.key() + "/";
        ObjectUri bucket = new ObjectUri(folder.scheme(), folder.bucket(), "");
        String token = "";
        do {
            Map<String, String> query = new TreeMap<>(Map.of("list-type", "2", "prefix", prefix));
            if (!token.isEmpty()) {
                query.put("continuation-token", token);
            }
            HttpResponse<InputStream> answer = client.send("GET", bucket, query, Map.of(), new byte[0]);
            if (answer == null) {
                throw new StoreException("‘" + folder + "’: there is no bucket ‘" + folder.bucket() + "’", 404);
            }
            Document page = client.xml(answer, folder);
            NodeList contents = page.getElementsByTagName("Contents");
            for (int i = 0; i < contents.getLength(); i++) {
                add((Element) contents.item(i), prefix, entries);
            }
            token = S3Client.text(page, "IsTruncated").equals("true") ? S3Client.text(page, "NextContinuationToken") : "";
        } while (!token.isEmpty() && entries.size() <= MOST_ENTRIES);
        if (entries.isEmpty()) {
            return null;
        }
        StringBuilder all = new StringBuilder();
        entries.forEach(entry -> all.append(entry.name()).append('\0').append(entry.identity()).append('\n'));
        return new Folder(List.copyOf(entries), !token.isEmpty(), SigV4.sha256(all.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** Some programs mark a directory by an object whose key ends with a slash. */
    private static void add(Element object, String prefix, List<Entry> entries) {
        String key = child(object, "Key");
        if (key.startsWith(prefix) && key.length() > prefix.length() && !key.endsWith("/")) {
            long size = Long.parseLong(child(object, "Size").isEmpty() ? "0" : child(object, "Size"));
            entries.add(new Entry(key.substring(prefix.length()), size, child(object, "ETag").replace("\"", "")));
        }
    }

    private static String child(Element element, String name) {
        NodeList found = element.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }

    @Override
    public InputStream open(String uri, long most) throws IOException {
        ObjectUri object = readable(uri);
        Map<String, String> range = most == Long.MAX_VALUE ? Map.of() : Map.of("range", "bytes=0-" + (most - 1));
        HttpResponse<InputStream> answer;
        try {
            answer = client.send("GET", object, Map.of(), range, new byte[0]);
        } catch (StoreException e) {
            if (e.status() == 416) { // nothing lies in any range of an empty object
                return InputStream.nullInputStream();
            }
            throw e;
        }
        if (answer == null) {
            throw new StoreException("there is nothing at ‘" + uri + "’", 404);
        }
        return answer.body();
    }

    /** A URL to read an object with, for somebody who has no credentials. */
    public String readUrl(String uri) throws StoreException {
        return client.presigned("GET", readable(uri), Map.of(), VALID);
    }

    /** A URL to write an object with. The caller vouches that it may be written. */
    public String writeUrl(String uri) throws StoreException {
        return client.presigned("PUT", ObjectUri.of(uri), Map.of(), VALID);
    }

    /** Begins an upload in parts, for what is too large for one request. */
    public S3Upload upload(String uri) throws IOException {
        return S3Upload.begin(client, ObjectUri.of(uri), VALID);
    }

    /** The URI of a file in a folder. @throws StoreException for a name that leads out of it */
    public static String child(String folder, String name) throws StoreException {
        return ObjectUri.of(ObjectUri.of(folder).child(name).toString()).toString();
    }

    private ObjectUri readable(String uri) throws StoreException {
        ObjectUri object = ObjectUri.of(uri);
        List<StorePlace> readable = settings().readable();
        if (readable.isEmpty() || readable.stream().anyMatch(place -> place.covers(object))) {
            return object;
        }
        String places = readable.stream().map(StorePlace::toString).collect(Collectors.joining(" or "));
        throw new StoreException("‘" + uri + "’ may not be read: it is not below " + places
                + "; an administrator can add its place to the readable URIs of the cloud", 403);
    }
}
