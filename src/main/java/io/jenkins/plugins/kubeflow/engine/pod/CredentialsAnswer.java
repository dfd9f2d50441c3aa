package io.jenkins.plugins.kubeflow.engine.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.kubeflow.engine.store.S3Keys;
import io.jenkins.plugins.kubeflow.engine.store.StoreException;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code credentials.sh} says: a line with the way that it took, the answer as it came (XML of a token service, JSON of an agent or
 * of a node's metadata), and a line with the HTTP status. Pure.
 */
final class CredentialsAnswer {
    private static final Pattern FORM = Pattern.compile("\\A\\s*way ([^\\n]*)\\n(.*)\\nstatus (\\d*)\\s*\\z", Pattern.DOTALL);
    private static final int LONGEST = 300;

    private CredentialsAnswer() {}

    static S3Keys keys(String answer) throws StoreException {
        if (answer.strip().equals("no curl")) {
            throw new StoreException("the helper image has no curl; name one that has (docs/kubernetes.md)", 400);
        }
        Matcher form = FORM.matcher(answer);
        if (!form.matches()) {
            throw new StoreException("the pod broke off");
        }
        String way = form.group(1);
        String body = form.group(2).strip();
        int status = form.group(3).isEmpty() ? 0 : Integer.parseInt(form.group(3));
        if (status / 100 != 2) {
            throw new StoreException(way + (status == 0 ? " does not answer" : " answered " + status) + words(body), status);
        }
        try {
            JsonNode json = body.startsWith("{") ? new ObjectMapper().readTree(body) : null;
            String token = json == null ? xml(body, "SessionToken") : json.path("Token").asText();
            S3Keys keys = S3Keys.of(value(json, body, "AccessKeyId"), value(json, body, "SecretAccessKey"), token);
            String expires = value(json, body, "Expiration");
            return new S3Keys(keys.accessKey(), keys.secretKey(), keys.sessionToken(), expires.isEmpty() ? null : Instant.parse(expires));
        } catch (IOException | DateTimeParseException e) {
            throw new StoreException(way + " answered something else than credentials", 400);
        }
    }

    private static String value(JsonNode json, String body, String name) {
        return json == null ? xml(body, name) : json.path(name).asText();
    }

    private static String xml(String body, String name) {
        Matcher element = Pattern.compile("<" + name + ">([^<]*)</" + name + ">").matcher(body);
        return element.find() ? element.group(1).strip() : "";
    }

    /** Of a refusal; it holds no credentials. */
    private static String words(String body) {
        String words = xml(body, "Message").isEmpty() ? body.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ").strip() : xml(body, "Code") + ": " + xml(body, "Message");
        return words.isEmpty() ? "" : ": " + words.substring(0, Math.min(words.length(), LONGEST));
    }
}
