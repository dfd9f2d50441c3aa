package io.jenkins.plugins.kubeflow.engine.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The key of a Google service account, from the JSON file that Google hands out. Signs URLs of the XML API of Google's storage, version 4;
 * every request goes by such a URL, since the API takes no signed headers of this kind.
 */
public final class GoogleKey implements StoreKeys {
    private static final String ALGORITHM = "GOOG4-RSA-SHA256";
    private static final String REGION = "auto";
    private static final long REQUEST_SECONDS = 600;

    private final String email;
    private final PrivateKey key;

    private GoogleKey(String email, PrivateKey key) {
        this.email = email;
        this.key = key;
    }

    /** Whether a text looks like such a file. */
    public static boolean is(String text) {
        return text != null && text.stripLeading().startsWith("{") && text.contains("private_key");
    }

    /** @throws StoreException when it is not the key of a service account */
    public static GoogleKey of(String json) throws StoreException {
        try {
            JsonNode file = new ObjectMapper().readTree(json);
            String email = file.path("client_email").asText();
            String pem = file.path("private_key").asText().replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
            if (email.isEmpty() || pem.isEmpty()) {
                throw new StoreException("the credentials of Google's storage have no client_email or no private_key: they must be the JSON"
                        + " key of a service account", 400);
            }
            return new GoogleKey(email, KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem))));
        } catch (StoreException e) {
            throw e;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new StoreException("the credentials of Google's storage are not the JSON key of a service account", 400);
        }
    }

    @Override
    public Signed request(
            String region, String method, String host, String path, Map<String, String> query, Map<String, String> headers, String payload,
            Instant at) {
        return new Signed(url(region, method, host, path, query, REQUEST_SECONDS, at), headers);
    }

    @Override
    public String url(String region, String method, String host, String path, Map<String, String> query, long seconds, Instant at) {
        String scope = SigV4.time(at).substring(0, 8) + "/" + REGION + "/storage/goog4_request";
        SortedMap<String, String> all = new TreeMap<>(query);
        all.put("X-Goog-Algorithm", ALGORITHM);
        all.put("X-Goog-Credential", email + "/" + scope);
        all.put("X-Goog-Date", SigV4.time(at));
        all.put("X-Goog-Expires", Long.toString(seconds));
        all.put("X-Goog-SignedHeaders", "host");
        String encoded = SigV4.query(all);
        String canonical = method + "\n" + SigV4.encode(path, true) + "\n" + encoded + "\nhost:" + host + "\n\nhost\nUNSIGNED-PAYLOAD";
        String text = ALGORITHM + "\n" + SigV4.time(at) + "\n" + scope + "\n" + SigV4.sha256(canonical.getBytes(StandardCharsets.UTF_8));
        return encoded + "&X-Goog-Signature=" + sign(text);
    }

    private String sign(String text) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "GoogleKey[" + email + "]";
    }
}
