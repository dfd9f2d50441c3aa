package io.jenkins.plugins.kubeflow.engine.pod;

import io.jenkins.plugins.kubeflow.engine.run.AttemptResult.Outcome;
import io.jenkins.plugins.kubeflow.engine.store.ArtifactStore;
import io.jenkins.plugins.kubeflow.engine.store.S3Store;
import io.jenkins.plugins.kubeflow.engine.store.StoreException;
import io.jenkins.plugins.kubeflow.engine.task.ArtifactPaths;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What an attempt's helper is to fetch from an object store and to put there, and what became of it. Asks the store, so it blocks. A
 * store that is away is an {@code IOException}, to be tried again; after some minutes of that, and at once for what it refuses, it is a
 * {@link TransferFailure}.
 */
final class ObjectTransfer {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final StepObjects objects;
    private final S3Store store;
    private final String helperImage;
    private final List<String> fetched = new ArrayList<>();
    private long troubleSince;

    ObjectTransfer(StepObjects objects, PodOptions options) {
        this.objects = objects;
        this.store = options.objects();
        this.helperImage = options.helperImage(true);
    }

    boolean bringsAny() {
        return !objects.inputs().isEmpty();
    }

    /** Where the step leaves what is to be put into the store, relative to the pod's volume; "" when there is no such place. */
    String outputs() {
        return objects.outputRoot() == null ? "" : inPod(objects.outputRoot());
    }

    private static String inPod(String uri) {
        return PodPaths.relative(ArtifactPaths.path(uri));
    }

    /** The inputs as they are in the store now. */
    CurlRequests downloads() throws IOException {
        CurlRequests requests = new CurlRequests();
        fetched.clear();
        try {
            for (StepObjects.Input input : objects.inputs()) {
                download(input, requests);
            }
        } catch (StoreException e) {
            throw trouble("input", e);
        }
        return requests;
    }

    private void download(StepObjects.Input input, CurlRequests requests) throws IOException {
        ArtifactStore.Stored stored = store.find(input.uri());
        if (stored instanceof ArtifactStore.Folder folder) {
            if (folder.truncated()) {
                throw new TransferFailure(Outcome.USER_FAILED, "input ‘" + input.name() + "’: ‘" + input.uri() + "’ holds more than "
                        + folder.entries().size() + " objects; pack them");
            }
            for (ArtifactStore.Entry entry : folder.entries()) {
                download(S3Store.child(input.uri(), entry.name()), requests);
            }
        } else if (stored != null) {
            download(input.uri(), requests);
        } else if (input.required()) {
            throw new TransferFailure(Outcome.USER_FAILED, "input ‘" + input.name() + "’: there is nothing at ‘" + input.uri() + "’");
        }
    }

    private void download(String uri, CurlRequests requests) throws IOException {
        requests.get(store.readUrl(uri), inPod(uri));
        fetched.add(uri);
    }

    /** Content of the directory that the step has left: looks at what happened to each download. */
    void downloaded(Map<Integer, TransferReport> reports) throws IOException {
        for (int i = 0; i < fetched.size(); i++) {
            check("fetched from", fetched.get(i), reports.get(i));
        }
        troubleSince = 0;
    }

    /** The URI of a file below {@link #outputs}. */
    String uri(String file) {
        String root = outputs() + "/";
        try {
            if (!file.startsWith(root)) {
                throw new StoreException("‘" + file + "’ is not an output of the step", 400);
            }
            return S3Store.child(objects.outputRoot(), file.substring(root.length()));
        } catch (StoreException e) {
            throw new TransferFailure(Outcome.USER_FAILED, "the step left a file that no object can be named after: " + e.getMessage());
        }
    }

    S3Store store() {
        return store;
    }

    void check(String what, String uri, TransferReport report) throws IOException {
        if (report == null || !report.isGood()) {
            StoreException failure = new StoreException(
                    "‘" + uri + "’ could not be " + what + " the store: " + (report == null ? "the helper does not say why" : report.sentence()),
                    report == null ? 0 : report.status());
            throw trouble("artifact", failure);
        }
    }

    TransferFailure noCurl() {
        return new TransferFailure(Outcome.PLATFORM_FAILED, "the helper image ‘" + helperImage
                + "’ has no curl, which moves artifacts to and from object stores; name one that has (docs/kubernetes.md)");
    }

    /** @return what to throw */
    IOException trouble(String what, StoreException e) {
        long now = System.nanoTime();
        troubleSince = troubleSince == 0 ? now : troubleSince;
        if (!e.mayPass() || now - troubleSince > PATIENCE.toNanos()) {
            throw new TransferFailure(Outcome.PLATFORM_FAILED, what + " " + e.getMessage());
        }
        return e;
    }
}
