package io.jenkins.plugins.kubeflow.engine.pod;

import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.kubeflow.engine.store.S3Store;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a runner makes pods: the administrator's settings of one cloud. Immutable; see {@link #builder()} for the defaults.
 *
 * @param owner whose pods these are (a controller, a command line); the watch and the sweep see only those
 * @param serviceAccount of the pods, or null for the namespace's default
 * @param helperImage small image with a static busybox: brings artifacts in and out
 * @param maxPods of this runner at a time; 0 is no limit
 * @param basePod what every pod starts from, or null
 * @param shellImages patterns ({@code *} stands for anything) of images known to have {@code sh}, {@code cat}, {@code base64}
 * @param imagePatience how long an image that cannot be pulled, or a container that cannot be made, is tried
 * @param grace what a cancelled step gets to end by itself
 * @param followAfter how long a step runs before its log is followed to its end, since a node keeps the last of it only
 * @param relist how often the list of pods is read as a whole, whatever the watch says
 * @param maxTransfers threads for calls of the API; none is held by a step that is just running
 * @param strictKfpVersion whether a Python component needs exactly the kfp it asks for; otherwise a newer one of the same major will do
 * @param pipCache claim in which Python environments are installed once for all steps, or null
 * @param pythonEnvironments claim with a directory per prepared Python environment, or null
 * @param objects where {@code s3://} and {@code minio://} artifacts are, or null
 * @param images other images in place of those that components name, see {@link ImageReplacements}
 */
public record PodOptions(
        String namespace,
        String owner,
        String serviceAccount,
        String helperImage,
        PodRetention retention,
        int maxPods,
        Pod basePod,
        PodPolicy policy,
        List<String> shellImages,
        Duration imagePatience,
        Duration grace,
        Duration followAfter,
        Duration relist,
        int maxTransfers,
        boolean strictKfpVersion,
        String pipCache,
        String pythonEnvironments,
        Map<String, String> images,
        S3Store objects) {

    private static final String HELPER = "busybox:stable";
    private static final String OBJECT_HELPER = "curlimages/curl:8.12.1";

    /** The helper's image for a step; what moves objects needs curl beside busybox' tools. */
    String helperImage(boolean movesObjects) {
        return movesObjects && helperImage.equals(HELPER) ? OBJECT_HELPER : helperImage;
    }

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        return new Builder()
                .namespace(namespace)
                .owner(owner)
                .serviceAccount(serviceAccount)
                .helperImage(helperImage)
                .retention(retention)
                .maxPods(maxPods)
                .basePod(basePod)
                .policy(policy)
                .shellImages(shellImages)
                .imagePatience(imagePatience)
                .grace(grace)
                .followAfter(followAfter)
                .relist(relist)
                .maxTransfers(maxTransfers)
                .strictKfpVersion(strictKfpVersion)
                .pipCache(pipCache)
                .pythonEnvironments(pythonEnvironments)
                .images(images)
                .objects(objects);
    }

    /** Starts from the defaults. */
    public static final class Builder {
        private String namespace = "default";
        private String owner = "command-line";
        private String serviceAccount;
        private String helperImage = HELPER;
        private PodRetention retention = PodRetention.NEVER;
        private int maxPods;
        private Pod basePod;
        private PodPolicy policy = PodPolicy.DEFAULT;
        private List<String> shellImages = ShellImages.DEFAULT;
        private Duration imagePatience = Duration.ofSeconds(60);
        private Duration grace = Duration.ofSeconds(10);
        private Duration followAfter = Duration.ofSeconds(60);
        private Duration relist = Duration.ofSeconds(60);
        private int maxTransfers = 16;
        private boolean strictKfpVersion;
        private String pipCache;
        private String pythonEnvironments;
        private Map<String, String> images = Map.of();
        private S3Store objects;

        public Builder namespace(String value) {
            namespace = value;
            return this;
        }

        public Builder owner(String value) {
            owner = value;
            return this;
        }

        public Builder serviceAccount(String value) {
            serviceAccount = value;
            return this;
        }

        public Builder helperImage(String value) {
            helperImage = value;
            return this;
        }

        public Builder retention(PodRetention value) {
            retention = value;
            return this;
        }

        public Builder maxPods(int value) {
            maxPods = value;
            return this;
        }

        public Builder basePod(Pod value) {
            basePod = value;
            return this;
        }

        public Builder policy(PodPolicy value) {
            policy = value;
            return this;
        }

        public Builder shellImages(List<String> value) {
            shellImages = List.copyOf(value);
            return this;
        }

        public Builder imagePatience(Duration value) {
            imagePatience = value;
            return this;
        }

        public Builder grace(Duration value) {
            grace = value;
            return this;
        }

        public Builder followAfter(Duration value) {
            followAfter = value;
            return this;
        }

        public Builder relist(Duration value) {
            relist = value;
            return this;
        }

        public Builder maxTransfers(int value) {
            maxTransfers = value;
            return this;
        }

        public Builder strictKfpVersion(boolean value) {
            strictKfpVersion = value;
            return this;
        }

        public Builder pipCache(String value) {
            pipCache = value;
            return this;
        }

        public Builder pythonEnvironments(String value) {
            pythonEnvironments = value;
            return this;
        }

        /** In the order in which they are tried. */
        public Builder images(Map<String, String> value) {
            images = Collections.unmodifiableMap(new LinkedHashMap<>(value));
            return this;
        }

        public Builder objects(S3Store value) {
            objects = value;
            return this;
        }

        public PodOptions build() {
            return new PodOptions(
                    namespace, owner, serviceAccount, helperImage, retention, maxPods, basePod, policy, shellImages, imagePatience, grace, followAfter,
                    relist, maxTransfers, strictKfpVersion, pipCache, pythonEnvironments, images, objects);
        }
    }
}
