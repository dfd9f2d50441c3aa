package io.jenkins.plugins.kubeflow.engine.pod;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;

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
 * @param relist how often the list of pods is read as a whole, whatever the watch says
 * @param maxTransfers threads for calls of the API; none is held by a step that is just running
 * @param strictKfpVersion whether a Python component needs exactly the kfp it asks for; otherwise a newer one of the same major will do
 * @param pipCache claim that keeps Python environments between steps, or null
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
        Duration relist,
        int maxTransfers,
        boolean strictKfpVersion,
        String pipCache) {

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.options = this;
        return builder;
    }

    /** Starts from the defaults. */
    public static final class Builder {
        private PodOptions options = new PodOptions(
                "default", "command-line", null, "busybox:stable", PodRetention.NEVER, 0, null, PodPolicy.DEFAULT,
                ShellImages.DEFAULT, Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(60), 16, false, null);

        public Builder namespace(String value) {
            return with(value, options.owner, options.serviceAccount, options.helperImage, options.retention, options.maxPods);
        }

        public Builder owner(String value) {
            return with(options.namespace, value, options.serviceAccount, options.helperImage, options.retention, options.maxPods);
        }

        public Builder serviceAccount(String value) {
            return with(options.namespace, options.owner, value, options.helperImage, options.retention, options.maxPods);
        }

        public Builder helperImage(String value) {
            return with(options.namespace, options.owner, options.serviceAccount, value, options.retention, options.maxPods);
        }

        public Builder retention(PodRetention value) {
            return with(options.namespace, options.owner, options.serviceAccount, options.helperImage, value, options.maxPods);
        }

        public Builder maxPods(int value) {
            return with(options.namespace, options.owner, options.serviceAccount, options.helperImage, options.retention, value);
        }

        public Builder basePod(Pod value) {
            return more(value, options.policy, options.shellImages, options.imagePatience, options.grace, options.relist);
        }

        public Builder policy(PodPolicy value) {
            return more(options.basePod, value, options.shellImages, options.imagePatience, options.grace, options.relist);
        }

        public Builder shellImages(List<String> value) {
            return more(options.basePod, options.policy, List.copyOf(value), options.imagePatience, options.grace, options.relist);
        }

        public Builder imagePatience(Duration value) {
            return more(options.basePod, options.policy, options.shellImages, value, options.grace, options.relist);
        }

        public Builder grace(Duration value) {
            return more(options.basePod, options.policy, options.shellImages, options.imagePatience, value, options.relist);
        }

        public Builder relist(Duration value) {
            return more(options.basePod, options.policy, options.shellImages, options.imagePatience, options.grace, value);
        }

        public Builder maxTransfers(int value) {
            return last(value, options.strictKfpVersion, options.pipCache);
        }

        public Builder strictKfpVersion(boolean value) {
            return last(options.maxTransfers, value, options.pipCache);
        }

        public Builder pipCache(String claim) {
            return last(options.maxTransfers, options.strictKfpVersion, claim);
        }

        private Builder with(String namespace, String owner, String account, String helper, PodRetention retention, int maxPods) {
            options = new PodOptions(
                    namespace, owner, account, helper, retention, maxPods, options.basePod, options.policy, options.shellImages,
                    options.imagePatience, options.grace, options.relist, options.maxTransfers, options.strictKfpVersion, options.pipCache);
            return this;
        }

        private Builder more(Pod base, PodPolicy policy, List<String> shells, Duration patience, Duration grace, Duration relist) {
            options = new PodOptions(
                    options.namespace, options.owner, options.serviceAccount, options.helperImage, options.retention, options.maxPods, base,
                    policy, shells, patience, grace, relist, options.maxTransfers, options.strictKfpVersion, options.pipCache);
            return this;
        }

        private Builder last(int transfers, boolean strict, String cache) {
            options = new PodOptions(
                    options.namespace, options.owner, options.serviceAccount, options.helperImage, options.retention, options.maxPods,
                    options.basePod, options.policy, options.shellImages, options.imagePatience, options.grace, options.relist, transfers,
                    strict, cache);
            return this;
        }

        public PodOptions build() {
            return options;
        }
    }
}
