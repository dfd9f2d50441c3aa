package io.jenkins.plugins.kubeflow.engine.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How an object store is reached, and what of it may be. Immutable; its text form holds no secret.
 *
 * @param readable places at and below which artifacts may be read; empty for all that the credentials can reach
 */
public record S3Settings(StoreAddress address, StoreCredentials credentials, List<StorePlace> readable) {
    /**
     * @param readable URIs, each of which may have a query as {@link StorePlace}
     * @throws StoreException with a sentence that says what is missing or wrong
     */
    public static S3Settings of(StoreAddress address, StoreCredentials credentials, List<String> readable) throws StoreException {
        List<StorePlace> places = new ArrayList<>();
        for (String uri : readable) {
            places.add(StorePlace.of(uri));
        }
        return new S3Settings(address, credentials, List.copyOf(places));
    }

    /** The same with keys of Amazon's kind. */
    public static S3Settings of(
            String endpoint, String region, boolean pathStyle, String accessKey, String secretKey, String sessionToken, List<String> readable)
            throws StoreException {
        StoreAddress address = StoreAddress.of(endpoint, region, pathStyle);
        return of(address, StoreCredentials.of(S3Keys.of(accessKey, secretKey, sessionToken)), readable);
    }

    /** That of the standard variables of Amazon's tools; what is given wins. */
    public static StoreAddress address(Map<String, String> environment, String endpoint, String region, boolean pathStyle) throws StoreException {
        return StoreAddress.of(
                first(endpoint, environment.get("AWS_ENDPOINT_URL_S3"), environment.get("AWS_ENDPOINT_URL")),
                first(region, environment.get("AWS_REGION"), environment.get("AWS_DEFAULT_REGION")),
                pathStyle);
    }

    /** The keys of the standard variables of Amazon's tools, else of Google's. */
    public static StoreKeys keys(Map<String, String> environment) throws StoreException {
        String file = environment.get("GOOGLE_APPLICATION_CREDENTIALS");
        if (!environment.containsKey("AWS_ACCESS_KEY_ID") && file != null) {
            try {
                return GoogleKey.of(Files.readString(Path.of(file)));
            } catch (StoreException e) {
                throw e;
            } catch (IOException e) {
                throw new StoreException("GOOGLE_APPLICATION_CREDENTIALS: ‘" + file + "’ cannot be read", 400);
            }
        }
        return S3Keys.of(environment.get("AWS_ACCESS_KEY_ID"), environment.get("AWS_SECRET_ACCESS_KEY"), environment.get("AWS_SESSION_TOKEN"));
    }

    private static String first(String... values) {
        for (String value : values) {
            if (value != null && !value.isBlank()) {
                return value;
            }
        }
        return null;
    }

    /** Where an object is: as the innermost of the places around it says, else as all. */
    public StoreAddress address(ObjectUri object) {
        StorePlace place = null;
        for (StorePlace other : readable) {
            if (other.covers(object) && (place == null || place.covers(other.uri()))) {
                place = other;
            }
        }
        return place == null ? address : place.address(address);
    }

    @Override
    public String toString() {
        return "S3Settings[" + address + "]";
    }
}
