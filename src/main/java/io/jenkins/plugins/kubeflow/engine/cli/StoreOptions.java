package io.jenkins.plugins.kubeflow.engine.cli;

import io.jenkins.plugins.kubeflow.engine.pod.ClaimStore;
import io.jenkins.plugins.kubeflow.engine.store.ArtifactStore;
import io.jenkins.plugins.kubeflow.engine.store.ClaimUri;
import io.jenkins.plugins.kubeflow.engine.store.ObjectUri;
import io.jenkins.plugins.kubeflow.engine.store.S3Settings;
import io.jenkins.plugins.kubeflow.engine.store.S3Store;
import io.jenkins.plugins.kubeflow.engine.store.StoreException;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The object store of s3:// and minio:// artifacts. Credentials are the environment's, so that no list of processes shows them. */
final class StoreOptions {
    @Option(names = "--s3-endpoint", paramLabel = "URL",
            description = "The server of s3:// and minio:// artifacts (default: AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL, or Amazon). "
                    + "Credentials: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN.")
    private String endpoint;

    @Option(names = "--s3-region", paramLabel = "REGION", description = "Its region (default: AWS_REGION, AWS_DEFAULT_REGION, or us-east-1).")
    private String region;

    @Option(names = "--s3-virtual-hosts", description = "Name buckets in the host's name instead of the path.")
    private boolean virtualHosts;

    @Option(names = "--s3-secret", paramLabel = "NAME",
            description = "Take the credentials from this Kubernetes Secret (keys accesskey and secretkey), with --runner kubernetes.")
    String secret;

    private Map<String, String> environment = System.getenv();
    private volatile S3Store store;
    private volatile ClaimStore claims;

    /** Null when nothing speaks of an object store. */
    S3Store objects() throws BadInputException {
        boolean none = endpoint == null && region == null && !environment.containsKey("AWS_ACCESS_KEY_ID");
        if (store == null && !none && secret == null) {
            try {
                store = new S3Store(S3Settings.ofEnvironment(environment, endpoint, region, !virtualHosts));
            } catch (StoreException e) {
                throw new BadInputException(e.getMessage() + ": set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a Secret with --s3-secret");
            }
        }
        return store;
    }

    /** Takes the place of the environment's credentials. */
    void credentials(String accessKey, String secretKey) throws BadInputException {
        environment = new java.util.HashMap<>(environment);
        environment.put("AWS_ACCESS_KEY_ID", accessKey);
        environment.put("AWS_SECRET_ACCESS_KEY", secretKey);
        environment.remove("AWS_SESSION_TOKEN");
        secret = null;
        objects();
    }

    /** What reads claims of the cluster where the run takes place. */
    void claims(ClaimStore reader) {
        claims = reader;
    }

    /** Reads with the credentials of the moment: those of a Secret come later than the first question for this. */
    ArtifactStore reader() throws BadInputException {
        objects();
        return ArtifactStore.of(() -> Stream.of(store, claims).filter(Objects::nonNull).toList());
    }

    /** What the readers left in the cluster goes; they may be used again. */
    void close() {
        if (claims != null) {
            claims.close();
        }
    }

    /** A pipeline root that is no directory of this machine. @throws BadInputException when tasks cannot write there */
    String root(String uri, boolean pods) throws BadInputException {
        String given = "--pipeline-root ‘" + uri + "’: ";
        try {
            if (uri.startsWith("gs://")) {
                throw new BadInputException(given + "gs:// is not written to; Google's storage also speaks S3: name it s3://BUCKET/PREFIX, with"
                        + " --s3-endpoint https://storage.googleapis.com and an HMAC key");
            } else if (!ObjectUri.is(uri) && !ClaimUri.is(uri)) {
                throw new BadInputException(given + "name a directory, s3://BUCKET/PREFIX, minio://BUCKET/PREFIX or pvc://CLAIM/PATH");
            } else if (!pods) {
                throw new BadInputException(given + "local processes write to directories only; name one, or use --runner kubernetes");
            } else if (ClaimUri.is(uri)) {
                return ClaimUri.of(uri).toString();
            }
            if (objects() == null && secret == null) {
                throw new BadInputException(given + "there are no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a Secret"
                        + " with --s3-secret");
            }
            return ObjectUri.root(uri).toString();
        } catch (StoreException e) {
            throw new BadInputException("--pipeline-root: " + e.getMessage());
        }
    }
}
