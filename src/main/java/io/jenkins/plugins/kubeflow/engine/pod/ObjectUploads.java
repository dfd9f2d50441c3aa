package io.jenkins.plugins.kubeflow.engine.pod;

import io.jenkins.plugins.kubeflow.engine.store.S3Upload;
import io.jenkins.plugins.kubeflow.engine.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The files that a step has left, on their way into the store: small ones as they are, larger ones in parts. Closing takes back what
 * was not completed, so that no parts stay in the store.
 */
final class ObjectUploads implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(ObjectUploads.class.getName());
    private static final long MEGABYTE = 1 << 20;
    /** Above this a file goes in parts; a store takes 5 GiB at once at most. */
    static final long WHOLE = Long.getLong("kubeflow.s3.whole", 512 * MEGABYTE);
    private static final long PART = Math.min(WHOLE, 256 * MEGABYTE);
    private static final int MOST_PARTS = 9_000;

    private record Parts(String uri, S3Upload upload, int first, int count) {}

    private final ObjectTransfer transfer;
    private final CurlRequests whole = new CurlRequests();
    private final List<String> uris = new ArrayList<>();
    private final List<Parts> open = new ArrayList<>();
    private final StringBuilder parts = new StringBuilder();
    private int number;

    ObjectUploads(ObjectTransfer transfer) {
        this.transfer = transfer;
    }

    /** @param files size by path relative to the pod's volume */
    void add(Map<String, Long> files) throws IOException {
        Map<String, Long> large = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, Long> file : files.entrySet()) {
                if (file.getValue() > WHOLE) {
                    large.put(file.getKey(), file.getValue());
                } else {
                    String uri = transfer.uri(file.getKey());
                    whole.put(transfer.store().writeUrl(uri), file.getKey());
                    uris.add(uri);
                }
            }
            number = whole.count();
            for (Map.Entry<String, Long> file : large.entrySet()) {
                inParts(file.getKey(), file.getValue());
            }
        } catch (StoreException e) {
            throw transfer.trouble("output", e);
        }
    }

    private void inParts(String file, long size) throws IOException {
        String uri = transfer.uri(file);
        long megabytes = Math.max(PART, (size / MOST_PARTS / MEGABYTE + 1) * MEGABYTE) / MEGABYTE;
        S3Upload upload = transfer.store().upload(uri);
        int count = 0;
        open.add(new Parts(uri, upload, number, (int) ((size + megabytes * MEGABYTE - 1) / (megabytes * MEGABYTE))));
        for (long at = 0; at < size; at += megabytes * MEGABYTE) {
            long bytes = Math.min(megabytes * MEGABYTE, size - at);
            parts.append(String.join(
                    "\t", Integer.toString(number++), Long.toString(at / MEGABYTE), Long.toString(megabytes), Long.toString(bytes),
                    upload.partUrl(++count), file)).append('\n');
        }
    }

    /** What the helper's script reads. */
    List<InputFile> files() {
        return List.of(
                InputFile.of(PodPaths.ROOT + "/.put", whole.count() == 0 ? new byte[0] : whole.bytes()),
                InputFile.of(PodPaths.ROOT + "/.parts", parts.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** Everything has been sent: completes what went in parts. */
    void complete(Map<Integer, TransferReport> reports) throws IOException {
        for (int i = 0; i < uris.size(); i++) {
            transfer.check("put into", uris.get(i), reports.get(i));
        }
        for (Parts sent : List.copyOf(open)) {
            List<String> etags = new ArrayList<>();
            for (int i = sent.first(); i < sent.first() + sent.count(); i++) {
                transfer.check("put into", sent.uri(), reports.get(i));
                etags.add(reports.get(i).etag());
            }
            try {
                sent.upload().complete(etags);
            } catch (StoreException e) {
                throw transfer.trouble("output", e);
            }
            open.remove(sent);
        }
    }

    @Override
    public void close() {
        for (Parts left : open) {
            try {
                left.upload().abort();
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "parts of ‘" + left.uri() + "’ stay in the store until its own rules remove them");
            }
        }
    }
}
