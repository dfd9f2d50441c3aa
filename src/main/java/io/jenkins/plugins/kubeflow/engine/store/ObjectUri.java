package io.jenkins.plugins.kubeflow.engine.store;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A bucket and a key of an object store: {@code s3://bucket/key}, {@code minio://bucket/key}, {@code gs://bucket/key}. The key may be empty. */
public record ObjectUri(String scheme, String bucket, String key) {
    private static final Pattern FORM = Pattern.compile("(s3|minio|gs)://([^/?#]*)(?:/(.*))?", Pattern.DOTALL);
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,254}");

    public static boolean is(String uri) {
        return uri.startsWith("s3://") || uri.startsWith("minio://") || uri.startsWith("gs://");
    }

    /** @throws StoreException when it is no such URI, or one that servers and file systems read in different ways */
    public static ObjectUri of(String uri) throws StoreException {
        Matcher form = FORM.matcher(uri);
        if (!form.matches() || !BUCKET.matcher(form.group(2)).matches()) {
            throw new StoreException("‘" + uri + "’ is not of the form s3://bucket/key, minio://bucket/key or gs://bucket/key", 400);
        }
        String key = form.group(3) == null ? "" : form.group(3);
        while (key.endsWith("/")) {
            key = key.substring(0, key.length() - 1);
        }
        if (Arrays.stream(key.split("/", -1)).anyMatch(part -> part.equals(".") || part.equals("..") || part.isEmpty()) && !key.isEmpty()) {
            throw new StoreException("‘" + uri + "’ has an empty part, ‘.’ or ‘..’ in its key", 400);
        }
        if (key.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new StoreException("‘" + uri + "’ has a control character in its key", 400);
        }
        return new ObjectUri(form.group(1), form.group(2), key);
    }

    /** The object of this key's folder. */
    ObjectUri child(String name) {
        return new ObjectUri(scheme, bucket, key.isEmpty() ? name : key + "/" + name);
    }

    /** Whether the other one is this or lies below it. {@code s3} and {@code minio} are one store, {@code gs} is another. */
    boolean covers(ObjectUri other) {
        return bucket.equals(other.bucket)
                && scheme.equals("gs") == other.scheme.equals("gs")
                && (key.isEmpty() || other.key.equals(key) || other.key.startsWith(key + "/"));
    }

    @Override
    public String toString() {
        return scheme + "://" + bucket + (key.isEmpty() ? "" : "/" + key);
    }
}
