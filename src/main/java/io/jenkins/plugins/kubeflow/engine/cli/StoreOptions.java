package io.jenkins.plugins.kubeflow.engine.cli;

import io.jenkins.plugins.kubeflow.engine.pod.ClaimStore;
import io.jenkins.plugins.kubeflow.engine.store.ArtifactStore;
import io.jenkins.plugins.kubeflow.engine.store.ClaimUri;
import io.jenkins.plugins.kubeflow.engine.store.ObjectUri;
import io.jenkins.plugins.kubeflow.engine.store.S3Settings;
import io.jenkins.plugins.kubeflow.engine.store.S3Store;
import io.jenkins.plugins.kubeflow.engine.store.StoreAddress;
import io.jenkins.plugins.kubeflow.engine.store.StoreCredentials;
import io.jenkins.plugins.kubeflow.engine.store.StoreException;
import io.jenkins.plugins.kubeflow.engine.store.StorePlace;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The object store of s3://, minio:// and gs:// artifacts. Keys are the environment's, so that no list of processes shows them. */
final class StoreOptions {
    @Option(names = "--s3-endpoint", paramLabel = "URL",
            description = "The server of s3:// and minio:// artifacts (default: AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL, or Amazon). "
                    + "Credentials: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN; for gs:// also GOOGLE_APPLICATION_CREDENTIALS.")
    private String endpoint;

    @Option(names = "--s3-region", paramLabel = "REGION", description = "Its region (default: AWS_REGION, AWS_DEFAULT_REGION, or us-east-1).")
    private String region;

    @Option(names = "--s3-virtual-hosts", description = "Name buckets in the host's name instead of the path.")
    private boolean virtualHosts;

    @Option(names = "--s3-secret", paramLabel = "NAME",
            description = "Take the credentials from this Kubernetes Secret (keys accesskey and secretkey), with --runner kubernetes.")
    String secret;

    @Option(names = "--s3-pod-identity",
            description = "Take the credentials that the service account of the pods has in the store, with --runner kubernetes: no keys anywhere.")
    boolean podIdentity;

    @Option(names = "--s3-role", paramLabel = "ARN",
            description = "The role that it takes, where the cluster does not tell its pods by itself; implies --s3-pod-identity.")
    private String role;

    private final Map<String, String> environment = System.getenv();
    private volatile StoreCredentials credentials;
    private volatile StorePlace root;
    private volatile S3Store store;
    private volatile ClaimStore claims;

    /** Null when nothing speaks of an object store, and until {@link #credentials} where those come from the cluster. */
    S3Store objects() throws BadInputException {
        boolean keys = environment.containsKey("AWS_ACCESS_KEY_ID") || environment.containsKey("GOOGLE_APPLICATION_CREDENTIALS");
        boolean asked = endpoint != null || region != null || keys;
        if (store == null && (credentials != null || asked && !fromCluster())) {
            try {
                StoreCredentials from = credentials != null ? credentials : StoreCredentials.of(S3Settings.keys(environment));
                store = new S3Store(S3Settings.of(address(), from, List.of()));
            } catch (StoreException e) {
                throw new BadInputException(e.getMessage() + ": set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a Secret with"
                        + " --s3-secret");
            }
        }
        return store;
    }

    /** Whether the credentials are the cluster's matter: {@link #credentials} is told them when there is one. */
    boolean fromCluster() {
        return secret != null || podIdentity();
    }

    boolean podIdentity() {
        return podIdentity || role != null;
    }

    /** The role that pods take, or null for what the cluster has told them. */
    String role() {
        return role;
    }

    /** Where the store is: the options, what the query of the pipeline root says, the environment. */
    StoreAddress address() throws BadInputException {
        try {
            StoreAddress given = S3Settings.address(environment, endpoint, region, !virtualHosts);
            if (root == null) {
                return given;
            }
            StorePlace place = new StorePlace(
                    root.uri(), endpoint == null ? root.endpoint() : null, region == null ? root.region() : null, virtualHosts ? null : root.pathStyle());
            return place.address(given);
        } catch (StoreException e) {
            throw new BadInputException(e.getMessage());
        }
    }

    /** Take the place of the environment's. */
    void credentials(StoreCredentials found) throws BadInputException {
        credentials = found;
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
            if (!ObjectUri.is(uri) && !ClaimUri.is(uri)) {
                throw new BadInputException(given + "name a directory, s3://BUCKET/PREFIX, minio://BUCKET/PREFIX, gs://BUCKET/PREFIX or"
                        + " pvc://CLAIM/PATH");
            } else if (!pods) {
                throw new BadInputException(given + "local processes write to directories only; name one, or use --runner kubernetes");
            } else if (ClaimUri.is(uri)) {
                return ClaimUri.of(uri).toString();
            }
            root = StorePlace.of(uri);
            store = null; // the address may be another one now
            if (objects() == null && !fromCluster()) {
                throw new BadInputException(given + "there are no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, name a Secret"
                        + " with --s3-secret, or take those of the pods with --s3-pod-identity");
            }
            return root.toString();
        } catch (StoreException e) {
            throw new BadInputException("--pipeline-root: " + e.getMessage());
        }
    }
}
