package io.jenkins.plugins.kubeflow.engine.store;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A path on a persistent volume claim of the cluster: {@code pvc://claim/path}. The path may be empty; it has no leading slash. */
public record ClaimUri(String claim, String path) {
    public static final String SCHEME = "pvc://";
    private static final Pattern FORM = Pattern.compile("pvc://([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?)(?:/(.*))?", Pattern.DOTALL);

    public static boolean is(String uri) {
        return uri.startsWith(SCHEME);
    }

    /** @throws StoreException when it is none, or one that leads out of itself */
    public static ClaimUri of(String uri) throws StoreException {
        Matcher form = FORM.matcher(uri);
        if (!form.matches()) {
            throw new StoreException("‘" + uri + "’ is not of the form pvc://claim/path", 400);
        }
        String path = form.group(3) == null ? "" : form.group(3);
        while (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        if (Arrays.stream(path.split("/", -1)).anyMatch(part -> part.equals(".") || part.equals("..") || part.isEmpty()) && !path.isEmpty()
                || path.chars().anyMatch(c -> c < ' ')) {
            throw new StoreException("‘" + uri + "’ has an empty part, ‘.’, ‘..’ or a control character in its path", 400);
        }
        return new ClaimUri(form.group(1), path);
    }

    @Override
    public String toString() {
        return SCHEME + claim + (path.isEmpty() ? "" : "/" + path);
    }
}
