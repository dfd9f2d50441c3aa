package io.jenkins.plugins.kubeflow.engine.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/**
 * Signed requests to an object store, and URLs that let others make some. Blocks; thread-safe. What the store refuses is a
 * {@link StoreException} with its own words.
 */
final class S3Client {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final int MOST_ERROR = 4096;
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private final S3Settings settings;

    S3Client(S3Settings settings) {
        this.settings = settings;
    }

    S3Settings settings() {
        return settings;
    }

    /** A URL for one method on one object. */
    String presigned(String method, ObjectUri object, Map<String, String> query, Duration valid) throws StoreException {
        StoreAddress address = settings.address(object);
        String base = address.base(object);
        String path = address.path(object);
        return base + SigV4.encode(path, true) + "?"
                + settings.credentials().keys().url(address.region(), method, host(base), path, query, valid.toSeconds(), Instant.now());
    }

    /** A good answer; null for 404. Whoever gets it closes its body. */
    HttpResponse<InputStream> send(String method, ObjectUri object, Map<String, String> query, Map<String, String> headers, byte[] body)
            throws IOException {
        StoreAddress address = settings.address(object);
        String base = address.base(object);
        String path = address.path(object);
        StoreKeys.Signed signed = settings.credentials().keys().request(
                address.region(), method, host(base), path, query, headers, body.length == 0 ? SigV4.EMPTY : SigV4.sha256(body), Instant.now());
        String url = base + SigV4.encode(path, true) + (signed.query().isEmpty() ? "" : "?" + signed.query());
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(ANSWER)
                .method(method, body.length == 0 ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body));
        signed.headers().forEach((name, value) -> {
            if (!name.equals("host")) {
                request.header(name, value);
            }
        });
        HttpResponse<InputStream> response = send(request.build(), object);
        if (response.statusCode() / 100 == 2) {
            return response;
        }
        try (InputStream error = response.body()) {
            if (response.statusCode() == 404 && !isNoBucket(error)) {
                return null;
            } else if (response.statusCode() == 404) {
                throw new StoreException("‘" + object + "’: there is no bucket ‘" + object.bucket() + "’ at " + base, 404);
            }
            throw refused(response.statusCode(), error, object, base);
        }
    }

    private static HttpResponse<InputStream> send(HttpRequest request, ObjectUri object) throws IOException {
        try {
            return HTTP.send(request, BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while asking for ‘" + object + "’");
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new StoreException(
                    "‘" + object + "’: the store at " + request.uri().getScheme() + "://" + request.uri().getAuthority() + " does not answer: " + why, e);
        }
    }

    private static boolean isNoBucket(InputStream error) throws IOException {
        return new String(error.readNBytes(MOST_ERROR), StandardCharsets.UTF_8).contains("NoSuchBucket");
    }

    private static StoreException refused(int status, InputStream error, ObjectUri object, String base) {
        String words = "";
        try {
            Document document = xml(error.readNBytes(MOST_ERROR), object);
            words = " " + text(document, "Code") + ": " + text(document, "Message");
        } catch (IOException noXml) {
            // the number has to do
        }
        String hint = status == 403 ? "; are the access key, its rights and the region right?"
                : status == 301 || status == 307 ? "; the bucket is in another region than ‘" + base + "’" : "";
        return new StoreException("‘" + object + "’: the store at " + base + " answered " + status + words + hint, status);
    }

    Document xml(HttpResponse<InputStream> response, ObjectUri object) throws IOException {
        try (InputStream body = response.body()) {
            return xml(body.readAllBytes(), object);
        }
    }

    private static Document xml(byte[] bytes, ObjectUri object) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new ByteArrayInputStream(bytes));
        } catch (ParserConfigurationException | SAXException e) {
            throw new StoreException("‘" + object + "’: the store's answer is not that of S3: " + e.getMessage(), 400);
        }
    }

    /** The text of the first element of that name, or "". */
    static String text(Document document, String element) {
        var found = document.getElementsByTagName(element);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }

    private static String host(String base) {
        String authority = URI.create(base).getRawAuthority();
        boolean standard = base.startsWith("https://") && authority.endsWith(":443") || base.startsWith("http://") && authority.endsWith(":80");
        return standard ? authority.substring(0, authority.lastIndexOf(':')) : authority;
    }
}
