package io.jenkins.plugins.kubeflow.engine.pod.manifest;

import java.util.ArrayList;
import java.util.List;

/** The access modes of a claim, as the SDK documents them. */
public final class AccessModes {
    private static final List<String> KNOWN = List.of("ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod");

    private AccessModes() {}

    public static List<String> of(List<String> modes) throws InvalidPodException {
        List<String> checked = new ArrayList<>();
        for (String mode : modes) {
            if (!KNOWN.contains(mode)) {
                throw new InvalidPodException("access mode ‘" + mode + "’ is none of " + String.join(", ", KNOWN));
            }
            checked.add(mode);
        }
        return checked;
    }
}
